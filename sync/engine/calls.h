// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/portal_desk.h"
#include "sync/engine/transport.h"
#include "sync/protocol/devices.h"

#include <string>
#include <vector>

namespace motcua {

// The requests of contracts/portal-api.yaml, made from values. Pure.

[[nodiscard]] Request enrolCall(const EnrolRequest& body);
[[nodiscard]] Request helloCall(const HelloRequest& body, const std::string& token);

/// The lines, packed, with the digest over what is really sent.
[[nodiscard]] Request pushCall(const std::vector<Outgoing>& batch, const std::string& token);
[[nodiscard]] Request statusCall(const std::vector<Outgoing>& batch, const std::string& token);
[[nodiscard]] Request pullCall(const std::optional<std::string>& cursor, int limit, const std::string& token);

/// The catalogue, unless it is one of those that bear `known` tags (as the portal wrote them).
[[nodiscard]] Request catalogueCall(const std::vector<std::string>& known, const std::string& token);

/// How much the portal holds of a file, by its digest in hex.
[[nodiscard]] Request offsetCall(const std::string& sha256, const std::string& token);
/// A piece of a file of `size` bytes, and how long its answer may take. It may be empty: where the portal has
/// all bytes and has not looked at them.
[[nodiscard]] Request appendCall(const std::string& sha256, std::int64_t offset, std::int64_t size,
                                 std::string piece, Millis patience, const std::string& token);

/// Everything but unreserved characters as %XX, for a query or a path.
[[nodiscard]] std::string percentEncode(std::string_view text);

} // namespace motcua
