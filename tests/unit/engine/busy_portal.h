// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/engine/engine_bench.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

/// A portal that has one request under way while the counter stores the answer before it.
namespace motcua::ahead {

struct Killed
{};

/// A portal that works while the counter does: it judges when a request arrives, and its answer is fetched
/// later. Remembers what it has applied.
class BusyPortal final : public Transport
{
public:
    explicit BusyPortal(EngineBench& bench) : m_bench(bench)
    {
        bench.portal.always = [this](const Request& request) { return answer(request); };
    }

    Reply exchange(const Request& request) override { return m_bench.portal.exchange(request); }
    void start(const Request& request) override
    {
        require(!m_answer || isGivingUp, "one request on the wire");
        events.push_back("start " + request.path.substr(0, request.path.find('?')));
        m_answer = m_bench.portal.exchange(request);
        if (departed) {
            departed();
        }
    }
    Reply finish() override
    {
        events.emplace_back("finish");
        return std::exchange(m_answer, std::nullopt).value();
    }

    /// Each line that ever arrived, in order.
    std::vector<std::string> sent;
    std::vector<std::string> events;
    std::function<void()> departed; ///< after a request is out
    bool isGivingUp = false;
    int pages = 1;

private:
    Reply answer(const Request& request)
    {
        if (request.path == "/v1/ops") {
            for (const auto& line : ScriptedPortal::linesOf(request)) {
                sent.push_back(line);
                m_applied[stringAt(*parseJson(line), "op")] = toHex(sha256(line));
            }
            return m_bench.portal.judging(Outcome::Applied)(request);
        }
        if (request.path == "/v1/ops/status") {
            return ScriptedPortal::json(toJson(stateOf(*parseJson(request.body))));
        }
        if (request.path == "/v1/hello") {
            return m_bench.portal.greeting()(request);
        }
        const int page = std::min(m_page + 1, pages);
        m_page = page;
        return m_bench.portal.page({}, "c" + std::to_string(page), page < pages)(request);
    }
    Results stateOf(const Json& asked)
    {
        Results results;
        results.portalEpoch = m_bench.portal.epoch();
        for (const std::string op : asked.at("ops")) {
            const auto found = m_applied.find(op);
            results.results.push_back(found == m_applied.end()
                                          ? m_bench.portal.result(op, "", Outcome::Unknown)
                                          : m_bench.portal.result(op, found->second, Outcome::Applied));
        }
        return results;
    }

    EngineBench& m_bench;
    std::optional<Reply> m_answer;
    std::map<std::string, std::string> m_applied;
    int m_page = 0;
};

/// A counter that sends one operation a call to such a portal, and was greeted.
struct Ahead
{
    explicit Ahead(int operations) : bench(oneByOne()), portal(bench)
    {
        for (int i = 0; i < operations; ++i) {
            bench.receive();
        }
        restart();
    }
    void restart()
    {
        bench.way = &portal;
        bench.restart();
        bench.step();
        REQUIRE(bench.portal.calls().back() == kHello);
        portal.events.clear();
    }
    static EngineOptions oneByOne()
    {
        EngineOptions options;
        options.batchCount = 1;
        return options;
    }

    EngineBench bench;
    BusyPortal portal;
};

inline int timesSent(const BusyPortal& portal, const std::string& line)
{
    return static_cast<int>(std::count(portal.sent.begin(), portal.sent.end(), line));
}

/// Each operation that the portal ever saw, it saw once.
inline bool isEachSentOnce(const BusyPortal& portal)
{
    return std::all_of(portal.sent.begin(), portal.sent.end(),
                       [&](const std::string& line) { return timesSent(portal, line) == 1; });
}

} // namespace motcua::ahead
