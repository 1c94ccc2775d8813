# SPDX-License-Identifier: GPL-3.0-or-later
# The real window under a screen in memory, for the scripts beside this file: a practice register, keys as a
# person presses them, a picture of each step. Sourced with BIN_DIR PICTURE_DIR in $1 and $2.
me=$(basename "$0")
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
    echo "$me: $*" >&2
    exit 1
}

for tool in Xvfb xdotool import pdftotext; do
    command -v "$tool" >/dev/null || { echo "$me: $tool is missing" >&2; exit 1; }
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
[ -n "$display" ] || { cat "$scratch/xvfb.log" >&2; echo "$me: no screen" >&2; exit 1; }
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
        echo "$me: no picture of $1" >&2
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
# The window has no time until go_on: all that is typed meanwhile waits for it, and comes at once.
stall() { kill -STOP "$program"; }
go_on() { kill -CONT "$program"; }
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
# The same for a window that came to the front or is there again: here is no window manager to move the keys to it.
front()
{
    at "$1"
    xdotool windowfocus --sync "$window"
}
# A portal of the commune's city at this address, in $portal and $url; its data outlives it.
start_portal()
{
    : >"$scratch/portal.out" # it is read before the portal has begun to write
    "$bin/motcua-portal" --listen "${1:-127.0.0.1:0}" --data "$scratch/portal" >"$scratch/portal.out" 2>&1 &
    portal=$!
    started+=($portal)
    for _ in $(seq 100); do
        url=$(sed -n 's/^listening on //p' "$scratch/portal.out")
        [ -z "$url" ] || return 0
        sleep 0.1
    done
    fail "the portal did not start: $(cat "$scratch/portal.out")"
}
portal_admin() { "$bin/motcua-portal" admin --data "$scratch/portal" "$@"; }
# The same, and the register bound to it.
enrol_at_portal()
{
    portal_admin unit add H26.131 "UBND xã Phúc Thọ" >/dev/null
    start_portal
    "$bin/motcuactl" enrol --portal "$url" --code "$(portal_admin code H26.131)" >/dev/null
}
# The path of a paper that was saved as a file; waits until one is there whose name begins so.
saved_paper()
{
    local paper
    for _ in $(seq 100); do
        paper=$(find "$HOME" -name "$1-*.pdf" -size +0 -print -quit)
        [ -z "$paper" ] || { echo "$paper"; return; }
        sleep 0.1
    done
    return 1
}
# Waits until no window bears these words any more: what comes next would go to it.
gone()
{
    for _ in $(seq 200); do
        [ -n "$(xdotool search --onlyvisible --name "$1" 2>/dev/null)" ] || return 0
        sleep 0.1
    done
    fail "the window “$1” never closed"
}
open_window()
{
    "$bin/motcua" --register "$MOTCUA_REGISTER" >"$scratch/motcua.log" 2>&1 &
    program=$!
    started+=($program)
    front 'Đăng nhập'
    if [ "$1" = first ]; then
        xdotool type --delay 15 lan
        xdotool key Return
    fi
    xdotool type --delay 15 "$(cat "$MOTCUA_PASSWORD_FILE")"
    xdotool key Return
}
