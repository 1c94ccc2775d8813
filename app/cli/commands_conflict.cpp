// SPDX-License-Identifier: GPL-3.0-or-later
// Conflicts with the portal, and deciding them.
#include "app/cli/command.h"
#include "app/cli/rows.h"

namespace motcua::cli {

namespace {

Json fieldToJson(const ConflictField& field)
{
    return {{"pointer", field.pointer},
            {"class", field.fieldClass},
            {"base", field.base},
            {"ours", field.ours},
            {"theirs", field.theirs}};
}

Reply<Outcome> runConflicts(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Outcome outcome;
    Json list = Json::array();
    for (const ConflictCase& conflict : TRY(place->desk().conflicts())) {
        Json fields = Json::array();
        addLine(outcome.text, conflict.code + "  " + conflict.problem);
        for (const ConflictField& field : conflict.fields) {
            fields.push_back(fieldToJson(field));
            addLine(outcome.text, "    " + field.pointer + ": trước đây " + dumpJson(field.base) +
                                      ", ở đây " + dumpJson(field.ours) + ", ở cổng " +
                                      dumpJson(field.theirs));
        }
        list.push_back({{"code", conflict.code},
                        {"uid", conflict.uid},
                        {"op", conflict.op},
                        {"fields", std::move(fields)},
                        {"problem", conflict.problem}});
    }
    if (list.empty()) {
        outcome.text = "Không có gì cần bạn quyết định.";
    }
    outcome.document = {{"conflicts", std::move(list)}};
    return outcome;
}

Json authorToJson(const std::optional<Author>& author)
{
    return author ? Json{{"name", author->name}, {"at", toRfc3339(author->at)}} : Json();
}

Reply<Outcome> runAlarms(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    Outcome outcome;
    Json list = Json::array();
    for (const Alarm& alarm : TRY(place->desk().alarms())) {
        Json one{{"kind", alarmKindName(alarm.kind)},
                 {"op", alarm.op},
                 {"uid", alarm.uid},
                 {"code", alarm.code},
                 {"since", toRfc3339(alarm.since)}};
        if (alarm.kind == AlarmKind::Renumbered) {
            one["oldCode"] = alarm.oldCode;
            one["paper"] = alarm.paper;
            addLine(outcome.text, alarm.code + "  số cũ " + alarm.oldCode +
                                      " đã có ở cổng; in giấy mới: motcuactl print " + alarm.code +
                                      " --paper " + alarm.paper);
        } else if (alarm.kind == AlarmKind::WithdrawnTooLate) {
            one["ours"] = authorToJson(alarm.ours);
            one["reason"] = alarm.reason;
            addLine(outcome.text, alarm.code + "  rút không kịp, cổng đã ghi nhận; " + alarm.op);
        } else {
            one["ours"] = authorToJson(alarm.ours);
            one["theirs"] = authorToJson(alarm.theirs);
            addLine(outcome.text, alarm.code + "  hai lần ghi trả kết quả; " + alarm.op);
        }
        list.push_back(std::move(one));
    }
    if (list.empty()) {
        outcome.text = "Không có cảnh báo nào.";
    }
    outcome.document = {{"alarms", std::move(list)}};
    return outcome;
}

Reply<Outcome> runSettle(Session& session, const Arguments& arguments)
{
    const std::string finding = TRY(arguments.required("finding"));
    Workplace* place = TRY(session.workplace(arguments));
    const std::string& op = arguments.words().front();
    TRY(place->desk().settleAlarm(op, finding));
    Outcome outcome;
    outcome.document = {{"op", op}};
    outcome.text = "Đã ghi kết luận.";
    return outcome;
}

Reply<Decision> decisionOf(const std::string& text)
{
    constexpr std::string_view kValue = "value:";
    Decision decision;
    if (text == "ours") {
        decision.take = Decision::Take::Ours;
    } else if (text == "theirs") {
        decision.take = Decision::Take::Theirs;
    } else if (text.starts_with(kValue)) {
        const std::string value = text.substr(kValue.size());
        decision.take = Decision::Take::Value;
        decision.value = value.empty() ? Json() : valueOf(value); // as with --set, nothing removes
    } else {
        return misuse("--take nhận ours, theirs hoặc value:GIÁ-TRỊ.");
    }
    return decision;
}

Reply<std::map<std::string, Decision>> decisionsOf(const Arguments& arguments)
{
    std::map<std::string, Decision> decisions;
    for (const std::string& text : arguments.values("take")) {
        const Assignment assignment = TRY(assignmentOf(text, "take"));
        Decision decision = TRY(decisionOf(assignment.value));
        if (!decisions.emplace(assignment.pointer, std::move(decision)).second) {
            return misuse("Con trỏ " + assignment.pointer + " được ghi hai lần trong --take.");
        }
    }
    return decisions;
}

Reply<Outcome> runResolve(Session& session, const Arguments& arguments)
{
    const auto decisions = TRY(decisionsOf(arguments));
    const std::string reason = TRY(arguments.required("reason"));
    Workplace* place = TRY(session.workplace(arguments));
    // Without --paper the reason names the paper.
    const Grounds grounds{reason, arguments.value("paper").value_or(reason)};
    return actedOutcome(TRY(place->desk().resolve(arguments.words().front(), decisions, grounds)));
}

constexpr std::array kCommands{
    Command{"conflicts", "", "Những chỗ cần người quyết định.", 0, 0, {}, runConflicts},
    Command{"resolve",
            "MÃ --take CON-TRỎ=ours|theirs|value:GIÁ-TRỊ … --reason LÝ-DO [--paper GIẤY-TỜ]",
            "Quyết định một chỗ khác nhau.",
            1,
            1,
            {"take", "reason", "paper"},
            runResolve},
    Command{"alarms", "", "Việc đã tự ngã ngũ theo quy tắc nhưng phải có người xem.", 0, 0, {}, runAlarms},
    Command{"settle",
            "THAO-TÁC --finding KẾT-LUẬN",
            "Ghi kết luận về một việc rút không kịp; của lãnh đạo: về một kết quả bị ghi trả hai lần.",
            1,
            1,
            {"finding"},
            runSettle},
};

} // namespace

std::span<const Command> conflictCommands()
{
    return kCommands;
}

} // namespace motcua::cli
