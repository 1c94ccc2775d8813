// SPDX-License-Identifier: GPL-3.0-or-later
// The end of the day: its status, its sheet, the diary of the network, a place of the chain.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/cli/target_file.h"
#include "app/common/day_sheet.h"
#include "app/common/day_words.h"
#include "app/common/print_queue.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/journal/chain_code.h"
#include "core/papers/paper_output.h"

namespace motcua::cli {

namespace {

constexpr std::int64_t kDaysUsual = 28;
constexpr std::int64_t kDaysMost = 366;

Json headToJson(const JournalHead& head)
{
    return {{"epoch", head.position.epoch()},
            {"seq", head.position.seq()},
            {"chain", toHex(head.chain)},
            {"code", chainCode(head.chain)}};
}

Json queueToJson(const DayStatus& status)
{
    Json queue{{"toSend", status.queue.toSend},
               {"blocked", status.queue.blocked},
               {"conflicts", status.queue.conflicts},
               {"needsYou", status.queue.needsYou},
               {"lastConfirmed", instantOrNull(status.queue.lastConfirmed)},
               {"oldest", Json()},
               {"files", status.files.toSend()},
               {"filesStuck", status.files.stuck},
               {"why", waitingReason(status)}};
    if (status.oldest) {
        queue["oldest"] = operationToJson(*status.oldest);
    }
    return queue;
}

Json networkToJson(const DayStatus& status)
{
    if (!status.network) {
        return {};
    }
    return {{"reach", reachName(status.network->reach)},
            {"since", instantOrNull(status.networkSince)},
            {"seen", toRfc3339(status.network->at)}};
}

Json differencesToJson(const DayStatus& status)
{
    Json list = Json::array();
    for (const DayDifference& difference : status.differences) {
        const GapWords words = gapWords(difference);
        list.push_back({{"code", difference.code},
                        {"name", difference.name},
                        {"gap", dayGapName(difference.gap)},
                        {"amount", difference.amount},
                        {"what", words.what},
                        {"todo", words.todo}});
    }
    return list;
}

Json dayToJson(const DayStatus& status)
{
    Json backup;
    if (status.backup) {
        backup = {{"at", toRfc3339(status.backup->at)},
                  {"file", status.backup->file},
                  {"entries", status.backup->entries}};
    }
    return {{"day", toIsoDay(status.day)},
            {"at", toRfc3339(status.at)},
            {"verdict", dayVerdictName(status.verdict())},
            {"headline", verdictHeadline(status)},
            {"advice", verdictAdvice(status)},
            {"takenIn", status.takenIn},
            {"refused", status.refused},
            {"confirmed", status.confirmed},
            {"waiting", status.waiting},
            {"needsYou", status.needsYou},
            {"withdrawn", status.withdrawn},
            {"codes", status.codes},
            {"queue", queueToJson(status)},
            {"network", networkToJson(status)},
            {"papers", {{"slips", status.slips}, {"refusals", status.refusalSlips}}},
            {"money",
             {{"owing", status.owing},
              {"printed", status.collectionSlips},
              {"receipts", status.receiptNumbers},
              {"paid", status.paid},
              {"paidAmount", status.paidAmount},
              {"openAmount", status.openAmount}}},
            {"differences", differencesToJson(status)},
            {"backup", std::move(backup)},
            {"head", headToJson(status.head)}};
}

std::string dayToText(const DayStatus& status)
{
    std::string text = verdictHeadline(status) + '\n' + verdictAdvice(status);
    const auto figure = [&](const char* label, std::int64_t value) {
        addLine(text, std::string(label) + ": " + std::to_string(value));
    };
    figure("Đã tiếp nhận", status.takenIn);
    figure("Từ chối tiếp nhận", status.refused);
    figure("Cổng đã xác nhận", status.confirmed);
    figure("Chờ gửi", status.waiting);
    figure("Cần người xử lý", status.needsYou);
    figure("Giấy tiếp nhận đã in", status.slips);
    addLine(text, "Phiếu thu, biên lai, đã thu: " + std::to_string(status.collectionSlips) + ", " +
                      std::to_string(status.receiptNumbers) + ", " + std::to_string(status.paid));
    for (const DayDifference& difference : status.differences) {
        const GapWords words = gapWords(difference);
        addLine(text, difference.code + "  " + words.what + ". " + words.todo);
    }
    if (const std::string why = waitingReason(status); !why.empty()) {
        addLine(text, why);
    }
    addLine(text, networkWords(status) + ". " + backupWords(status) + '.');
    addLine(text, "Mã sổ tại mục " + std::to_string(status.head.position.seq()) + ": " +
                      chainCode(status.head.chain));
    return text;
}

Reply<DayStatus> statusOf(Workplace& place, const Arguments& arguments)
{
    const auto day = TRY(arguments.day("on"));
    return TRY(dayStatus(place.connection(), place.identity(),
                         day.value_or(dayInVietnam(place.clock().now())), place.clock(),
                         place.systemClock().now()));
}

Reply<Outcome> runDay(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    const DayStatus status = TRY(statusOf(*place, arguments));
    Outcome outcome;
    outcome.document = dayToJson(status);
    outcome.text = dayToText(status);
    return outcome;
}

Reply<void> bringOut(Workplace& place, const DayStatus& status, const LaidOutPaper& paper,
                     const std::string& pdf, const Arguments& arguments)
{
    const std::string digest = toHex(sha256(pdf));
    if (const auto file = arguments.value("out")) {
        TRY(writeFileDurably(*file, pdf));
        TRY(recordDaySheet(place, status, {"pdf", "file", digest}));
    }
    if (const auto printer = arguments.value("printer")) {
        const auto job = sendToQueue(*printer, paper, pdf, daySheetStem(place, status));
        if (job || job.error().answered) {
            TRY(recordDaySheet(place, status, {*printer, job ? "unknown" : "jammed", digest}));
        }
        if (!job) {
            return forbidden(job.error().answered ? "printer-refused" : "no-printer",
                             job.error().text.sentence());
        }
    }
    return {};
}

Reply<Outcome> runPrintDay(Session& session, const Arguments& arguments)
{
    const auto file = arguments.value("out");
    if (file && arguments.has("printer")) {
        return misuse("Chọn một trong hai: --out hoặc --printer.");
    }
    if (file) {
        TRY(mustBeReplaceable(*file));
    }
    Workplace* place = TRY(session.workplaceFor(Act::Print, arguments));
    session.needQt();
    const DayStatus status = TRY(statusOf(*place, arguments));
    const LaidOutPaper paper = TRY(daySheet(*place, status));
    const std::string pdf = TRY(toPdf(paper, status.at));
    TRY(bringOut(*place, status, paper, pdf, arguments));
    Outcome outcome;
    outcome.document = dayToJson(status);
    outcome.document["pages"] = paper.pageCount();
    outcome.document["sha256"] = toHex(sha256(pdf));
    outcome.text = dayToText(status);
    if (file) {
        addLine(outcome.text, "Đã ghi " + *file);
    } else if (!arguments.has("printer")) {
        outcome.message = "Chưa in: ghi --out TỆP.pdf hoặc --printer TÊN để in.";
    }
    return outcome;
}

Json diaryToJson(const NetworkDiary& diary)
{
    Json spans = Json::array();
    for (const ReachSpan& span : diary.spans) {
        spans.push_back({{"from", toRfc3339(span.from)},
                         {"until", toRfc3339(span.until)},
                         {"reach", span.reach ? Json(reachName(*span.reach)) : Json()}});
    }
    Json outages = Json::array();
    for (const Outage& outage : diary.outages) {
        outages.push_back({{"since", toRfc3339(outage.since)},
                           {"until", instantOrNull(outage.until)},
                           {"endUnseen", outage.endUnseen},
                           {"seconds", outage.length(diary.until).count() / 1000},
                           {"unseenSeconds", outage.unseen.count() / 1000},
                           {"reach", reachName(outage.reach)},
                           {"detail", outage.detail},
                           {"words", outageWords(outage)},
                           {"waitingMost", outage.waitingMost},
                           {"lost", outage.lost}});
    }
    return {{"from", toRfc3339(diary.from)},
            {"until", toRfc3339(diary.until)},
            {"spans", std::move(spans)},
            {"outages", std::move(outages)},
            {"flickers", diary.flickers}};
}

Reply<Outcome> runNetwork(Session& session, const Arguments& arguments)
{
    const auto wanted = TRY(arguments.integer("days", 1, kDaysMost));
    const std::int64_t days = wanted.value_or(kDaysUsual);
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    const Instant now = place->systemClock().now();
    const auto started = place->systemClock().monotonicMicros();
    const NetworkDiary diary =
        TRY(networkDiary(place->connection(), now - std::chrono::hours{24 * days}, now));
    Outcome outcome;
    outcome.document = diaryToJson(diary);
    outcome.document["micros"] = place->systemClock().monotonicMicros() - started;
    outcome.text = diary.outages.empty() ? "Không có lần nào mất đường tới cổng từ một phút trở lên."
                                         : std::to_string(diary.outages.size()) + " lần mất đường tới cổng:";
    for (const Outage& outage : diary.outages) {
        addLine(outcome.text,
                outageTime(outage, diary.until) + "  " + outageWords(outage) + ". " + outageExtent(outage));
    }
    return outcome;
}

Reply<Outcome> runChain(Session& session, const Arguments& arguments)
{
    const auto epoch = TRY(arguments.integer("epoch", 1, Position::kEpochMost));
    std::optional<std::int64_t> seq;
    if (!arguments.words().empty()) {
        seq = readInteger(arguments.words().front());
        if (!seq || *seq < 1 || *seq >= Position::kEpochFactor) {
            return misuse("SỐ-MỤC là số thứ tự của mục nhật ký, từ 1.");
        }
    }
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Journal journal(place->connection(), place->identity().install, place->identity().epoch);
    const Position asked = Position::of(epoch.value_or(place->identity().epoch), seq.value_or(1));
    const JournalHead head = TRY(seq ? journal.headAt(asked) : journal.head());
    Outcome outcome;
    outcome.document = headToJson(head);
    outcome.text = std::to_string(head.position.epoch()) + '-' + std::to_string(head.position.seq()) + "  " +
                   chainCode(head.chain);
    return outcome;
}

constexpr std::array kCommands{
    Command{"day", "[--on NGÀY]", "Tình hình cuối ngày của quầy: về được chưa.", 0, 0, {"on"}, runDay},
    Command{"print day",
            "[--on NGÀY] [--out TỆP.pdf | --printer TÊN]",
            "In phiếu cuối ngày, một trang, có mã sổ.",
            0,
            0,
            {"on", "out", "printer"},
            runPrintDay},
    Command{"network",
            "[--days SỐ-NGÀY]",
            "Nhật ký mạng: mất từ khi nào, bao lâu, bao nhiêu việc phải chờ.",
            0,
            0,
            {"days"},
            runNetwork},
    Command{"chain",
            "[SỐ-MỤC] [--epoch SỐ]",
            "Mã sổ tại một mục nhật ký, để so với phiếu cuối ngày.",
            0,
            1,
            {"epoch"},
            runChain},
};

} // namespace

std::span<const Command> dayCommands()
{
    return kCommands;
}

} // namespace motcua::cli
