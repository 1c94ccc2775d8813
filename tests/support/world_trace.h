// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// Everything that happened in a world as one number: requests and answers to the last byte, acts and their
/// results. And, where somebody wants to read it, the outline in words.
class WorldTrace
{
public:
    void add(std::string_view bytes)
    {
        mix(bytes.size());
        while (bytes.size() >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data(), 8);
            mix(word);
            bytes.remove_prefix(8);
        }
        std::uint64_t rest = 0;
        std::memcpy(&rest, bytes.data(), bytes.size());
        mix(rest);
    }
    void mix(std::uint64_t word)
    {
        m_value = (m_value ^ word) * 0x9e3779b97f4a7c15ULL;
        m_value ^= m_value >> 29;
    }
    [[nodiscard]] std::uint64_t value() const { return m_value; }

    /// Words are only put together when this is set.
    bool tells = false;
    void tell(std::string line) { lines.push_back(std::move(line)); }
    std::vector<std::string> lines;

private:
    std::uint64_t m_value = 1;
};

} // namespace motcua
