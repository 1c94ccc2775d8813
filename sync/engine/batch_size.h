// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>

namespace motcua {

/// How much goes into one request. Halved when a batch was lost or too large, so that after a few turns one
/// poisonous operation stands alone and holds nobody; doubled again with each answer.
class BatchSize
{
public:
    BatchSize(int count, std::size_t bytes)
        : m_mostCount(count), m_mostBytes(bytes), m_count(count), m_bytes(bytes)
    {}

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

    void halve()
    {
        m_count = std::max(1, m_count / 2);
        m_bytes = std::max(kLeastBytes, m_bytes / 2);
    }
    void grow()
    {
        m_count = std::min(m_mostCount, m_count * 2);
        m_bytes = std::min(m_mostBytes, m_bytes * 2);
    }

private:
    /// One operation of the largest kind and its line feed must always fit.
    static constexpr std::size_t kLeastBytes = (std::size_t{256} << 10) + 1;

    int m_mostCount;
    std::size_t m_mostBytes;
    int m_count;
    std::size_t m_bytes;
};

} // namespace motcua
