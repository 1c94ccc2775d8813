// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace motcua {

/// A text that names one kind of thing; two kinds cannot be compared or mixed up.
template<class Tag> class Id
{
public:
    Id() = default;
    explicit Id(std::string text) : m_text(std::move(text)) {}
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] bool empty() const { return m_text.empty(); }
    auto operator<=>(const Id&) const = default;

private:
    std::string m_text;
};

/// A dossier's identity for ever: a UUID in lower case, made by the counter (or by the portal for online
/// ones).
using Uid = Id<struct UidTag>;
/// install-epoch-seq: one operation; see the portal contract.
using OpId = Id<struct OpIdTag>;
/// A revision of a dossier at the portal: 32 hex digits.
using Rev = Id<struct RevTag>;

} // namespace motcua
