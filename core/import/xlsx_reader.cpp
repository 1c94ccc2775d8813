// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/xlsx_reader.h"

#include "core/base/time.h"

#include <array>
#include <charconv>
#include <cmath>

namespace motcua {

namespace {

/// The column of "AB12", from 0; nothing where it is no reference.
std::optional<std::size_t> columnOf(std::string_view reference)
{
    std::size_t column = 0;
    std::size_t letters = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z' || letters == 3) {
            break;
        }
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        ++letters;
    }
    return letters == 0 ? std::nullopt : std::optional(column - 1);
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return isWhole && value >= 0 ? std::optional(value) : std::nullopt;
}

std::string twoDigits(std::int64_t number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

} // namespace

std::string serialDay(double count, bool withTime, bool from1904)
{
    constexpr double kLast = 2958465; // 31/12/9999
    if (!(count >= 0) || count >= kLast + 1) {
        return {};
    }
    auto days = static_cast<std::int64_t>(std::floor(count));
    const auto seconds = static_cast<std::int64_t>(std::llround((count - std::floor(count)) * 86400));
    std::string text;
    if (days > 0) {
        using namespace std::chrono;
        const sys_days origin =
            from1904 ? sys_days{year{1904} / 1 / 1} : sys_days{year{1899} / 12 / (days < 60 ? 31 : 30)};
        text = days == 60 && !from1904 ? std::string("29/02/1900")
                                       : toDisplayDay(year_month_day{origin + std::chrono::days{days}});
    }
    if (withTime && (seconds > 0 || days == 0)) {
        text += (text.empty() ? "" : " ") + twoDigits(seconds / 3600) + ":" + twoDigits(seconds / 60 % 60);
        text += seconds % 60 == 0 ? "" : ":" + twoDigits(seconds % 60);
    }
    return text;
}

void SheetRows::begin(std::string_view name, Attributes attributes)
{
    if (name == "row") {
        beginRow(attributes);
    } else if (name == "c") {
        beginCell(attributes);
    } else if (m_inCell && name == "v") {
        m_in = In::Value;
    } else if (m_inCell && name == "f") {
        m_in = In::Formula;
        m_hasFormula = true;
    } else if (m_inCell && name == "is") {
        m_in = In::Inline;
    } else if (m_in == In::Inline) {
        m_inline.begin(name, attributes);
    }
}

void SheetRows::beginRow(Attributes attributes)
{
    m_row = TableRow{};
    m_row.number = wholeNumber(attribute(attributes, "r")).value_or(m_last + 1);
    if (m_row.number <= m_last || m_row.number > m_limits.rows) {
        trouble = "its rows are not in order, or more than a sheet has";
    }
    m_last = m_row.number;
    m_column = 0;
}

void SheetRows::beginCell(Attributes attributes)
{
    m_inCell = true;
    m_value.clear();
    m_formula.clear();
    m_hasFormula = false;
    m_inline.clear();
    m_tooLong = false;
    m_in = In::Nothing;
    m_type = attribute(attributes, "t");
    m_style = static_cast<std::size_t>(wholeNumber(attribute(attributes, "s")).value_or(0));
    if (const auto column = columnOf(attribute(attributes, "r"))) {
        trouble = *column < m_column ? "its cells are not in order" : "";
        m_column = *column;
    }
}

void SheetRows::text(std::string_view piece)
{
    if (m_in == In::Value || m_in == In::Formula) {
        std::string& into = m_in == In::Value ? m_value : m_formula;
        m_tooLong = m_tooLong || into.size() + piece.size() > m_limits.cellBytes;
        into += m_tooLong ? std::string_view() : piece;
    } else if (m_in == In::Inline) {
        m_inline.text(piece, m_limits.cellBytes);
    }
}

void SheetRows::end(std::string_view name)
{
    if (name == "c") {
        endCell();
    } else if (name == "row") {
        rows.push_back(std::move(m_row));
        m_row = TableRow{};
    } else if (m_inCell && (name == "v" || name == "f" || name == "is")) {
        m_in = In::Nothing;
    } else if (m_in == In::Inline) {
        m_inline.end(name);
    }
}

void SheetRows::fillNumber(SheetCell& cell) const
{
    cell.kind = CellKind::Number;
    const CellStyle::Number number =
        m_style < m_styles.size() ? m_styles[m_style].number : CellStyle::Number::Plain;
    double value = 0;
    const auto read = std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), value);
    if (number == CellStyle::Number::Plain || read.ec != std::errc{}) {
        return;
    }
    cell.shown = serialDay(value, number == CellStyle::Number::Time, m_from1904);
    cell.kind = cell.shown.empty() ? CellKind::Number : CellKind::Date;
}

SheetCell SheetRows::cellOf(const std::string& value)
{
    SheetCell cell;
    cell.text = value;
    FontLetters font = m_style < m_styles.size() ? m_styles[m_style].font : FontLetters{};
    if (m_type == "s") {
        const auto index = wholeNumber(value);
        if (!index || static_cast<std::size_t>(*index) >= m_texts.size()) {
            trouble = "a cell names a text that is not there";
            return cell;
        }
        const auto at = static_cast<std::size_t>(*index);
        cell.text = m_texts.text(at);
        m_tooLong = m_tooLong || m_texts.isCut(at);
        font = m_texts.font(at).code ? m_texts.font(at) : font;
    } else if (m_type == "inlineStr") {
        m_inline.finish();
        cell.text = m_inline.joined;
        m_tooLong = m_tooLong || m_inline.tooLong;
        font = m_inline.font.code ? m_inline.font : font;
    } else if (m_type == "b") {
        cell.kind = CellKind::Truth;
    } else if (m_type == "e") {
        cell.kind = CellKind::Fault;
    } else if (m_type.empty() || m_type == "n") {
        fillNumber(cell);
    }
    cell.font = font.code;
    cell.capitalsFont = font.capitals;
    return cell;
}

void SheetRows::endCell()
{
    m_inCell = false;
    SheetCell cell = cellOf(m_value);
    if (m_hasFormula) {
        // Its result as the sheet kept it, or its text; never what it would compute here.
        const std::string formula = "=" + m_formula;
        cell.text = cell.text.empty() ? formula : cell.text;
        cell.shown = cell.kind == CellKind::Date ? cell.shown : formula;
        cell.kind = cell.kind == CellKind::Date ? CellKind::Date : CellKind::Formula;
    }
    if (m_tooLong) {
        m_row.fault = RowFault::TooLong;
        cell = SheetCell{};
    }
    place(std::move(cell));
}

void SheetRows::place(SheetCell cell)
{
    m_row.bytes += cell.text.size();
    if (m_row.bytes > m_limits.rowBytes) {
        m_row.fault = RowFault::TooLong;
        cell = SheetCell{};
    }
    if (m_column >= m_limits.columns) {
        const bool isEmpty = cell.text.empty();
        m_row.fault = !isEmpty && m_row.fault == RowFault::None ? RowFault::TooWide : m_row.fault;
    } else if (!cell.text.empty()) {
        m_row.cells.resize(m_column + 1);
        m_row.cells[m_column] = std::move(cell);
    }
    ++m_column;
}

Result<std::unique_ptr<TableReader>> XlsxReader::open(const std::filesystem::path& path,
                                                      const std::string& sheet, const TableLimits& limits)
{
    Package package = TRY(Package::open(path));
    const SheetBook workbook = TRY(readWorkbook(package, limits));
    for (const SheetBook::Sheet& each : workbook.sheets) {
        if (each.name == sheet) {
            auto styles = TRY(readStyles(package, workbook, limits));
            auto texts = TRY(SharedTexts::read(package, workbook, limits));
            PackagePart part = TRY(package.part(each.part, limits.partBytes, limits.ratio));
            const std::uint64_t size = package.sizeOf(each.part);
            auto rows =
                std::make_unique<SheetRows>(limits, std::move(styles), std::move(texts), workbook.from1904);
            return std::unique_ptr<TableReader>(
                new XlsxReader(std::move(package), std::move(part), size, std::move(rows)));
        }
    }
    return fail(ErrorKind::NotFound, "no sheet " + sheet);
}

Result<std::optional<TableRow>> XlsxReader::next()
{
    std::array<char, 65536> room{};
    while (m_rows->rows.empty() && !m_done) {
        const std::size_t count = TRY(m_part.read(room));
        TRY(m_xml.feed({room.data(), count}, count == 0));
        m_done = count == 0;
    }
    if (m_rows->rows.empty()) {
        return std::optional<TableRow>();
    }
    std::optional<TableRow> row(std::move(m_rows->rows.front()));
    m_rows->rows.pop_front();
    return row;
}

} // namespace motcua
