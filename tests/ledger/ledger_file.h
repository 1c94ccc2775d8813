// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/legacy_text.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace motcua::ledger {

enum class Container
{
    Xlsx,
    Csv,
};

/// One way in which old ledgers were kept.
struct Writing
{
    std::string name; ///< "tcvn3", "unicode-nfd"
    LetterCode code = LetterCode::Unicode;
    bool decomposed = false;
    Container container = Container::Xlsx;
};
[[nodiscard]] std::vector<Writing> allWritings();

/// What was written, cell by cell.
struct Row
{
    std::vector<std::string> cells; ///< as a reader must give them back
    std::vector<std::string> meant; ///< as an official must read them
    std::vector<bool> odd;          ///< holds a sign that the code does not have
};

/// An invented ledger: fifteen columns of a book of births. The same seed gives the same rows in every
/// writing.
class LedgerRows
{
public:
    LedgerRows(const Writing& writing, std::uint64_t seed) : m_writing(writing), m_seed(seed) {}
    [[nodiscard]] Row row(std::int64_t index) const;
    [[nodiscard]] static const std::vector<std::string>& titles();
    [[nodiscard]] static const std::vector<std::string>& fields();

private:
    void put(Row& row, const std::string& text, bool odd) const;
    Writing m_writing;
    std::uint64_t m_seed;
};

/// The title of a column as it stands in the file.
[[nodiscard]] std::string written(const std::string& text, const Writing& writing);

void writeLedger(const std::filesystem::path& file, const Writing& writing, std::uint64_t seed,
                 std::int64_t rows);
/// The map, with every encoding left to be recognised.
[[nodiscard]] std::string ledgerMap();

} // namespace motcua::ledger
