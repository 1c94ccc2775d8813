// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace motcua::portal {

/// What a device token says of itself.
struct TokenClaim
{
    std::string unit;
    std::string install;
    std::int64_t generation = 1;
    bool operator==(const TokenClaim&) const = default;
};

/// Device tokens: `unit~install~generation~mac`. The MAC tells, without looking anything up, that this portal
/// gave the token out and for which unit; whether it is still good only the key store knows.
class TokenSeal
{
public:
    /// 32 bytes. Errors: Damaged.
    [[nodiscard]] static Result<TokenSeal> fromKey(std::string key);

    [[nodiscard]] std::string seal(const TokenClaim& claim) const;
    /// Nothing: it is not from here.
    [[nodiscard]] std::optional<TokenClaim> open(std::string_view token) const;

private:
    explicit TokenSeal(std::string key) : m_key(std::move(key)) {}
    [[nodiscard]] std::string macOf(std::string_view text) const;

    std::string m_key;
};

} // namespace motcua::portal
