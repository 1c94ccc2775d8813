#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Thirty dossiers that counter and city both changed, decided in the real window with the keyboard alone: most by
# two keys each, some with a paper and a reason, one that was closed meanwhile and one that the city took away. Counts
# the keys.
# Usage: conflicts.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

phones=24
names=5
ctl() { "$bin/motcuactl" "$@"; }

enrol_at_portal

ctl sample --count $((phones + names + 2)) --seed 5 --days 1 >/dev/null
ctl sync --until-empty >/dev/null
mapfile -t codes < <(ctl list --json | grep -o 'H26\.131-[0-9]*-[0-9]*' | sort -u)
declare -A uids
while read -r uid code; do uids[$code]=$uid; done < <(ctl list --json | tr '{' '\n' |
    sed -n 's/.*"code": *"\([^"]*\)".*"uid": *"\([^"]*\)".*/\2 \1/p')

# The counter writes while nothing is sent; then the city writes.
nth=0
for code in "${codes[@]}"; do
    if [ "$nth" -lt "$phones" ] || [ "$nth" -ge $((phones + names)) ]; then
        ctl change "$code" --set "/applicant/phone=\"09000000$((nth + 10))\"" --reason 'công dân gọi lại'
    else
        ctl change "$code" --set '/applicant/name="NGUYỄN THỊ MAI HƯƠNG"' --reason 'theo thẻ căn cước'
    fi
    nth=$((nth + 1))
done >/dev/null
nth=0
for code in "${codes[@]}"; do
    if [ "$nth" -lt "$phones" ]; then
        portal_admin dossier set "${uids[$code]}" "/applicant/phone=\"09111111$((nth + 10))\""
    elif [ "$nth" -lt $((phones + names)) ]; then
        portal_admin dossier set "${uids[$code]}" '/applicant/name="NGUYỄN THỊ MAI HƯỜNG"'
    elif [ "$nth" -gt $((phones + names)) ]; then
        portal_admin dossier take-away "${uids[$code]}"
    else
        for to in processing finished; do
            portal_admin dossier set "${uids[$code]}" "/status=\"$to\""
        done
    fi
    nth=$((nth + 1))
done >/dev/null 2>&1
ctl sync --timeout 60 >/dev/null || true
waiting() { ctl conflicts --json | grep -o '"op"' | wc -l; }
[ "$(waiting)" = $((phones + names + 2)) ] || fail "there should be 31 to decide, not $(waiting)"

open_window first
at 'Tiếp nhận'
key F7
at 'Cần bạn'
sleep 0.5
picture contact
keys=0
for i in $(seq "$phones"); do
    key $((i % 2 + 1)) ctrl+Return
    [ "$i" != 3 ] || { sleep 0.5; picture after-three; }
done
sleep 0.5
picture identity
key 1 Return
text 'The can cuoc 001184012345'
key Return
text 'Dung theo the can cuoc'
sleep 0.3
picture identity-decided
key ctrl+Return
for _ in $(seq 2 "$names"); do
    key 2 Return
    text 'Giay khai sinh'
    key Return Up ctrl+Return
done
sleep 0.5
picture closed
key alt+c
sleep 0.5
picture taken-away
field 'Thanh pho da go ho so'
sleep 0.5
picture nothing-left
pressed=$keys
kill "$program"
wait "$program" 2>/dev/null || true

[ "$(waiting)" = 0 ] || fail "$(waiting) are left undecided: $(ctl conflicts --json)"
ctl sync --until-empty --timeout 60 >/dev/null || fail "something stays in the queue: $(ctl queue --json)"
ctl verify --json | grep -q '"ok": *true' || fail "the register does not verify"
# Every other telephone number is the counter's, every other the city's; the closed one kept a remark.
ctl show "${codes[0]}" --json | grep -q '"09111111' || fail "the city's number should stand in ${codes[0]}"
ctl show "${codes[1]}" --json | grep -q '"09000000' || fail "the counter's number should stand in ${codes[1]}"
ctl show "${codes[$phones]}" --json | grep -q 'MAI HƯƠNG' || fail "the counter's name should stand in ${codes[$phones]}"
ctl show "${codes[-2]}" --json | grep -q 'hồ sơ đã đóng' || fail "no remark in ${codes[-2]}"
echo "$me: $((phones + names + 1)) conflicts and one withdrawal, $pressed keys with every letter typed; pictures in $pictures"
