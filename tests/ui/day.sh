#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The end of a day in the real window with the keyboard alone: the network goes away, a dossier waits, the page
# says that one may go home all the same, the sheet comes out as PDF, the diary shows the outage; then the
# portal is back and everything is confirmed.
# Usage: day.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

# A word of the day's status, as the command line tells it once the window has let go of the register.
day() { "$bin/motcuactl" day --json | sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -1; }

enrol_at_portal
"$bin/motcuactl" sample --count 40 --seed 7 --days 5 >/dev/null
"$bin/motcuactl" sync --until-empty --timeout 60 >/dev/null
kill "$portal"
wait "$portal" 2>/dev/null || true

open_window first
at 'Tiếp nhận'
text 'khai sinh'
key Return
at 'Đăng ký khai sinh'
field 'LE THI HOA'
key alt+t
front 'Từ chối tiếp nhận'
text 'Khong thuoc tham quyen'
key ctrl+Return
front 'Đã từ chối'
key F5
at 'Cuối ngày'
sleep 1.5
picture day
key ctrl+p
front 'Phiếu cuối ngày'
sleep 0.4
picture sheet
key Return
sheet=$(saved_paper day-sheet) || fail "no day sheet came out"
front 'Cuối ngày'
key alt+n
at 'Nhật ký mạng'
sleep 1
picture diary
key Escape # what was announced
key Escape # back to today
at 'Cuối ngày'
key F6
at 'Hàng đợi'
sleep 0.5
picture queue
start_portal "${url#http://}"
key alt+t # now, not when the pause is over
key F5
at 'Cuối ngày'
for _ in $(seq 150); do # until the portal has the refusal; then its receipt has to come home
    ! portal_admin dossier list | grep -qF 'LE THI HOA' || break
    sleep 0.1
done
sleep 2
picture back
kill "$program"
wait "$program" 2>/dev/null || true

words=$(pdftotext "$sheet" - | tr '\n' ' ')
for wanted in 'PHIẾU CUỐI NGÀY' 'Mã sổ' 'NGƯỜI KIỂM TRA' 'Từ chối tiếp nhận'; do
    grep -qF "$wanted" <<<"$words" || fail "“$wanted” is not on the sheet: $words"
done
[ "$(pdfinfo "$sheet" | sed -n 's/^Pages: *//p')" = 1 ] || fail "the sheet has more than one page"
sheet_code=$(grep -oE '([A-Z2-7]{5}-){3}[A-Z2-7]{5}' <<<"$words" | head -1)
seq=$(sed -nE 's/.*Mục nhật ký [0-9]+-([0-9]+).*/\1/p' <<<"$words")
"$bin/motcuactl" chain "$seq" --json | grep -qF "$sheet_code" || fail "the sheet's code $sheet_code is not that of entry $seq"
[ "$(day verdict)" = differs ] || fail "the verdict should be about the papers: $(day verdict)"
"$bin/motcuactl" network --json | grep -q '"reach": *"offline"' || fail "the diary knows of no outage"
[ "$("$bin/motcuactl" queue --json | grep -o '"op"' | wc -l)" = 0 ] || fail "something still waits"
cp "$sheet" "$pictures/day-sheet.pdf"
echo "$me: pictures in $pictures"
