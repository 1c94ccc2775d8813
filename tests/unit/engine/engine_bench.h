// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/sync_engine.h"
#include "tests/support/scripted_portal.h"
#include "tests/support/small_counter.h"

#include <memory>
#include <string>
#include <vector>

namespace motcua {

using Calls = std::vector<std::string>;
inline const std::string kHello = "POST /v1/hello";
inline const std::string kPush = "POST /v1/ops";
inline const std::string kStatus = "POST /v1/ops/status";
inline const std::string kPull = "GET /v1/changes";

/// One real counter, enrolled with a scripted portal, and the engine between them.
class EngineBench
{
public:
    explicit EngineBench(EngineOptions given = {}) : options(std::move(given)), random(7)
    {
        PortalBinding binding;
        binding.url = "https://portal.example.vn";
        binding.token = "token-1";
        binding.portalEpoch = portal.epoch();
        binding.keys = Json::array({toJson(portal.key())});
        require(counter.portal->bind(binding).has_value(), "a counter is bound");
        startEngine();
    }

    /// The program is started again; what the engine had in memory is gone.
    void restart()
    {
        engine.reset();
        queue.reset();
        catalogues.reset();
        require(counter.restart().has_value(), "the register opens again");
        startEngine();
    }

    std::string receive(const std::string& name = "Nguyễn Văn Hà")
    {
        const auto received = counter.desk->receive(counter.draft(name));
        require(received.has_value(), "a good draft is received");
        return received->code;
    }

    EngineStep step()
    {
        const auto done = engine->step();
        require(done.has_value(), done ? "" : done.error().detail.c_str());
        return *done;
    }
    /// Steps, waiting whenever it says so, until it is idle; at most so many.
    EngineStep settle(int most = 200)
    {
        EngineStep done;
        for (int i = 0; i < most; ++i) {
            done = step();
            if (done.did == Did::Idle) {
                break;
            }
            if (done.did == Did::Waiting) {
                counter.clock.advance(done.until - counter.clock.monotonic());
            }
        }
        return done;
    }

    std::vector<OpState> states()
    {
        std::vector<OpState> all;
        const auto operations = counter.desk->queue().operations(true);
        require(operations.has_value(), "the queue is read");
        for (const auto& operation : *operations) {
            all.push_back(operation.state);
        }
        return all;
    }
    std::int64_t waiting() { return counter.desk->queue().summary()->waiting; }

    SmallCounter counter;
    ScriptedPortal portal;
    Transport* way = &portal; ///< to the portal, from the next start on
    EngineOptions options;
    SeededRandom random;
    CatalogueDesk::Proof proof; ///< with one the catalogue is asked for, from the next start on
    std::unique_ptr<Queue> queue;
    std::unique_ptr<CatalogueDesk> catalogues;
    std::unique_ptr<SyncEngine> engine;

private:
    void startEngine()
    {
        queue = std::make_unique<Queue>(*counter.connection, counter.folder->identity().install);
        catalogues = std::make_unique<CatalogueDesk>(*counter.connection, counter.folder->identity(),
                                                     counter.clock, proof);
        engine = std::make_unique<SyncEngine>(*counter.portal, *queue, *way, counter.clock, random, options,
                                              nullptr, proof ? catalogues.get() : nullptr);
    }
};

} // namespace motcua
