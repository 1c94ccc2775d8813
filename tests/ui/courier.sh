#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Weeks without a network, in the real window with the keyboard alone: the queue onto a stick, to the city's station,
# and its answer back.
# Usage: courier.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

# Enrolled once; then the portal is gone for good, and with it the network.
enrol_at_portal
kill "$portal"
wait "$portal" 2>/dev/null || true
"$bin/motcuactl" sample --count 12 --seed 3 >/dev/null
stick=$scratch/USB
mkdir "$stick"

open_window first
at 'Tiếp nhận'
key F6
at 'Hàng đợi'
sleep 0.8
picture queue
key alt+b
front 'Gửi bằng USB'
sleep 0.3
picture ahead
text "$stick"
sleep 0.3
picture chosen
key ctrl+Return
key ctrl+Return # a second press must not write a second time
at 'Đã ghi ra USB' # written, read back and proven: Escape before that would stop it
sleep 0.3
picture written
[ "$(find "$stick" -name '*.hop' | wc -l)" = 1 ] || fail "there should be one bundle: $(ls "$stick")"
key Escape
gone 'Đã ghi ra USB'
front 'Hàng đợi'

"$bin/motcua-portal" admin --data "$scratch/portal" --json courier import "$stick" --answer "$stick" >"$scratch/station"
waiting=$(grep -o '"applied":[0-9]*' "$scratch/station" | grep -o '[0-9]*$')
[ "${waiting:-0}" -ge 12 ] || fail "the station says: $(cat "$scratch/station")"

key alt+u
front 'Nhận trả lời từ USB'
sleep 0.3
picture receive
key ctrl+Return
at 'Đã nhận trả lời'
sleep 0.3
picture received
key Escape
gone 'Đã nhận trả lời'
front 'Hàng đợi'
sleep 0.8
picture empty
kill "$program"
wait "$program" 2>/dev/null || true

[ "$(find "$stick" -name '*.hop' | wc -l)" = 2 ] || fail "there should be a bundle and its answer: $(ls "$stick")"
[ "$("$bin/motcuactl" queue --json | grep -o '"op"' | wc -l)" = 0 ] || fail "the queue is not empty"
grep -rqa 'Nguyễn\|Trần' "$stick" && fail "a name stands in plain text on the stick"
"$bin/motcuactl" verify --json | grep -q '"ok": *true' || fail "the register does not verify"
echo "$me: $waiting operations went by stick; pictures in $pictures"
