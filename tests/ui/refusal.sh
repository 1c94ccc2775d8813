#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A citizen is turned away in the real window with the keyboard alone: from a form that is hardly begun, with
# one change of mind, to form 03 as PDF and the refusal in the register.
# Usage: refusal.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

dossiers() { "$bin/motcuactl" list --json | grep -o '"code"' | wc -l; }

open_window first
at 'Tiếp nhận'
text 'khai sinh'
key Return
at 'Đăng ký khai sinh'

# Without even a name there is nobody to refuse: said, and nothing is lost.
key alt+t
sleep 0.4
picture nameless
field 'LE THI HOA'
key alt+t
front 'Từ chối tiếp nhận'
picture asked
key ctrl+Return # no reason yet
sleep 0.3
picture reason-wanted
text 'Cong dan'
key Escape
front 'Đăng ký khai sinh'
key alt+t
front 'Từ chối tiếp nhận'
text ' da dang ky khai sinh cho chau tai UBND xa Dai Dong'
picture reason
key ctrl+Return
key ctrl+Return # a second press must not refuse a second time
front 'Đã từ chối'
sleep 0.4
picture refused
key Return
front 'Phiếu từ chối'
sleep 0.4
picture paper
key Return
paper=$(saved_paper refusal) || fail "no refusal came out"
sleep 0.4
front 'Đã từ chối'
picture saved
key F3
at 'Sổ hồ sơ'
sleep 0.6
key Down
sleep 0.6
key alt+l
sleep 0.6
picture register
kill "$program"
wait "$program" 2>/dev/null || true

[ "$(dossiers)" = 1 ] || fail "there should be one dossier, not $(dossiers)"
list=$("$bin/motcuactl" list --status refused --json)
code=$(grep -o 'H26\.131-[0-9]*-[0-9]*' <<<"$list" | head -1)
[ -n "$code" ] || fail "it is not refused: $list"
history=$("$bin/motcuactl" history "$code" --json)
grep -qF 'Cong dan da dang ky khai sinh cho chau tai UBND xa Dai Dong' <<<"$history" || fail "no reason in $history"
[ "$("$bin/motcuactl" queue --json | grep -o '"op"' | wc -l)" = 1 ] || fail "the portal should hear of it once"
words=$(pdftotext "$paper" - | tr '\n' ' ')
for wanted in "$code" 'LE THI HOA' 'PTC' 'da dang ky khai sinh'; do
    grep -qF "$wanted" <<<"$words" || fail "“$wanted” is not on the paper: $words"
done
"$bin/motcuactl" verify --json | grep -q '"ok": *true' || fail "the register does not verify"
cp "$paper" "$pictures/refusal.pdf"
echo "$me: $code was refused once; pictures in $pictures"
