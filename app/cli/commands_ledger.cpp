// SPDX-License-Identifier: GPL-3.0-or-later
// Old ledgers: look at a file, take it in, see what came of it.
#include "app/cli/command.h"
#include "app/cli/ledger_json.h"
#include "app/cli/rows.h"
#include "app/cli/target_file.h"
#include "app/common/ledger_words.h"
#include "app/common/places.h"
#include "core/import/ledger_import.h"
#include "core/import/place_hints.h"
#include "core/people/place_reader.h"
#include "core/report/report_output.h"

#include <filesystem>
#include <limits>

namespace motcua::cli {

namespace {

Failure unreadable(const Error& error)
{
    const std::string sentence = ledgerFileTrouble(error);
    if (sentence.empty()) {
        return Failure(error);
    }
    const char* rule = error.kind == ErrorKind::NotFound      ? "file-missing"
                       : error.kind == ErrorKind::Unsupported ? "file-kind"
                       : error.kind == ErrorKind::Duplicate   ? "already-imported"
                       : error.kind == ErrorKind::Refused     ? "import-refused"
                                                              : "file-damaged";
    return forbidden(rule, sentence).value();
}

Reply<LedgerSurvey> surveyOf(const std::string& file, const LedgerMap* map)
{
    const auto table = inspectTable(file);
    if (!table) {
        return tl::unexpected(unreadable(table.error()));
    }
    SurveyOptions options;
    if (map != nullptr) {
        options = {map->sheet, map->header, map->delimiter};
    }
    auto survey = surveyLedger(*table, options);
    if (!survey) {
        return tl::unexpected(unreadable(survey.error()));
    }
    return std::move(*survey);
}

Reply<LedgerMap> mapOf(Session& session, const std::string& file)
{
    const std::string text = TRY(session.read(file));
    const auto json = parseJson(text);
    if (!json) {
        return tl::unexpected(
            forbidden("map", "Bản đồ cột không phải là JSON: " + json.error().detail).value());
    }
    auto map = parseLedgerMap(*json);
    if (!map) {
        return tl::unexpected(Failure(Refusal(map.error())));
    }
    return std::move(*map);
}

/// Without a map: what there is to map.
Reply<Outcome> lookAt(const std::string& file)
{
    const LedgerSurvey survey = TRY(surveyOf(file, nullptr));
    Outcome outcome;
    outcome.document = {{"imported", 0},
                        {"skipped", 0},
                        {"problems", Json::array()},
                        {"file", fileToJson(survey)},
                        {"columns", columnsToJson(survey, nullptr)},
                        {"suggested", toJson(suggestedMap(survey))}};
    outcome.text = columnsText(survey, nullptr);
    outcome.message = "Chưa có bản đồ cột (--map), nên chỉ xem tệp. Chưa nhập gì.";
    return outcome;
}

struct Prepared
{
    LedgerSurvey survey;
    ReadyMap map;
};
Reply<Prepared> prepare(Session& session, const Arguments& arguments)
{
    const std::string mapFile = TRY(arguments.required("map"));
    const LedgerMap map = TRY(mapOf(session, mapFile));
    LedgerSurvey survey = TRY(surveyOf(arguments.words().front(), &map));
    auto ready = readyMap(map, survey);
    if (!ready) {
        Failure failure(Refusal(ready.error()));
        failure.document["columns"] = columnsToJson(survey, nullptr);
        return tl::unexpected(std::move(failure));
    }
    return Prepared{std::move(survey), std::move(*ready)};
}

Reply<PlaceHints> hintsOfMergers()
{
    const auto resources = TRY(resourcesPlace());
    return placeHints(
        std::make_shared<const PlaceReader>(TRY(PlaceReader::load((resources / "catalogue").string()))));
}

Reply<Outcome> check(Workplace& place, const Prepared& prepared)
{
    Outcome outcome;
    Json problems{{"problems", Json::array()}};
    std::string lines;
    LedgerStore store(place.connection());
    const PlaceHints hints = TRY(hintsOfMergers());
    const auto tally = checkLedger(prepared.survey, prepared.map, &store, hints, [&](const LedgerRow& row) {
        if (problems["problems"].size() < kProblemsMax && !row.problems.empty()) {
            addLine(lines, ledgerProblems(row));
        }
        addProblems(row, problems);
    });
    if (!tally) {
        return tl::unexpected(unreadable(tally.error()));
    }
    outcome.document = tallyToJson(*tally);
    outcome.document.update(problems);
    outcome.document["checked"] = true;
    outcome.document["file"] = fileToJson(prepared.survey);
    outcome.document["columns"] = columnsToJson(prepared.survey, &prepared.map);
    outcome.document["map"] = toJson(prepared.map.map);
    outcome.text = columnsText(prepared.survey, &prepared.map);
    addLine(outcome.text, lines);
    addLine(outcome.text, "Nếu nhập: " + ledgerSummary(*tally) + " Chưa nhập gì.");
    return outcome;
}

/// All rows of an import with something to look at.
Reply<void> addOddRows(LedgerStore& store, std::int64_t ledger, Json& answer, std::string& text)
{
    for (std::int64_t after = 0;;) {
        const auto page = TRY(store.odd(ledger, after, 500));
        for (const LedgerHit& hit : page) {
            after = hit.row.number;
            if (answer["problems"].size() < kProblemsMax) {
                addLine(text, ledgerProblems(hit.row));
            }
            addProblems(hit.row, answer);
        }
        if (page.size() < 500 || answer.contains("problemsMore")) {
            return {};
        }
    }
}

Reply<Outcome> runImport(Session& session, const Arguments& arguments)
{
    if (!arguments.has("map")) {
        return arguments.has("check") ? lookAt(arguments.words().front()) : misuse("Thiếu --map.");
    }
    Workplace* place = TRY(session.workplaceFor(Act::ImportLedger, arguments));
    Prepared prepared = TRY(prepare(session, arguments));
    if (arguments.has("check")) {
        return check(*place, prepared);
    }
    auto import =
        LedgerImport::begin({place->connection(), place->identity(), place->desk().actor(), place->clock()},
                            prepared.survey, std::move(prepared.map), {});
    if (!import) {
        return tl::unexpected(unreadable(import.error()));
    }
    while (TRY(import->step())) {
    }
    Outcome outcome;
    outcome.document = tallyToJson(import->tally());
    outcome.document["ledger"] = import->id();
    outcome.document["resumed"] = import->isResumed();
    outcome.document["file"] = fileToJson(prepared.survey);
    LedgerStore store(place->connection());
    TRY(addOddRows(store, import->id(), outcome.document, outcome.text));
    addLine(outcome.text,
            "Lần nhập số " + std::to_string(import->id()) + ": " + ledgerSummary(import->tally()));
    return outcome;
}

Json recordToJson(const LedgerRecord& record)
{
    Json json = tallyToJson(record.tally);
    json.erase("problems");
    json.update({{"ledger", record.id},
                 {"name", record.name},
                 {"sha256", record.sha256},
                 {"sheet", record.sheet},
                 {"at", toRfc3339(record.at)},
                 {"official", record.official},
                 {"done", record.isDone},
                 {"withdrawn", textOrNull(record.withdrawn)}});
    return json;
}

std::string recordText(const LedgerRecord& record)
{
    return std::to_string(record.id) + "  " + record.name +
           (record.sheet.empty() ? "" : " (" + record.sheet + ")") + "  " + toDisplayTime(record.at) + "  " +
           record.official + "  " + ledgerSummary(record.tally) +
           (record.withdrawn ? "  Đã gỡ: " + *record.withdrawn
            : record.isDone  ? ""
                             : "  Chưa xong, nhập tiếp được.");
}

Reply<Outcome> runList(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    LedgerStore store(place->connection());
    Outcome outcome;
    Json list = Json::array();
    for (const LedgerRecord& record : TRY(store.all())) {
        list.push_back(recordToJson(record));
        addLine(outcome.text, recordText(record));
    }
    outcome.document = {{"ledgers", std::move(list)}};
    return outcome;
}

Reply<std::int64_t> idOf(const Arguments& arguments)
{
    const auto id = readInteger(arguments.words().front());
    if (!id || *id < 1) {
        return misuse("Số của lần nhập là số nguyên, xem motcuactl import list.");
    }
    return *id;
}

Json hitToJson(const LedgerHit& hit)
{
    Json problems{{"problems", Json::array()}};
    addProblems(hit.row, problems);
    return {{"id", hit.id},
            {"row", hit.row.number},
            {"state", std::string(rowStateName(hit.row.state))},
            {"book", hit.row.book},
            {"year", hit.row.year ? Json(*hit.row.year) : Json()},
            {"volume", hit.row.volume},
            {"number", hit.row.entryNumber},
            {"name", hit.row.name},
            {"cells", hit.row.cells},
            {"texts", hit.row.texts},
            {"entry", hit.row.entry},
            {"problems", problems["problems"]}};
}

Reply<Outcome> runRows(Session& session, const Arguments& arguments)
{
    const std::int64_t id = TRY(idOf(arguments));
    const std::int64_t after = TRY(arguments.integer("after", 0, std::numeric_limits<std::int32_t>::max()))
    .value_or(0);
    const std::int64_t limit = TRY(arguments.integer("limit", 1, 100'000))
    .value_or(1000);
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    LedgerStore store(place->connection());
    const LedgerRecord record = TRY(store.find(id));
    Outcome outcome;
    Json list = Json::array();
    for (const LedgerHit& hit : TRY(store.rows(record.id, after, limit))) {
        list.push_back(hitToJson(hit));
        addLine(outcome.text,
                std::to_string(hit.row.number) + "  " + hit.row.entryNumber + "  " + hit.row.name);
    }
    TRY(place->desk().recordView("ledger.viewed", {{"ledger", id}, {"after", after}}));
    outcome.document = {{"rows", std::move(list)}};
    return outcome;
}

Reply<Outcome> runProblems(Session& session, const Arguments& arguments)
{
    const std::int64_t id = TRY(idOf(arguments));
    const std::string file = TRY(arguments.required("out"));
    std::string ending = std::filesystem::path(file).extension().string();
    ending.erase(0, 1);
    const auto format = reportFormat(ending);
    if (!format || *format == ReportFormat::Pdf) {
        return misuse("--out phải có đuôi .xlsx, .csv hoặc .json.");
    }
    TRY(mustBeReplaceable(file));
    Workplace* place = TRY(session.workplaceFor(Act::Report, arguments));
    LedgerStore store(place->connection());
    const LedgerRecord record = TRY(store.find(id));
    const ReportTable table = TRY(oddRowsTable(store, record, place->clock().now()));
    TRY(place->desk().recordView("ledger.exported", {{"ledger", id}, {"rows", table.rows.size()}}));
    TRY(writeReport(table, *format, file));
    Outcome outcome;
    outcome.document = {{"rows", table.rows.size()}, {"file", file}};
    outcome.text = std::to_string(table.rows.size()) + " dòng cần xem lại trong " + file + ".";
    return outcome;
}

Reply<Outcome> runWithdraw(Session& session, const Arguments& arguments)
{
    const std::int64_t id = TRY(idOf(arguments));
    const std::string reason = TRY(arguments.required("reason"));
    Workplace* place = TRY(session.workplaceFor(Act::DecideIdentity, arguments));
    TRY(withdrawLedger({place->connection(), place->identity(), place->desk().actor(), place->clock()}, id,
                       reason));
    Outcome outcome;
    outcome.document = {{"ledger", id}, {"withdrawn", true}};
    outcome.text = "Đã gỡ bản nhập số " + std::to_string(id) +
                   ". Các dòng của nó không còn hiện, nhưng vẫn được giữ; tệp có thể nhập lại.";
    return outcome;
}

constexpr std::array kCommands{
    Command{"import",
            "TỆP.xlsx|.csv --map TỆP [--check]",
            "Nhập sổ cũ; --check chỉ xem trước, không nhập.",
            1,
            1,
            {"map", "check"},
            runImport},
    Command{"import list", "", "Các lần nhập sổ cũ.", 0, 0, {}, runList},
    Command{"import rows",
            "SỐ [--after DÒNG] [--limit N]",
            "Các dòng của một lần nhập, với ô gốc và chữ đã chuyển.",
            1,
            1,
            {"after", "limit"},
            runRows},
    Command{"import problems",
            "SỐ --out TỆP.xlsx|.csv|.json",
            "Danh sách dòng cần xem lại.",
            1,
            1,
            {"out"},
            runProblems},
    Command{"import withdraw", "SỐ --reason CHỮ", "Gỡ một bản nhập sai.", 1, 1, {"reason"}, runWithdraw},
};

} // namespace

std::span<const Command> ledgerCommands()
{
    return kCommands;
}

} // namespace motcua::cli
