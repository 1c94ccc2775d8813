// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// A SHA-256 value.
using Hash = std::array<std::uint8_t, 32>;

[[nodiscard]] Hash sha256(std::string_view bytes);
[[nodiscard]] Hash sha256(std::string_view first, std::string_view second);

/// The bytes of a hash as a view, for hashing again or binding to a statement.
[[nodiscard]] inline std::string_view bytesOf(const Hash& hash)
{
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}
[[nodiscard]] std::optional<Hash> hashFromBytes(std::string_view bytes);

/// Lower-case hex.
[[nodiscard]] std::string toHex(std::string_view bytes);
[[nodiscard]] inline std::string toHex(const Hash& hash)
{
    return toHex(bytesOf(hash));
}
/// Nothing when the text is not an even number of hex digits.
[[nodiscard]] std::optional<std::string> fromHex(std::string_view text);

/// base64url without padding (RFC 4648 section 5), as JWS uses it. Decoding is strict: no padding, no
/// other alphabet, no left-over bits.
[[nodiscard]] std::string toBase64Url(std::string_view bytes);
[[nodiscard]] std::optional<std::string> fromBase64Url(std::string_view text);
/// Standard base64 with padding, as in Content-Digest (RFC 9530). Decoding is strict.
[[nodiscard]] std::string toBase64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

} // namespace motcua
