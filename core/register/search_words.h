// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// The words under which a dossier is found, folded and separated by spaces: names and addresses of all
/// persons in it; personal ids, phones and codes without punctuation, and once more backwards behind an "x",
/// so that their ends are beginnings too. Bounded, whatever the dossier holds.
[[nodiscard]] std::string searchWords(const Json& dossier);

/// What somebody typed, read as beginnings of words: all of them must be somewhere in a dossier's words.
class SearchTerms
{
public:
    /// At most twelve words of the first 400 bytes are looked at.
    explicit SearchTerms(std::string_view typed);

    /// Nothing to search for.
    [[nodiscard]] bool empty() const { return m_parts.empty(); }
    /// For FTS5. Made of quoted words of letters and digits only, so nothing typed is an operator.
    [[nodiscard]] std::string expression() const;
    /// The same question asked of one dossier's searchWords().
    [[nodiscard]] bool match(std::string_view words) const;

private:
    /// All of these beginnings …
    using Beginnings = std::vector<std::string>;
    /// … or all of those: a number may be part of an address, or the beginning or end of a number.
    using Part = std::vector<Beginnings>;

    std::vector<Part> m_parts;
};

} // namespace motcua
