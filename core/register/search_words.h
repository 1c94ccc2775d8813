// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <string>
#include <string_view>

namespace motcua {

/// The words under which a dossier is found, folded and separated by spaces: names and addresses of all
/// persons in it; personal ids, phones and codes without punctuation, and once more backwards behind an "x",
/// so that their ends are beginnings too. Bounded, whatever the dossier holds.
[[nodiscard]] std::string searchWords(const Json& dossier);

/// What somebody typed as an FTS5 expression over those words: each word the beginning of one, all of them
/// somewhere. Made of quoted words of letters and digits only, so nothing typed is an operator. Empty:
/// nothing to search for.
[[nodiscard]] std::string searchExpression(std::string_view typed);

} // namespace motcua
