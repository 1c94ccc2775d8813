// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/upgrade_rounds.h"

#include "core/base/file.h"
#include "core/catalogue/catalogue.h"
#include "tests/support/plain_draft.h"
#include "tests/world/crash_digest.h"

#include <QElapsedTimer>
#include <fstream>
#include <map>

namespace motcua {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kFileMost = std::size_t{256} << 20;
constexpr const char* kPassword = "mật khẩu của lan";
constexpr int kSendRounds = 20;

} // namespace

UpgradeRounds::UpgradeRounds(QString bin, int operations, std::uint64_t seed)
    : m_bin(std::move(bin)), m_operations(operations), m_random(seed),
      m_register((m_home.path() + QStringLiteral("/register")).toStdString()),
      m_portal(m_bin + QStringLiteral("/motcua-portal"), m_home.filePath(QStringLiteral("portal")))
{}

Ran UpgradeRounds::call(const char* command, const QStringList& more, int killAfter)
{
    const auto common = words("--json --user lan --lock-timeout 30 --register",
                              {QString::fromStdString(m_register.string())}) +
                        words("--password-file", {m_home.filePath(QStringLiteral("password"))});
    return motcua::run(m_bin + QStringLiteral("/motcuactl"), words(command, more) + common, {}, killAfter);
}

Result<RegisterFolder> UpgradeRounds::open()
{
    SignIn who;
    who.account = "lan";
    who.password = Secret(kPassword);
    return RegisterFolder::open(m_register, std::move(who), m_clock);
}

Result<void> UpgradeRounds::work(int operations)
{
    const auto folder = TRY(open());
    auto connection = TRY(folder.connect());
    const auto catalogue = TRY(Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue"));
    Desk desk(connection, folder.identity(), folder.actor(), catalogue, m_clock, m_random);
    return addMixedWork(desk, plainDraft(catalogue, dayInVietnam(m_clock.now()), "x"), operations);
}

Result<void> UpgradeRounds::bringDown()
{
    {
        const auto folder = TRY(open());
        auto connection = TRY(folder.connect());
        TRY(bringDownToSchema1(connection));
    }
    m_old = TRY(readFile(m_register / "register.db", kFileMost));
    return {};
}

Result<std::uint64_t> UpgradeRounds::digest()
{
    const auto folder = TRY(open());
    auto connection = TRY(folder.connect(OpenMode::ReadOnly));
    return RegisterDigest(connection).now();
}

void UpgradeRounds::putOldBack() const
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(m_register)) {
        if (entry.path().filename() != "register.keys") {
            fs::remove(entry.path(), ignored);
        }
    }
    std::ofstream(m_register / "register.db", std::ios::binary) << m_old;
}

bool UpgradeRounds::prepare()
{
    std::ofstream(m_home.filePath(QStringLiteral("password")).toStdString()) << kPassword;
    const auto unit = m_portal.admin(words("unit add H26.131", {QStringLiteral("UBND xã Phúc Thọ")}));
    if (unit.exit != 0 || !m_portal.start()) {
        return false;
    }
    const auto code = QString::fromStdString(m_portal.admin(words("code H26.131")).out).trimmed();
    const bool enrolled =
        call("init --unit H26.131 --admin lan --practice --quick-keys --slot 1 --unit-name",
             {QStringLiteral("UBND xã Phúc Thọ")})
                .exit == 0 &&
        call("enrol --portal", QStringList{m_portal.url()} + words("--code", {code})).exit == 0;
    // A fifth is settled, a tenth was sent without an answer, the rest waits.
    if (!enrolled || !work(m_operations / 5) || call("sync --until-empty --timeout 120").exit != 0) {
        return false;
    }
    static_cast<void>(m_portal.admin(words("fault set lose-answer --probability 1")));
    if (!work(m_operations / 10)) {
        return false;
    }
    static_cast<void>(call("sync --until-empty --timeout 3 --backoff-base 20"));
    static_cast<void>(m_portal.admin(words("fault clear")));
    if (!work(m_operations - m_operations / 5 - m_operations / 10) || !bringDown()) {
        return false;
    }
    QElapsedTimer timer;
    timer.start();
    const bool upgraded = call("queue").exit == 0;
    m_takes = static_cast<int>(timer.elapsed());
    const auto found = digest();
    m_undisturbed = found.value_or(0);
    return upgraded && found.has_value();
}

void UpgradeRounds::run(int rounds)
{
    for (int round = 0; round < rounds && m_wrongs.count() < Wrongs::kEnough; ++round) {
        putOldBack();
        for (auto deaths = 1 + m_random.below(3); deaths > 0; --deaths) {
            const auto moment = m_random.below(static_cast<std::uint64_t>(m_takes) + 20);
            m_kills += call("queue", {}, static_cast<int>(moment)).killed ? 1 : 0;
        }
        const auto found = digest();
        if (!found || *found != m_undisturbed) {
            m_wrongs.add("round " + std::to_string(round) + ": " +
                         (found ? "not what an undisturbed upgrade gives" : found.error().detail));
        }
    }
}

void UpgradeRounds::finish()
{
    for (int i = 0; i < kSendRounds && call("sync --until-empty --timeout 60 --backoff-base 20").exit != 0;
         ++i) {
    }
    const auto verified = call("verify --full");
    if (verified.exit != 0 || at(verified.json(), "ok") != true) {
        m_wrongs.add("verify: " + verified.out + verified.err);
    }
    const Json queue = call("queue").json();
    if (!at(queue, "operations").is_array() || !at(queue, "operations").empty()) {
        m_wrongs.add("the queue is not empty: " + dumpJson(queue));
    }
    std::map<std::string, std::string> there;
    const Json portal = m_portal.admin(words("dossier list")).json();
    for (const auto& dossier : at(portal, "dossiers")) {
        if (!there.emplace(stringAt(dossier, "code"), stringAt(dossier, "uid")).second) {
            m_wrongs.add("twice at the portal: " + stringAt(dossier, "code"));
        }
    }
    const Json list = call("list").json();
    std::size_t here = 0;
    for (const auto& row : at(list, "dossiers")) {
        ++here;
        const auto found = there.find(stringAt(row, "code"));
        if (found == there.end() || found->second != stringAt(row, "uid")) {
            m_wrongs.add("not at the portal: " + stringAt(row, "code"));
        }
    }
    if (here == 0 || here != there.size()) {
        m_wrongs.add("here " + std::to_string(here) + " dossiers, at the portal " +
                     std::to_string(there.size()));
    }
}

} // namespace motcua
