// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "tests/link/lossy_proxy.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace motcua {

/// HTTP whose patience is scaled too, and which looks at what pieces of files cost.
class WatchedTransport final : public Transport
{
public:
    WatchedTransport(Transport& way, const LossyProxy& line, double scale)
        : m_way(way), m_line(line), m_scale(scale)
    {}

    Reply exchange(const Request& request) override
    {
        start(request);
        return finish();
    }
    void start(const Request& request) override
    {
        Request scaled = request;
        for (Millis* patience :
             {&scaled.timeouts.connect, &scaled.timeouts.noProgress, &scaled.timeouts.total}) {
            *patience =
                std::max(Millis{3'000},
                         Millis(static_cast<std::int64_t>(static_cast<double>(patience->count()) / m_scale)));
        }
        m_method = request.method;
        m_count = static_cast<std::int64_t>(request.body.size());
        if (m_method == "PATCH") {
            m_began = m_line.bytesLeft();
        }
        m_way.start(scaled);
    }
    Reply finish() override
    {
        Reply reply = m_way.finish();
        watch(reply);
        return reply;
    }

    /// One piece that did not go through at once.
    struct Break
    {
        std::int64_t at = 0; ///< where in the file the portal stood before
        std::int64_t piece = 0;
        std::int64_t lost = 0; ///< given to the line in vain: headers and all that the portal does not hold
    };
    std::int64_t pieces = 0;
    std::vector<Break> breaks;

private:
    /// What arrived of a broken piece the portal says with the next answer: to our question, or to the same
    /// piece, which Qt sends once more by itself where a kept connection went away before any answer.
    void watch(const Reply& reply)
    {
        const auto header = headerOf(reply.headers, "Upload-Offset");
        const std::int64_t offset = header ? std::atoll(std::string(*header).c_str()) : -1;
        if (m_method == "PATCH") {
            ++pieces;
            const bool isGood = reply.failure == Failure::None && reply.status == 204;
            m_broken = isGood ? 0 : m_count;
            m_given = m_line.bytesLeft() - m_began;
        } else if (m_method != "HEAD") {
            return;
        }
        if (offset < 0) {
            return;
        }
        if (m_broken > 0) {
            breaks.push_back({m_stood, m_broken, m_given - (offset - m_stood)});
            m_broken = 0;
        }
        m_stood = offset;
    }

    Transport& m_way;
    const LossyProxy& m_line;
    double m_scale;
    std::string m_method;
    std::int64_t m_began = 0;
    std::int64_t m_given = 0; ///< to the line for the piece that broke
    std::int64_t m_count = 0;
    std::int64_t m_broken = 0;
    std::int64_t m_stood = 0;
};

} // namespace motcua
