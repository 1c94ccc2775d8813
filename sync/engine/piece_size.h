// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace motcua {

/// How much of a file goes into one request (reliability 2.9): 64 KiB at first, twice as much after three
/// good ones, half after a loss, between 16 KiB and 1 MiB. An operation that comes meanwhile waits for one
/// piece, so a piece that took long does not grow, and one that took too long shrinks, although it was good.
class PieceSize
{
public:
    static constexpr std::size_t kLeast = std::size_t{16} << 10;
    static constexpr std::size_t kFirst = std::size_t{64} << 10;
    static constexpr std::size_t kMost = std::size_t{1} << 20;
    static constexpr int kGoodToGrow = 3;
    static constexpr Millis kLong{4'000};
    static constexpr Millis kTooLong{10'000};
    static constexpr Millis kLeastPatience{60'000};

    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

    /// How long an answer to so many bytes may take: four times what the line needed before; while nothing is
    /// known of it, what 128 bytes a second need. Whoever has something more urgent does not wait for it.
    [[nodiscard]] Millis patience(std::int64_t bytes) const
    {
        const std::int64_t wire = m_millisPerKilo ? *m_millisPerKilo * 4 * bytes / 1024 : bytes * 1000 / 128;
        return kLeastPatience + Millis{wire};
    }

    void good(std::int64_t bytes, Millis took)
    {
        if (bytes > 0) {
            m_millisPerKilo = took.count() * 1024 / bytes;
        }
        if (took > kTooLong) {
            halve();
        } else if (took <= kLong && ++m_good >= kGoodToGrow) {
            m_good = 0;
            m_bytes = std::min(kMost, m_bytes * 2);
        }
    }
    void lost() { halve(); }
    /// A question without a body took long: the first piece shall not hold up the line for a minute.
    void slowLine() { m_bytes = std::min(m_bytes, kLeast); }

private:
    void halve()
    {
        m_good = 0;
        m_bytes = std::max(kLeast, m_bytes / 2);
    }

    std::size_t m_bytes = kFirst;
    int m_good = 0;
    std::optional<std::int64_t> m_millisPerKilo; ///< of the last good piece
};

} // namespace motcua
