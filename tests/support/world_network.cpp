// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world_network.h"

#include "core/base/check.h"
#include "sync/protocol/gzip.h"
#include "sync/protocol/operation.h"

#include <set>
#include <sstream>

namespace motcua {

namespace {

constexpr std::size_t kGhostsMost = 20;
constexpr std::uint64_t kGhostMillisMost = 2 * 3'600'000;

Reply page(int status)
{
    return {Failure::None, status, {{"Content-Type", "text/html"}}, "<html>wifi</html>", {}};
}

Reply busy()
{
    return {Failure::None,
            503,
            {{"Content-Type", "application/problem+json"}, {"Retry-After", "3"}},
            R"({"type":"urn:motcua:problem:busy","title":"Bận"})",
            {}};
}

} // namespace

Reply WorldNetwork::broken(Failure failure, std::string_view word)
{
    fate = word;
    return {failure, 0, {}, {}, "weather"};
}

bool WorldNetwork::happens(int percent)
{
    // One throw of the dice a call, and each misfortune its share of the hundred.
    m_dice -= percent;
    return m_dice < 0 && m_dice >= -percent;
}

Reply WorldNetwork::exchange(const Request& request)
{
    ++calls;
    if (departs) {
        departs(request);
    }
    m_trace.add(request.path);
    m_trace.add(request.body);
    auto reply = travel(request);
    m_trace.mix(static_cast<std::uint64_t>(reply.status) * 16 + static_cast<std::uint64_t>(reply.failure));
    m_trace.add(reply.body);
    return reply;
}

Reply WorldNetwork::travel(const Request& request)
{
    if (isDown) {
        return broken(Failure::NoHost, "no network");
    }
    m_dice = static_cast<int>(m_random.below(100));
    if (happens(weather.reset)) {
        return broken(Failure::Reset, "reset before it arrived");
    }
    if (happens(weather.tear) && !request.body.empty()) {
        return torn(request);
    }
    if (happens(weather.ghost)) {
        keepGhost(request);
        return broken(Failure::Timeout, "under way for long");
    }
    if (happens(weather.busy)) {
        fate = "503";
        return busy();
    }
    if (happens(weather.bare503)) {
        fate = "503 of a box in between";
        return {Failure::None, 503, {{"Content-Type", "text/plain"}}, "no", {}};
    }
    if (happens(weather.captive)) {
        fate = "captive page";
        return page(200);
    }
    if (happens(weather.redirect)) {
        fate = "redirect";
        return page(302);
    }
    return delivered(request);
}

Reply WorldNetwork::handled(const Request& request)
{
    ++deliveries;
    return m_portal.handle(request);
}

Reply WorldNetwork::torn(const Request& request)
{
    ++deliveries;
    static_cast<void>(m_portal.handle(request, m_random.below(request.body.size())));
    return broken(Failure::Reset, "broke off within it");
}

Reply WorldNetwork::delivered(const Request& request)
{
    if (happens(weather.portalDies)) {
        const bool isDone = m_random.below(2) == 0;
        if (isDone) {
            static_cast<void>(handled(request));
        }
        m_portal.kill();
        return broken(Failure::Reset, isDone ? "portal died after it" : "portal died before it");
    }
    fate = "good";
    if (happens(weather.twice)) {
        fate = "arrived twice";
        static_cast<void>(handled(request));
    }
    if (happens(weather.echo)) {
        keepGhost(request);
    }
    auto reply = handled(request);
    if (happens(weather.counterDies)) {
        fate = "counter died waiting";
        throw CounterDied{};
    }
    if (happens(weather.loseAnswer)) {
        return broken(m_random.below(2) == 0 ? Failure::Timeout : Failure::Reset, "answer lost");
    }
    if (happens(weather.error500)) {
        fate = "done, then 500";
        return {Failure::None, 500, {{"Content-Type", "text/plain"}}, "oops", {}};
    }
    if (happens(weather.cutAnswer)) {
        fate = "answer cut";
        reply.body.resize(reply.body.size() / 2);
        return reply;
    }
    return happens(weather.forged) ? spoiled(std::move(reply)) : reply;
}

Reply WorldNetwork::spoiled(Reply reply)
{
    fate = "receipts forged";
    // One character of each signature's middle; the rest of the answer stays as it was.
    for (auto at = reply.body.find("\"receipt\":\""); at != std::string::npos;
         at = reply.body.find("\"receipt\":\"", at + 1)) {
        const auto end = reply.body.find('"', at + 11);
        auto& letter = reply.body[end - 20];
        letter = letter == 'A' ? 'B' : 'A';
    }
    return reply;
}

void WorldNetwork::keepGhost(const Request& request)
{
    if (m_ghosts.size() < kGhostsMost) {
        const Millis late{static_cast<std::int64_t>(m_random.below(kGhostMillisMost))};
        m_ghosts.push_back({request, m_portal.clock.monotonic() + late});
    }
}

void WorldNetwork::arrive(const Request& ghost)
{
    if (ghost.path == "/v1/ops") {
        const auto lines = headerOf(ghost.headers, "Content-Encoding") ? gunzip(ghost.body, kBatchBytesMax)
                                                                       : Result<std::string>(ghost.body);
        require(lines.has_value(), "the engine's own packing is read");
        std::istringstream text(*lines);
        std::set<std::string> operations;
        for (std::string line; std::getline(text, line);) {
            operations.insert(stringAt(*parseJson(line), "op"));
        }
        m_portal.noteLate(operations);
    }
    m_trace.add(handled(ghost).body);
}

void WorldNetwork::deliverGhosts()
{
    while (!m_ghosts.empty()) {
        const auto which = m_random.below(m_ghosts.size());
        std::swap(m_ghosts[which], m_ghosts.back());
        const auto ghost = std::move(m_ghosts.back());
        m_ghosts.pop_back();
        arrive(ghost.request);
    }
}

void WorldNetwork::deliverDueGhosts()
{
    for (std::size_t i = 0; i < m_ghosts.size();) {
        if (m_ghosts[i].due > m_portal.clock.monotonic()) {
            ++i;
            continue;
        }
        std::swap(m_ghosts[i], m_ghosts.back());
        const auto ghost = std::move(m_ghosts.back());
        m_ghosts.pop_back();
        arrive(ghost.request);
    }
}

} // namespace motcua
