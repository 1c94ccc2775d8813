// SPDX-License-Identifier: GPL-3.0-or-later
// Taking dossiers in: one draft, a check only, or a stream of drafts; and turning one away.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/common/draft_files.h"

#include <algorithm>

namespace motcua::cli {

namespace {

enum class Mode
{
    Receive,
    CheckOnly,
};

/// Whether the official answered a soft problem in the draft.
bool isAnswered(const Problem& problem, const Json& draft)
{
    return problem.severity == Severity::Soft && !stringAt(at(draft, "reasons"), problem.pointer).empty();
}

/// All that is wrong with a draft, its files included, without keeping anything.
Reply<Problems> problemsOf(Desk& desk, const Json& draft)
{
    Problems problems = TRY(desk.check(draft));
    for (Problem& problem : pathProblems(draft)) {
        problems.push_back(std::move(problem));
    }
    return problems;
}

Reply<Outcome> check(Desk& desk, const Json& draft)
{
    Problems problems = TRY(problemsOf(desk, draft));
    const bool passes = std::all_of(problems.begin(), problems.end(),
                                    [&](const Problem& problem) { return isAnswered(problem, draft); });
    if (!passes) {
        return tl::unexpected(Failure(Refusal(std::move(problems))));
    }
    Outcome outcome;
    outcome.document = {{"problems", toJson(problems)}};
    outcome.text = "Hồ sơ hợp lệ, có thể tiếp nhận.";
    return outcome;
}

/// The files that the draft names by paths of this computer are in the store when this returns.
Reply<Json> scannedIn(Session& session, Workplace& place, const Json& draft)
{
    if (!hasPaths(draft)) {
        return draft;
    }
    session.needQt();
    return TRY(scanDraft(draft, place.files()));
}

Reply<Outcome> receive(Session& session, Workplace& place, const Json& draft)
{
    if (hasPaths(draft)) {
        // Nothing of a draft that is refused is taken in, and all that is wrong is said at once.
        if (Problems problems = TRY(problemsOf(place.desk(), draft)); !problems.empty()) {
            return tl::unexpected(Failure(Refusal(std::move(problems))));
        }
    }
    const Received received = TRY(place.desk().receive(TRY(scannedIn(session, place, draft))));
    Outcome outcome;
    outcome.document = {{"uid", received.uid},
                        {"code", received.code},
                        {"receivedAt", toRfc3339(received.receivedAt)},
                        {"dueAt", instantOrNull(received.dueAt)},
                        {"problems", toJson(received.problems)}};
    outcome.text = "Đã tiếp nhận " + received.code +
                   (received.dueAt ? ", hẹn trả " + toDisplayTime(*received.dueAt) : ", chưa hẹn ngày trả");
    if (!received.problems.empty()) {
        addLine(outcome.text, toText(received.problems));
    }
    return outcome;
}

Reply<Outcome> refuse(Session& session, Workplace& place, const Json& draft, const std::string& reason)
{
    if (Problems problems = pathProblems(draft); !problems.empty()) {
        return tl::unexpected(Failure(Refusal(std::move(problems))));
    }
    const Received refused = TRY(place.desk().refuse(TRY(scannedIn(session, place, draft)), reason));
    Outcome outcome;
    outcome.document = {{"uid", refused.uid},
                        {"code", refused.code},
                        {"status", statusName(Status::Refused)},
                        {"receivedAt", toRfc3339(refused.receivedAt)},
                        {"dueAt", Json()},
                        {"problems", toJson(refused.problems)}};
    outcome.text = "Đã ghi từ chối tiếp nhận " + refused.code + "; in phiếu từ chối: print " + refused.code +
                   " --paper refusal";
    return outcome;
}

/// Reads one draft and does with it what `doIt` says; the caller's reference comes back in either case.
template<class Do> Reply<Outcome> act(const std::string& text, const Do& doIt)
{
    const auto draft = parseJson(text);
    if (!draft || !draft->is_object()) {
        return forbidden("json", "Dữ liệu vào không phải một hồ sơ dạng JSON" +
                                     (draft ? std::string() : " (" + draft.error().detail + ")") +
                                     ". Chưa có gì được ghi.");
    }
    Reply<Outcome> outcome = doIt(*draft);
    const Json& clientRef = at(*draft, "clientRef");
    if (!clientRef.is_null()) {
        (outcome ? outcome->document : outcome.error().document)["clientRef"] = clientRef;
    }
    return outcome;
}

Reply<Outcome> takeIn(Session& session, Workplace& place, const std::string& text, Mode mode)
{
    return act(text, [&](const Json& draft) {
        return mode == Mode::CheckOnly ? check(place.desk(), draft) : receive(session, place, draft);
    });
}

/// One draft a line in, one answer a line out. A refused one does not stop the rest; a failing disk does.
Reply<Outcome> runStream(Session& session, Workplace& place, Mode mode)
{
    TRY(session.takeInput());
    Outcome whole;
    whole.printed = true;
    std::int64_t refused = 0;
    for (std::string line; session.nextLine(line);) {
        if (line.find_first_not_of(" \t") == std::string::npos) {
            continue;
        }
        auto one = takeIn(session, place, line, mode);
        session.answer(dumpJson(one ? one->document : one.error().document));
        if (one) {
            continue;
        }
        if (one.error().exit != Exit::Refused) {
            whole.exit = one.error().exit;
            whole.message = one.error().message + " Những hồ sơ đã trả lời trước đó đã được lưu.";
            return whole;
        }
        ++refused;
    }
    if (refused > 0) {
        whole.exit = Exit::Refused;
        whole.message = std::to_string(refused) + " hồ sơ không được nhận; các hồ sơ khác đã được lưu.";
    }
    return whole;
}

Reply<std::vector<Json>> draftsIn(const std::string& text)
{
    const auto list = parseJson(text);
    if (!list || !list->is_array()) {
        return forbidden("json",
                         "Dữ liệu vào không phải một danh sách hồ sơ dạng JSON. Chưa có gì được ghi.");
    }
    return list->get<std::vector<Json>>();
}

/// All of one visitor's dossiers, or none of them.
Reply<Outcome> receiveTogether(Workplace& place, const std::vector<Json>& drafts)
{
    for (const Json& draft : drafts) {
        if (hasPaths(draft)) {
            return misuse("accept --together chưa nhận tệp theo đường dẫn (path); tiếp nhận từng hồ sơ.");
        }
    }
    const auto all = TRY(place.desk().receiveTogether(drafts));
    Outcome outcome;
    Json list = Json::array();
    for (const Received& received : all) {
        list.push_back({{"uid", received.uid},
                        {"code", received.code},
                        {"receivedAt", toRfc3339(received.receivedAt)},
                        {"dueAt", instantOrNull(received.dueAt)},
                        {"problems", toJson(received.problems)}});
        addLine(outcome.text, "Đã tiếp nhận " + received.code +
                                  (received.dueAt ? ", hẹn trả " + toDisplayTime(*received.dueAt)
                                                  : std::string(", chưa hẹn ngày trả")));
    }
    outcome.document = {{"received", std::move(list)}};
    return outcome;
}

Reply<Outcome> runTogether(Session& session, const Arguments& arguments)
{
    if (!arguments.has("file") || arguments.has("stream") || arguments.has("check")) {
        return misuse("--together đi với --file TỆP: một danh sách JSON các hồ sơ của cùng một người.");
    }
    const auto drafts = TRY(draftsIn(TRY(session.read(TRY(arguments.required("file"))))));
    Workplace* place = TRY(session.workplace(arguments));
    return receiveTogether(*place, drafts);
}

Reply<Outcome> runAccept(Session& session, const Arguments& arguments)
{
    if (arguments.has("together")) {
        return runTogether(session, arguments);
    }
    const Mode mode = arguments.has("check") ? Mode::CheckOnly : Mode::Receive;
    if (arguments.has("stream") == arguments.has("file")) {
        return misuse(
            "Ghi --file TỆP (hoặc --file -) cho một hồ sơ, hoặc --stream cho nhiều hồ sơ, mỗi dòng một.");
    }
    if (arguments.has("stream")) {
        Workplace* place = TRY(session.workplace(arguments));
        return runStream(session, *place, mode);
    }
    const std::string text = TRY(session.read(TRY(arguments.required("file"))));
    Workplace* place = TRY(session.workplace(arguments));
    return takeIn(session, *place, text, mode);
}

/// Turning away: the same draft and the same habits as accept, with the reason that stands on form 03.
Reply<Outcome> runRefuse(Session& session, const Arguments& arguments)
{
    const std::string reason = TRY(arguments.required("reason"));
    const std::string text = TRY(session.read(TRY(arguments.required("file"))));
    Workplace* place = TRY(session.workplace(arguments));
    return act(text, [&](const Json& draft) { return refuse(session, *place, draft, reason); });
}

constexpr std::array kCommands{
    Command{"accept",
            "--file TỆP|- [--check | --together] | --stream",
            "Kiểm tra và tiếp nhận hồ sơ.",
            0,
            0,
            {"file", "check", "stream", "together"},
            runAccept},
    Command{"refuse",
            "--file TỆP|- --reason LÝ-DO",
            "Từ chối tiếp nhận: ghi vào sổ kèm lý do, in bằng print MÃ --paper refusal.",
            0,
            0,
            {"file", "reason"},
            runRefuse},
};

} // namespace

std::span<const Command> intakeCommands()
{
    return kCommands;
}

} // namespace motcua::cli
