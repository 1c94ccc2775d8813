// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/backup.h"

#include "core/dossier/code.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

using namespace motcua;

namespace {

std::size_t filesIn(const std::filesystem::path& folder)
{
    std::error_code ignored;
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder, ignored)) {
        count += file.is_regular_file() ? 1 : 0;
    }
    return count;
}

} // namespace

TEST_CASE("a backup is one file, proven before it has its name, and restores to the same register")
{
    SmallCounter counter;
    const TemporaryFolder stick;
    const TemporaryFolder fresh;
    const std::string code = counter.desk->receive(counter.draft())->code;

    const auto backup = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);

    REQUIRE(backup);
    CHECK(filesIn(stick.path()) == 1);
    CHECK(backup->entries == 2);
    const auto unpacked = unpackBackup(backup->file, fresh.path() / "r");
    REQUIRE(unpacked);
    CHECK(unpacked->head == backup->head);
    auto restored = RegisterFolder::open(fresh.path() / "r", practiceSignIn(), counter.clock);
    REQUIRE(restored);
    REQUIRE(beginNewEpoch(*restored, counter.clock, NewEpoch::Restored));
    CHECK(restored->identity().epoch > 1);
    auto connection = restored->connect();
    REQUIRE(connection);
    Desk desk(*connection, restored->identity(), restored->actor(), counter.catalogue, counter.clock,
              counter.random);
    CHECK(desk.dossiers().byCode(code));
    const auto next = desk.receive(counter.draft());
    REQUIRE(next);
    CHECK(next->code == "H26.131-261121-1402");
    const auto verified =
        verifyRegister(*connection, restored->identity(), fieldOf(counter.catalogue), Depth::Full);
    REQUIRE(verified);
    CHECK(verified->findings.empty());
}

TEST_CASE("the same backup restored twice does not begin the same epoch twice, whatever the clock says")
{
    SmallCounter counter;
    const TemporaryFolder stick;
    const auto backup = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);
    REQUIRE(backup);
    const auto epochAfterRestore = [&] {
        const TemporaryFolder fresh;
        REQUIRE(unpackBackup(backup->file, fresh.path() / "r"));
        auto restored = RegisterFolder::open(fresh.path() / "r", practiceSignIn(), counter.clock);
        REQUIRE(restored);
        REQUIRE(beginNewEpoch(*restored, counter.clock, NewEpoch::Restored));
        return restored->identity().epoch;
    };

    const auto first = epochAfterRestore();
    counter.clock.advance(std::chrono::minutes{1});
    const auto second = epochAfterRestore();
    CHECK(second > first);
    counter.clock.setWall(*parseRfc3339("2099-01-01T00:00:00Z"));
    CHECK(epochAfterRestore() < (std::int64_t{1} << 23));
    counter.clock.setWall(*parseRfc3339("1999-01-01T00:00:00Z"));
    const auto behind = epochAfterRestore();
    CHECK(behind > 1);
    counter.clock.advance(std::chrono::minutes{1});
    CHECK(epochAfterRestore() != behind);
}

TEST_CASE("two machines of one disk whose clocks lie behind do not begin the same epoch")
{
    SmallCounter counter;
    counter.clock.setWall(*parseRfc3339("2099-01-01T00:00:00Z"));
    REQUIRE(beginNewEpoch(*counter.folder, counter.clock, NewEpoch::Restored));
    const TemporaryFolder stick;
    const auto copy = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);
    REQUIRE(copy);
    counter.clock.setWall(*parseRfc3339("2026-11-21T00:00:00Z"));
    const auto epochOfMachine = [&] {
        const TemporaryFolder fresh;
        REQUIRE(unpackBackup(copy->file, fresh.path() / "r"));
        auto machine = RegisterFolder::open(fresh.path() / "r", practiceSignIn(), counter.clock);
        REQUIRE(machine);
        REQUIRE(beginNewEpoch(*machine, counter.clock, NewEpoch::Copied));
        return machine->identity().epoch;
    };

    const auto first = epochOfMachine();
    counter.clock.advance(std::chrono::minutes{1});
    CHECK(epochOfMachine() != first);
}

TEST_CASE("a restored machine and a copied one do not begin the same epoch in the same minute")
{
    SmallCounter counter;
    const TemporaryFolder stick;
    const auto copy = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);
    REQUIRE(copy);
    const auto epochAfter = [&](NewEpoch reason) {
        const TemporaryFolder fresh;
        REQUIRE(unpackBackup(copy->file, fresh.path() / "r"));
        auto machine = RegisterFolder::open(fresh.path() / "r", practiceSignIn(), counter.clock);
        REQUIRE(machine);
        REQUIRE(beginNewEpoch(*machine, counter.clock, reason));
        return machine->identity().epoch;
    };

    CHECK(epochAfter(NewEpoch::Copied) > epochAfter(NewEpoch::Restored));
}

TEST_CASE("two machines of one disk that begin anew jump to numbers of their own")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft()));
    const TemporaryFolder stick;
    const auto copy = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);
    REQUIRE(copy);
    std::set<std::string> codes;
    std::set<std::int64_t> kinds;
    for (int machines = 0; machines < 60 && kinds.size() < 2; ++machines) {
        const TemporaryFolder fresh;
        REQUIRE(unpackBackup(copy->file, fresh.path() / "r"));
        auto machine = RegisterFolder::open(fresh.path() / "r", practiceSignIn(), counter.clock);
        REQUIRE(machine);
        REQUIRE(beginNewEpoch(*machine, counter.clock, NewEpoch::Copied));
        auto connection = machine->connect();
        REQUIRE(connection);
        Desk desk(*connection, machine->identity(), machine->actor(), counter.catalogue, counter.clock,
                  counter.random);
        codes.insert(desk.receive(counter.draft())->code);
        kinds.insert(machine->identity().epoch % 3);
        counter.clock.advance(std::chrono::seconds{1});
    }

    CHECK(kinds.size() == 2);
    CHECK(codes.size() == 2);
}

TEST_CASE("a jump counts from all codes of the slot that were seen, and leaves numbers however often a day "
          "is jumped")
{
    SmallCounter counter;
    const Received ours = *counter.desk->receive(counter.draft());
    Json theirs = counter.desk->dossiers().byUid(ours.uid)->dossier;
    theirs["code"] = "H26.131-261121-1250";
    PulledChange change;
    change.uid = "01234567-89ab-7def-8123-456789abcdef";
    change.dossier = theirs;
    change.rev = std::string(32, 'a');
    change.seq = 1;
    REQUIRE(counter.portal->storePage("e1", {change}, "c1"));
    const auto next = [&] {
        REQUIRE(beginNewEpoch(*counter.folder, counter.clock, NewEpoch::Copied));
        Desk desk(*counter.connection, counter.folder->identity(), counter.folder->actor(), counter.catalogue,
                  counter.clock, counter.random);
        const auto received = desk.receive(counter.draft());
        REQUIRE(received);
        counter.clock.advance(std::chrono::seconds{1});
        return parseCode(received->code)->number;
    };

    CHECK(next() > 1450);
    int last = 0;
    for (int times = 0; times < 60; ++times) {
        const int number = next();
        REQUIRE(number > last);
        last = number;
    }
    CHECK(last < 19999);
    CHECK(counter.findings().empty());
}

TEST_CASE("a register and its backups may lie behind a symbolic link to a folder")
{
    const TemporaryFolder home;
    std::filesystem::create_directory(home.path() / "disk");
    std::filesystem::create_directory_symlink("disk", home.path() / "link");
    FakeClock clock;
    SeededRandom random{1};
    const auto folder = home.path() / "link" / "register";
    REQUIRE(RegisterFolder::create(folder, practiceRegister(), practiceSignIn(), clock, random));

    const auto opened = RegisterFolder::open(folder, practiceSignIn(), clock);
    REQUIRE(opened);
    auto connection = opened->connect();
    REQUIRE(connection);
    const auto backup = writeBackup(*opened, *connection, home.path() / "link" / "copies", clock);
    REQUIRE(backup);
    const auto into = home.path() / "link" / "restored";
    REQUIRE(unpackBackup(backup->file, into));
    CHECK(RegisterFolder::open(into, practiceSignIn(), clock));
}

TEST_CASE("a backup that is cut, changed or foreign restores nothing")
{
    SmallCounter counter;
    const TemporaryFolder stick;
    const auto backup = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);
    REQUIRE(backup);
    std::ifstream in(backup->file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    const auto kindOf = [&](const std::string& content) {
        const TemporaryFolder fresh;
        const auto file = stick.path() / "x.backup";
        std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
        const auto unpacked = unpackBackup(file, fresh.path() / "r");
        std::error_code ignored;
        CHECK_FALSE(std::filesystem::exists(fresh.path() / "r" / "register.db", ignored));
        return unpacked ? ErrorKind::Unsupported : unpacked.error().kind;
    };

    CHECK(kindOf("") == ErrorKind::Foreign);
    CHECK(kindOf("PK\3\4 something else entirely") == ErrorKind::Foreign);
    for (const std::size_t cut : {std::size_t{20}, std::size_t{120}, bytes.size() / 2, bytes.size() - 1}) {
        CHECK(kindOf(bytes.substr(0, cut)) == ErrorKind::Damaged);
    }
    std::string changed = bytes;
    changed[changed.size() - 100] = static_cast<char>(changed[changed.size() - 100] ^ 1);
    CHECK(kindOf(changed) == ErrorKind::Damaged);
}

TEST_CASE("a backup is never restored over a register, and a failed one leaves no file")
{
    SmallCounter counter;
    const TemporaryFolder stick;
    const auto backup = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);
    REQUIRE(backup);

    CHECK(unpackBackup(backup->file, counter.home.path()).error().kind == ErrorKind::Duplicate);
    CHECK_FALSE(writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock));
    CHECK_FALSE(writeBackup(*counter.folder, *counter.connection, "/proc/nowhere", counter.clock));
    CHECK(filesIn(stick.path()) == 1);
}
