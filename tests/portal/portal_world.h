// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "sync/protocol/receipt.h"
#include "sync/reference_portal/city.h"
#include "sync/reference_portal/faults.h"
#include "sync/reference_portal/portal.h"
#include "tests/support/fake_clock.h"
#include "tests/support/postgres_server.h"
#include "tests/unit/dossier/dossier_samples.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <map>

namespace motcua::test {

/// A folder that is gone with the test.
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        SystemRandom random;
        m_path = std::filesystem::temp_directory_path() / ("motcua-portal-test-" + random.hex(8));
        std::filesystem::create_directories(m_path);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() { std::filesystem::remove_all(m_path); }
    [[nodiscard]] std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

/// The tests of this program run once over each store.
inline bool usesPostgres()
{
    const char* store = std::getenv("MOTCUA_TEST_STORE");
    return store != nullptr && std::string_view(store) == "postgresql";
}

/// A store that is gone with the test: a folder, or a database and a folder for what is no store.
class TestStore
{
public:
    TestStore() : m_database(usesPostgres() ? PostgresServer::the().borrow() : std::string()) {}
    TestStore(const TestStore&) = delete;
    TestStore& operator=(const TestStore&) = delete;
    ~TestStore()
    {
        if (!m_database.empty()) {
            m_sides.clear();
            PostgresServer::the().giveBack(m_database);
        }
    }
    /// A portal before the store; there may be others.
    [[nodiscard]] Result<portal::Portal> open(const Clock& clock, Random& random) const
    {
        return m_database.empty() ? portal::Portal::open(folder.path(), clock, random)
                                  : portal::Portal::connect(m_database, clock, random);
    }
    /// The dossiers are gone, as after a restore of an empty backup; keys and enrolments are not. No portal
    /// may be open.
    void loseDossiers() const
    {
        if (!m_database.empty()) {
            PostgresServer::execute(m_database, "DROP SCHEMA motcua_dossiers CASCADE");
        }
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(folder.path() + "/portal.db" + suffix);
        }
    }
    [[nodiscard]] const std::string& database() const { return m_database; }
    /// As words of a command line.
    [[nodiscard]] std::vector<std::string> words() const
    {
        return m_database.empty() ? std::vector<std::string>{"--data", folder.path()}
                                  : std::vector<std::string>{"--store", m_database};
    }
    /// Each with a connection of its own: the server's threads read it while a test writes it.
    [[nodiscard]] portal::FaultPlanPlace faultPlan()
    {
        if (m_database.empty()) {
            return portal::faultPlanFile(folder.path() + "/faults.json");
        }
        auto opened = open(m_clock, m_randoms.emplace_back());
        REQUIRE(opened);
        return portal::faultPlanSetting(m_sides.emplace_back(std::move(*opened)).keys());
    }

    TemporaryFolder folder;

private:
    std::string m_database; ///< its URL; empty: the store is embedded
    SystemClock m_clock;
    std::deque<SystemRandom> m_randoms;
    std::deque<portal::Portal> m_sides; ///< they hold the plan of faults
};

/// A portal with the city behind it.
class PortalWorld
{
public:
    PortalWorld() { restart(); }

    /// Closes the portal and opens it again from its store.
    void restart()
    {
        m_portal.reset();
        auto opened = store.open(clock, random);
        REQUIRE(opened);
        m_portal = std::make_unique<portal::Portal>(std::move(*opened));
        REQUIRE(m_portal->keys().addUnit({"H26.131", "UBND xã Phúc Thọ"}));
        REQUIRE(m_portal->keys().addUnit({"H26.132", "UBND xã Hát Môn"}));
    }
    void loseDossiers()
    {
        m_portal.reset();
        store.loseDossiers();
        restart();
    }
    [[nodiscard]] portal::Portal& portal() { return *m_portal; }
    [[nodiscard]] portal::City city() { return {*m_portal, clock, random}; }
    [[nodiscard]] std::string epoch() { return *m_portal->keys().epoch(); }

    TestStore store;
    FakeClock clock;
    SeededRandom random{7};

private:
    std::unique_ptr<portal::Portal> m_portal;
};

/// One counter, as far as a portal can see it. Every result that is read here has had its receipt checked.
class TestCounter
{
public:
    TestCounter(PortalWorld& world, char letter, const std::string& unit = "H26.131",
                std::optional<std::int64_t> slot = {})
        : install(32, letter), m_world(world)
    {
        const auto code = world.portal().keys().newEnrolmentCode(unit);
        REQUIRE(code);
        const auto reply = world.portal().enrol({*code, install, "Quầy", slot, "test 1.0"});
        REQUIRE(reply);
        REQUIRE(*reply);
        enrolment = **reply;
    }

    [[nodiscard]] portal::Device device()
    {
        const auto found = m_world.portal().authenticate(enrolment.token);
        REQUIRE(found);
        REQUIRE(*found);
        return **found;
    }

    [[nodiscard]] OpId name(std::int64_t number) const { return makeOpId({install, epoch, number}); }
    [[nodiscard]] std::string code(int number) const
    {
        const std::string digits = std::to_string(1000 + number).substr(1);
        return enrolment.unit + "-261121-" + std::to_string(enrolment.slot) + digits;
    }

    [[nodiscard]] Operation operation(OpKind kind, const Uid& uid, Json body)
    {
        Operation operation;
        operation.op = name(++seq);
        operation.kind = kind;
        operation.uid = uid;
        operation.at = *parseRfc3339("2026-11-21T02:00:00.000Z");
        operation.official = "lan";
        operation.chain = toHex64(seq);
        operation.body = std::move(body);
        return operation;
    }
    [[nodiscard]] Operation received(const Uid& uid, int number)
    {
        Json dossier = aDossier();
        dossier["code"] = code(number);
        return operation(OpKind::Received, uid, std::move(dossier));
    }
    [[nodiscard]] Operation changed(const Uid& uid, const Json& set, const std::optional<OpId>& after = {},
                                    const std::optional<Rev>& baseRev = {})
    {
        Operation change = operation(OpKind::Changed, uid, Json{{"set", set}});
        change.after = after;
        change.baseRev = baseRev;
        return change;
    }
    [[nodiscard]] Operation moved(const Uid& uid, const char* to, const std::optional<OpId>& after = {},
                                  const std::optional<Rev>& baseRev = {})
    {
        Operation move = operation(OpKind::Moved, uid, Json{{"to", to}});
        move.after = after;
        move.baseRev = baseRev;
        return move;
    }
    [[nodiscard]] Operation cancelled(const Uid& uid, const OpId& place)
    {
        Operation cancel = operation(OpKind::Cancelled, uid, Json{{"reason", "nhầm"}});
        cancel.supersedes = place;
        return cancel;
    }
    /// The same place again, with other content.
    [[nodiscard]] Operation superseding(Operation again, const OpId& place)
    {
        again.op = name(++seq);
        again.chain = toHex64(seq);
        again.supersedes = place;
        return again;
    }

    [[nodiscard]] portal::Reply<Results> pushLines(const std::string& body)
    {
        auto reply = m_world.portal().push(device(), body);
        REQUIRE(reply);
        return *reply;
    }
    [[nodiscard]] std::vector<OpResult> push(const std::vector<Operation>& operations)
    {
        std::string body;
        std::vector<std::string> lines;
        for (const Operation& each : operations) {
            lines.push_back(composeLine(each));
            body += lines.back() + "\n";
        }
        const auto reply = pushLines(body);
        REQUIRE(reply);
        REQUIRE(reply->results.size() == operations.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            CHECK(reply->results[i].op == operations[i].op);
            checkReceipt(reply->results[i], digestOf(lines[i]), reply->portalEpoch);
        }
        return reply->results;
    }
    [[nodiscard]] OpResult push(const Operation& operation) { return push(std::vector{operation}).front(); }
    /// The result's name, with the problem's where there is one: "rejected invalid-fields /op".
    [[nodiscard]] std::string outcome(const Operation& operation) { return described(push(operation)); }

    [[nodiscard]] static std::string described(const OpResult& result)
    {
        std::string text(outcomeName(result.result));
        if (result.problem) {
            text += " " + std::string(problemName(result.problem->type));
            for (const ProblemField& field : result.problem->fields) {
                text += " " + field.pointer;
            }
        }
        return text;
    }

    [[nodiscard]] OpResult status(const Operation& operation)
    {
        const auto status = m_world.portal().status(device(), operation.op);
        REQUIRE(status);
        checkReceipt(status->result, digestOf(composeLine(operation)), status->portalEpoch);
        return status->result;
    }

    /// A receipt stands exactly where the contract wants one, and proves what it stands beside.
    void checkReceipt(const OpResult& result, const std::string& digest, const std::string& portalEpoch)
    {
        CHECK(result.receipt.empty() == !provenOutcome(result.result).has_value());
        if (result.receipt.empty()) {
            return;
        }
        const auto keys = m_world.portal().keys().keys();
        REQUIRE(keys);
        const auto receipt =
            verifyReceipt(result.receipt, *keys, {result.op, digest, result.result, portalEpoch});
        REQUIRE(receipt);
        CHECK((receipt->problem.has_value() == result.problem.has_value() &&
               (!result.problem || receipt->problem == result.problem->type)));
        lastReceipt = *receipt;
    }

    [[nodiscard]] Rev revOf(const Uid& uid)
    {
        const auto dossier = m_world.portal().dossiers().findDossier(uid);
        REQUIRE(dossier);
        REQUIRE(*dossier);
        return (*dossier)->rev;
    }
    [[nodiscard]] Json dossier(const Uid& uid)
    {
        const auto found = m_world.portal().dossiers().findDossier(uid);
        REQUIRE(found);
        return *found ? *parseJson((*found)->text) : Json();
    }

    [[nodiscard]] static std::string toHex64(std::int64_t number)
    {
        return toHex(sha256(std::to_string(number)));
    }

    std::string install;
    std::int64_t epoch = 1;
    std::int64_t seq = 0;
    Enrolment enrolment;
    Receipt lastReceipt;

private:
    PortalWorld& m_world;
};

inline Uid aUid(int number)
{
    const std::string digits = std::to_string(100000000000 + number);
    return Uid("0192f0c1-2b3c-7d4e-8f50-" + digits);
}

/// Some 185 KB: fifty of them are more than a counter takes in one answer.
inline Json aLargeDossier()
{
    Json dossier = aDossier();
    dossier["form"]["matter"] = std::string(100'000, 'x');
    std::string name;
    for (int i = 0; i < 500; ++i) {
        name += "ế";
    }
    const Json component{{"code", "giay-khac"}, {"name", name}, {"originals", 1}, {"copies", 0}};
    for (int i = 0; i < 53; ++i) {
        dossier["components"].push_back(component);
    }
    return dossier;
}

} // namespace motcua::test
