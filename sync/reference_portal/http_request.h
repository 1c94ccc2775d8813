// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/http_message.h"

#include <cstddef>
#include <cstdint>
#include <httplib.h>
#include <optional>
#include <string>

namespace motcua::portal {

// A request as cpp-httplib has read it, and its body, which we read by way of it. For http_server.cpp.

/// Puts aside what the library would act on by itself, before it does.
void keepHeaders(httplib::Request& request);
/// As it was sent, put aside or not.
[[nodiscard]] std::optional<std::string> headerOf(const httplib::Request& request, const std::string& name);
[[nodiscard]] bool hasBody(const httplib::Request& request);
/// The declared length; nothing when it is no number (or chunked).
[[nodiscard]] std::optional<std::uint64_t> declaredLength(const httplib::Request& request);
[[nodiscard]] BodyRead readBody(const httplib::Request& request, const httplib::ContentReader& reader,
                                std::size_t bytesMax);
/// What a body of so many bytes may come to on the wire.
[[nodiscard]] std::uint64_t wireBytesMax(const httplib::Request& request, std::size_t bytesMax);

} // namespace motcua::portal
