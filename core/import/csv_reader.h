// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/table_reader.h"

#include <fstream>

namespace motcua {

/// What the beginning of a CSV file says about the rest.
struct CsvLook
{
    std::string text; ///< "utf-8", "utf-16le", "utf-16be", "bytes"
    char delimiter = ',';
};
/// `head` is the beginning of the file, `isUtf8` what was found out about all of it.
[[nodiscard]] CsvLook lookAtCsv(std::string_view head, bool isUtf8);

/// CSV by RFC 4180 and as programs really write it: any of , ; tab | between cells, CR, LF or both behind
/// rows, quotation marks where they are needed or not.
class CsvReader : public TableReader
{
public:
    CsvReader(std::ifstream file, std::uint64_t size, CsvLook look, TableLimits limits);

    [[nodiscard]] Result<std::optional<TableRow>> next() override;
    [[nodiscard]] TableProgress progress() const override { return {m_given, m_size}; }

private:
    enum class End
    {
        Cell,
        Row,
        File,
        OpenQuote,
    };
    /// One unit of text: a byte, or a UTF-16 unit. -1 at the end.
    [[nodiscard]] int take();
    [[nodiscard]] int peek();
    [[nodiscard]] bool fill();
    void goTo(std::uint64_t offset);
    [[nodiscard]] End readCell(std::string& cell, std::uint64_t& length, bool quotes);
    [[nodiscard]] End readQuoted(std::string& cell, std::uint64_t& length);
    void put(std::string& cell, std::uint64_t& length, int unit) const;
    [[nodiscard]] End readRow(TableRow& row, bool quotes);
    void eatLineFeed(int unit);
    [[nodiscard]] SheetCell cellOf(std::string units) const;

    std::ifstream m_file;
    std::uint64_t m_size;
    CsvLook m_look;
    TableLimits m_limits;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::uint64_t m_begin = 0; ///< of the buffer in the file
    std::uint64_t m_given = 0; ///< where the next row begins
    std::int64_t m_row = 0;
    bool m_done = false;
};

} // namespace motcua
