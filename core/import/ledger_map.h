// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/import/ledger_fields.h"
#include "core/import/recognise.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// What a person said about one column.
struct ColumnRule
{
    std::size_t column = 0;         ///< from 0
    std::string title;              ///< instead of it: found in the header row
    std::string field;              ///< of ledgerFields(); empty: only kept
    std::optional<LetterCode> code; ///< none: as recognised
    bool capitals = false;          ///< the letters stand in capitals (.VnTimeH)
};

/// How a ledger is to be read: MAP.json of contracts/cli.md. Columns without a rule are kept all the same.
struct LedgerMap
{
    std::string sheet;       ///< empty: the first
    std::int64_t header = 1; ///< the row with the titles; 0: none
    char delimiter = 0;      ///< of CSV; 0: as recognised
    std::string book;        ///< kind of the book, "birth"
    std::optional<int> year; ///< for rows that do not say it
    std::string volume;
    std::optional<LetterCode> code; ///< for columns that do not say it; none: as recognised
    std::vector<ColumnRule> columns;
};

/// Reads a map strictly: what it does not know is a problem with its pointer.
[[nodiscard]] tl::expected<LedgerMap, Problems> parseLedgerMap(const Json& json);
/// The same map again; with what was recognised filled in it says exactly how a file was read.
[[nodiscard]] Json toJson(const LedgerMap& map);

/// "C" of the third column, as spreadsheets name it.
[[nodiscard]] std::string columnLetters(std::size_t column);
[[nodiscard]] std::optional<std::size_t> columnFromLetters(std::string_view letters);

} // namespace motcua
