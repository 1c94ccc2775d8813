// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world_network.h"

namespace motcua {

namespace {

constexpr std::size_t kGhostsMost = 20;

Reply broken(Failure failure)
{
    return {failure, 0, {}, {}, "weather"};
}

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

bool WorldNetwork::happens(int percent)
{
    // One throw of the dice a call, and each misfortune its share of the hundred.
    m_dice -= percent;
    return m_dice < 0 && m_dice >= -percent;
}

Reply WorldNetwork::exchange(const Request& request)
{
    ++calls;
    if (isDown) {
        return broken(Failure::NoHost);
    }
    m_dice = static_cast<int>(m_random.below(100));
    if (happens(weather.reset)) {
        return broken(Failure::Reset);
    }
    if (happens(weather.ghost)) {
        if (m_ghosts.size() < kGhostsMost) {
            m_ghosts.push_back(request);
        }
        return broken(Failure::Timeout);
    }
    if (happens(weather.busy)) {
        return busy();
    }
    if (happens(weather.bare503)) {
        return {Failure::None, 503, {{"Content-Type", "text/plain"}}, "no", {}};
    }
    if (happens(weather.captive)) {
        return page(200);
    }
    if (happens(weather.redirect)) {
        return page(302);
    }
    return delivered(request);
}

Reply WorldNetwork::delivered(const Request& request)
{
    if (happens(weather.portalDies)) {
        if (m_random.below(2) == 0) {
            static_cast<void>(m_portal.handle(request));
        }
        m_portal.kill();
        return broken(Failure::Reset);
    }
    if (happens(weather.twice)) {
        static_cast<void>(m_portal.handle(request));
    }
    auto reply = m_portal.handle(request);
    if (happens(weather.counterDies)) {
        throw CounterDied{};
    }
    if (happens(weather.loseAnswer)) {
        return broken(m_random.below(2) == 0 ? Failure::Timeout : Failure::Reset);
    }
    if (happens(weather.error500)) {
        return {Failure::None, 500, {{"Content-Type", "text/plain"}}, "oops", {}};
    }
    if (happens(weather.cutAnswer)) {
        reply.body.resize(reply.body.size() / 2);
        return reply;
    }
    return happens(weather.forged) ? spoiled(std::move(reply)) : reply;
}

Reply WorldNetwork::spoiled(Reply reply)
{
    // One character of each signature's middle; the rest of the answer stays as it was.
    for (auto at = reply.body.find("\"receipt\":\""); at != std::string::npos;
         at = reply.body.find("\"receipt\":\"", at + 1)) {
        const auto end = reply.body.find('"', at + 11);
        auto& letter = reply.body[end - 20];
        letter = letter == 'A' ? 'B' : 'A';
    }
    return reply;
}

void WorldNetwork::deliverGhosts()
{
    while (!m_ghosts.empty()) {
        const auto which = m_random.below(m_ghosts.size());
        std::swap(m_ghosts[which], m_ghosts.back());
        static_cast<void>(m_portal.handle(m_ghosts.back()));
        m_ghosts.pop_back();
    }
}

} // namespace motcua
