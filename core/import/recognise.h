// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/table_reader.h"

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

namespace motcua {

/// How the letters of one column were recognised.
struct Recognition
{
    enum class Sure
    {
        Plain,  ///< nothing but ASCII: every code reads it alike
        Yes,    ///< the letters say so
        Likely, ///< few letters; the rest of the file is written so
        No,     ///< two codes fit alike, or none does: a person must say
    };
    LetterCode code = LetterCode::Unicode;
    Sure sure = Sure::Plain;
    int percent = 0;        ///< of the words with marks, how many it makes Vietnamese syllables of
    std::int64_t words = 0; ///< different words with marks that were looked at
    bool lostCase = false;  ///< capitals are written with the bytes of small letters, or shown so by the font
    std::string before;     ///< a sample as it was read …
    std::string after;      ///< … and as it would be read
};

/// Collects words of one column; at most a few thousand different ones are kept.
class ColumnLetters
{
public:
    void add(const SheetCell& cell);
    [[nodiscard]] bool isPlain() const { return m_words.empty(); }

    /// The weight that each code gets by the combinations of letters that it makes of the words (0 to 1), and
    /// the share of words that it reads at all.
    struct Score
    {
        double weight = 0;
        double read = 0;
    };
    [[nodiscard]] std::array<Score, kLetterCodes> scores() const;
    using Scores = std::array<Score, kLetterCodes>;
    /// What fonts say, where most marked cells say the same and the letters agree.
    [[nodiscard]] std::optional<LetterCode> font(const Scores& scores) const;
    [[nodiscard]] Recognition sampleOf(LetterCode code) const;
    [[nodiscard]] std::int64_t words() const { return static_cast<std::int64_t>(m_words.size()); }

private:
    void addWord(std::string_view word);

    std::unordered_map<std::string, int> m_words;
    std::string m_sample; ///< the first cell with more than ASCII that is not too long to be shown
    std::array<std::int64_t, kLetterCodes> m_fonts{};
    std::int64_t m_marked = 0; ///< cells with more than ASCII
    std::int64_t m_capitalsFont = 0;
};

/// All columns of a file together: one file is mostly typed in one code, so a column that cannot decide by
/// itself (a "Nữ" here and there) follows the others, if three quarters of their words agree and its own
/// letters fit nearly as well in that code as in any. It is then Sure::Likely, never Yes.
[[nodiscard]] std::vector<Recognition> recognise(const std::vector<ColumnLetters>& columns);

/// How one cell compares with its column's code.
struct CellLetters
{
    Converted converted;
    bool isMixed = false; ///< reads badly in its column's code and well in `other`
    LetterCode other = LetterCode::Unicode;
};
/// Converts one cell. A cell that is surely Unicode in a column of an older code stays as it is.
[[nodiscard]] CellLetters readCellLetters(std::string_view text, LetterCode code);

} // namespace motcua
