// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_output.h"

#include "core/base/file.h"
#include "core/papers/paper_output.h"
#include "core/report/report_xlsx.h"

#include <fstream>

namespace motcua {

namespace {

constexpr std::size_t kLargestReport = 256U << 20;

/// The library writes by name only: into a file beside the target, which becomes the target when it is whole.
Result<void> writeXlsx(const ReportTable& table, const std::filesystem::path& file)
{
    std::filesystem::path draft = file;
    draft += ".part";
    if (!std::ofstream(draft)) { // the library would complain on standard error by itself
        return fail(ErrorKind::Storage, "cannot write " + file.string());
    }
    const auto written = writeWorkbook(table, draft);
    auto bytes =
        written ? readFile(draft, kLargestReport) : Result<std::string>(tl::unexpected(written.error()));
    std::error_code ignored;
    std::filesystem::remove(draft, ignored);
    if (!bytes) {
        return tl::unexpected(std::move(bytes).error());
    }
    return writeFileDurably(file, *bytes);
}

} // namespace

Result<ReportFormat> reportFormat(std::string_view name)
{
    if (name == "xlsx") {
        return ReportFormat::Xlsx;
    }
    if (name == "pdf") {
        return ReportFormat::Pdf;
    }
    if (name == "csv") {
        return ReportFormat::Csv;
    }
    if (name == "json") {
        return ReportFormat::Json;
    }
    return fail(ErrorKind::Invalid, "a report is xlsx, pdf, csv or json");
}

Result<void> writeReport(const ReportTable& table, ReportFormat format, const std::filesystem::path& file,
                         const PaperTemplates& templates)
{
    TRY(checkShape(table));
    switch (format) {
    case ReportFormat::Xlsx:
        return writeXlsx(table, file);
    case ReportFormat::Pdf: {
        const auto paper = TRY(layOut(table, templates));
        TRY(writePdf(paper, table.madeAt, file));
        return {};
    }
    case ReportFormat::Csv: {
        const auto csv = TRY(toCsv(table));
        return writeFileDurably(file, csv);
    }
    case ReportFormat::Json:
        return writeFileDurably(file, dumpJson(toJson(table)) + "\n");
    }
    return {};
}

} // namespace motcua
