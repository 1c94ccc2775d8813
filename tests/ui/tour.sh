#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The counter's day that packaging/run plays where there is no display comes to its end, with a real portal.
# Usage: tour.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

portal_admin unit add H26.131 "UBND xã Phúc Thọ" >/dev/null
start_portal
code=$(portal_admin code H26.131)
unset MOTCUA_REGISTER MOTCUA_USER MOTCUA_PASSWORD_FILE # the tour makes a practice register of its own
timeout 200 "$bin/motcua" --tour "$pictures" --portal "$url" --enrolment-code "$code" || fail "the tour stopped"
for left in check-sheet.pdf slip.pdf report.csv report.pdf report.xlsx; do
    [ -s "$pictures/$left" ] || fail "the tour left no $left"
done
[ "$(find "$pictures" -name '*.png' | wc -l)" -ge 25 ] || fail "pictures are missing in $pictures"
