// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault_bench.h"

#include "sync/transport/enrol_device.h"
#include "tests/support/world_portal.h"

#include <QCoreApplication>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

namespace motcua::faults {

namespace {

using namespace std::chrono_literals;

constexpr const char* kUnit = "H26.131";

QCoreApplication& application()
{
    static int count = 1;
    static char name[] = "test";
    static char* names[] = {name, nullptr};
    static QCoreApplication made(count, names);
    return made;
}

std::string bytesOfFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

bool isAcknowledged(OpState state)
{
    return state == OpState::Acknowledged || state == OpState::Confirmed;
}

} // namespace

// ------------------------------------------------------------------------------------------ the way

Request FaultBench::Switch::timed(Request request) const
{
    if (hurried) {
        request.timeouts = {250ms, 250ms, 500ms};
    }
    return request;
}

Reply FaultBench::Switch::exchange(const Request& request)
{
    return inner->exchange(timed(request));
}

void FaultBench::Switch::start(const Request& request)
{
    inner->start(timed(request));
}

void FaultBench::goTo(const std::string& url, const std::string& ca)
{
    for (int i = 0; i < 10 && engine && engine->isUnderWay(); ++i) {
        step(); // what is under way ends on the way that it took
    }
    auto made = HttpTransport::create(url, ca);
    REQUIRE(made);
    m_switch.inner = std::move(*made);
}

void FaultBench::useTls(const char* certificate, const char* key, const char* ca)
{
    way.listenTls(certificate, key);
    m_ca = ca;
    goBack();
}

// ---------------------------------------------------------------------------------------- both ends

FaultBench::FaultBench(EngineOptions options)
    : way((application(), [this](const Request& request) { return portalHandles(request); })),
      m_options(std::move(options))
{
    openPortal();
    REQUIRE(office->keys().addUnit({kUnit, "UBND xã Phúc Thọ"}));
    enrol();
    goBack();
    startEngine();
}

FaultBench::~FaultBench() = default;

void FaultBench::openPortal()
{
    const auto opened = [this] {
        auto portal = portal::Portal::open(m_portalHome.path().string(), portalClock, portalRandom);
        REQUIRE(portal);
        return std::move(*portal);
    };
    api = std::make_unique<portal::PortalApi>(opened(), portalClock);
    office = std::make_unique<portal::Portal>(opened());
}

Reply FaultBench::portalHandles(const Request& request)
{
    return replyOf(api->handle(askOf(request)));
}

void FaultBench::enrol()
{
    const auto code = office->keys().newEnrolmentCode(kUnit);
    REQUIRE(code);
    const auto enrolled =
        enrolDevice(way.url(), {}, *code, counter.folder->identity(), "Quầy 1", counter.clock);
    REQUIRE(enrolled);
    REQUIRE(counter.portal->bind(enrolled->binding));
}

void FaultBench::startEngine()
{
    m_queue = std::make_unique<Queue>(*counter.connection, counter.folder->identity().install);
    engine =
        std::make_unique<SyncEngine>(*counter.portal, *m_queue, m_switch, counter.clock, m_random, m_options);
}

void FaultBench::restartProgram()
{
    engine.reset();
    m_queue.reset();
    REQUIRE(counter.restart());
    goBack();
    startEngine();
}

std::string FaultBench::copyPortal()
{
    const auto copy = (m_portalHome.path() / "copy").string();
    auto& store = static_cast<portal::SqliteDossierStore&>(office->dossiers());
    REQUIRE(store.connection().backupTo(copy, nullptr));
    auto bytes = bytesOfFile(copy);
    std::filesystem::remove(copy);
    return bytes;
}

void FaultBench::restorePortal(const std::string& copy)
{
    api.reset();
    office.reset();
    const auto database = (m_portalHome.path() / "portal.db").string();
    for (const char* suffix : {"-wal", "-shm"}) {
        std::filesystem::remove(database + suffix);
    }
    std::ofstream(database, std::ios::binary | std::ios::trunc) << copy;
    openPortal();
}

// ------------------------------------------------------------------------------------------ the day

std::string FaultBench::receive(const std::string& name)
{
    const auto received = counter.desk->receive(counter.draft(name));
    REQUIRE(received);
    remember();
    return received->code;
}

void FaultBench::receive(int count)
{
    for (int i = 0; i < count; ++i) {
        receive("Nguyễn Văn " + std::string(1, static_cast<char>('A' + i % 26)) + std::to_string(i));
    }
}

void FaultBench::changePhone(const std::string& code, const std::string& phone)
{
    REQUIRE(counter.desk->change(code, {{"/applicant/phone", phone}}, "Dân báo số mới"));
    remember();
}

void FaultBench::advance(Millis by)
{
    counter.clock.advance(by);
    portalClock.advance(by);
}

EngineStep FaultBench::step()
{
    const auto done = engine->step();
    INFO((done ? "" : done.error().detail));
    REQUIRE(done);
    m_troubles.insert(trouble());
    remember(); // merging writes operations too
    check();
    return *done;
}

bool FaultBench::turn()
{
    const EngineStep done = step();
    if (done.did != Did::Idle && done.did != Did::Waiting) {
        return true;
    }
    advance(std::max(Millis{0}, done.until - counter.clock.monotonic()));
    return false;
}

void FaultBench::endure(int calls)
{
    for (int most = 20 * calls; most > 0 && calls > 0; --most) {
        calls -= turn() ? 1 : 0;
    }
    REQUIRE(calls == 0);
    checkPortal();
}

bool FaultBench::isAtRest()
{
    const auto all = operations();
    return std::all_of(all.begin(), all.end(), [](const QueuedOperation& each) {
        return isFinal(each.state) && each.state != OpState::Acknowledged; // it has come back too
    });
}

void FaultBench::comeToRest()
{
    way.clear();
    m_switch.hurried = false;
    const Millis end = counter.clock.monotonic() + 12h;
    for (int i = 0; i < 1'000 && !isAtRest() && counter.clock.monotonic() < end; ++i) {
        static_cast<void>(turn());
    }
}

void FaultBench::recover()
{
    comeToRest();
    portalForgets = false;
    for (const auto& path : way.unmet()) {
        FAIL_CHECK("no request met what was to happen to " << path);
    }
    CHECK(waiting() == 0);
    for (const auto& each : operations()) {
        INFO(each.op << " " << opStateName(each.state) << " " << each.lastError.value_or(""));
        CHECK((each.state == OpState::Confirmed || each.state == OpState::Superseded ||
               each.state == OpState::Withdrawn));
    }
    check();
    checkPortal();
    CHECK(counter.findings().empty());
}

// ------------------------------------------------------------------------------------- what is known

std::vector<QueuedOperation> FaultBench::operations()
{
    auto all = counter.desk->queue().operations(true);
    REQUIRE(all);
    return std::move(*all);
}

int FaultBench::count(OpState state)
{
    const auto all = operations();
    return static_cast<int>(
        std::count_if(all.begin(), all.end(), [&](const auto& each) { return each.state == state; }));
}

std::int64_t FaultBench::waiting()
{
    const auto summary = counter.desk->queue().summary();
    REQUIRE(summary);
    return summary->waiting;
}

void FaultBench::remember()
{
    for (const auto& each : operations()) {
        m_written.emplace(each.op, each.digest);
    }
}

void FaultBench::check()
{
    std::size_t found = 0;
    for (const auto& each : operations()) {
        const auto written = m_written.find(each.op);
        REQUIRE(written != m_written.end());
        REQUIRE(written->second == each.digest);
        ++found;
        if (!isAcknowledged(each.state) || portalForgets) {
            continue;
        }
        const auto known = office->dossiers().findOp(OpId(each.op));
        REQUIRE(known);
        INFO(each.op << " counts as " << opStateName(each.state));
        REQUIRE(*known);
        REQUIRE((*known)->digest == each.digest);
        REQUIRE((*known)->result.has_value());
        REQUIRE((*(*known)->result == Outcome::Applied || *(*known)->result == Outcome::Cancelled));
    }
    REQUIRE(found == m_written.size()); // nothing lost
}

int FaultBench::applied()
{
    const auto rows = office->dossiers().changes(kUnit, {0, 1'000'000, 1'000'000, std::size_t{1} << 30});
    REQUIRE(rows);
    return static_cast<int>(std::count_if(rows->rows.begin(), rows->rows.end(),
                                          [](const auto& row) { return row.op.has_value(); }));
}

void FaultBench::checkPortal()
{
    const auto rows = office->dossiers().changes(kUnit, {0, 1'000'000, 1'000'000, std::size_t{1} << 30});
    REQUIRE(rows);
    std::set<std::string> ops;
    for (const auto& row : rows->rows) {
        if (row.op) {
            INFO(*row.op << " at the portal");
            CHECK(ops.insert(*row.op).second);    // nothing twice
            CHECK(m_written.count(*row.op) == 1); // nothing that nobody wrote
        }
    }
    const auto all = office->dossiers().allDossiers();
    REQUIRE(all);
    std::set<std::string> codes;
    for (const auto& each : *all) {
        CHECK(codes.insert(each.code).second);
    }
}

Uid FaultBench::uidOf(const std::string& code)
{
    for (const auto& each : operations()) {
        if (each.code == code) {
            return Uid(each.uid);
        }
    }
    FAIL("no dossier " << code);
    return {};
}

Json FaultBench::dossierAtPortal(const std::string& code)
{
    const auto found = office->dossiers().findDossier(uidOf(code));
    REQUIRE(found);
    REQUIRE(*found);
    return *parseJson((*found)->text);
}

} // namespace motcua::faults
