// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_xlsx.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <xlsxwriter.h>

namespace motcua {

namespace {

constexpr std::size_t kLongestCell = 32'000; // a spreadsheet's own limit is 32,767 characters
constexpr char kFont[] = "Times New Roman";

/// Closing frees a workbook and everything that hangs on it, also after a failure.
class Workbook
{
public:
    Workbook(const ReportTable& table, const std::filesystem::path& file)
        : m_table(table), m_book(workbook_new(file.c_str())),
          m_sheet(workbook_add_worksheet(m_book, "Báo cáo"))
    {
        std::string title = tidyText(table.title);
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.created = std::chrono::system_clock::to_time_t(
            std::chrono::time_point_cast<std::chrono::system_clock::duration>(table.madeAt));
        workbook_set_properties(m_book, &properties);
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    ~Workbook() { static_cast<void>(close()); }

    [[nodiscard]] Result<void> write();

private:
    [[nodiscard]] lxw_error close()
    {
        return m_book != nullptr ? workbook_close(std::exchange(m_book, nullptr)) : LXW_NO_ERROR;
    }
    [[nodiscard]] lxw_col_t lastColumn() const { return static_cast<lxw_col_t>(m_table.columns.size() - 1); }

    lxw_format* format(bool bold, int size, int align);
    lxw_format* bodyFormat(const ReportColumn& column, const ReportCell* cell, bool bold);
    void text(lxw_row_t row, lxw_col_t column, const std::string& value, lxw_format* how);
    void wide(lxw_row_t row, lxw_col_t from, lxw_col_t to, const std::string& value, lxw_format* how);
    void cell(lxw_row_t row, lxw_col_t column, const ReportCell& value, bool bold);

    [[nodiscard]] double rowHeight(const ReportRow& row) const;
    void setPage();
    void writeTop();
    void writeHead();
    void writeRows();
    void writeBottom();

    const ReportTable& m_table;
    lxw_workbook* m_book;
    lxw_worksheet* m_sheet;
    lxw_row_t m_row = 0;
};

lxw_format* Workbook::format(bool bold, int size, int align)
{
    lxw_format* made = workbook_add_format(m_book);
    format_set_font_name(made, kFont);
    format_set_font_size(made, size);
    format_set_align(made, static_cast<uint8_t>(align));
    format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(made);
    if (bold) {
        format_set_bold(made);
    }
    return made;
}

/// Text cells have the text format too, so that editing one does not wake a formula in it.
lxw_format* Workbook::bodyFormat(const ReportColumn& column, const ReportCell* cell, bool bold)
{
    const int align = column.kind == ColumnKind::Text     ? LXW_ALIGN_LEFT
                      : column.kind == ColumnKind::Number ? LXW_ALIGN_CENTER
                                                          : LXW_ALIGN_RIGHT;
    lxw_format* made = format(bold, 12, align);
    format_set_border(made, LXW_BORDER_THIN);
    const bool isText = cell == nullptr || std::holds_alternative<std::string>(*cell);
    const bool isPercent = cell != nullptr && std::holds_alternative<Percent>(*cell);
    format_set_num_format(made, isText ? "@" : (isPercent ? "0.0%" : "#,##0"));
    return made;
}

void Workbook::text(lxw_row_t row, lxw_col_t column, const std::string& value, lxw_format* how)
{
    std::string clean = tidyText(value);
    if (clean.size() > kLongestCell) {
        clean =
            tidyText(clean.substr(0, kLongestCell)) + "…"; // tidied again: the cut may go through a letter
    }
    worksheet_write_string(m_sheet, row, column, clean.c_str(), how);
}

void Workbook::wide(lxw_row_t row, lxw_col_t from, lxw_col_t to, const std::string& value, lxw_format* how)
{
    if (to > from) {
        worksheet_merge_range(m_sheet, row, from, row, to, "", how);
    }
    text(row, from, value, how);
}

void Workbook::cell(lxw_row_t row, lxw_col_t column, const ReportCell& value, bool bold)
{
    lxw_format* how = bodyFormat(m_table.columns[column], &value, bold);
    if (const auto* words = std::get_if<std::string>(&value)) {
        text(row, column, *words, how);
    } else if (const auto* figure = std::get_if<std::int64_t>(&value)) {
        worksheet_write_number(m_sheet, row, column, static_cast<double>(*figure), how);
    } else if (const auto& percent = std::get<Percent>(value); percent.whole != 0) {
        const double share = static_cast<double>(percent.part) / static_cast<double>(percent.whole);
        worksheet_write_number(m_sheet, row, column, share, how);
    } else {
        text(row, column, shownText(value), how);
    }
}

void Workbook::setPage()
{
    worksheet_set_paper(m_sheet, 9); // A4
    if (m_table.landscape) {
        worksheet_set_landscape(m_sheet);
    }
    worksheet_set_margins(m_sheet, 30 / 25.4, 15 / 25.4, 20 / 25.4, 20 / 25.4);
    worksheet_fit_to_pages(m_sheet, 1, 0);
    worksheet_center_horizontally(m_sheet);
    worksheet_set_footer(m_sheet, "&C&P/&N");
    for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        worksheet_set_column(m_sheet, column, column, m_table.columns[i].width, nullptr);
    }
}

void Workbook::writeTop()
{
    const auto middle = static_cast<lxw_col_t>(lastColumn() / 2);
    lxw_format* left = format(false, 12, LXW_ALIGN_LEFT);
    lxw_format* right = format(false, 12, LXW_ALIGN_RIGHT);
    const std::size_t lines = std::max(m_table.left.size(), m_table.right.size());
    for (std::size_t i = 0; i < lines; ++i, ++m_row) {
        if (i < m_table.left.size()) {
            wide(m_row, 0, middle, m_table.left[i], left);
        }
        if (i < m_table.right.size() && middle < lastColumn()) {
            wide(m_row, static_cast<lxw_col_t>(middle + 1), lastColumn(), m_table.right[i], right);
        }
    }
    ++m_row;
    lxw_format* title = format(true, 14, LXW_ALIGN_CENTER);
    for (const std::string& line : titleLines(m_table)) {
        worksheet_set_row(m_sheet, m_row, 20, nullptr);
        wide(m_row++, 0, lastColumn(), line, title);
    }
    lxw_format* subtitle = format(false, 12, LXW_ALIGN_CENTER);
    for (const std::string& line : m_table.subtitles) {
        wide(m_row++, 0, lastColumn(), line, subtitle);
    }
    ++m_row;
}

void Workbook::writeHead()
{
    lxw_format* how = format(true, 11, LXW_ALIGN_CENTER);
    format_set_border(how, LXW_BORDER_THIN);
    format_set_bg_color(how, 0xE8EDF3);
    const auto head = headOf(m_table);
    const lxw_row_t first = m_row;
    std::vector<lxw_row_t> freeFrom(m_table.columns.size(), first);
    for (const auto& row : head) {
        std::size_t column = 0;
        for (const HeadCell& cell : row) {
            while (freeFrom[column] > m_row) {
                ++column;
            }
            const auto from = static_cast<lxw_col_t>(column);
            const auto to = static_cast<lxw_col_t>(column + static_cast<std::size_t>(cell.span) - 1);
            const auto below = static_cast<lxw_row_t>(m_row + static_cast<lxw_row_t>(cell.rows) - 1);
            if (to > from || below > m_row) {
                worksheet_merge_range(m_sheet, m_row, from, below, to, "", how);
            }
            text(m_row, from, cell.text, how);
            std::fill(freeFrom.begin() + from, freeFrom.begin() + to + 1, below + 1);
        }
        worksheet_set_row(m_sheet, m_row++, 32, nullptr);
    }
    worksheet_repeat_rows(m_sheet, first, m_row - 1);
    worksheet_freeze_panes(m_sheet, m_row, 0);
}

/// Some programs do not fit the height of a row to its text by themselves.
double Workbook::rowHeight(const ReportRow& row) const
{
    double lines = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (const auto* words = std::get_if<std::string>(&row[i])) {
            const auto letters =
                std::count_if(words->begin(), words->end(), [](char c) { return (c & 0xC0) != 0x80; });
            lines =
                std::max(lines, std::ceil(static_cast<double>(letters) * 1.15 / m_table.columns[i].width));
        }
    }
    return std::min(lines, 20.0) * 16.5;
}

void Workbook::writeRows()
{
    const auto writeRow = [this](const ReportRow& row, bool bold) {
        worksheet_set_row(m_sheet, m_row, rowHeight(row), nullptr);
        for (std::size_t i = 0; i < row.size(); ++i) {
            cell(m_row, static_cast<lxw_col_t>(i), row[i], bold);
        }
        ++m_row;
    };
    for (const ReportRow& row : m_table.rows) {
        writeRow(row, false);
    }
    if (m_table.totals) {
        writeRow(*m_table.totals, true);
    }
}

void Workbook::writeBottom()
{
    ++m_row;
    lxw_format* note = format(false, 11, LXW_ALIGN_LEFT);
    format_set_italic(note);
    for (const std::string& line : m_table.notes) {
        wide(m_row++, 0, lastColumn(), line, note);
    }
    ++m_row;
    lxw_format* bold = format(true, 12, LXW_ALIGN_CENTER);
    lxw_format* plain = format(false, 12, LXW_ALIGN_CENTER);
    lxw_format* date = format(false, 12, LXW_ALIGN_CENTER);
    format_set_italic(date);
    const std::size_t count = m_table.signatures.size();
    for (std::size_t i = 0; i < count && count <= m_table.columns.size(); ++i) {
        const auto from = static_cast<lxw_col_t>(i * m_table.columns.size() / count);
        const auto to = static_cast<lxw_col_t>((i + 1) * m_table.columns.size() / count - 1);
        if (i + 1 == count) {
            wide(m_row, from, to, dateLine(m_table), date);
        }
        wide(m_row + 1, from, to, m_table.signatures[i].title, bold);
        wide(m_row + 2, from, to, m_table.signatures[i].hint, plain);
        wide(m_row + 6, from, to, m_table.signatures[i].name, bold);
    }
}

Result<void> Workbook::write()
{
    setPage();
    writeTop();
    writeHead();
    writeRows();
    writeBottom();
    const lxw_error problem = close();
    if (problem != LXW_NO_ERROR) {
        return fail(ErrorKind::Storage,
                    std::string("the workbook cannot be written: ") + lxw_strerror(problem));
    }
    return {};
}

} // namespace

Result<void> writeWorkbook(const ReportTable& table, const std::filesystem::path& file)
{
    TRY(checkShape(table));
    return Workbook(table, file).write();
}

} // namespace motcua
