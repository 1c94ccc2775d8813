// SPDX-License-Identifier: GPL-3.0-or-later
// Looking after the register: verify.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "core/base/hash.h"
#include "core/desk/desk_support.h"
#include "core/desk/verify.h"

namespace motcua::cli {

namespace {

Json findingsToJson(const std::vector<Finding>& findings)
{
    Json list = Json::array();
    for (const Finding& finding : findings) {
        list.push_back({{"seq", finding.seq}, {"kind", finding.kind}, {"detail", finding.detail}});
    }
    return list;
}

std::string findingsText(const Verification& verification)
{
    if (verification.findings.empty()) {
        return "Sổ nguyên vẹn: " + std::to_string(verification.entries) + " mục, chuỗi kết thúc bằng " +
               toHex(verification.head.chain) + ".";
    }
    std::string text;
    for (const Finding& finding : verification.findings) {
        addLine(text, "mục " + std::to_string(finding.seq) + "  " + finding.kind + "  " + finding.detail);
    }
    return text;
}

Reply<Outcome> runVerify(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    const Depth depth = arguments.has("full") ? Depth::Full : Depth::Chain;
    const Verification verification =
        TRY(verifyRegister(place->connection(), place->identity(), fieldOf(place->catalogue()), depth));
    Outcome outcome;
    outcome.document = {{"ok", verification.findings.empty()},
                        {"entries", verification.entries},
                        {"head", toHex(verification.head.chain)},
                        {"findings", findingsToJson(verification.findings)}};
    outcome.text = findingsText(verification);
    if (!verification.findings.empty()) {
        outcome.exit = Exit::Refused;
        outcome.message =
            "Sổ có chỗ không khớp. Không có gì bị sửa. Giữ nguyên thư mục sổ và báo người quản trị; "
            "bản sao lưu gần nhất dùng được bằng lệnh restore.";
    }
    return outcome;
}

constexpr std::array kCommands{
    Command{"verify",
            "[--full]",
            "Kiểm tra trang, chuỗi, và những gì tính ra từ chuỗi.",
            0,
            0,
            {"full"},
            runVerify},
};

} // namespace

std::span<const Command> careCommands()
{
    return kCommands;
}

} // namespace motcua::cli
