// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_table.h"

#include "core/papers/paper_data.h"

#include <algorithm>
#include <numeric>

namespace motcua {

namespace {

std::string grouped(std::int64_t figure)
{
    std::string digits = std::to_string(figure);
    const std::size_t first = digits.front() == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, 1, '.');
    }
    return digits;
}

std::string shownPercent(const Percent& percent)
{
    if (percent.whole == 0) {
        return "–";
    }
    const std::int64_t thousandths =
        (percent.part * 2000 + percent.whole) / (2 * percent.whole); // rounded half up
    return grouped(thousandths / 10) + "," + std::to_string(thousandths % 10) + " %";
}

Json cellToJson(const ReportCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell)) {
        return *text;
    }
    if (const auto* figure = std::get_if<std::int64_t>(&cell)) {
        return *figure;
    }
    const auto& percent = std::get<Percent>(cell);
    return {{"part", percent.part}, {"whole", percent.whole}};
}

Json rowToJson(const ReportRow& row)
{
    Json cells = Json::array();
    for (const ReportCell& cell : row) {
        cells.push_back(cellToJson(cell));
    }
    return cells;
}

/// Each place of the head must be covered exactly once.
bool headFits(const std::vector<std::vector<HeadCell>>& head, std::size_t columns)
{
    std::vector<std::size_t> coveredUntil(columns, 0); // the row below which a column is free again
    for (std::size_t row = 0; row < head.size(); ++row) {
        std::size_t column = 0;
        for (const HeadCell& cell : head[row]) {
            while (column < columns && coveredUntil[column] > row) {
                ++column;
            }
            const auto span = static_cast<std::size_t>(std::max(cell.span, 0));
            const auto rows = static_cast<std::size_t>(std::max(cell.rows, 0));
            if (span == 0 || rows == 0 || column + span > columns || row + rows > head.size()) {
                return false;
            }
            for (std::size_t i = column; i < column + span; ++i) {
                if (coveredUntil[i] > row) {
                    return false;
                }
                coveredUntil[i] = row + rows;
            }
        }
        if (std::any_of(coveredUntil.begin(), coveredUntil.end(),
                        [row](std::size_t until) { return until <= row; })) {
            return false;
        }
    }
    return true;
}

} // namespace

Result<void> checkShape(const ReportTable& table)
{
    const std::size_t columns = table.columns.size();
    const auto fits = [columns](const ReportRow& row) { return row.size() == columns; };
    const bool rowsFit =
        std::all_of(table.rows.begin(), table.rows.end(), fits) && (!table.totals || fits(*table.totals));
    if (columns == 0 || columns > 40 || !rowsFit || !headFits(table.head, columns)) {
        return fail(ErrorKind::Invalid,
                    "the report '" + table.name + "' has rows that do not fit its columns");
    }
    return {};
}

std::string shownText(const ReportCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell)) {
        return *text;
    }
    if (const auto* figure = std::get_if<std::int64_t>(&cell)) {
        return grouped(*figure);
    }
    return shownPercent(std::get<Percent>(cell));
}

Json toJson(const ReportTable& table)
{
    Json columns = Json::array();
    for (const ReportColumn& column : table.columns) {
        columns.push_back(column.name);
    }
    Json rows = Json::array();
    for (const ReportRow& row : table.rows) {
        rows.push_back(rowToJson(row));
    }
    return {{"name", table.name},           {"title", table.title},
            {"subtitles", table.subtitles}, {"columns", std::move(columns)},
            {"rows", std::move(rows)},      {"totals", table.totals ? rowToJson(*table.totals) : Json()},
            {"notes", table.notes},         {"madeAt", toRfc3339(table.madeAt)}};
}

std::vector<std::string> titleLines(const ReportTable& table)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= table.title.size();) {
        const auto end = std::min(table.title.find('\n', at), table.title.size());
        lines.push_back(table.title.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string dateLine(const ReportTable& table)
{
    return table.place.empty() ? longDay(table.madeAt) : table.place + ", " + longDay(table.madeAt);
}

std::vector<std::vector<HeadCell>> headOf(const ReportTable& table)
{
    if (!table.head.empty()) {
        return table.head;
    }
    std::vector<HeadCell> names;
    for (const ReportColumn& column : table.columns) {
        names.push_back(HeadCell{column.name});
    }
    return {names};
}

} // namespace motcua
