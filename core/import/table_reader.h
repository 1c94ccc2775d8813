// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/import/legacy_text.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// What is never exceeded, whatever a file holds.
struct TableLimits
{
    std::size_t cellBytes = std::size_t{32767} * 4; ///< a spreadsheet's own longest cell
    std::size_t rowBytes = std::size_t{1} << 20;
    std::size_t columns = 256;
    std::int64_t rows = 1'048'576;                          ///< a spreadsheet's own most
    std::uint64_t partBytes = std::uint64_t{4} << 30;       ///< one part of an XLSX file, unpacked
    std::uint64_t smallPartBytes = std::uint64_t{32} << 20; ///< the parts that are not the sheet or its texts
    std::uint64_t sharedBytes = std::uint64_t{256}
                                << 20; ///< the texts that cells share; they are held in memory
    std::uint64_t ratio = 250;         ///< how much larger than packed, beyond the first 32 MiB
};

/// What a cell was before it became text.
enum class CellKind
{
    Text,
    Number,
    Date, ///< a number that the sheet shows as a date
    Truth,
    Fault,   ///< #N/A and the like
    Formula, ///< its kept result, or the formula itself as text; never computed
};

struct SheetCell
{
    std::string text; ///< exactly as read; bytes that are no Unicode as westernText()
    CellKind kind = CellKind::Text;
    std::string shown;              ///< of a date: "21/06/1984"; of a formula: the formula
    std::optional<LetterCode> font; ///< what the cell's font says about its letters
    bool capitalsFont = false;      ///< .VnTimeH: shows small letters as capitals
};

/// Why a row is not as a table's rows are.
enum class RowFault
{
    None,
    TooLong,   ///< a cell or the row beyond the limits; what was cut is gone from `cells`
    TooWide,   ///< more columns than the limit
    OpenQuote, ///< a quotation mark without its end: read again as plain text, up to the line's end
};

struct TableRow
{
    std::int64_t number = 0; ///< as a spreadsheet counts, from 1
    std::vector<SheetCell> cells;
    RowFault fault = RowFault::None;
    std::uint64_t bytes = 0; ///< of a row that is too long: how long it is
};

/// How far a file is read.
struct TableProgress
{
    std::uint64_t done = 0;
    std::uint64_t all = 0;
};

/// The rows of one sheet, one after the other; never more than a few in memory.
class TableReader
{
public:
    virtual ~TableReader() = default;
    /// The next row, in order; nothing after the last. Empty rows come as well when the file has them.
    /// Invalid: the file is broken or exceeds a limit from here on; Storage.
    [[nodiscard]] virtual Result<std::optional<TableRow>> next() = 0;
    [[nodiscard]] virtual TableProgress progress() const = 0;
};

enum class TableFormat
{
    Csv,
    Xlsx,
};

/// What there is to read in a file.
struct TableFile
{
    std::filesystem::path path;
    TableFormat format = TableFormat::Csv;
    std::string name; ///< without its folder
    std::string sha256;
    std::uint64_t size = 0;
    std::vector<std::string> sheets; ///< of an XLSX file, in order; one empty name for CSV
    std::string text;                ///< of a CSV file: "utf-8", "utf-16le", "utf-16be", "bytes"
    char delimiter = 0;              ///< of a CSV file, as recognised
};

/// Looks at a file: what it is (by its content, not by its name), its hash, its sheets. Reads all of it once.
/// NotFound; Invalid where it is neither; Storage.
[[nodiscard]] Result<TableFile> inspectTable(const std::filesystem::path& path,
                                             const TableLimits& limits = {});

/// Opens a sheet of it. `delimiter` (CSV) 0: as recognised. NotFound where there is no such sheet.
[[nodiscard]] Result<std::unique_ptr<TableReader>> openTable(const TableFile& file, const std::string& sheet,
                                                             char delimiter = 0,
                                                             const TableLimits& limits = {});

} // namespace motcua
