// SPDX-License-Identifier: GPL-3.0-or-later
// Reports: onto the screen, or into a file.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/cli/target_file.h"
#include "app/common/office_report.h"
#include "app/common/paper_head.h"
#include "core/report/report_output.h"

#include <filesystem>

namespace motcua::cli {

namespace {

Reply<Outcome> runReportList(Session&, const Arguments&)
{
    Outcome outcome;
    Json list = Json::array();
    for (const ReportTitle& report : officeReports()) {
        list.push_back({{"name", report.name}, {"title", report.title}});
        addLine(outcome.text, report.name + "  " + report.title);
    }
    outcome.document = {{"reports", std::move(list)}};
    return outcome;
}

struct Target
{
    ReportFormat format = ReportFormat::Json;
    std::string formatName = "json";
    std::string file; ///< empty: standard output
};

/// --format, else what the file's name ends with, else JSON.
Reply<Target> targetOf(const Arguments& arguments)
{
    Target target;
    target.file = arguments.value("out").value_or("");
    std::string ending = std::filesystem::path(target.file).extension().string();
    ending.erase(0, 1);
    const std::string wanted = arguments.value("format").value_or(ending.empty() ? "json" : ending);
    const auto format = reportFormat(wanted);
    if (!format) {
        return misuse("--format là xlsx, pdf, csv hoặc json; không có " + wanted + ".");
    }
    target.format = *format;
    target.formatName = wanted;
    const bool needsFile =
        *format != ReportFormat::Json && (*format != ReportFormat::Csv || arguments.has("json"));
    if (target.file.empty() && needsFile) {
        return misuse("Dạng " + wanted + " cần --out TỆP.");
    }
    return target;
}

std::string tableText(const ReportTable& table)
{
    const auto line = [](const auto& cells, const auto& shown) {
        std::string text;
        for (const auto& cell : cells) {
            text += (text.empty() ? "" : " | ") + shown(cell);
        }
        return text;
    };
    std::string text = table.title;
    for (const std::string& subtitle : table.subtitles) {
        addLine(text, subtitle);
    }
    addLine(text, line(table.columns, [](const ReportColumn& column) { return column.name; }));
    for (const ReportRow& row : table.rows) {
        addLine(text, line(row, shownText));
    }
    if (table.totals) {
        addLine(text, line(*table.totals, shownText));
    }
    for (const std::string& note : table.notes) {
        addLine(text, note);
    }
    return text;
}

Reply<Outcome> write(Session& session, Workplace& place, const ReportTable& table, const Target& target)
{
    Outcome outcome;
    outcome.document = toJson(table);
    if (!target.file.empty()) {
        if (target.format == ReportFormat::Pdf) {
            session.needQt();
        }
        TRY(writeReport(table, target.format, target.file,
                        PaperTemplates(unitPaperFolder(place.registerFolder()))));
        TRY(place.desk().recordView("report.exported",
                                    {{"report", table.title}, {"format", target.formatName}}));
        outcome.document["file"] = target.file;
        outcome.text = "Đã ghi " + target.file;
    } else if (target.format == ReportFormat::Csv) {
        outcome.onlyLines = true;
        outcome.text = TRY(toCsv(table));
    } else {
        outcome.text = tableText(table);
    }
    return outcome;
}

Reply<Outcome> runReport(Session& session, const Arguments& arguments)
{
    TRY(arguments.required("from"));
    TRY(arguments.required("to"));
    const Day from = TRY(arguments.day("from"))
    .value();
    const Day to = TRY(arguments.day("to"))
    .value();
    const Target target = TRY(targetOf(arguments));
    TRY(mustBeReplaceable(target.file));
    Workplace* place = TRY(session.workplaceFor(Act::Report, arguments));
    const ReportTable table =
        TRY(officeReport(*place, place->connection(), arguments.words().front(), from, to));
    return write(session, *place, table, target);
}

constexpr std::array kCommands{
    Command{"report list", "", "Các báo cáo lập được.", 0, 0, {}, runReportList},
    Command{"report",
            "TÊN --from NGÀY --to NGÀY [--format xlsx|pdf|csv|json] [--out TỆP]",
            "Lập báo cáo.",
            1,
            1,
            {"from", "to", "format", "out"},
            runReport},
};

} // namespace

std::span<const Command> reportCommands()
{
    return kCommands;
}

} // namespace motcua::cli
