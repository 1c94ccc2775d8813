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

/// No operation of this version names a file (a draft with one is refused), so none is on its way.
Reply<Outcome> runFiles(Session& session, const Arguments& arguments)
{
    TRY(session.workplaceFor(Act::Search, arguments));
    Outcome outcome;
    outcome.document = {{"files", Json::array()}};
    outcome.text = "Không có tệp nào chờ gửi.";
    return outcome;
}

constexpr std::array kCommands{
    Command{
        "queue", "[--all]", "Từng việc chờ gửi lên cổng; --all: cả việc đã xong.", 0, 0, {"all"}, runQueue},
    Command{"attempts", "[VIỆC]", "Nhật ký các lần gửi.", 0, 1, {}, runAttempts},
    Command{"files", "", "Các tệp đang gửi.", 0, 0, {}, runFiles},
};

} // namespace

std::span<const Command> queueCommands()
{
    return kCommands;
}

} // namespace motcua::cli
