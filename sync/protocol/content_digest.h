// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// The header Content-Digest (RFC 9530) for a body as it goes over the wire: "sha-256=:…:".
[[nodiscard]] std::string contentDigest(std::string_view body);

/// The SHA-256 (32 bytes) that a Content-Digest header names; other algorithms are ignored. Nothing when
/// there is none or the header is not well formed.
[[nodiscard]] std::optional<std::string> sha256OfContentDigest(std::string_view header);

} // namespace motcua
