// SPDX-License-Identifier: GPL-3.0-or-later
// "Let the i-th disk access fail" over everything a counter writes, until a run meets no failure any more.
#include "core/db/migrator.h"
#include "core/desk/catalogue_desk.h"
#include "core/journal/register_schema.h"
#include "core/vault/migrate_on_copy.h"
#include "sync/engine/sync_engine.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/scripted_portal.h"
#include "tests/support/small_counter.h"

#include <array>
#include <catch2/catch.hpp>

using namespace motcua;

namespace {

constexpr std::int64_t kTooMany = 3'000;

/// What stands in the register, as far as halves of an act would show.
struct Stock
{
    std::int64_t dossiers = 0;
    std::int64_t operations = 0;
    std::int64_t entries = 0;
    std::int64_t settled = 0;
    std::int64_t found = 0; ///< by search
    auto operator<=>(const Stock&) const = default;
};

/// A counter on a disk that fails when it is told to, and a portal that really signs.
class FailingCounter
{
public:
    FailingCounter() : m_counter(1, 1, FaultDisk::the().name()), m_random(5)
    {
        PortalBinding binding;
        binding.url = "https://portal.example.vn";
        binding.token = "token";
        binding.portalEpoch = m_portal.epoch();
        binding.keys = Json::array({toJson(m_portal.key())});
        REQUIRE(m_counter.portal->bind(binding));
        m_portal.always = m_portal.contented();
    }
    ~FailingCounter() { FaultDisk::the().heal(); }
    FailingCounter(const FailingCounter&) = delete;
    FailingCounter& operator=(const FailingCounter&) = delete;

    SmallCounter& operator*() { return m_counter; }
    SmallCounter* operator->() { return &m_counter; }
    ScriptedPortal& portal() { return m_portal; }

    /// The program is started again on a disk that works; everything must open and verify.
    Stock reopen()
    {
        FaultDisk::the().heal();
        REQUIRE(m_counter.restart(FaultDisk::the().name()));
        const auto findings = m_counter.findings();
        INFO((findings.empty() ? std::string() : findings.front().kind + " " + findings.front().detail));
        REQUIRE(findings.empty());
        return stock();
    }

    Stock stock()
    {
        Stock stock;
        const auto operations = m_counter.desk->queue().operations(true);
        REQUIRE(operations);
        stock.operations = static_cast<std::int64_t>(operations->size());
        for (const auto& each : *operations) {
            stock.settled += isFinal(each.state) ? 1 : 0;
        }
        stock.dossiers = static_cast<std::int64_t>(m_counter.desk->dossiers().list({})->size());
        stock.found =
            static_cast<std::int64_t>(m_counter.desk->dossiers().find("nguyen ha", 100'000)->rows.size());
        stock.entries = m_counter.portal->head()->position.seq();
        return stock;
    }

    /// The engine's next steps, until it rests or something fails.
    Result<void> synchronize()
    {
        Queue queue(*m_counter.connection, m_counter.folder->identity().install);
        SyncEngine engine(*m_counter.portal, queue, m_portal, m_counter.clock, m_random);
        for (int i = 0; i < 30; ++i) {
            if (TRY(engine.step()).did == Did::Idle) {
                break;
            }
        }
        return {};
    }

private:
    SmallCounter m_counter;
    ScriptedPortal m_portal;
    SeededRandom m_random;
};

/// Runs `act` with the first, the second, the third … access failing, until a run meets no failure. After
/// each run the counter is opened again, and `look` sees what stood there before, what stands there now, and
/// whether the act said that it was done.
void failAtEach(FailingCounter& counter, FaultDisk::Manner manner, const std::function<bool()>& act,
                const std::function<void(const Stock& before, const Stock& after, bool done)>& look)
{
    for (std::int64_t i = 1; i < kTooMany; ++i) {
        INFO("access " << i);
        const auto before = counter.stock();
        FaultDisk::the().failAt(i, manner);
        const bool done = act();
        const bool failed = FaultDisk::the().hasFailed();
        const auto after = counter.reopen();
        look(before, after, done);
        if (!failed) {
            REQUIRE(done);
            INFO("accesses in all: " << i - 1);
            CHECK(i > 3);
            return;
        }
    }
    FAIL("the act never came to its end");
}

const std::array kManners{FaultDisk::Manner::Once, FaultDisk::Manner::FromNow};

} // namespace

TEST_CASE("receiving: number, entry, row, search and operation are all there or none is")
{
    for (const auto manner : kManners) {
        FailingCounter counter;
        failAtEach(
            counter, manner, [&] { return counter->desk->receive(counter->draft()).has_value(); },
            [](const Stock& before, const Stock& after, bool done) {
                const auto more = after.dossiers - before.dossiers;
                // What was said to be saved is there; what was not may be there all the same, but then whole.
                CHECK((done ? more == 1 : more == 0 || more == 1));
                CHECK(after.operations - before.operations == more);
                CHECK(after.entries - before.entries == more);
                CHECK(after.found - before.found == more);
            });
    }
}

TEST_CASE("sending and being acknowledged: an operation is settled by its receipt or still goes")
{
    for (const auto manner : kManners) {
        FailingCounter counter;
        failAtEach(
            counter, manner,
            [&] {
                // Two that wait at each round; whatever an earlier round left over goes as well.
                const bool received =
                    counter->desk->receive(counter->draft()) && counter->desk->receive(counter->draft());
                return received && counter.synchronize().has_value();
            },
            [&](const Stock&, const Stock& after, bool done) {
                CHECK((!done || after.settled == after.operations));
                REQUIRE(counter.synchronize());
                const auto later = counter.stock();
                CHECK(later.settled == later.operations);
            });
    }
}

TEST_CASE("pulling: a page and its cursor are there together, and nothing is pulled twice or left out")
{
    for (const auto manner : kManners) {
        FailingCounter counter;
        const auto received = counter->desk->receive(counter->draft("Lê Thị Khác"));
        REQUIRE(received);
        const auto dossier = counter->desk->dossiers().byCode(received->code)->dossier;
        int page = 0;
        failAtEach(
            counter, manner,
            [&] {
                ++page;
                PulledChange change;
                change.seq = page;
                change.uid = makeUuidV7(page, counter->random);
                change.rev = std::string(32 - std::to_string(page).size(), '0') + std::to_string(page);
                change.dossier = dossier;
                change.dossier["code"] = "H26.131-261121-" + std::to_string(100'000 + page).substr(0, 6);
                change.dossier["applicant"]["name"] = "Nguyễn Văn Hà";
                return counter->portal->storePage("e1", {change}, "c" + std::to_string(page)).has_value();
            },
            [&](const Stock& before, const Stock& after, bool done) {
                const auto more = after.dossiers - before.dossiers;
                CHECK((done ? more == 1 : more == 0 || more == 1));
                CHECK(after.found - before.found == more);
                const auto cursor = counter->portal->binding()->value().cursor;
                CHECK((cursor == "c" + std::to_string(page)) == (more == 1));
            });
    }
}

TEST_CASE("changing, moving and deciding: the register and the queue agree at every failure")
{
    for (const auto manner : kManners) {
        FailingCounter counter;
        const auto received = counter->desk->receive(counter->draft());
        REQUIRE(received);
        int number = 0;
        failAtEach(
            counter, manner,
            [&] {
                const Json set{{"/applicant/phone", "0900" + std::to_string(100'000 + ++number)}};
                return counter->desk->change(received->code, set, "dân báo").has_value();
            },
            [](const Stock& before, const Stock& after, bool done) {
                const auto more = after.operations - before.operations;
                CHECK((done ? more == 1 : more == 0 || more == 1));
                CHECK(after.entries - before.entries == more);
            });
    }
}

TEST_CASE("taking the city's catalogue: letter, what is held and the journal's line are all there or none is")
{
    for (const auto manner : kManners) {
        FailingCounter counter;
        int number = 0;
        const auto desk = [&] {
            return CatalogueDesk(*counter->connection, counter->folder->identity(), counter->clock);
        };
        failAtEach(
            counter, manner,
            [&] {
                ++number;
                const HeldCatalogue head{"v" + std::to_string(number), counter->clock.now(), "\"e\"", {}, {}};
                return desk().take(head, std::string(20'000, 'x') + std::to_string(number)).has_value();
            },
            [&](const Stock& before, const Stock& after, bool done) {
                const auto held = *desk().held();
                const bool isNew = held && held->version == "v" + std::to_string(number);
                CHECK((!done || isNew));
                CHECK(after.entries - before.entries == (isNew ? 1 : 0));
                CHECK((!held || desk().letter().has_value()));
            });
    }
}

TEST_CASE("making a register: it is there whole, or it is not there and can be made again", "[.vault]")
{
    for (const auto manner : kManners) {
        for (std::int64_t i = 1; i < kTooMany; ++i) {
            INFO("access " << i);
            TemporaryFolder home;
            FakeClock clock;
            SeededRandom random(3);
            const NewRegister made = practiceRegister();
            FaultDisk::the().failAt(i, manner);
            const auto vfs = FaultDisk::the().name();
            const bool done =
                RegisterFolder::create(home.path() / "r", made, practiceSignIn(vfs), clock, random)
                    .has_value();
            const bool failed = FaultDisk::the().hasFailed();
            FaultDisk::the().heal();
            auto opened = RegisterFolder::open(home.path() / "r", practiceSignIn(vfs), clock);
            CHECK((!done || opened.has_value()));
            if (!opened) {
                CHECK(opened.error().kind == ErrorKind::NotFound);
                CHECK(RegisterFolder::create(home.path() / "r", made, practiceSignIn(vfs), clock, random));
            }
            if (!failed) {
                REQUIRE(done);
                break;
            }
        }
    }
}

TEST_CASE("migrating: the file has the old schema with its content, or the new one with its content")
{
    const Schema before = registerSchema();
    std::vector<Migration> steps(before.migrations.begin(), before.migrations.end());
    steps.push_back({before.latest() + 1, "CREATE TABLE thing(a TEXT NOT NULL) STRICT; "
                                          "INSERT INTO thing SELECT value FROM setting WHERE key = 'kept'"});
    const Schema after{before.applicationId, steps};
    const Secret key(std::string(32, 'k'));
    TemporaryFolder home;
    const auto path = home.path() / "register.db";
    const auto open = [&] {
        OpenOptions options;
        options.path = path.string();
        options.mode = OpenMode::Create;
        options.key = &key;
        options.vfs = FaultDisk::the().name();
        return Connection::open(options);
    };
    for (const auto manner : kManners) {
        for (std::int64_t i = 1; i < kTooMany; ++i) {
            INFO("access " << i);
            for (const auto& entry : std::filesystem::directory_iterator(home.path())) {
                std::filesystem::remove(entry.path());
            }
            {
                auto old = open();
                REQUIRE(old);
                REQUIRE(migrate(*old, before));
                REQUIRE(old->execute("INSERT INTO setting(key, value) VALUES('kept', 'x')"));
            }
            FaultDisk::the().failAt(i, manner);
            const bool done = migrateOnCopy(path, after, key, FaultDisk::the().name()).has_value();
            const bool failed = FaultDisk::the().hasFailed();
            FaultDisk::the().heal();

            auto now = open();
            REQUIRE(now);
            const auto state = schemaState(*now, after);
            REQUIRE(state);
            CHECK((done ? *state == SchemaState::Current : *state != SchemaState::Empty));
            REQUIRE(migrate(*now, after)); // what was not done can be done now
            auto rows = now->prepare("SELECT count(*) FROM thing WHERE a = 'x'");
            REQUIRE(rows);
            REQUIRE(rows->step());
            CHECK(rows->integer(0) == 1);
            if (!failed) {
                REQUIRE(done);
                break;
            }
        }
    }
}
