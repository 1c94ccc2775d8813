// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace motcua {

/// Where random numbers come from. Passed in: a seed in tests and practice registers, the system's
/// secure source otherwise.
class Random
{
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual std::uint64_t next() = 0;
    /// Uniform in [0, 1).
    [[nodiscard]] double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// Uniform in [0, bound); bound > 0. The bias of the remainder is below 2^-40 for the bounds used here.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    /// `bytes` random bytes as lower-case hex.
    [[nodiscard]] std::string hex(std::size_t bytes);
};

/// libsodium's secure source.
class SystemRandom final : public Random
{
public:
    [[nodiscard]] std::uint64_t next() override;
};

/// SplitMix64: the same numbers for the same seed on every machine. Not for keys.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    [[nodiscard]] std::uint64_t next() override;

private:
    std::uint64_t m_state;
};

/// A version 7 UUID (RFC 9562), lower case: time first, so that a B-tree grows at its end.
[[nodiscard]] std::string makeUuidV7(std::int64_t unixMillis, Random& random);

} // namespace motcua
