#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Scans in the real window: a dossier that came with a page and a document is opened, and another page is attached to
# a paper with the keyboard. Looks at the disk afterwards.
# Usage: scans.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

# A page as a scanner gives it, and a document; nobody's.
page=$scratch/trang-1.jpg
lines=()
for y in $(seq 420 70 1400); do
    lines+=(-draw "rectangle 140,$y $((700 + (y * 37) % 400)),$((y + 14))")
done
convert -size 1240x1754 xc:'#f4f0e6' -fill '#8a1c1c' -draw 'circle 250,230 250,310' -fill '#333' \
    -draw 'rectangle 420,180 960,206' -draw 'rectangle 500,240 880,258' -fill '#777' "${lines[@]}" "$page"
other=$scratch/trang-2.jpg
convert "$page" -flop "$other"
document=$scratch/ban-sao.pdf
{ printf '%%PDF-1.4\n'; head -c 180000 /dev/zero | tr '\0' 'x'; printf '\n%%%%EOF\n'; } >"$document"

cat >"$scratch/draft.json" <<END
{"procedure": "2.000815", "channel": "counter",
 "applicant": {"name": "Lê Thị Mận", "personalId": "001184012345", "address": "thôn Đoài, xã Phúc Thọ"},
 "form": {"documentName": "Bằng tốt nghiệp", "pages": 2, "copies": 3},
 "components": [
  {"code": "original", "name": "Bản chính", "evidence": "shown", "originals": 1, "copies": 0,
   "files": [{"path": "$page", "name": "Trang 1"}]},
  {"code": "copies-to-certify", "name": "Bản sao cần chứng thực", "evidence": "handed-in", "originals": 0, "copies": 3,
   "files": [{"path": "$document", "name": "Bản sao (3 trang)"}]}]}
END
code=$("$bin/motcuactl" accept --file "$scratch/draft.json" --json | sed -n 's/.*"code": *"\([^"]*\)".*/\1/p')
[ -n "$code" ] || fail "the dossier with scans was not taken in"

open_window first
at 'Tiếp nhận'
key F3
sleep 0.6
xdotool mousemove 1170 620 click --repeat 30 5
sleep 0.4
picture dossier
key F2
sleep 0.3
text 'ban sao tu ban chinh'
key Return
sleep 0.6
# The papers stand last; a step is a button.
xdotool mousemove 678 133 click 1
sleep 0.4
picture papers
key Tab
key Insert
at 'Đính kèm'
picture choose
text "$other"
key Return
for _ in $(seq 100); do
    kept=$(find "$MOTCUA_REGISTER/files" -type f ! -name '*.new' | wc -l)
    [ "$kept" -lt 3 ] || break
    sleep 0.1
done
[ "$kept" -eq 3 ] || fail "three files should be kept, not $kept"
sleep 0.5
picture attached
kill "$program"
wait "$program" 2>/dev/null || true

# Nothing of a paper lies readable beside the register.
if grep -rlaE 'JFIF|%PDF|xxxxxxxx' "$MOTCUA_REGISTER" >/dev/null; then
    fail "a scan lies readable on the disk"
fi
[ "$("$bin/motcuactl" files --json | grep -o '"sha256"' | wc -l)" -eq 2 ] || fail "the dossier names two files"
"$bin/motcuactl" verify --full >/dev/null || fail "the register does not verify"
echo "scans: taken in with a draft and by keys, none readable on the disk"
