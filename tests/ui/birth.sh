#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A birth is registered in the real window with the keyboard alone, from signing in to the slip; in the middle
# the program is killed, and what is typed next must land in the field and at the place where it stopped.
# Usage: birth.sh BIN_DIR PICTURE_DIR
# Says how many keys were pressed between choosing the procedure and the slip, and leaves a picture of each step.
set -euo pipefail
bin=$1
pictures=$2
scratch=$(mktemp -d)
mkdir -p "$pictures" && rm -f "$pictures"/*.png
started=()
finish()
{
    for process in "${started[@]}"; do
        kill "$process" 2>/dev/null || true
    done
    rm -rf "$scratch"
}
trap finish EXIT
fail()
{
    picture stopped-here || true
    echo "birth.sh: $*" >&2
    exit 1
}

for tool in Xvfb xdotool import pdftotext; do
    command -v "$tool" >/dev/null || { echo "birth.sh: $tool is missing" >&2; exit 1; }
done

# A screen of what communes have. -displayfd lets it choose a free number.
exec 3<>"$scratch/display"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp >"$scratch/xvfb.log" 2>&1 3>&3 &
started+=($!)
for _ in $(seq 100); do
    display=$(tr -d '[:space:]' <"$scratch/display")
    [ -z "$display" ] || break
    sleep 0.1
done
[ -n "$display" ] || { cat "$scratch/xvfb.log" >&2; echo "birth.sh: no screen" >&2; exit 1; }
export DISPLAY=:$display HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/run QT_QPA_PLATFORM=xcb
export MOTCUA_USER=lan MOTCUA_PASSWORD_FILE=$scratch/password MOTCUA_REGISTER=$scratch/register
mkdir -p -m 700 "$HOME" "$XDG_RUNTIME_DIR"
echo 'mot-hai-ba-bon' >"$MOTCUA_PASSWORD_FILE"
"$bin/motcuactl" init --unit H26.131 --unit-name "UBND xã Phúc Thọ" --slot 1 --admin lan --practice --quick-keys >/dev/null

keys=0
number=0
window=
picture()
{
    number=$((number + 1))
    local file
    file=$pictures/$(printf '%02d' $number)-$1.png
    if ! import -window root "$file" || [ ! -s "$file" ]; then
        echo "birth.sh: no picture of $1" >&2
        return 1
    fi
}
key()
{
    for one in "$@"; do
        xdotool key --clearmodifiers "$one"
        keys=$((keys + 1))
    done
}
text()
{
    xdotool type --delay 15 "$1"
    keys=$((keys + ${#1}))
}
field() { text "$1"; key Return; } # a value, and on
# The window's title tells the step; waits until it holds the words.
at()
{
    for _ in $(seq 200); do
        if window=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -1) && [ -n "$window" ]; then
            return
        fi
        kill -0 "$program" 2>/dev/null || fail "the program ended while waiting for “$1”"
        sleep 0.1
    done
    fail "the window never came to “$1”"
}
open_window()
{
    "$bin/motcua" --register "$MOTCUA_REGISTER" >"$scratch/motcua.log" 2>&1 &
    program=$!
    started+=($program)
    at 'Đăng nhập'
    xdotool windowfocus --sync "$window"
    if [ "$1" = first ]; then
        xdotool type --delay 15 lan
        xdotool key Return
    fi
    xdotool type --delay 15 "$(cat "$MOTCUA_PASSWORD_FILE")"
    xdotool key Return
}

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
for _ in $(seq 100); do
    slip=$(find "$HOME" -name 'slip-*.pdf' -size +0 -print -quit)
    [ -z "$slip" ] || break
    sleep 0.1
done
[ -n "$slip" ] || fail "no slip came out"
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
echo "birth.sh: the window stood after $start"
echo "birth.sh: $counted keys from the procedure to the slip of $code; pictures in $pictures"
