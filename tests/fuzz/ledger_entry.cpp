// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/import/ledger_survey.h"
#include "tests/fuzz/fuzz_targets.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace motcua {

namespace {

/// One file in memory that each input is written to.
class OneFile
{
public:
    OneFile() : m_path(std::filesystem::path("/dev/shm") / ("motcua-ledger-" + std::to_string(::getpid()))) {}
    ~OneFile()
    {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    OneFile(const OneFile&) = delete;
    OneFile& operator=(const OneFile&) = delete;
    const std::filesystem::path& write(std::string_view bytes)
    {
        std::ofstream(m_path, std::ios::binary | std::ios::trunc) << bytes;
        return m_path;
    }

private:
    std::filesystem::path m_path;
};

TableLimits smallLimits()
{
    TableLimits limits;
    limits.cellBytes = 4096;
    limits.rowBytes = 16384;
    limits.columns = 64;
    limits.rows = 2000;
    limits.partBytes = std::uint64_t{8} << 20;
    limits.smallPartBytes = std::uint64_t{1} << 20;
    limits.sharedBytes = std::uint64_t{1} << 20;
    return limits;
}

/// What is read, is kept: every row is counted, every cell of a row that came in stands in it.
void readAll(const LedgerSurvey& survey, const ReadyMap& map)
{
    const auto reader = openTable(survey.file, survey.sheet, survey.delimiter, smallLimits());
    require(reader.has_value(), "what was read once is opened again");
    std::int64_t last = 0;
    for (;;) {
        const auto row = (*reader)->next();
        require(row.has_value(), "what was read once is read again");
        if (!*row) {
            return;
        }
        require((*row)->number > last, "rows are in order");
        last = (*row)->number;
        const LedgerRow kept = readLedgerRow(**row, map, {});
        require(kept.cells.size() == (*row)->cells.size() && kept.texts.size() == kept.cells.size(),
                "every cell is kept");
        require(kept.state != RowState::Skipped || kept.problems.size() == 1, "who is left out says why");
        require(parseJson(dumpJson(kept.cells), {std::size_t{64} << 20, 32}).has_value(), "cells are text");
    }
}

} // namespace

int consumeLedger(const std::uint8_t* bytes, std::size_t size)
{
    static OneFile file;
    const auto& path = file.write({reinterpret_cast<const char*>(bytes), size});
    const auto table = inspectTable(path, smallLimits());
    if (!table) {
        return 0;
    }
    const auto survey = surveyLedger(*table, {}, {}, smallLimits());
    if (!survey) {
        return 0;
    }
    LedgerMap map = suggestedMap(*survey);
    if (const auto ready = readyMap(map, *survey)) {
        readAll(*survey, *ready);
    }
    for (ColumnRule& rule : map.columns) {
        rule.code = allLetterCodes()[(rule.column + size) % kLetterCodes];
    }
    if (const auto ready = readyMap(map, *survey)) {
        readAll(*survey, *ready);
    }
    return 0;
}

} // namespace motcua
