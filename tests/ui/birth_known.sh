#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A second child is registered in the real window: the register knows both parents from the first one, so that the
# official types what is new and takes the rest with a key. Fails above 160 keys without a card.
# Usage: birth_known.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

person() # name, number, birth, gender
{
    printf '{"name":"%s","personalId":"%s","birth":{"text":"%s","precision":"day"},"gender":"%s","address":"Số 5, thôn Đông, xã Phúc Thọ, thành phố Hà Nội"}' "$@"
}
cat >"$scratch/first.json" <<JSON
{"procedure": "1.001193", "channel": "counter",
 "applicant": $(person 'Trần Văn Bình' 001082012345 20/02/1982 male),
 "reasons": {"/components": "bổ sung trong ngày", "/form/child/birth": "ở xa"},
 "form": {"requesterRelation": "cha", "child": {"name": "Trần Minh An", "birth": {"text": "$(date -d '800 days ago' +%d/%m/%Y)", "precision": "day"}, "gender": "male"},
  "childEthnicGroup": "Kinh", "childNationality": "Việt Nam", "childBirthPlace": "xã Phúc Thọ, thành phố Hà Nội",
  "childHomeTown": "xã Đồng Tâm, tỉnh Thái Nguyên",
  "mother": $(person 'Lê Thị Hoa' 001184012345 12/05/1984 female), "motherEthnicGroup": "Tày", "motherNationality": "Việt Nam",
  "father": $(person 'Trần Văn Bình' 001082012345 20/02/1982 male), "fatherEthnicGroup": "Kinh", "fatherNationality": "Việt Nam"}}
JSON
accepted=$("$bin/motcuactl" accept --file "$scratch/first.json" --json) || fail "the first child was not taken in: $accepted"
first=$(grep -o 'H26\.131-[0-9]*-[0-9]*' <<<"$accepted" | head -1)

open_window first
at 'Tiếp nhận'
keys=0
text 'khai sinh'
key Return
at 'Đăng ký khai sinh'
# Three words of her name, and the register has the rest.
text 'le thi hoa'
sleep 0.3
picture suggestions
key Down Return
sleep 0.3
picture applicant
key Return Return Return
field 'me'
# The child is what is new.
field 'TRAN MINH CHAU'
field "$(date -d '20 days ago' +%d%m%Y)"
key 2 Return
key Return Return
text 'phuc tho'
key Down Return
sleep 0.5
picture home-town
key F12 Return
key Return Return Return
sleep 0.5
picture mother-offered
key F12 Return
sleep 0.5
picture father-offered
key F12
sleep 0.5
picture filled
key ctrl+Return
sleep 0.4
picture problems
text 'cong dan se bo sung trong ngay'
key ctrl+Return
at 'Đọc lại'
picture check
key ctrl+Return
at 'Đã tiếp nhận'
saved_paper slip >/dev/null || fail "no slip came out"
sleep 0.3
picture received
counted=$keys

# The same child once more: told while it is typed, and not forbidden.
key F2
at 'Tiếp nhận'
text 'khai sinh'
key Return
at 'Đăng ký khai sinh'
text '0011840123'
sleep 0.3
key Down Return
sleep 0.2
key Return Return Return
field 'me'
field 'tran minh chau'
field "$(date -d '20 days ago' +%d%m%Y)"
sleep 0.6
picture duplicate
kill "$program"
wait "$program" 2>/dev/null || true

code=$("$bin/motcuactl" list --json | grep -o 'H26\.131-[0-9]*-[0-9]*' | grep -v "$first" | head -1)
dossier=$("$bin/motcuactl" show "$code" --json)
for wanted in 'Lê Thị Hoa' 'Trần Văn Bình' '001184012345' '001082012345' 'TRAN MINH CHAU' 'xã Đồng Tâm, tỉnh Thái Nguyên' 'Tày' \
    'Số 5, thôn Đông, xã Phúc Thọ'; do
    grep -qF "$wanted" <<<"$dossier" || fail "“$wanted” is not in the dossier: $dossier"
done
"$bin/motcuactl" verify --json | grep -q '"ok": *true' || fail "the register does not verify"
printf '{"name":"hoa le thi","birth":{"text":"1984","precision":"year"}}' | "$bin/motcuactl" people find --file - --json |
    grep -qF "$code" || fail "the mother is not found"
echo "$me: $counted keys from the procedure to the slip of $code; pictures in $pictures"
[ "$counted" -le 160 ] || fail "more than 160 keys"
