// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/session.h"

#include "app/common/error_text.h"
#include "app/common/password_file.h"
#include "app/common/places.h"
#include "core/base/file.h"
#include "core/papers/paper_output.h"

#include <QGuiApplication>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace motcua::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kInputBytesMax = std::size_t{8} << 20;
constexpr std::int64_t kLockTimeoutMax = 86'400;

std::optional<std::string> orEnvironment(std::optional<std::string> given, const char* variable)
{
    if (given) {
        return given;
    }
    const char* value = std::getenv(variable);
    return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>(value);
}

constexpr const char* kPracticeOnly =
    "--at, --seed và --backoff-base chỉ dùng với sổ thực hành (init --practice). Chưa làm gì cả.";

std::string actLabel(Act act)
{
    switch (act) {
    case Act::Receive:
        return "tiếp nhận và sửa hồ sơ";
    case Act::Decide:
        return "quyết định khi dữ liệu xung đột";
    case Act::DecideIdentity:
        return "quyết định về nhân thân và tiền, mở lại hồ sơ";
    case Act::Print:
        return "in giấy tờ";
    case Act::Search:
        return "tra cứu hồ sơ";
    case Act::Report:
        return "lập báo cáo";
    case Act::KeepBooks:
        return "ghi sổ, bàn giao sổ";
    case Act::LeadBooks:
        return "mở, khóa và lập lại sổ";
    case Act::ManageAccounts:
        return "quản lý tài khoản";
    case Act::Connect:
        return "kết nối với cổng dịch vụ công";
    case Act::BackUp:
        return "sao lưu và khôi phục";
    case Act::ImportLedger:
        return "nhập sổ cũ";
    }
    return "làm việc này";
}

Failure noCatalogue(const Error& error)
{
    return {Exit::NotOpened,
            {{"error", errorName(error.kind)}, {"detail", error.detail}},
            "Không đọc được danh mục thủ tục (" + error.detail +
                "). Sổ được giữ nguyên. Cài lại chương trình, hoặc đặt biến MOTCUA_RESOURCES đúng thư mục."};
}

} // namespace

Session::Session() = default;
Session::~Session() = default;

Reply<fs::path> Session::folderOf(const Arguments& arguments) const
{
    const auto given = arguments.value("register");
    if (given && given->empty()) {
        return misuse("--register thiếu thư mục.");
    }
    return given ? fs::path(*given) : registerPlace();
}

Reply<std::string> Session::userOf(const Arguments& arguments) const
{
    auto user = orEnvironment(arguments.value("user"), "MOTCUA_USER");
    if (!user || user->empty()) {
        return misuse("Chưa biết ai làm: ghi --user TÊN hoặc đặt biến MOTCUA_USER.");
    }
    return *user;
}

Reply<Secret> Session::passwordOf(const Arguments& arguments) const
{
    const auto file = orEnvironment(arguments.value("password-file"), "MOTCUA_PASSWORD_FILE");
    if (!file || file->empty()) {
        return misuse("Thiếu tệp mật khẩu: ghi --password-file TỆP hoặc đặt biến MOTCUA_PASSWORD_FILE. "
                      "Mật khẩu không bao giờ ghi trên dòng lệnh.");
    }
    auto password = readPasswordFile(*file);
    if (!password) {
        return misuse("Không dùng được tệp mật khẩu " + *file + ": tệp phải đọc được và có đúng một dòng.");
    }
    return std::move(*password);
}

Reply<Millis> Session::lockTimeout(const Arguments& arguments) const
{
    const auto seconds = TRY(arguments.integer("lock-timeout", 0, kLockTimeoutMax));
    return Millis(seconds.value_or(5) * 1000);
}

Reply<Practice> Session::practice(const Arguments& arguments) const
{
    Practice practice;
    practice.at = TRY(arguments.instant("at"));
    const auto seed = TRY(arguments.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
    if (seed) {
        practice.seed = static_cast<std::uint64_t>(*seed);
    }
    return practice;
}

Reply<void> Session::checkPractice(std::string_view command, const Arguments& arguments)
{
    TRY(practice(arguments));
    TRY(arguments.integer("backoff-base", 1, 86'400'000));
    if (!arguments.has("at") && !arguments.has("seed") && !arguments.has("backoff-base")) {
        return {};
    }
    if (command == "init") {
        return arguments.has("practice") ? Reply<void>() : forbidden("practice-only", kPracticeOnly);
    }
    if (command == "batch" || command == "restore") {
        return {}; // each line is asked by itself; a restored register is not open yet
    }
    TRY(workplace(arguments));
    return {};
}

Reply<Workplace*> Session::workplace(const Arguments& arguments)
{
    const Practice chosen = TRY(practice(arguments));
    const fs::path folder = TRY(folderOf(arguments));
    const std::string user = TRY(userOf(arguments));
    if (m_workplace && m_folder != folder) {
        m_workplace.reset();
    }
    if (!m_workplace) {
        TRY(open(folder, user, arguments, TRY(lockTimeout(arguments))));
    } else if (m_workplace->desk().actor().account != user) {
        const Secret password = TRY(passwordOf(arguments));
        if (auto switched = m_workplace->switchTo(user, password); !switched) {
            return tl::unexpected(notOpened(switched.error()));
        }
    }
    if ((chosen.any() || arguments.has("backoff-base")) && !m_workplace->identity().practice) {
        return forbidden("practice-only", kPracticeOnly);
    }
    TRY(m_workplace->practise(chosen));
    return m_workplace.get();
}

Reply<void> Session::open(const fs::path& folder, const std::string& user, const Arguments& arguments,
                          Millis lockTimeout)
{
    SignIn who;
    who.account = user;
    who.password = TRY(passwordOf(arguments));
    who.program = "motcuactl";
    who.lockTimeout = lockTimeout;
    auto opened = Workplace::open(folder, std::move(who));
    if (!opened) {
        if (const auto installed = loadInstalledCatalogue(); !installed) {
            return tl::unexpected(noCatalogue(installed.error()));
        }
        return tl::unexpected(notOpened(opened.error()));
    }
    keep(std::move(*opened), folder);
    return {};
}

void Session::keep(std::unique_ptr<Workplace> made, fs::path folder)
{
    m_workplace = std::move(made);
    m_folder = std::move(folder);
}

Reply<Workplace*> Session::workplaceFor(Act act, const Arguments& arguments)
{
    Workplace* place = TRY(workplace(arguments));
    const Actor& actor = place->desk().actor();
    if (!mayDo(actor.role, act)) {
        return forbidden("role", "Tài khoản " + actor.account + " (" + std::string(roleLabel(actor.role)) +
                                     ") không có quyền " + actLabel(act) +
                                     ". Chưa làm gì cả; hãy dùng tài khoản khác.");
    }
    return place;
}

bool Session::namesRegister(const Arguments& arguments) const
{
    const auto folder = folderOf(arguments);
    std::error_code ignored;
    return folder && userOf(arguments) && passwordOf(arguments) && fs::exists(*folder, ignored);
}

Reply<Session::ChosenCatalogue> Session::catalogue(const Arguments& arguments)
{
    ChosenCatalogue chosen;
    if (namesRegister(arguments)) {
        // These questions need no register, so nobody waits for one that the window has open.
        const auto wait = arguments.has("lock-timeout") ? TRY(lockTimeout(arguments)) : Millis{0};
        const fs::path folder = TRY(folderOf(arguments));
        if (m_workplace && m_folder != folder) {
            m_workplace.reset();
        }
        const Reply<void> opened =
            m_workplace ? Reply<void>() : open(folder, TRY(userOf(arguments)), arguments, wait);
        if (opened) {
            chosen.inForce = m_workplace->catalogueInForce();
            return chosen;
        }
        chosen.note =
            "Không mở được sổ nên trả lời theo danh mục cài kèm chương trình, không theo danh mục của "
            "thành phố nếu sổ có. " +
            opened.error().message;
    }
    auto installed = loadInstalledCatalogue();
    if (!installed) {
        return tl::unexpected(noCatalogue(installed.error()));
    }
    chosen.inForce.catalogue = std::move(*installed);
    return chosen;
}

Reply<Instant> Session::now(const Arguments& arguments) const
{
    const Practice chosen = TRY(practice(arguments));
    return chosen.at.value_or(m_clock.now());
}

Reply<std::string> Session::read(const std::string& file)
{
    if (file != "-") {
        auto bytes = readFile(file, kInputBytesMax);
        if (!bytes) {
            return misuse("Không đọc được tệp " + file + " (" + bytes.error().detail + "). Chưa làm gì cả.");
        }
        return std::move(*bytes);
    }
    TRY(takeInput());
    std::string bytes;
    std::array<char, 65536> piece{};
    for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), stdin)) > 0;) {
        bytes.append(piece.data(), got);
        if (bytes.size() > kInputBytesMax) {
            return misuse("Dữ liệu vào dài hơn 8 MiB. Chưa làm gì cả.");
        }
    }
    return bytes;
}

Reply<void> Session::takeInput()
{
    if (m_inputTaken) {
        return misuse("Dữ liệu vào chuẩn đã do lệnh khác (batch) đọc; hãy ghi nội dung vào tệp.");
    }
    m_inputTaken = true;
    return {};
}

bool Session::nextLine(std::string& line)
{
    line.clear();
    int read = EOF;
    while ((read = getc_unlocked(stdin)) != EOF && read != '\n') {
        if (line.size() < kInputBytesMax) {
            line.push_back(static_cast<char>(read));
        }
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return read != EOF || !line.empty();
}

void Session::answer(std::string_view line)
{
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void Session::needQt()
{
    if (m_qt) {
        return;
    }
    if (std::getenv("QT_QPA_PLATFORM") == nullptr) {
        qputenv("QT_QPA_PLATFORM", "offscreen"); // a command shows nothing, and must run without a display
    }
    fixOrderInPapers();
    static int argumentCount = 1;
    static char name[] = "motcuactl";
    static char* arguments[] = {name, nullptr};
    m_qt = std::make_unique<QGuiApplication>(argumentCount, arguments);
    QCoreApplication::setApplicationName(QStringLiteral("motcuactl"));
}

} // namespace motcua::cli
