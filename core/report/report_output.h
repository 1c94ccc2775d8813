// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/papers/laid_out_paper.h"
#include "core/papers/paper_templates.h"
#include "core/report/report_table.h"

#include <filesystem>
#include <string>

namespace motcua {

enum class ReportFormat
{
    Xlsx,
    Pdf,
    Csv,
    Json,
};

/// "xlsx", "pdf", "csv", "json".
[[nodiscard]] Result<ReportFormat> reportFormat(std::string_view name);

/// UTF-8 with a byte order mark, CR LF, every field quoted; text that a spreadsheet would take for a formula
/// gets an apostrophe in front (OWASP; ASVS 5.0, 1.2.10).
[[nodiscard]] Result<std::string> toCsv(const ReportTable& table);

/// The report as pages, by the template `report.xml`: for PDF, preview and printer.
[[nodiscard]] Result<LaidOutPaper> layOut(const ReportTable& table, const PaperTemplates& templates);

/// Writes the report so that the file is whole or the old one untouched; readable by this user only.
/// Invalid for a table whose rows do not fit; Storage when the folder does not take the file.
[[nodiscard]] Result<void> writeReport(const ReportTable& table, ReportFormat format,
                                       const std::filesystem::path& file,
                                       const PaperTemplates& templates = {});

} // namespace motcua
