// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

enum class KeyCost
{
    Real,  ///< Argon2id, 64 MiB, three passes
    Quick, ///< practice registers only, so that thousands of calls can be tested
};

/// The register's data key, wrapped once for each person who may open it (XChaCha20-Poly1305 under a key
/// that Argon2id derives from the password). A password change rewraps one slot, never the register.
/// Plain value; the caller stores its text beside the register.
class KeySlots
{
public:
    explicit KeySlots(std::string install, KeyCost cost) : m_install(std::move(install)), m_cost(cost) {}

    /// Damaged, Newer or Foreign where the text is not ours.
    [[nodiscard]] static Result<KeySlots> fromText(std::string_view text);
    [[nodiscard]] std::string toText() const;

    /// 32 random bytes from the system.
    [[nodiscard]] static Secret makeDataKey();

    /// Replaces the person's slot when there is one.
    [[nodiscard]] Result<void> put(const std::string& account, const Secret& password, const Secret& dataKey);
    void remove(const std::string& account);
    /// WrongKey alike for an unknown account and a wrong password.
    [[nodiscard]] Result<Secret> open(const std::string& account, const Secret& password) const;
    [[nodiscard]] bool holds(const std::string& account) const;
    [[nodiscard]] const std::string& install() const { return m_install; }

private:
    struct Slot
    {
        std::string account;
        std::string salt;
        std::string nonce;
        std::string box;
        std::uint64_t passes;
        std::uint64_t memoryBytes;
    };
    [[nodiscard]] Result<Secret> derive(const Secret& password, const Slot& slot) const;
    [[nodiscard]] std::string boundTo(const Slot& slot) const;

    std::string m_install;
    KeyCost m_cost;
    std::vector<Slot> m_slots;
};

} // namespace motcua
