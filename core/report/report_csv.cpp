// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/report/report_output.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

/// What makes a spreadsheet take a text for a formula, in plain and in full width (reliability.md, T11).
constexpr std::array<std::string_view, 8> kFormulaStarts{"=",      "+",      "-",      "@",
                                                         "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

bool looksLikeFormula(std::string_view text)
{
    return std::any_of(kFormulaStarts.begin(), kFormulaStarts.end(),
                       [text](std::string_view start) { return text.substr(0, start.size()) == start; });
}

void append(std::string& csv, std::string_view field)
{
    csv += '"';
    for (const char c : field) {
        csv += c;
        if (c == '"') {
            csv += '"';
        }
    }
    csv += '"';
}

/// tidyText takes controls, line ends, zero-width characters and byte order marks away and trims: none of
/// them can hide what a text begins with.
void appendText(std::string& csv, std::string_view text)
{
    const std::string tidy = tidyText(text);
    append(csv, looksLikeFormula(tidy) ? "'" + tidy : tidy);
}

/// Figures go out plain, without the points of a printed one.
void appendCell(std::string& csv, const ReportCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell)) {
        appendText(csv, *text);
    } else if (const auto* figure = std::get_if<std::int64_t>(&cell)) {
        append(csv, std::to_string(*figure));
    } else {
        append(csv, shownText(cell));
    }
}

void appendRow(std::string& csv, const ReportRow& row)
{
    for (std::size_t i = 0; i < row.size(); ++i) {
        csv += i == 0 ? "" : ",";
        appendCell(csv, row[i]);
    }
    csv += "\r\n";
}

} // namespace

Result<std::string> toCsv(const ReportTable& table)
{
    TRY(checkShape(table));
    std::string csv = "\uFEFF";
    ReportRow names;
    for (const ReportColumn& column : table.columns) {
        names.emplace_back(column.name);
    }
    appendRow(csv, names);
    for (const ReportRow& row : table.rows) {
        appendRow(csv, row);
    }
    if (table.totals) {
        appendRow(csv, *table.totals);
    }
    return csv;
}

} // namespace motcua
