// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the register: one dossier, its history, search, lists.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "core/desk/desk_support.h"
#include "core/import/ledger_store.h"

#include <limits>

namespace motcua::cli {

namespace {

constexpr std::int64_t kLimitMax = std::numeric_limits<std::int32_t>::max();

std::string dossierText(const DossierView& view)
{
    std::string text = rowToText(view.row);
    addLine(text, "Người nộp: " + view.row.name);
    addLine(text, view.dossier.dump(2, ' ', false, Json::error_handler_t::replace));
    return text;
}

Reply<Outcome> runShow(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    const DossierView view = TRY(place->desk().dossiers().newestByCode(arguments.words().front()));
    Projector projector(place->connection(), fieldOf(place->catalogue())); // only asked, never told
    Outcome outcome;
    outcome.text = dossierText(view);
    outcome.document = view.dossier;
    outcome.document["uid"] = view.row.uid;
    outcome.document["rev"] = textOrNull(view.rev);
    outcome.document["base"] = TRY(projector.agreed(view.row.id))
    .dossier.value_or(Json());
    outcome.document["clientRef"] = textOrNull(view.row.clientRef);
    if (const auto recorded = place->desk().recordOpened(view.row.code); !recorded) {
        outcome.message = "Chưa ghi được vào nhật ký rằng hồ sơ đã được xem.";
    }
    return outcome;
}

Json entryToJson(const HistoryEntry& entry)
{
    Json changes = Json::array();
    for (const FieldChange& change : entry.changes) {
        changes.push_back({{"pointer", change.pointer}, {"from", change.from}, {"to", change.to}});
    }
    Json json{{"seq", entry.seq},   {"at", toRfc3339(entry.at)},     {"official", entry.official},
              {"kind", entry.kind}, {"changes", std::move(changes)}, {"note", entry.note}};
    if (!entry.clockDoubt.empty()) {
        json["timeUncertain"] = {{"why", entry.clockDoubt},
                                 {"offsetMs", entry.clockOffset ? Json(entry.clockOffset->count()) : Json()}};
    }
    return json;
}

std::string entryToText(const HistoryEntry& entry)
{
    std::string text = toDisplayTime(entry.at) + "  " + entry.official + "  " + entry.kind;
    text += entry.note.empty() ? "" : "  " + entry.note;
    for (const FieldChange& change : entry.changes) {
        addLine(text, "    " + change.pointer + ": " + dumpJson(change.from) + " → " + dumpJson(change.to));
    }
    return text;
}

Reply<Outcome> runHistory(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Register& dossiers = place->desk().dossiers();
    const DossierView view = TRY(dossiers.newestByCode(arguments.words().front()));
    Outcome outcome;
    Json entries = Json::array();
    for (const HistoryEntry& entry : TRY(dossiers.history(view.row.id))) {
        entries.push_back(entryToJson(entry));
        addLine(outcome.text, entryToText(entry));
    }
    outcome.document = {{"entries", std::move(entries)}};
    return outcome;
}

/// What the same words find in old ledgers: none of them is a dossier.
Reply<Json> findInLedgers(Workplace& place, const std::string& text, std::int64_t limit, std::string& lines)
{
    LedgerStore store(place.connection());
    Json list = Json::array();
    for (const LedgerHit& hit : TRY(store.search(text, limit))) {
        list.push_back({{"row", hit.id},
                        {"ledger", hit.ledger},
                        {"book", hit.row.book},
                        {"number", hit.row.entryNumber},
                        {"year", hit.row.year ? Json(*hit.row.year) : Json()},
                        {"name", hit.row.name},
                        {"state", std::string(rowStateName(hit.row.state))},
                        {"from", hit.file + ":" + std::to_string(hit.row.number)}});
        addLine(lines, "nhập từ sổ cũ  " + hit.row.entryNumber + "  " + hit.row.name + "  " + hit.file +
                           ", dòng " + std::to_string(hit.row.number));
    }
    return list;
}

Reply<Outcome> runFind(Session& session, const Arguments& arguments)
{
    std::string text;
    for (const std::string& word : arguments.words()) {
        text += (text.empty() ? "" : " ") + word;
    }
    const std::int64_t limit = TRY(arguments.integer("limit", 1, kLimitMax))
    .value_or(50);
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    const Hits hits = TRY(place->desk().dossiers().find(text, limit));
    Outcome outcome;
    Json list = Json::array();
    for (const DossierRow& row : hits.rows) {
        list.push_back(hitToJson(row));
        addLine(outcome.text, rowToText(row));
    }
    addLine(outcome.text, std::to_string(hits.rows.size()) + (hits.more ? " hồ sơ, còn nữa" : " hồ sơ"));
    Json old = TRY(findInLedgers(*place, text, limit, outcome.text));
    outcome.document = {
        {"hits", std::move(list)}, {"more", hits.more}, {"micros", hits.micros}, {"ledger", std::move(old)}};
    return outcome;
}

/// An instant, or a day: then the beginning of that day in Viet Nam.
Reply<std::optional<Instant>> dueBeforeOf(const Arguments& arguments)
{
    const auto text = arguments.value("due-before");
    if (!text) {
        return std::nullopt;
    }
    if (const auto day = parseIsoDay(*text); day) {
        return instantInVietnam(*day, Millis{0});
    }
    return arguments.instant("due-before");
}

Reply<Outcome> runList(Session& session, const Arguments& arguments)
{
    ListFilter filter;
    if (const auto status = arguments.value("status")) {
        filter.status = parseStatus(*status);
        if (!filter.status) {
            return misuse("Không có trạng thái " + *status + ".");
        }
    }
    filter.dueBefore = TRY(dueBeforeOf(arguments));
    filter.procedure = arguments.value("procedure");
    filter.limit = TRY(arguments.integer("limit", 0, kLimitMax));
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Outcome outcome;
    Json list = Json::array();
    for (const DossierRow& row : TRY(place->desk().dossiers().list(filter))) {
        list.push_back(rowToJson(row));
        addLine(outcome.text, rowToText(row));
    }
    outcome.document = {{"dossiers", std::move(list)}};
    return outcome;
}

constexpr std::array kCommands{
    Command{"show", "MÃ", "Một hồ sơ.", 1, 1, {}, runShow},
    Command{"history", "MÃ", "Mọi việc đã làm với một hồ sơ.", 1, 1, {}, runHistory},
    Command{"find",
            "CHỮ [--limit 50]",
            "Tìm như trong cửa sổ: không dấu, thứ tự nào cũng được.",
            1,
            Command::kAnyWords,
            {"limit"},
            runFind},
    Command{"list",
            "[--status S] [--due-before NGÀY] [--procedure MÃ] [--limit N]",
            "Danh sách hồ sơ.",
            0,
            0,
            {"status", "due-before", "procedure", "limit"},
            runList},
};

} // namespace

std::span<const Command> dossierCommands()
{
    return kCommands;
}

} // namespace motcua::cli
