#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A visitor with a pile of documents: one sheet by the keyboard, a dossier for each kind, one paper for all of
# them; then one more dossier for the same citizen, whose name is there already.
# Usage: pile.sh BIN_DIR PICTURE_DIR
set -euo pipefail
source "$(dirname "$0")/window.sh"

open_window first
at 'Tiếp nhận'
text 'sao y'
key Return
at 'Chứng thực bản sao'
field 'TRAN VAN BINH'
sleep 0.3
picture form
key alt+x
front 'Nhận theo xấp'
field 'Bang tot nghiep'
field 5
field 3
field 'Hoc ba'
field 12
field 2
field 'Giay khai sinh'
field 1
text 4
sleep 0.3
picture sheet
key ctrl+Return
sleep 0.5
picture missing
key Escape
front 'Chứng thực bản sao'
sleep 0.3
key ctrl+Return
sleep 0.4
picture papers
