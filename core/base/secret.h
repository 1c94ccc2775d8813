// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sodium.h>
#include <string>
#include <string_view>
#include <utility>

namespace motcua {

/// Bytes that are wiped when they are no longer needed: passwords and keys. Moves, never copies by accident.
class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string bytes) : m_bytes(std::move(bytes)) {}
    Secret(Secret&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            wipe();
            m_bytes = std::exchange(other.m_bytes, {});
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    [[nodiscard]] std::string_view bytes() const { return m_bytes; }
    [[nodiscard]] bool empty() const { return m_bytes.empty(); }
    [[nodiscard]] Secret clone() const { return Secret(m_bytes); }

private:
    void wipe() { sodium_memzero(m_bytes.data(), m_bytes.size()); }
    std::string m_bytes;
};

} // namespace motcua
