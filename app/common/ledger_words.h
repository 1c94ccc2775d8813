// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_store.h"
#include "core/import/recognise.h"
#include "core/report/report_table.h"

#include <string>

namespace motcua {

/// "C15" of a cell, "dòng 15" of a whole row.
[[nodiscard]] std::string ledgerPlace(std::int64_t row, std::size_t column);
/// All that a row's problems say, a sentence each.
[[nodiscard]] std::string ledgerProblems(const LedgerRow& row);
/// "đã nhập 99.998 dòng (12 cần xem lại), bỏ qua 2 dòng".
[[nodiscard]] std::string ledgerSummary(const LedgerTally& tally);
/// How sure the recognition of a column's letters is, in words.
[[nodiscard]] std::string recognitionWords(const Recognition& letters);

/// What is wrong with a file that was to be read, as an official needs it.
[[nodiscard]] std::string ledgerFileTrouble(const Error& error);

/// The rows of an import that somebody should look at, or that did not come in, each with its reason and its
/// cells.
[[nodiscard]] Result<ReportTable> oddRowsTable(LedgerStore& store, const LedgerRecord& record, Instant now);

} // namespace motcua
