// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/token_seal.h"

#include "core/base/hash.h"

#include <charconv>
#include <sodium.h>

namespace motcua::portal {

namespace {

/// Stands in no unit's code and in no hex, and is allowed in a bearer token (RFC 6750, 2.1).
constexpr char kBetween = '~';

} // namespace

Result<TokenSeal> TokenSeal::fromKey(std::string key)
{
    return key.size() == crypto_auth_hmacsha256_KEYBYTES
               ? Result<TokenSeal>(TokenSeal(std::move(key)))
               : fail(ErrorKind::Damaged, "the portal's token key is not readable");
}

std::string TokenSeal::macOf(std::string_view text) const
{
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(mac.data()),
                           reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                           reinterpret_cast<const unsigned char*>(m_key.data()));
    return toBase64Url(mac);
}

std::string TokenSeal::seal(const TokenClaim& claim) const
{
    const std::string text =
        claim.unit + kBetween + claim.install + kBetween + std::to_string(claim.generation);
    return text + kBetween + macOf(text);
}

std::optional<TokenClaim> TokenSeal::open(std::string_view token) const
{
    const std::size_t last = token.rfind(kBetween);
    if (last == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view text = token.substr(0, last);
    const std::string right = macOf(text);
    const std::string_view mac = token.substr(last + 1);
    if (mac.size() != right.size() || sodium_memcmp(mac.data(), right.data(), right.size()) != 0) {
        return std::nullopt;
    }
    const std::size_t first = text.find(kBetween);
    const std::size_t second = text.rfind(kBetween);
    TokenClaim claim{std::string(text.substr(0, first)),
                     std::string(text.substr(first + 1, second - first - 1)), 0};
    std::from_chars(text.data() + second + 1, text.data() + text.size(), claim.generation);
    return claim;
}

} // namespace motcua::portal
