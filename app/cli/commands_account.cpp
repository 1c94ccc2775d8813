// SPDX-License-Identifier: GPL-3.0-or-later
// Making a register, and its accounts.
#include "app/cli/command.h"
#include "app/common/error_text.h"
#include "app/common/password_file.h"
#include "core/base/text.h"
#include "core/dossier/code.h"
#include "core/journal/register_schema.h"

namespace motcua::cli {

namespace {

constexpr std::size_t kNameMax = 60;

/// An account's name is typed often and stands in file names of key slots: no space, nothing invisible.
bool isAccountName(const std::string& name)
{
    return !name.empty() && name.size() <= kNameMax && name == tidyText(name) &&
           name.find(' ') == std::string::npos;
}

Reply<std::string> accountName(const std::string& name)
{
    if (!isAccountName(name)) {
        return misuse("Tên tài khoản có từ 1 đến 60 ký tự, không có khoảng trắng.");
    }
    return name;
}

Reply<NewRegister> newRegisterOf(const Arguments& arguments)
{
    NewRegister made;
    made.unit = TRY(arguments.required("unit"));
    made.unitName = tidyText(TRY(arguments.required("unit-name")));
    made.admin = TRY(accountName(TRY(arguments.required("admin"))));
    made.adminFullName = tidyText(arguments.value("full-name").value_or(made.admin));
    TRY(arguments.required("slot"));
    made.slot = static_cast<int>(TRY(arguments.integer("slot", 0, 9)).value_or(0));
    made.practice = arguments.has("practice");
    made.quickKeys = arguments.has("quick-keys");
    if (!isUnitCode(made.unit)) {
        return misuse("--unit là mã đơn vị như H26.131: chữ in hoa, chữ số và dấu chấm.");
    }
    if (made.unitName.empty() || made.adminFullName.empty()) {
        return misuse("Tên đơn vị và tên người quản trị không được để trống.");
    }
    if (made.quickKeys && !made.practice) {
        return misuse("--quick-keys chỉ dùng cùng --practice: sổ thật không bao giờ dùng khóa yếu.");
    }
    return made;
}

Reply<Outcome> runInit(Session& session, const Arguments& arguments)
{
    const NewRegister made = TRY(newRegisterOf(arguments));
    const auto folder = TRY(session.folderOf(arguments));
    SignIn admin;
    admin.account = made.admin;
    admin.password = TRY(session.passwordOf(arguments));
    admin.program = "motcuactl";
    admin.lockTimeout = TRY(session.lockTimeout(arguments));
    session.close();
    auto created = Workplace::create(folder, made, std::move(admin), TRY(session.practice(arguments)));
    if (!created) {
        if (created.error().kind == ErrorKind::Duplicate) {
            return forbidden("register-exists",
                             "Thư mục " + folder.string() +
                                 " đã có sổ; sổ đó được giữ nguyên. Hãy chọn thư mục khác.");
        }
        return tl::unexpected(Failure(created.error()));
    }
    Outcome outcome;
    const RegisterIdentity& identity = (*created)->identity();
    outcome.document = {{"install", identity.install},
                        {"unit", identity.unit},
                        {"slot", identity.slot},
                        {"schema", registerSchema().latest()}};
    outcome.text = "Đã lập sổ của " + identity.unitName + " (" + identity.unit + "), quầy số " +
                   std::to_string(identity.slot) + ", tại " + folder.string() + ".";
    session.keep(std::move(*created), folder);
    return outcome;
}

Reply<Outcome> listAccounts(Workplace& place)
{
    Outcome outcome;
    Json users = Json::array();
    for (const Desk::Account& account : TRY(place.desk().accounts())) {
        users.push_back({{"name", account.name},
                         {"role", roleName(account.role)},
                         {"fullName", account.fullName},
                         {"disabled", account.disabled}});
        outcome.text += (outcome.text.empty() ? "" : "\n") + account.name + "  " +
                        std::string(roleLabel(account.role)) + "  " + account.fullName +
                        (account.disabled ? "  (đã khóa)" : "");
    }
    outcome.document = {{"users", std::move(users)}};
    return outcome;
}

Reply<Outcome> runUserAdd(Session& session, const Arguments& arguments)
{
    Desk::Account account;
    account.name = TRY(accountName(arguments.words().front()));
    const auto role = parseRole(TRY(arguments.required("role")));
    if (!role) {
        return misuse("--role là official, specialist, leader, supervisor hoặc admin.");
    }
    account.role = *role;
    account.fullName = tidyText(arguments.value("full-name").value_or(account.name));
    const std::string file = TRY(arguments.required("new-password-file"));
    auto password = readPasswordFile(file);
    if (!password) {
        return misuse("Không dùng được tệp mật khẩu " + file + ": tệp phải đọc được và có đúng một dòng.");
    }
    Workplace* place = TRY(session.workplaceFor(Act::ManageAccounts, arguments));
    for (const Desk::Account& other : TRY(place->desk().accounts())) {
        if (other.name == account.name) {
            return forbidden("account-exists",
                             "Đã có tài khoản " + account.name + "; tài khoản đó được giữ nguyên.");
        }
    }
    // The slot first: an account that nobody can open would look like one that works.
    TRY(place->folder().addKeySlot(account.name, *password));
    if (auto added = place->desk().addAccount(account); !added) {
        static_cast<void>(
            place->folder().removeKeySlot(account.name)); // a slot without account opens nothing
        return tl::unexpected(Failure(added.error()));
    }
    return listAccounts(*place);
}

Reply<Outcome> runUserList(Session& session, const Arguments& arguments)
{
    return listAccounts(*TRY(session.workplace(arguments)));
}

Reply<Outcome> runUserDisable(Session& session, const Arguments& arguments)
{
    const std::string& name = arguments.words().front();
    Workplace* place = TRY(session.workplaceFor(Act::ManageAccounts, arguments));
    TRY(place->desk().disableAccount(name));
    TRY(place->folder().removeKeySlot(name));
    return listAccounts(*place);
}

constexpr std::array kCommands{
    Command{"init",
            "--unit MÃ --unit-name TÊN --slot N --admin TÊN [--full-name HỌ-TÊN] [--practice [--quick-keys]]",
            "Lập sổ mới; mật khẩu của người quản trị đọc từ tệp mật khẩu.",
            0,
            0,
            {"unit", "unit-name", "slot", "admin", "full-name", "practice", "quick-keys"},
            runInit},
    Command{
        "user add",
        "TÊN --role official|specialist|leader|supervisor|admin [--full-name HỌ-TÊN] --new-password-file TỆP",
        "Thêm tài khoản.",
        1,
        1,
        {"role", "full-name", "new-password-file"},
        runUserAdd},
    Command{"user list", "", "Các tài khoản.", 0, 0, {}, runUserList},
    Command{"user disable", "TÊN", "Khóa một tài khoản.", 1, 1, {}, runUserDisable},
};

} // namespace

std::span<const Command> accountCommands()
{
    return kCommands;
}

} // namespace motcua::cli
