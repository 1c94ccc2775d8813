// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"

#include <compare>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace motcua {

/// A part of a whole, shown as "97,5 %"; of nothing it shows "–".
struct Percent
{
    std::int64_t part = 0;
    std::int64_t whole = 0;
    auto operator<=>(const Percent&) const = default;
};

/// Text is always text, whatever it looks like; figures are figures.
using ReportCell = std::variant<std::string, std::int64_t, Percent>;
using ReportRow = std::vector<ReportCell>;

enum class ColumnKind
{
    Text,
    Number, ///< centred text of its own width: ordinal numbers, codes
    Figure, ///< right-aligned
};

struct ReportColumn
{
    std::string name;  ///< in one line, for CSV and JSON: "Tiếp nhận: tổng số"
    double width = 10; ///< share of the page, and about the letters of a spreadsheet's column
    ColumnKind kind = ColumnKind::Figure;
};

struct HeadCell
{
    std::string text;
    int span = 1; ///< columns
    int rows = 1;
};

struct ReportSignature
{
    std::string title; ///< "NGƯỜI LẬP BIỂU"
    std::string hint;  ///< "(Ký, ghi rõ họ tên)"
    std::string name;
};

/// A table of text and figures with what belongs around it: the one thing that every form of output, the
/// screen included, is made from.
struct ReportTable
{
    std::string name;               ///< "ii06a"
    std::string title;              ///< in capitals; a line may end within
    std::vector<std::string> left;  ///< lines in the upper left corner: the form's number, the unit
    std::vector<std::string> right; ///< lines in the upper right corner
    std::vector<std::string> subtitles;
    std::vector<ReportColumn> columns;
    std::vector<std::vector<HeadCell>> head; ///< with spans; empty: one row of the columns' names
    std::vector<ReportRow> rows;
    std::optional<ReportRow> totals;
    std::vector<std::string> notes;
    std::vector<ReportSignature> signatures;
    std::string place; ///< before the date above the signatures
    Instant madeAt{};
    bool landscape = true;
};

/// The title's lines.
[[nodiscard]] std::vector<std::string> titleLines(const ReportTable& table);

/// "Phúc Thọ, ngày 21 tháng 11 năm 2026", as it stands above the last signature.
[[nodiscard]] std::string dateLine(const ReportTable& table);

/// Whether head, rows and totals fill the columns exactly. A table that does not is a fault of the program
/// that made it; writers refuse it with Invalid.
[[nodiscard]] Result<void> checkShape(const ReportTable& table);

/// The cell as people read it: "1.234", "97,5 %".
[[nodiscard]] std::string shownText(const ReportCell& cell);

/// `{name, title, subtitles, columns: [name], rows: [[cell]], totals: [cell] | null, notes}`; a percentage is
/// `{part, whole}`.
[[nodiscard]] Json toJson(const ReportTable& table);

/// The head as it is drawn: as given, or one row of the columns' names.
[[nodiscard]] std::vector<std::vector<HeadCell>> headOf(const ReportTable& table);

} // namespace motcua
