#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A visitor with a pile of documents: one sheet by the keyboard, a dossier for each kind, one paper for all of
# them; then one more dossier for the same citizen, whose name is there already.
# Usage: pile.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

open_window first
at 'Tiếp nhận'
stall # fingers are faster than a window that has no time: nothing typed ahead may land elsewhere
text 'sao y'
key Return
field 'TRAN VAN BINH'
go_on
at 'Chứng thực bản sao'
key alt+x
front 'Nhận theo xấp'
stall
field 'Bang tot nghiep'
field 5
field 3
field 'Hoc ba'
field 12
field 2
field 'Giay khai sinh'
field 1
text 4
go_on
key ctrl+Return # nothing is taken in while the papers are not there
sleep 0.4
picture missing
key Tab space Tab space
sleep 0.3
picture sheet
key ctrl+Return
at 'Đã tiếp nhận'
front 'Đã tiếp nhận' # no window manager gives the focus back after a dialog
paper=$(saved_paper pile) || fail "no paper of the pile came out"
sleep 0.3
picture received
counted=$keys
key ctrl+t
gone 'Đã tiếp nhận'
sleep 0.3
picture next-matter
text 'sao y'
key Return
at 'Chứng thực bản sao'
sleep 0.3
picture next-form
kill "$program"
wait "$program" 2>/dev/null || true

list=$("$bin/motcuactl" list --json)
[ "$(grep -o '"code"' <<<"$list" | wc -l)" = 3 ] || fail "there should be three dossiers: $list"
words=$(pdftotext -layout "$paper" -)
for wanted in 'TRAN VAN BINH' 'Bang tot nghiep, 5 trang × 3 bản' 'Hoc ba, 12 trang × 2 bản' 'Giay khai sinh, 1 trang × 4 bản' '57.000'; do
    grep -qF "$wanted" <<<"$(tr '\n' ' ' <<<"$words" | tr -s ' ')" || fail "“$wanted” is not on the paper: $words"
done
for code in $(grep -o 'H26\.131-[0-9]*-[0-9]*' <<<"$list" | sort -u); do
    grep -qF "$code" <<<"$words" || fail "the paper does not name $code"
    dossier=$("$bin/motcuactl" show "$code" --json)
    grep -qF 'TRAN VAN BINH' <<<"$dossier" || fail "$code is not the visitor's: $dossier"
done
"$bin/motcuactl" verify --full --json | grep -q '"ok": *true' || fail "the register does not verify"
echo "$me: $counted keys for three kinds of documents, from the procedure to the paper; pictures in $pictures"
