// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace motcua {

/// What a column of an old ledger may hold.
enum class LedgerKind
{
    Text,
    Name,   ///< of a person
    Date,   ///< perhaps only a year, or a month and a year
    Number, ///< of the entry: "12", "12/2005"
    Year,
    Id, ///< nine or twelve digits
    Sex,
    Place, ///< as written; the units of today are hints
};

struct LedgerField
{
    std::string_view name; ///< in maps; with dots, its place in an entry: "person.name"
    std::string_view label;
    LedgerKind kind;
    std::string_view titles; ///< folded beginnings of column titles that usually mean it, with | between
};
[[nodiscard]] std::span<const LedgerField> ledgerFields();
[[nodiscard]] const LedgerField* ledgerField(std::string_view name);
/// What a title as people write it usually means; null: nothing known. Only a suggestion for the person who
/// maps.
[[nodiscard]] const LedgerField* fieldForTitle(std::string_view title);

/// The kinds of books that old ledgers were.
struct LedgerBook
{
    std::string_view kind; ///< "birth"
    std::string_view label;
};
[[nodiscard]] std::span<const LedgerBook> ledgerBooks();
[[nodiscard]] std::optional<std::string_view> ledgerBookLabel(std::string_view kind);

} // namespace motcua
