// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/rows.h"

namespace motcua::cli {

Json instantOrNull(const std::optional<Instant>& instant)
{
    return instant ? Json(toRfc3339(*instant)) : Json();
}

Json textOrNull(const std::optional<std::string>& text)
{
    return text ? Json(*text) : Json();
}

Json hitToJson(const DossierRow& row)
{
    return {{"uid", row.uid},
            {"code", row.code},
            {"procedure", row.procedure},
            {"name", row.name},
            {"status", statusName(row.status)},
            {"receivedAt", toRfc3339(row.received)}};
}

Json rowToJson(const DossierRow& row)
{
    Json json = hitToJson(row);
    json["dueAt"] = instantOrNull(row.due);
    json["clientRef"] = textOrNull(row.clientRef);
    return json;
}

std::string rowToText(const DossierRow& row)
{
    return row.code + "  " + toDisplayTime(row.received) + "  " + std::string(statusLabel(row.status)) +
           "  " + row.name + "  " + row.procedure + (row.due ? "  hẹn " + toDisplayTime(*row.due) : "");
}

Json operationToJson(const QueuedOperation& operation)
{
    return {{"op", operation.op},
            {"uid", operation.uid},
            {"code", operation.code},
            {"kind", operation.kind},
            {"state", opStateName(operation.state)},
            {"attempts", operation.attempts},
            {"nextTry", instantOrNull(operation.nextTry)},
            {"lastError", textOrNull(operation.lastError)},
            {"digest", operation.digest},
            {"receipt", textOrNull(operation.receipt)},
            {"after", textOrNull(operation.after)},
            {"baseRev", textOrNull(operation.baseRev)},
            {"supersedes", textOrNull(operation.supersedes)},
            {"exported", instantOrNull(operation.exported)}};
}

std::string_view stateLabel(OpState state)
{
    switch (state) {
    case OpState::Waiting:
        return "chờ gửi";
    case OpState::Blocked:
        return "chờ việc trước của cùng hồ sơ";
    case OpState::Sending:
        return "đang gửi";
    case OpState::Unknown:
        return "đã gửi, chưa rõ cổng đã nhận chưa";
    case OpState::Backoff:
        return "cổng hẹn gửi lại sau";
    case OpState::Conflict:
        return "dữ liệu khác với cổng, cần bạn quyết định";
    case OpState::NeedsYou:
        return "cổng không nhận, cần bạn xem";
    case OpState::Acknowledged:
        return "cổng đã nhận";
    case OpState::Confirmed:
        return "cổng đã nhận, đã thấy lại";
    case OpState::Superseded:
        return "đã thay bằng việc khác";
    case OpState::Withdrawn:
        return "đã rút";
    }
    return "";
}

std::string operationToText(const QueuedOperation& operation)
{
    return operation.op + "  " + operation.code + "  " + operation.kind + "  " +
           std::string(stateLabel(operation.state)) +
           (operation.attempts == 0 ? "" : "  đã thử " + std::to_string(operation.attempts) + " lần") +
           (operation.nextTry ? "  thử lại " + toDisplayTime(*operation.nextTry) : "") +
           (operation.lastError ? "  " + *operation.lastError : "");
}

Outcome actedOutcome(const Acted& acted)
{
    Outcome outcome;
    outcome.document = {{"uid", acted.uid}, {"op", acted.op}};
    outcome.text = "Đã ghi vào sổ và hàng đợi: " + acted.op;
    return outcome;
}

void addLine(std::string& text, const std::string& line)
{
    if (!text.empty()) {
        text += '\n';
    }
    text += line;
}

Json valueOf(const std::string& text)
{
    auto json = parseJson(text);
    return json ? std::move(*json) : Json(text);
}

Reply<Assignment> assignmentOf(const std::string& text, std::string_view option)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
        return misuse("--" + std::string(option) +
                      " phải có dạng CON-TRỎ=GIÁ-TRỊ, ví dụ /applicant/phone=0912345678.");
    }
    return Assignment{text.substr(0, equals), text.substr(equals + 1)};
}

} // namespace motcua::cli
