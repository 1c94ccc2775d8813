// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/sync_engine.h"
#include "sync/reference_portal/city.h"
#include "sync/reference_portal/portal_api.h"
#include "sync/transport/http_transport.h"
#include "tests/faults/faulty_way.h"
#include "tests/support/small_counter.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace motcua::faults {

/// The real client (a register on disk, desk, engine, HTTP over a socket) and the real portal behind a way
/// that can be made bad. Time is a fake clock for both; where a timeout of the network is the story it is
/// made short with `hurry`.
///
/// After each step it is checked that nothing counts as acknowledged that the portal has not applied with the
/// same bytes, that nothing left the queue in any other way, and that nothing is at the portal twice.
class FaultBench
{
public:
    explicit FaultBench(EngineOptions options = {});
    FaultBench(const FaultBench&) = delete;
    FaultBench& operator=(const FaultBench&) = delete;
    ~FaultBench();

    // The counter's day.
    std::string receive(const std::string& name = "Nguyễn Văn Hà");
    void receive(int count);
    void changePhone(const std::string& code, const std::string& phone = "0987654321");
    /// Everything so far has gone, been acknowledged and come back.
    void settle() { recover(); }

    // What goes wrong.
    void during(const std::string& path, Fault fault, std::optional<int> times = {})
    {
        way.fault(path, std::move(fault), times);
    }
    /// The engine goes on against it: so many calls, and waits in between when it says so.
    void endure(int calls = 8);
    /// The fault is over: within half a day of the fake clock everything has gone and come back.
    void recover();
    /// As recover(), but something that needs a person may stay.
    void comeToRest();
    EngineStep step();
    void advance(Millis by);

    /// The portal at another address; it may be none.
    void goTo(const std::string& url, const std::string& ca = {});
    void goBack() { goTo(way.url(), m_ca); }
    void useTls(const char* certificate, const char* key, const char* ca);
    void hurry() { m_switch.hurried = true; }
    void restartProgram();

    // The portal's side.
    [[nodiscard]] Reply portalHandles(const Request& request);
    [[nodiscard]] portal::City city() { return {*office, portalClock, portalRandom}; }
    [[nodiscard]] std::string copyPortal();
    /// Its dossiers are as they were; its keys and enrolments are not touched.
    void restorePortal(const std::string& copy);
    /// The portal forgot something on purpose, so what was acknowledged may be missing there until the end.
    bool portalForgets = false;

    // What is known.
    [[nodiscard]] std::vector<QueuedOperation> operations();
    [[nodiscard]] int count(OpState state);
    [[nodiscard]] int acknowledged() { return count(OpState::Acknowledged) + count(OpState::Confirmed); }
    [[nodiscard]] std::int64_t waiting();
    [[nodiscard]] int applied(); ///< operations with an effect at the portal
    [[nodiscard]] Trouble trouble() const { return engine->state().trouble; }
    /// At any step so far.
    [[nodiscard]] bool saw(Trouble trouble) const { return m_troubles.count(trouble) == 1; }
    [[nodiscard]] Json dossierAtPortal(const std::string& code);
    [[nodiscard]] Uid uidOf(const std::string& code);

    SmallCounter counter;
    FakeClock portalClock;
    std::unique_ptr<portal::PortalApi> api;
    std::unique_ptr<portal::Portal> office; ///< the same store, for those who work at the city
    FaultyWay way;
    std::unique_ptr<SyncEngine> engine;

private:
    /// The transport that the engine holds; what is behind it can be changed.
    class Switch final : public Transport
    {
    public:
        Reply exchange(const Request& request) override;
        void start(const Request& request) override;
        Reply finish() override { return inner->finish(); }

        std::unique_ptr<HttpTransport> inner;
        bool hurried = false;

    private:
        [[nodiscard]] Request timed(Request request) const;
    };

    void openPortal();
    void startEngine();
    void enrol();
    void remember();
    void check();
    void checkPortal();
    [[nodiscard]] bool isAtRest();
    [[nodiscard]] bool turn(); ///< one step, and the pause after it; true: it was a call

    TemporaryFolder m_portalHome;
    SeededRandom portalRandom{11};
    SeededRandom m_random{7};
    EngineOptions m_options;
    Switch m_switch;
    std::string m_ca;
    std::unique_ptr<Queue> m_queue;
    std::set<Trouble> m_troubles;
    std::map<std::string, std::string> m_written; ///< digest by operation: all that was ever queued
};

} // namespace motcua::faults
