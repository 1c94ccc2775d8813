// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/csv_reader.h"

#include "core/import/letter_tables.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;
constexpr std::array kDelimiters{',', ';', '\t', '|'};
constexpr std::size_t kLinesLooked = 30;

std::size_t markSize(std::string_view text)
{
    return text == "utf-8" ? 3 : 2;
}

std::string_view markOf(std::string_view head)
{
    if (head.starts_with("\xEF\xBB\xBF")) {
        return "utf-8";
    }
    if (head.starts_with("\xFF\xFE")) {
        return "utf-16le";
    }
    return head.starts_with("\xFE\xFF") ? "utf-16be" : std::string_view();
}

/// UTF-16 without its mark: every second byte of text in Latin letters is zero.
std::string_view unmarkedWide(std::string_view head)
{
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < head.size(); ++i) {
        zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    }
    const std::size_t half = head.size() / 2;
    if (half >= 8 && zeros[1] > half / 2 && zeros[0] <= half / 20) {
        return "utf-16le";
    }
    return half >= 8 && zeros[0] > half / 2 && zeros[1] <= half / 20 ? "utf-16be" : std::string_view();
}

/// How many of a delimiter each line has outside quotation marks, where the first lines agree; 0 where not.
std::size_t agreedCount(std::string_view head, char delimiter)
{
    std::vector<std::size_t> counts{0};
    bool quoted = false;
    for (const char c : head) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == '\n' && !quoted) {
            counts.push_back(0);
        } else if (c == delimiter && !quoted) {
            ++counts.back();
        }
    }
    counts.pop_back(); // the last line may be cut
    counts.resize(std::min(counts.size(), kLinesLooked));
    if (counts.empty()) {
        return 0;
    }
    std::sort(counts.begin(), counts.end());
    return counts[counts.size() / 2];
}

char delimiterOf(std::string_view head)
{
    if (head.starts_with("sep=") && head.size() > 4 &&
        std::ranges::find(kDelimiters, head[4]) != kDelimiters.end()) {
        return head[4];
    }
    const std::string closed = std::string(head) + '\n';
    char best = ',';
    std::size_t most = 0;
    for (const char delimiter : kDelimiters) {
        if (const std::size_t count = agreedCount(closed, delimiter); count > most) {
            most = count;
            best = delimiter;
        }
    }
    return best;
}

} // namespace

CsvLook lookAtCsv(std::string_view head, bool isUtf8)
{
    CsvLook look;
    std::string_view mark = markOf(head);
    if (mark.empty()) {
        mark = unmarkedWide(head);
    }
    look.text = mark.empty() ? (isUtf8 ? "utf-8" : "bytes") : std::string(mark);
    if (look.text == "utf-8" && !isUtf8) {
        look.text = "bytes"; // a mark before bytes that are none
    }
    std::string plain;
    for (const char c : head) {
        if (c != '\0') {
            plain += c;
        }
    }
    const std::size_t skip = markOf(head).empty() ? 0 : markSize(markOf(head));
    look.delimiter = delimiterOf(std::string_view(plain).substr(std::min(skip, plain.size())));
    return look;
}

CsvReader::CsvReader(std::ifstream file, std::uint64_t size, CsvLook look, TableLimits limits)
    : m_file(std::move(file)), m_size(size), m_look(std::move(look)), m_limits(limits)
{
    if (fill() && !markOf(m_buffer).empty()) {
        m_at = markSize(markOf(m_buffer));
    }
    m_given = m_at;
}

bool CsvReader::fill()
{
    m_begin += m_buffer.size();
    m_buffer.resize(kChunk);
    m_file.read(m_buffer.data(), static_cast<std::streamsize>(kChunk));
    m_buffer.resize(static_cast<std::size_t>(m_file.gcount()));
    m_at = 0;
    return !m_buffer.empty();
}

void CsvReader::goTo(std::uint64_t offset)
{
    if (offset >= m_begin && offset <= m_begin + m_buffer.size()) {
        m_at = static_cast<std::size_t>(offset - m_begin);
        return;
    }
    m_file.clear();
    m_file.seekg(static_cast<std::streamoff>(offset));
    m_begin = offset;
    m_buffer.clear();
    m_at = 0;
}

int CsvReader::peek()
{
    const bool wide = m_look.text.starts_with("utf-16");
    const std::size_t need = wide ? 2 : 1;
    if (m_buffer.size() - m_at < need) {
        const std::string left = m_buffer.substr(m_at);
        const std::uint64_t offset = m_begin + m_at;
        const bool more = fill();
        m_buffer.insert(0, left);
        m_begin = offset;
        if (!more && m_buffer.size() < need) {
            return m_buffer.empty() ? -1 : static_cast<unsigned char>(m_buffer[0]); // half a unit at the end
        }
    }
    const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(m_buffer[m_at + i]); };
    if (!wide) {
        return byte(0);
    }
    return m_look.text == "utf-16le" ? byte(0) | byte(1) << 8 : byte(1) | byte(0) << 8;
}

int CsvReader::take()
{
    const int unit = peek();
    const std::size_t width = m_look.text.starts_with("utf-16") ? 2 : 1;
    m_at += unit < 0 ? 0 : std::min(width, m_buffer.size() - m_at);
    return unit;
}

void CsvReader::put(std::string& cell, std::uint64_t& length, int unit) const
{
    const bool wide = m_look.text.starts_with("utf-16");
    length += wide ? 2 : 1;
    if (cell.size() > m_limits.cellBytes) {
        return; // its length goes on being counted
    }
    if (wide) {
        cell += static_cast<char>(unit & 0xFF);
        cell += static_cast<char>(unit >> 8);
    } else {
        cell += static_cast<char>(unit);
    }
}

void CsvReader::eatLineFeed(int unit)
{
    if (unit == '\r' && peek() == '\n') {
        static_cast<void>(take());
    }
}

CsvReader::End CsvReader::readQuoted(std::string& cell, std::uint64_t& length)
{
    for (;;) {
        const int unit = take();
        if (unit < 0 || length > m_limits.cellBytes) {
            return End::OpenQuote;
        }
        if (unit != '"') {
            put(cell, length, unit);
        } else if (peek() == '"') {
            put(cell, length, take());
        } else {
            return End::Cell;
        }
    }
}

CsvReader::End CsvReader::readCell(std::string& cell, std::uint64_t& length, bool quotes)
{
    if (quotes && peek() == '"') {
        static_cast<void>(take());
        if (readQuoted(cell, length) == End::OpenQuote) {
            return End::OpenQuote;
        }
    }
    for (;;) {
        const int unit = take();
        if (unit < 0) {
            return End::File;
        }
        if (unit == m_look.delimiter) {
            return End::Cell;
        }
        if (unit == '\n' || unit == '\r') {
            eatLineFeed(unit);
            return End::Row;
        }
        put(cell, length, unit);
    }
}

SheetCell CsvReader::cellOf(std::string units) const
{
    SheetCell cell;
    if (m_look.text == "bytes") {
        cell.text = westernText(units);
    } else if (m_look.text == "utf-8") {
        cell.text = std::move(units);
    } else {
        for (std::size_t i = 0; i + 1 < units.size(); i += 2) {
            const auto unit = [&](std::size_t at) {
                return static_cast<char32_t>(static_cast<unsigned char>(units[at]) |
                                             static_cast<unsigned char>(units[at + 1]) << 8);
            };
            char32_t c = unit(i);
            if (c >= 0xD800 && c < 0xDC00 && i + 3 < units.size() && (unit(i + 2) & 0xFC00) == 0xDC00) {
                c = 0x10000 + ((c - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
                i += 2;
            } else if (c >= 0xD800 && c < 0xE000) {
                c = 0xFFFD;
            }
            appendCharacter(cell.text, c);
        }
    }
    return cell;
}

CsvReader::End CsvReader::readRow(TableRow& row, bool quotes)
{
    End end = End::Cell;
    std::uint64_t all = 0;
    while (end == End::Cell) {
        std::string units;
        std::uint64_t length = 0;
        end = readCell(units, length, quotes);
        if (end == End::OpenQuote) {
            return end;
        }
        all += length;
        if (length > m_limits.cellBytes || all > m_limits.rowBytes) {
            row.fault = RowFault::TooLong;
            units.clear();
        }
        if (row.cells.size() < m_limits.columns) {
            row.cells.push_back(cellOf(std::move(units)));
        } else if (row.fault == RowFault::None) {
            row.fault = RowFault::TooWide;
        }
    }
    row.bytes = all;
    return end;
}

Result<std::optional<TableRow>> CsvReader::next()
{
    if (m_done || peek() < 0) {
        if (m_file.bad()) {
            return fail(ErrorKind::Storage, "the file cannot be read to its end");
        }
        return std::optional<TableRow>();
    }
    if (m_row >= m_limits.rows) {
        return fail(ErrorKind::Invalid, "more than " + std::to_string(m_limits.rows) + " rows");
    }
    TableRow row;
    row.number = ++m_row;
    const std::uint64_t begin = m_begin + m_at;
    End end = readRow(row, true);
    if (end == End::OpenQuote) {
        // What followed may be the rest of the file: the mark is read as a letter, and the row ends with its
        // line.
        goTo(begin);
        row.cells.clear();
        end = readRow(row, false);
        row.fault = row.fault == RowFault::None ? RowFault::OpenQuote : row.fault;
    }
    m_done = end == End::File;
    m_given = m_begin + m_at;
    return std::optional(std::move(row));
}

} // namespace motcua
