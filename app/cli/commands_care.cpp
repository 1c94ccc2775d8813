// SPDX-License-Identifier: GPL-3.0-or-later
// Looking after the register: verify, backup, restore.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/common/error_text.h"
#include "app/common/restore.h"
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
    const Verification verification = TRY(verifyRegister(
        place->connection(), place->identity(), fieldOf(place->catalogue()), depth, &place->files()));
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

/// The sentences of opening speak of a register; here it is the backup that cannot be used.
Failure restoreFailure(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::NotFound:
    case ErrorKind::Foreign:
    case ErrorKind::Damaged: {
        const std::string sentence = "Không khôi phục được từ tệp này (" + error.detail +
                                     "). Tệp sao lưu được giữ nguyên, không có sổ nào được lập. "
                                     "Hãy dùng bản sao lưu khác.";
        return {Exit::NotOpened,
                {{"error", errorName(error.kind)}, {"message", sentence}, {"detail", error.detail}},
                sentence};
    }
    default:
        return error.kind == ErrorKind::Refused ? Failure(error) : notOpened(error);
    }
}

Json backupToJson(const BackupInfo& info)
{
    // Neither call ends well without having read everything back.
    return {{"file", info.file.string()}, {"entries", info.entries},   {"head", info.head},
            {"files", info.files},        {"filesBad", info.filesBad}, {"proven", true}};
}

std::string filesText(const BackupInfo& info)
{
    const std::string bad = info.filesBad == 0 ? std::string()
                                               : ", trong đó " + std::to_string(info.filesBad) +
                                                     " tệp đã mất hoặc hỏng từ trước (xem verify --full)";
    return std::to_string(info.files) + " tệp" + bad;
}

Reply<Outcome> runBackup(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::BackUp, arguments));
    TRY(place->files().sweep(TRY(place->desk().filesOfDrafts())));
    const BackupInfo info =
        TRY(writeBackup(place->folder(), place->connection(), arguments.words().front(), place->clock()));
    TRY(place->desk().recordBackup(info));
    Outcome outcome;
    outcome.document = backupToJson(info);
    outcome.text = "Đã sao lưu và đọc lại " + info.file.string() + ": " + std::to_string(info.entries) +
                   " mục, " + filesText(info) + ".";
    return outcome;
}

Reply<Outcome> runRestore(Session& session, const Arguments& arguments)
{
    const std::string into = TRY(arguments.required("into"));
    SignIn who;
    who.account = TRY(session.userOf(arguments));
    who.password = TRY(session.passwordOf(arguments));
    who.program = "motcuactl";
    who.lockTimeout = TRY(session.lockTimeout(arguments));
    const auto restored =
        restoreRegister(arguments.words().front(), into, std::move(who), TRY(session.practice(arguments)));
    if (!restored) {
        if (restored.error().kind == ErrorKind::Duplicate) {
            return forbidden("not-empty", "Thư mục " + into +
                                              " không trống; mọi thứ trong đó được giữ nguyên. "
                                              "Hãy chọn thư mục mới.");
        }
        return tl::unexpected(restoreFailure(restored.error()));
    }
    Outcome outcome;
    outcome.document = backupToJson(*restored);
    outcome.text = "Đã khôi phục " + std::to_string(restored->entries) + " mục, " + filesText(*restored) +
                   " vào " + into +
                   ". Số hồ sơ hôm nay đã nhảy qua những số có thể đã in; hãy đối chiếu tờ giấy in sau cùng.";
    return outcome;
}

/// Two machines ran from one disk: the one on which this is called goes on.
Reply<Outcome> runBeginAnew(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplaceFor(Act::Connect, arguments));
    TRY(beginNewEpoch(place->folder(), place->clock(), NewEpoch::Copied));
    Outcome outcome;
    outcome.document = {{"epoch", place->identity().epoch}};
    outcome.text =
        "Máy này viết tiếp sổ ở kỳ " + std::to_string(place->identity().epoch) +
        ". Việc nào cổng đã có bản của máy kia thì máy này gửi lại dưới tên mới. Hãy đăng ký lại với cổng "
        "(enrol), gửi đến khi không còn việc chờ (sync --until-empty), rồi mới dùng đến máy kia. "
        "Số hồ sơ hôm nay đã nhảy qua những số máy kia có thể đã in.";
    session.close(); // what it knew was of the epoch before
    return outcome;
}

constexpr std::array kCommands{
    Command{"begin-anew",
            "",
            "Hai máy chạy từ một bản sao của đĩa: máy này viết tiếp. Làm lần lượt từng máy, máy kia tắt.",
            0,
            0,
            {},
            runBeginAnew},
    Command{"verify",
            "[--full]",
            "Kiểm tra trang, chuỗi, những gì tính ra từ chuỗi, và các tệp.",
            0,
            0,
            {"full"},
            runVerify},
    Command{"backup", "THƯ-MỤC", "Sao lưu vào một tệp và đọc lại nó.", 1, 1, {}, runBackup},
    Command{"restore",
            "TỆP --into THƯ-MỤC",
            "Lập lại sổ từ bản sao lưu, vào thư mục mới.",
            1,
            1,
            {"into"},
            runRestore},
};

} // namespace

std::span<const Command> careCommands()
{
    return kCommands;
}

} // namespace motcua::cli
