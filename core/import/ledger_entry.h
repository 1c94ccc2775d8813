// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_map.h"

#include <functional>
#include <string>
#include <vector>

namespace motcua {

/// Something about one cell that a person should look at. Never a reason to leave a row out.
struct CellProblem
{
    static constexpr std::size_t kWholeRow = static_cast<std::size_t>(-1);
    std::size_t column = kWholeRow;
    std::string rule; ///< "letters", "letters-mixed", "date", …
    std::string was;  ///< what it is about, at most 120 bytes
};
/// The sentence for an official.
[[nodiscard]] std::string ledgerProblemText(std::string_view rule, std::string_view was);

enum class RowState
{
    Good,
    Review,  ///< came in, and somebody should look at it
    Skipped, ///< did not come in as an entry; its cells are kept all the same
};
[[nodiscard]] std::string_view rowStateName(RowState state);

/// One row as it is kept.
struct LedgerRow
{
    std::int64_t number = 0; ///< in the sheet
    RowState state = RowState::Good;
    Json cells = Json::array();  ///< exactly as read: a text, or {v, t, …} of what was no text
    Json texts = Json::array();  ///< as converted; null where that is the cell itself
    Json entry = Json::object(); ///< what was understood
    std::vector<CellProblem> problems;
    std::string book;
    std::optional<int> year;
    std::string volume;
    std::string entryNumber; ///< "12"; empty: none
    std::string name;        ///< of whom it is about, for lists
};

/// A map whose columns are all found and whose codes are all decided.
struct ReadyMap
{
    LedgerMap map;
    /// By column; LetterCode::Unicode for columns that nobody said anything about and that hold no old
    /// letters.
    std::vector<LetterCode> codes;
    std::vector<std::optional<std::size_t>> rules; ///< by column its place in map.columns
    std::vector<std::string> titles;               ///< of the header row, folded; for headers that come again
};

/// Hints about a place that is named as it was: names of communes of today. Empty: none, or too many.
using PlaceHints = std::function<std::vector<std::string>(const std::string& place)>;

/// What one row says, by the map. Pure. Rows without any text give state Skipped with the rule "blank".
[[nodiscard]] LedgerRow readLedgerRow(const TableRow& row, const ReadyMap& map, const PlaceHints& hints);

} // namespace motcua
