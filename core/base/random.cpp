// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include "core/base/check.h"

#include <cstdio>
#include <sodium.h>

namespace motcua {

std::string Random::hex(std::size_t bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes * 2);
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        if (i % 8 == 0) {
            word = next();
        }
        text += kDigits[(word >> 4) & 15];
        text += kDigits[word & 15];
        word >>= 8;
    }
    return text;
}

std::uint64_t SystemRandom::next()
{
    require(sodium_init() >= 0, "libsodium starts");
    std::uint64_t value = 0;
    randombytes_buf(&value, sizeof value);
    return value;
}

std::uint64_t SeededRandom::next()
{
    m_state += 0x9e3779b97f4a7c15;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

std::string makeUuidV7(std::int64_t unixMillis, Random& random)
{
    const std::uint64_t a = random.next();
    const std::uint64_t b = random.next();
    const auto time = static_cast<std::uint64_t>(unixMillis) & 0xffffffffffff;
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08llx-%04llx-7%03llx-%04llx-%012llx",
                  static_cast<unsigned long long>(time >> 16), static_cast<unsigned long long>(time & 0xffff),
                  static_cast<unsigned long long>(a & 0xfff),
                  static_cast<unsigned long long>(0x8000 | ((a >> 12) & 0x3fff)),
                  static_cast<unsigned long long>(b & 0xffffffffffff));
    return text.data();
}

} // namespace motcua
