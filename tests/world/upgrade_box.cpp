// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/upgrade_box.h"

#include "core/base/check.h"
#include "core/base/file.h"
#include "tests/support/world_templates.h"
#include "tests/world/crash_digest.h"
#include "tests/world/upgrade_register.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

namespace motcua {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr long kEdge = 6; // the first and last moments are always tried
constexpr long kSendEvery = 25;
constexpr std::size_t kWrongsMost = 10;
constexpr std::size_t kFileMost = std::size_t{256} << 20;

template<class T> const T& good(const T& answer)
{
    require(answer.has_value(), "what prepares the upgrade is done");
    return answer;
}

std::string mixtureOf(const std::vector<std::string>& operations)
{
    std::map<std::string, int> counts;
    for (const auto& each : operations) {
        ++counts[each.substr(each.find_last_of(' ') + 1)];
    }
    std::string text;
    for (const auto& [state, count] : counts) {
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + state;
    }
    return text;
}

} // namespace

UpgradeBox::UpgradeBox(int operations)
    : m_folder(WorldTemplates::the().counter(1).home.parent_path() / "upgrade")
{
    build(operations);
    freshFolder();
    require(open().has_value(), "the undisturbed upgrade is done");
    m_undisturbed = *good(upgraded());
    m_undisturbedSent = send(m_undisturbed.bytes);
    m_sums.operations = static_cast<long>(m_undisturbed.operations.size());
}

UpgradeBox::~UpgradeBox()
{
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

void UpgradeBox::build(int operations)
{
    auto& counter = m_world.counter();
    // A part is settled before, another part went wrong in each of the ways in which it can.
    std::vector<std::string> codes;
    for (int i = 0; i < operations / 10; ++i) {
        codes.push_back(counter.receive("Trần Thị " + std::to_string(i)));
    }
    require(m_world.comesToRest(), "the first part is settled");
    troubleAtThePortal(codes);
    counter.network().weather.loseAnswer = 100;
    good(addMixedWork(counter.desk(), counter.store().draft(), operations / 10));
    m_world.runFor(2min);
    counter.network().weather = {};
    counter.network().isDown = true;
    const auto there = good(counter.desk().queue().operations(true))->size();
    good(addMixedWork(counter.desk(), counter.store().draft(), operations - static_cast<int>(there)));
    m_portal = m_world.portal().copyDisk();
    m_then = counter.store().clock.now();

    auto& store = counter.store();
    m_mixture = mixtureOf(*good(operationStates(*store.connection, store.identity().install)));
    const auto now = store.copyDisk().database;
    counter.kill();
    fs::create_directories(m_folder);
    fs::copy_file(WorldTemplates::the().counter(store.identity().slot).home / "register.keys",
                  m_folder / "register.keys", fs::copy_options::overwrite_existing);
    m_old = now;
    freshFolder();
    {
        OpenOptions options;
        options.path = (m_folder / "register.db").string();
        options.key = &store.dataKey();
        auto connection = Connection::open(options);
        good(connection);
        const auto down = bringDownToSchema1(*connection);
        require(down.has_value(), down ? "" : down.error().detail.c_str());
    }
    m_old = *good(readFile(m_folder / "register.db", kFileMost));
}

/// Changes on which both sides worked, and one on a dossier that the city has taken away.
void UpgradeBox::troubleAtThePortal(const std::vector<std::string>& codes)
{
    auto& counter = m_world.counter();
    counter.network().isDown = true;
    for (std::size_t i = 0; i < codes.size() / 5; ++i) {
        const Uid uid(good(counter.desk().dossiers().byCode(codes[i]))->row.uid);
        good(counter.desk().change(codes[i], {{"/applicant/name", "Nguyễn Văn Đây"}}, "theo giấy khai sinh"));
        if (i % 3 == 2) {
            good(m_world.portal().city().takeAway(uid));
        } else {
            good(m_world.portal().city().set(uid, {{"/applicant/name", "Nguyễn Văn Kia"}}));
        }
    }
    counter.network().isDown = false;
    m_world.runFor(10min);
}

void UpgradeBox::freshFolder() const
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(m_folder)) {
        if (entry.path().filename() != "register.keys") {
            fs::remove(entry.path(), ignored);
        }
    }
    std::ofstream(m_folder / "register.db", std::ios::binary) << m_old;
}

Result<void> UpgradeBox::open()
{
    auto who = WorldTemplates::signIn();
    who.vfs = FaultDisk::the().name();
    const FakeClock clock;
    const auto opened = RegisterFolder::open(m_folder, std::move(who), clock);
    return opened ? Result<void>{} : tl::unexpected(opened.error());
}

bool UpgradeBox::openAndDie()
{
    const auto child = ::fork();
    require(child >= 0, "a process is made");
    if (child == 0) {
        ::_exit(open() ? 0 : 1);
    }
    int status = 0;
    require(::waitpid(child, &status, 0) == child && WIFEXITED(status), "the process has ended");
    require(WEXITSTATUS(status) != 1, "it upgrades or it dies");
    return WEXITSTATUS(status) == FaultDisk::kDied;
}

long UpgradeBox::countSteps(FaultDisk::Manner manner)
{
    freshFolder();
    FaultDisk::the().failAt(1L << 40, manner);
    require(open().has_value(), "nothing fails");
    const auto steps = FaultDisk::the().accesses();
    FaultDisk::the().heal();
    return steps;
}

void UpgradeBox::endEverywhere(long moments)
{
    for (const auto manner : {FaultDisk::Manner::Once, FaultDisk::Manner::FromNow, FaultDisk::Manner::Dies,
                              FaultDisk::Manner::PowerCut}) {
        const long last = countSteps(manner);
        const long stride = std::max(1L, last / std::max(1L, moments));
        for (long step = 1; step <= last; ++step) {
            if (step <= kEdge || step > last - kEdge || step % stride == 0) {
                endOnce(manner, step);
            }
        }
    }
}

void UpgradeBox::endOnce(FaultDisk::Manner manner, long step)
{
    static constexpr std::array kNames{"error", "disk gone", "killed", "power cut"};
    const auto where =
        std::string(kNames[static_cast<std::size_t>(manner)]) + " at access " + std::to_string(step);
    freshFolder();
    FaultDisk::the().failAt(step, manner, static_cast<std::uint64_t>(step) * 31 + 7);
    if (manner == FaultDisk::Manner::Dies || manner == FaultDisk::Manner::PowerCut) {
        static_cast<void>(openAndDie());
    } else {
        static_cast<void>(open());
    }
    FaultDisk::the().heal();
    judge(where, ++m_judged % kSendEvery == 0);
}

void UpgradeBox::endBetweenNames()
{
    const auto kept = m_folder / "register.db.before-x";
    for (const char* there : {"copy", "copy and link", "new without link", "copy cut short"}) {
        const std::string_view name(there);
        freshFolder();
        if (name.starts_with("copy")) {
            std::ofstream(m_folder / "register.db.migrating", std::ios::binary) << m_undisturbed.bytes.substr(
                0, m_undisturbed.bytes.size() / (name.ends_with("short") ? 3 : 1));
        } else {
            std::ofstream(m_folder / "register.db", std::ios::binary) << m_undisturbed.bytes;
        }
        if (name == "copy and link") {
            fs::create_hard_link(m_folder / "register.db", kept);
        }
        judge(name.data(), true);
    }
}

Result<UpgradeBox::Upgraded> UpgradeBox::upgraded()
{
    Upgraded found;
    {
        OpenOptions options;
        options.path = (m_folder / "register.db").string();
        options.key = &m_world.counter().store().dataKey();
        auto connection = TRY(Connection::open(options));
        found.digest = TRY(RegisterDigest(connection).now());
        found.operations = TRY(operationStates(connection, m_world.counter().store().identity().install));
    }
    found.bytes = TRY(readFile(m_folder / "register.db", kFileMost));
    return found;
}

void UpgradeBox::judge(const std::string& where, bool sends)
{
    ++m_sums.steps;
    if (const auto opened = open(); !opened) {
        wrong(m_sums.lost, where + ": the register does not open: " + opened.error().detail);
        return;
    }
    const auto found = upgraded();
    if (!found || found->digest != m_undisturbed.digest || found->operations != m_undisturbed.operations) {
        wrong(m_sums.lost, where + ": not what an undisturbed upgrade gives");
        return;
    }
    if (sends) {
        compare(send(found->bytes), where);
    }
}

UpgradeBox::Sent UpgradeBox::send(const std::string& bytes)
{
    auto& counter = m_world.counter();
    counter.kill();
    m_world.portal().rewind(m_portal);
    MemoryDisk::the().put(counter.store().machine() + "register.db", bytes);
    counter.network().isDown = false;
    // What is made on the way bears the same times each time.
    counter.store().clock.setWall(m_then);
    m_world.portal().clock.setWall(m_then);
    counter.start();
    require(m_world.comesToRest(), "the queue comes to rest");

    Sent sent;
    auto& store = counter.store();
    sent.operations = *good(operationStates(*store.connection, store.identity().install));
    for (const auto& dossier : m_world.portal().dossiers()) {
        sent.dossiers.push_back(dossier.uid.text() + (dossier.gone ? " gone " : " ") + dossier.text);
    }
    std::sort(sent.dossiers.begin(), sent.dossiers.end());
    for (const auto& each : sent.operations) {
        const auto there = m_world.portal().operation(each.substr(0, each.find(' ')));
        sent.effects += there && there->result == Outcome::Applied ? 1 : 0;
    }
    return sent;
}

void UpgradeBox::compare(const Sent& sent, const std::string& where)
{
    std::set<std::string> there(sent.dossiers.begin(), sent.dossiers.end());
    if (there.size() != sent.dossiers.size() || sent.dossiers.size() > m_undisturbedSent.dossiers.size()) {
        wrong(m_sums.twice, where + ": a dossier is twice at the portal");
    }
    if (sent.operations != m_undisturbedSent.operations || sent.effects != m_undisturbedSent.effects) {
        wrong(m_sums.lost, where + ": the operations came to another end");
    }
    if (sent.dossiers != m_undisturbedSent.dossiers) {
        wrong(m_sums.lost, where + ": the portal has other dossiers");
    }
}

void UpgradeBox::wrong(long& kind, const std::string& what)
{
    ++kind;
    if (m_wrongs.size() < kWrongsMost) {
        m_wrongs.push_back(what);
    }
}

} // namespace motcua
