// SPDX-License-Identifier: GPL-3.0-or-later
// Acts on a dossier: change, move, withdraw an operation.
#include "app/cli/command.h"
#include "app/cli/rows.h"

namespace motcua::cli {

namespace {

/// The patch of all --set: an empty VALUE removes, which the core writes as null.
Reply<Json> patchOf(const Arguments& arguments)
{
    Json set = Json::object();
    for (const std::string& text : arguments.values("set")) {
        const Assignment assignment = TRY(assignmentOf(text, "set"));
        if (set.contains(assignment.pointer)) {
            return misuse("Con trỏ " + assignment.pointer + " được ghi hai lần trong --set.");
        }
        set[assignment.pointer] = assignment.value.empty() ? Json() : valueOf(assignment.value);
    }
    if (set.empty()) {
        return misuse("Thiếu --set CON-TRỎ=GIÁ-TRỊ.");
    }
    return set;
}

Reply<Outcome> runChange(Session& session, const Arguments& arguments)
{
    const Json set = TRY(patchOf(arguments));
    const std::string reason = TRY(arguments.required("reason"));
    Workplace* place = TRY(session.workplace(arguments));
    return actedOutcome(TRY(place->desk().change(arguments.words().front(), set, reason)));
}

Reply<Outcome> runMove(Session& session, const Arguments& arguments)
{
    const std::string to = TRY(arguments.required("to"));
    const auto status = parseStatus(to);
    if (!status) {
        return misuse("Không có trạng thái " + to + ".");
    }
    Workplace* place = TRY(session.workplace(arguments));
    return actedOutcome(
        TRY(place->desk().move(arguments.words().front(), *status, arguments.value("note").value_or(""))));
}

Reply<Outcome> runWithdraw(Session& session, const Arguments& arguments)
{
    const std::string reason = TRY(arguments.required("reason"));
    Workplace* place = TRY(session.workplace(arguments));
    return actedOutcome(TRY(place->desk().withdrawOperation(arguments.words().front(), reason)));
}

constexpr std::array kCommands{
    Command{"change",
            "MÃ --set CON-TRỎ=GIÁ-TRỊ … --reason LÝ-DO",
            "Sửa hồ sơ; giá trị để trống là xóa.",
            1,
            1,
            {"set", "reason"},
            runChange},
    Command{"move",
            "MÃ --to TRẠNG-THÁI [--note GHI-CHÚ]",
            "Chuyển trạng thái hồ sơ.",
            1,
            1,
            {"to", "note"},
            runMove},
    Command{"withdraw",
            "VIỆC --reason LÝ-DO",
            "Rút một việc có thể đã gửi lên cổng.",
            1,
            1,
            {"reason"},
            runWithdraw},
};

} // namespace

std::span<const Command> actCommands()
{
    return kCommands;
}

} // namespace motcua::cli
