// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_output.h"

#include <cstdio>

namespace motcua {

namespace {

const char* alignOf(const ReportColumn& column)
{
    switch (column.kind) {
    case ColumnKind::Text:
        return "left";
    case ColumnKind::Number:
        return "center";
    case ColumnKind::Figure:
        return "right";
    }
    return "left";
}

Json rowValues(const ReportTable& table, const ReportRow& row)
{
    Json cells = Json::array();
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells.push_back({{"text", shownText(row[i])}, {"align", alignOf(table.columns[i])}});
    }
    return {{"cells", std::move(cells)}};
}

Json headValues(const ReportTable& table)
{
    Json rows = Json::array();
    for (const auto& row : headOf(table)) {
        Json cells = Json::array();
        for (const HeadCell& cell : row) {
            cells.push_back({{"text", cell.text}, {"span", cell.span}, {"rows", cell.rows}});
        }
        rows.push_back({{"cells", std::move(cells)}});
    }
    return rows;
}

std::string widths(const ReportTable& table)
{
    std::string text;
    for (const ReportColumn& column : table.columns) {
        char share[32];
        std::snprintf(share, sizeof share, "%s%d", text.empty() ? "" : " ",
                      static_cast<int>(column.width * 10));
        text += share;
    }
    return text;
}

Json signatureValues(const ReportTable& table)
{
    Json list = Json::array();
    for (const ReportSignature& signature : table.signatures) {
        list.push_back({{"title", signature.title},
                        {"hint", signature.hint},
                        {"name", signature.name},
                        {"isLast", list.size() + 1 == table.signatures.size()}});
    }
    return list;
}

Json reportValues(const ReportTable& table)
{
    Json rows = Json::array();
    for (const ReportRow& row : table.rows) {
        rows.push_back(rowValues(table, row));
    }
    std::string signatureWidths;
    for (std::size_t i = 0; i < table.signatures.size(); ++i) {
        signatureWidths += i == 0 ? "1" : " 1";
    }
    return {{"title", table.title},
            {"titleLines", titleLines(table)},
            {"landscape", table.landscape ? "yes" : "no"},
            {"left", table.left},
            {"right", table.right},
            {"subtitles", table.subtitles},
            {"widths", widths(table)},
            {"head", headValues(table)},
            {"rows", std::move(rows)},
            {"totals", table.totals ? rowValues(table, *table.totals) : Json(false)},
            {"notes", table.notes},
            {"date", dateLine(table)},
            {"signatures", signatureValues(table)},
            {"signatureWidths", signatureWidths}};
}

} // namespace

Result<LaidOutPaper> layOut(const ReportTable& table, const PaperTemplates& templates)
{
    TRY(checkShape(table));
    auto markup = TRY(templates.markupFor("report", reportValues(table)));
    return LaidOutPaper::create(table.name, std::move(markup));
}

} // namespace motcua
