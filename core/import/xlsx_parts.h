// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/xlsx_package.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace motcua {

/// What a font's name says about the letters in a cell.
struct FontLetters
{
    std::optional<LetterCode> code;
    bool capitals = false; ///< .VnTimeH: small letters are shown as capitals
};
[[nodiscard]] FontLetters fontLetters(std::string_view fontName);

struct SheetBook
{
    struct Sheet
    {
        std::string name;
        std::string part; ///< "xl/worksheets/sheet1.xml"
    };
    std::vector<Sheet> sheets;
    bool from1904 = false; ///< days are counted from 1904
    std::string strings;   ///< the part of shared texts; empty: none
    std::string styles;
};
/// The sheets with rows, in order. Parts are found through the file's own relations, never outside of it.
[[nodiscard]] Result<SheetBook> readWorkbook(const Package& package, const TableLimits& limits);

/// What a cell's style says: whether a number is a date, and what its font's letters are.
struct CellStyle
{
    enum class Number
    {
        Plain,
        Day,
        Time, ///< with or without a day
    };
    Number number = Number::Plain;
    FontLetters font;
};
[[nodiscard]] Result<std::vector<CellStyle>> readStyles(const Package& package, const SheetBook& workbook,
                                                        const TableLimits& limits);

/// The text of an element that holds runs or one text (`si`, `is`): its `t` joined, without the reading aids.
class RunText
{
public:
    void begin(std::string_view name, XmlListener::Attributes attributes);
    void end(std::string_view name);
    void text(std::string_view piece, std::size_t most);
    void clear();
    std::string joined; ///< `_x000D_` and the like read as the character they mean
    FontLetters font;
    bool tooLong = false;
    void finish();

private:
    bool m_inText = false;
    int m_phonetic = 0;
};

/// Texts that cells share, close together in memory.
class SharedTexts
{
public:
    [[nodiscard]] static Result<SharedTexts> read(const Package& package, const SheetBook& workbook,
                                                  const TableLimits& limits);
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    [[nodiscard]] std::string_view text(std::size_t index) const;
    [[nodiscard]] FontLetters font(std::size_t index) const;
    /// Longer than a cell may be: what is kept of it is not all.
    [[nodiscard]] bool isCut(std::size_t index) const { return m_cut.contains(index); }
    void add(const RunText& run);
    [[nodiscard]] std::size_t bytes() const { return m_all.size() + m_ends.size() * sizeof(std::uint64_t); }

private:
    std::string m_all;
    std::vector<std::uint64_t> m_ends;
    std::map<std::size_t, FontLetters> m_fonts; ///< only where it says something
    std::set<std::size_t> m_cut;
};

} // namespace motcua
