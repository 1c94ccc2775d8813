#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A birth is registered in the real window with the keyboard alone, from signing in to the slip; in the middle
# the program is killed, and what is typed next must land in the field and at the place where it stopped.
# Usage: birth.sh BIN_DIR PICTURE_DIR
# Says how many keys were pressed between choosing the procedure and the slip, and leaves a picture of each step.
set -euo pipefail
source "$(dirname "$0")/window.sh"

open_window first
at 'Tiếp nhận'
keys=0
text 'khai sinh'
picture procedure
key Return
at 'Đăng ký khai sinh'
born=$(date -d '20 days ago' +%d%m%Y)

# The applicant: name, personal id (says the gender), birth, address, phone, mail, other paper, relation.
field 'LE THI HOA'
field '001184012345'
field '12051984'
key Return
text 'Thon 3, phuc tho'
key Down Return
key Return Return Return
field 'me'
text 'NGUYEN'
picture form
# The draft keeps itself within a second; then the power goes.
sleep 1.2
kill -9 "$program"
wait "$program" 2>/dev/null || true
open_window again
at 'Đăng ký khai sinh'
picture after-kill
field ' VAN AN'

# The child: birth, gender, ethnic group and nationality as they stand, places.
field "$born"
key 1 Return
key Return Return
text 'phuc tho'
key Down Return
text 'phuc tho'
key Down Return
key Return Return Return
# Mother: name, id, birth; the rest may stay open.
field 'LE THI HOA'
field '001184012345'
field '1984'
picture mother
# Father and other wishes: nothing. On: all problems at once, and what is left is the papers.
key ctrl+Return
sleep 0.4
picture problems
text 'cong dan se bo sung trong ngay'
picture reason
key ctrl+Return
at 'Đọc lại'
picture check
key ctrl+Return
key ctrl+Return # a second press must not receive a second time
at 'Đã tiếp nhận'
slip=$(saved_paper slip) || fail "no slip came out"
sleep 0.3
picture received
counted=$keys
key F2
at 'Tiếp nhận'
picture next-citizen
kill "$program"
wait "$program" 2>/dev/null || true

# What stands in the register is what was typed, once.
list=$("$bin/motcuactl" list --json)
[ "$(grep -o '"code"' <<<"$list" | wc -l)" = 1 ] || fail "there should be one dossier: $list"
code=$(grep -o 'H26\.131-[0-9]*-[0-9]*' <<<"$list" | head -1)
dossier=$("$bin/motcuactl" show "$code" --json)
for wanted in 'LE THI HOA' 'NGUYEN VAN AN' '001184012345' 'xã Phúc Thọ' "$(sed -E 's|(..)(..)(....)|\1/\2/\3|' <<<"$born")"; do
    grep -qF "$wanted" <<<"$dossier" || fail "“$wanted” is not in the dossier: $dossier"
done
words=$(pdftotext "$slip" - | tr '\n' ' ')
grep -qF "$code" <<<"$words" || fail "the slip does not name $code"
[ "$(find "$HOME" -name 'slip-*.pdf' | wc -l)" = 1 ] || fail "more than one slip came out"
"$bin/motcuactl" verify --json | grep -q '"ok": *true' || fail "the register does not verify"
# The window measures its own start on this register: gate, intake and list are painted, the one row is there.
start=$("$bin/motcua" --register "$MOTCUA_REGISTER" --measure-start) || fail "the start was not measured"
grep -qE '^\{"gate_ms":[0-9]+,"intake_ms":[0-9]+,"rows":1,"rss_mb":[0-9]+,"start_ms":[0-9]+\}$' <<<"$start" || fail "no figures: $start"
echo "$me: the window stood after $start"
echo "$me: $counted keys from the procedure to the slip of $code; pictures in $pictures"
