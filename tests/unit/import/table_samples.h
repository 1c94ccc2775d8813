// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/import/table_reader.h"
#include "tests/support/small_counter.h"

#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>
#include <xlsxwriter.h>
#include <zip.h>

namespace motcua {

/// Files of a test, and what the readers make of them.
class SampleFiles
{
public:
    [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const
    {
        const std::string path = (m_folder.path() / name).string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    [[nodiscard]] std::string name(const std::string& file) const
    {
        return (m_folder.path() / file).string();
    }

    /// All rows, which must be readable.
    [[nodiscard]] std::vector<TableRow> read(const std::string& path, const std::string& sheet = {}) const
    {
        auto rows = tryRead(path, sheet);
        require(rows.has_value(), rows ? "" : rows.error().detail.c_str());
        return std::move(*rows);
    }
    [[nodiscard]] Result<std::vector<TableRow>> tryRead(const std::string& path,
                                                        const std::string& sheet = {}) const
    {
        const TableFile file = TRY(inspectTable(path));
        const auto reader = TRY(openTable(file, sheet.empty() ? file.sheets.front() : sheet));
        std::vector<TableRow> rows;
        for (;;) {
            auto row = TRY(reader->next());
            if (!row) {
                return rows;
            }
            rows.push_back(std::move(*row));
        }
    }
    [[nodiscard]] std::vector<std::vector<std::string>> csv(const std::string& bytes) const
    {
        std::vector<std::vector<std::string>> texts;
        for (const TableRow& row : read(write("sample.csv", bytes))) {
            texts.emplace_back();
            for (const SheetCell& cell : row.cells) {
                texts.back().push_back(cell.text);
            }
        }
        return texts;
    }

    /// A workbook by the library that reports are written with.
    [[nodiscard]] std::string xlsx(const std::function<void(lxw_workbook*, lxw_worksheet*)>& fill,
                                   const std::string& file = "sample.xlsx") const
    {
        const std::string path = name(file);
        lxw_workbook* workbook = workbook_new(path.c_str());
        fill(workbook, workbook_add_worksheet(workbook, "Sổ 1"));
        require(workbook_close(workbook) == LXW_NO_ERROR, "the sample is written");
        return path;
    }
    /// A zip with these parts, for what no honest program writes.
    [[nodiscard]] std::string zip(const std::vector<std::pair<std::string, std::string>>& parts) const
    {
        const std::string path = name("made.xlsx");
        int code = 0;
        zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
        require(archive != nullptr, "the sample is made");
        for (const auto& [part, text] : parts) {
            zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
            require(zip_file_add(archive, part.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0, "a part is added");
        }
        require(zip_close(archive) == 0, "the sample is written");
        return path;
    }
    /// The least that a workbook needs around one sheet's XML.
    [[nodiscard]] std::string sheet(const std::string& xml, const std::string& strings = {}) const
    {
        std::string relations =
            R"(<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>)";
        relations += strings.empty()
                         ? ""
                         : R"(<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/>)";
        std::vector<std::pair<std::string, std::string>> parts{
            {"xl/workbook.xml",
             R"(<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>)"},
            {"xl/_rels/workbook.xml.rels", relations + "</Relationships>"},
            {"xl/worksheets/sheet1.xml", xml}};
        if (!strings.empty()) {
            parts.emplace_back("xl/sharedStrings.xml", strings);
        }
        return zip(parts);
    }

private:
    TemporaryFolder m_folder;
};

} // namespace motcua
