// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/ledger_words.h"

#include "core/import/ledger_map.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::int64_t kPage = 500;
constexpr std::size_t kColumnsShown = 60;

/// "12.345".
std::string counted(std::int64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) {
        text.insert(at - 3, ".");
    }
    return text;
}

std::string cellText(const LedgerRow& row, std::size_t column)
{
    if (column < row.texts.size() && row.texts[column].is_string()) {
        return row.texts[column].get<std::string>();
    }
    const Json& cell = row.cells[column];
    return cell.is_string() ? cell.get<std::string>() : stringAt(cell, "v");
}

} // namespace

std::string ledgerPlace(std::int64_t row, std::size_t column)
{
    return column == CellProblem::kWholeRow ? "dòng " + std::to_string(row)
                                            : columnLetters(column) + std::to_string(row);
}

std::string ledgerProblems(const LedgerRow& row)
{
    std::string text;
    for (const CellProblem& problem : row.problems) {
        text += text.empty() ? "" : "\n";
        text += ledgerPlace(row.number, problem.column) + ": " + ledgerProblemText(problem.rule, problem.was);
    }
    return text;
}

std::string ledgerSummary(const LedgerTally& tally)
{
    std::string text = counted(tally.imported()) + " dòng nhập được";
    text += tally.review == 0 ? "" : ", trong đó " + counted(tally.review) + " dòng cần xem lại";
    text += "; bỏ qua " + counted(tally.skipped()) + " dòng";
    if (tally.blank > 0) {
        text += tally.kept == 0 ? " (đều là dòng trống)" : " (" + counted(tally.blank) + " dòng trống)";
    }
    return text + ".";
}

std::string recognitionWords(const Recognition& letters)
{
    switch (letters.sure) {
    case Recognition::Sure::Plain:
        return "không có chữ có dấu";
    case Recognition::Sure::Yes:
        return "nhận ra, " + std::to_string(letters.percent) + " % chữ đọc được";
    case Recognition::Sure::Likely:
        return "ít chữ, theo các cột khác";
    case Recognition::Sure::No:
        break;
    }
    return "chưa chắc, cần người chọn";
}

std::string ledgerFileTrouble(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::NotFound:
        return "Không mở được tệp, hoặc tệp không có trang tính này.";
    case ErrorKind::Unsupported:
        return "Tệp này không phải XLSX hay CSV. Hãy mở bằng chương trình bảng tính và lưu lại thành .xlsx.";
    case ErrorKind::Invalid:
        return "Tệp bị hỏng, bị cắt cụt hoặc lớn bất thường nên không đọc tiếp được (" + error.detail +
               "). Chưa nhập dòng nào. Hãy mở tệp bằng chương trình bảng tính, lưu lại rồi thử lại.";
    case ErrorKind::Refused:
        return error.detail == "stopped" ? "Đã dừng theo yêu cầu." : error.detail;
    case ErrorKind::Duplicate:
        return error.detail + " Không nhập lần nữa.";
    default:
        return {};
    }
}

Result<ReportTable> oddRowsTable(LedgerStore& store, const LedgerRecord& record, Instant now)
{
    ReportTable table;
    table.name = "ledger-odd";
    table.title = "DÒNG SỔ CŨ CẦN XEM LẠI";
    table.subtitles = {record.name + (record.sheet.empty() ? "" : " – " + record.sheet),
                       ledgerSummary(record.tally)};
    table.madeAt = now;
    std::size_t columns = 0;
    for (std::int64_t after = 0;;) {
        const auto page = TRY(store.odd(record.id, after, kPage));
        for (const LedgerHit& hit : page) {
            after = hit.row.number;
            ReportRow row{hit.row.number,
                          std::string(hit.row.state == RowState::Review ? "Cần xem lại" : "Không nhập"),
                          ledgerProblems(hit.row)};
            const std::size_t cells = std::min(hit.row.cells.size(), kColumnsShown);
            for (std::size_t i = 0; i < cells; ++i) {
                row.emplace_back(cellText(hit.row, i));
            }
            columns = std::max(columns, cells);
            table.rows.push_back(std::move(row));
        }
        if (page.size() < static_cast<std::size_t>(kPage)) {
            break;
        }
    }
    table.columns = {
        {"Dòng", 8, ColumnKind::Figure}, {"Kết quả", 14, ColumnKind::Text}, {"Lý do", 50, ColumnKind::Text}};
    for (std::size_t i = 0; i < columns; ++i) {
        table.columns.push_back({columnLetters(i), 18, ColumnKind::Text});
    }
    for (ReportRow& row : table.rows) {
        row.resize(columns + 3);
    }
    return table;
}

} // namespace motcua
