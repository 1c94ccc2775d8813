// SPDX-License-Identifier: GPL-3.0-or-later
// What waits for the portal, and the diary of what was tried.
#include "app/cli/command.h"
#include "app/cli/rows.h"

namespace motcua::cli {

namespace {

Reply<Outcome> runQueue(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Outcome outcome;
    Json list = Json::array();
    for (const QueuedOperation& operation : TRY(place->desk().queue().operations(arguments.has("all")))) {
        list.push_back(operationToJson(operation));
        addLine(outcome.text, operationToText(operation));
    }
    if (list.empty()) {
        outcome.text = "Không có gì chờ gửi.";
    }
    outcome.document = {{"operations", std::move(list)}};
    return outcome;
}

std::string attemptToText(const AttemptRow& attempt)
{
    return toDisplayTime(attempt.started) + "  " + attempt.op + "  " +
           (attempt.outcome.empty() ? "chưa có kết quả" : attempt.outcome) +
           (attempt.httpStatus ? "  HTTP " + std::to_string(*attempt.httpStatus) : "") +
           (attempt.detail.empty() ? "" : "  " + attempt.detail);
}

Reply<Outcome> runAttempts(Session& session, const Arguments& arguments)
{
    std::optional<std::string> op;
    if (!arguments.words().empty()) {
        op = arguments.words().front();
    }
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Outcome outcome;
    Json list = Json::array();
    for (const AttemptRow& attempt : TRY(place->desk().queue().attempts(op))) {
        list.push_back({{"op", attempt.op},
                        {"started", toRfc3339(attempt.started)},
                        {"ended", instantOrNull(attempt.ended)},
                        {"outcome", attempt.outcome.empty() ? Json() : Json(attempt.outcome)},
                        {"httpStatus", attempt.httpStatus ? Json(*attempt.httpStatus) : Json()},
                        {"detail", attempt.detail}});
        addLine(outcome.text, attemptToText(attempt));
    }
    outcome.document = {{"attempts", std::move(list)}};
    return outcome;
}

std::string fileState(const FileOnItsWay& file)
{
    if (file.isComplete) {
        return "đã đủ trên cổng";
    }
    if (!file.isWanted) {
        return "không gửi nữa";
    }
    return "đã gửi " + std::to_string(file.sent) + " trên " + std::to_string(file.file.size) + " byte" +
           (file.trouble.empty() ? "" : "  " + file.trouble);
}

Reply<Outcome> runFiles(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Outcome outcome;
    Json list = Json::array();
    for (const FileOnItsWay& file : TRY(place->desk().files())) {
        list.push_back({{"sha256", toHex(file.file.sha256)},
                        {"size", file.file.size},
                        {"sent", file.sent},
                        {"complete", file.isComplete},
                        {"type", mediaType(file.file.kind)},
                        {"code", file.code},
                        {"trouble", file.trouble.empty() ? Json() : Json(file.trouble)}});
        addLine(outcome.text, file.code + "  " + toHex(file.file.sha256) + "  " + fileState(file));
    }
    if (list.empty()) {
        outcome.text = "Chưa có hồ sơ nào kèm tệp.";
    }
    outcome.document = {{"files", std::move(list)}};
    return outcome;
}

constexpr std::array kCommands{
    Command{
        "queue", "[--all]", "Từng việc chờ gửi lên cổng; --all: cả việc đã xong.", 0, 0, {"all"}, runQueue},
    Command{"attempts", "[VIỆC]", "Nhật ký các lần gửi.", 0, 1, {}, runAttempts},
    Command{"files", "", "Các tệp của hồ sơ và phần đã lên cổng.", 0, 0, {}, runFiles},
};

} // namespace

std::span<const Command> queueCommands()
{
    return kCommands;
}

} // namespace motcua::cli
