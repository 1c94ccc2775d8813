// SPDX-License-Identifier: GPL-3.0-or-later
// Papers of a dossier: into a PDF, onto a printer, or only looked at.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/cli/target_file.h"
#include "app/common/paper_sheet.h"
#include "app/common/paperwork.h"
#include "app/common/print_queue.h"
#include "app/common/stock_settings.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/papers/paper_output.h"

#include <filesystem>

namespace motcua::cli {

namespace {

Reply<Outcome> listPapers(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    const DossierView view = TRY(place->desk().dossiers().newestByCode(arguments.words().front()));
    session.needQt();
    Outcome outcome;
    Json list = Json::array();
    for (const PaperTitle& paper : TRY(papersOf(*place, view))) {
        list.push_back({{"name", paper.name}, {"title", paper.title}});
        addLine(outcome.text, paper.name + "  " + paper.title);
    }
    outcome.document = {{"papers", std::move(list)}};
    return outcome;
}

Outcome printedOutcome(const PreparedPaper& prepared, const std::string& sha256, const std::string& said)
{
    Outcome outcome;
    outcome.document = {{"pages", prepared.paper.pageCount()},
                        {"copies", prepared.paper.copyCount()},
                        {"sha256", sha256},
                        {"reprint", prepared.reprint}};
    if (prepared.number) {
        outcome.document["number"] = prepared.number->number;
        outcome.document["series"] = prepared.number->series;
    }
    outcome.text = said + " (" + std::to_string(prepared.paper.pageCount()) + " trang, " +
                   std::to_string(prepared.paper.copyCount()) + " liên)";
    return outcome;
}

/// The file first, then the record of it: a record of a file that is not there would be worse.
Reply<Outcome> toFile(Workplace& place, const PreparedPaper& prepared, const std::string& pdf,
                      const std::string& sha256, const std::string& file)
{
    TRY(writeFileDurably(file, pdf));
    if (auto recorded = recordPaper(place, prepared, {"pdf", "file", sha256}); !recorded) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        return tl::unexpected(Failure(recorded.error()));
    }
    return printedOutcome(prepared, sha256, "Đã ghi " + file);
}

Reply<Outcome> toPrinter(Workplace& place, const PreparedPaper& prepared, const std::string& pdf,
                         const std::string& sha256, const std::string& name)
{
    const auto job = sendToQueue(name, prepared.paper, pdf, fileStem(prepared.paper.name(), prepared.code));
    // The queue took it; whether it came out well, only a person at the printer can say. What a queue refused
    // used no sheet: a number holds.
    if (job || job.error().answered) {
        TRY(recordPaper(place, prepared, {name, job ? "unknown" : "jammed", sha256}));
    }
    if (!job) {
        return forbidden(job.error().answered ? "printer-refused" : "no-printer",
                         job.error().text.sentence());
    }
    return printedOutcome(prepared, sha256, "Đã gửi tới máy in " + name);
}

Reply<Outcome> runPrint(Session& session, const Arguments& arguments)
{
    if (arguments.has("list")) {
        return listPapers(session, arguments);
    }
    const std::string name = TRY(arguments.required("paper"));
    const auto file = arguments.value("out");
    const auto printer = arguments.value("printer");
    if (file && printer) {
        return misuse("Chọn một trong hai: --out hoặc --printer.");
    }
    if (file) {
        TRY(mustBeReplaceable(*file));
    }
    Workplace* place = TRY(session.workplaceFor(Act::Print, arguments));
    session.needQt();
    PreparedPaper prepared =
        TRY(preparePaper(*place, arguments.words().front(), name, arguments.value("reason").value_or("")));
    if (file || printer) {
        prepared = TRY(numberedPaper(*place, std::move(prepared)));
        const StockSettings stock = TRY(StockSettings::load(place->registerFolder()));
        prepared.paper = prepared.paper.calibrated(stock.calibration(printer.value_or(""), name));
    }
    const std::string pdf = TRY(toPdf(prepared.paper, prepared.madeAt));
    const std::string digest = toHex(sha256(pdf));
    if (file) {
        return toFile(*place, prepared, pdf, digest, *file);
    }
    if (printer) {
        return toPrinter(*place, prepared, pdf, digest, *printer);
    }
    Outcome outcome = printedOutcome(prepared, digest, "Chưa in gì");
    outcome.message = "Chưa in: ghi --out TỆP.pdf hoặc --printer TÊN để in.";
    return outcome;
}

/// Every paper that there is, beside its fields, for people to look at.
Reply<Outcome> runSheet(Session& session, const Arguments& arguments)
{
    session.needQt();
    const std::filesystem::path folder = arguments.words().front();
    const std::int64_t papers = TRY(writePaperSheet(folder, arguments.value("papers").value_or("")));
    Outcome outcome;
    outcome.document = {{"papers", papers}, {"file", (folder / "index.html").string()}};
    outcome.text = "Đã ghi " + std::to_string(papers) + " mẫu giấy vào " + (folder / "index.html").string();
    return outcome;
}

Reply<Outcome> runSeries(Session& session, const Arguments& arguments)
{
    const bool sets = arguments.has("last");
    Workplace* place = TRY(session.workplaceFor(sets ? Act::DecideIdentity : Act::Search, arguments));
    if (sets) {
        const std::string series = TRY(arguments.required("series"));
        const auto year = TRY(arguments.integer("year", 2025, 2100));
        const auto last = TRY(arguments.integer("last", 0, 1'000'000));
        const int thisYear = static_cast<int>(dayInVietnam(place->clock().now()).year());
        TRY(place->desk().setLastPaperNumber(year.value_or(thisYear), series, last.value_or(-1),
                                             arguments.value("reason").value_or("")));
    }
    Outcome outcome;
    Json list = Json::array();
    for (const PaperSeries& one : TRY(place->desk().paperSeries())) {
        list.push_back({{"year", one.year},
                        {"series", one.series},
                        {"last", one.last},
                        {"given", one.given},
                        {"spoiled", one.spoiled}});
        addLine(outcome.text, std::to_string(one.year) + "  " + one.series + "  số cuối " +
                                  std::to_string(one.last) + ", phần mềm cấp " + std::to_string(one.given) +
                                  ", hỏng " + std::to_string(one.spoiled));
    }
    outcome.document = {{"series", std::move(list)}};
    return outcome;
}

constexpr std::array kCommands{
    Command{"paper sheet",
            "THƯ-MỤC [--papers THƯ-MỤC-MẪU]",
            "Ghi hình mọi mẫu giấy cạnh danh sách mục của nó (dữ liệu tự đặt), để đối chiếu.",
            1,
            1,
            {"papers"},
            runSheet},
    Command{"paper series",
            "[--series KÝ-HIỆU --last SỐ --reason LÝ-DO [--year NĂM]]",
            "Số của giấy tờ theo năm và ký hiệu; --last: số cuối cùng đã cấp bằng tay.",
            0,
            0,
            {"series", "last", "reason", "year"},
            runSeries},
    Command{"print",
            "MÃ --paper TÊN [--reason LÝ-DO] [--out TỆP.pdf | --printer TÊN] | --list MÃ",
            "In giấy tờ của hồ sơ.",
            1,
            1,
            {"paper", "out", "printer", "list", "reason"},
            runPrint},
};

} // namespace

std::span<const Command> paperCommands()
{
    return kCommands;
}

} // namespace motcua::cli
