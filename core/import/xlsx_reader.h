// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/xlsx_parts.h"

#include <deque>

namespace motcua {

/// What a sheet's XML says, row by row; XlsxReader feeds it and takes the rows away.
class SheetRows : public XmlListener
{
public:
    SheetRows(TableLimits limits, std::vector<CellStyle> styles, SharedTexts texts, bool from1904)
        : m_limits(limits), m_styles(std::move(styles)), m_texts(std::move(texts)), m_from1904(from1904)
    {}
    void begin(std::string_view name, Attributes attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view piece) override;

    std::deque<TableRow> rows; ///< read and not yet taken

private:
    void beginRow(Attributes attributes);
    void beginCell(Attributes attributes);
    void endCell();
    [[nodiscard]] SheetCell cellOf(const std::string& value);
    void fillNumber(SheetCell& cell) const;
    void place(SheetCell cell);

    TableLimits m_limits;
    std::vector<CellStyle> m_styles;
    SharedTexts m_texts;
    bool m_from1904;

    TableRow m_row;
    std::int64_t m_last = 0; ///< the number of the row before
    std::size_t m_column = 0;
    std::string m_type;
    std::size_t m_style = 0;
    std::string m_value;
    std::string m_formula;
    bool m_hasFormula = false;
    RunText m_inline;
    bool m_tooLong = false;
    enum class In
    {
        Nothing,
        Value,
        Formula,
        Inline,
    };
    In m_in = In::Nothing;
    bool m_inCell = false;
};

class XlsxReader : public TableReader
{
public:
    [[nodiscard]] static Result<std::unique_ptr<TableReader>>
    open(const std::filesystem::path& path, const std::string& sheet, const TableLimits& limits);
    [[nodiscard]] Result<std::optional<TableRow>> next() override;
    [[nodiscard]] TableProgress progress() const override { return {m_part.done(), m_size}; }

private:
    XlsxReader(Package package, PackagePart part, std::uint64_t size, std::unique_ptr<SheetRows> rows)
        : m_package(std::move(package)), m_part(std::move(part)), m_size(size), m_rows(std::move(rows)),
          m_xml(*m_rows)
    {}

    Package m_package;
    PackagePart m_part;
    std::uint64_t m_size;
    std::unique_ptr<SheetRows> m_rows;
    XmlReader m_xml;
    bool m_done = false;
};

/// A day as spreadsheets count them: "21/06/1984", with its hour where it has one and `withTime`. Empty where
/// the count is no day of theirs. `from1904` begins four years later; the 29 February 1900, which never was,
/// counts.
[[nodiscard]] std::string serialDay(double count, bool withTime, bool from1904);

} // namespace motcua
