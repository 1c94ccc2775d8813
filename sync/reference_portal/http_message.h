// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/problem_details.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace motcua::portal {

enum class BodyEnd
{
    Whole,
    TooLarge, ///< more than asked for; the rest was not read
    Broken,   ///< the connection ended or the framing is wrong
};

struct BodyRead
{
    std::string bytes; ///< what arrived, also before a break
    BodyEnd end = BodyEnd::Whole;
};

/// One request as the routes see it. Its body is still on the wire: whoever is not enrolled never makes
/// the portal read it.
struct HttpAsk
{
    std::string method;
    std::string path;
    std::multimap<std::string, std::string> query;
    std::function<std::optional<std::string>(const std::string& name)> header;
    /// The raw bytes, still packed, at most so many.
    std::function<BodyRead(std::size_t bytesMax)> readBody;
    /// The body comes within this time or not at all. None: there is no line that it could be slow on.
    std::function<void(std::chrono::milliseconds time)> limitBodyTime;
    /// Nothing more comes of the body, as if the line had broken; from any thread, as long as this is being
    /// answered. None: there is no line.
    std::function<void()> endBody;
};

struct HttpAnswer
{
    int status = 200;
    std::string contentType;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;

    /// Unread bytes of the request may be left: the connection must not be used again.
    bool closes = false;
    /// The place inside that this answer takes up until it has been sent; not longer than the PortalApi
    /// lives.
    std::shared_ptr<void> held;
};

[[nodiscard]] HttpAnswer jsonAnswer(int status, std::string json);
/// application/problem+json with the status that belongs to the type.
[[nodiscard]] HttpAnswer problemAnswer(const ProblemDetails& problem);
[[nodiscard]] HttpAnswer problemAnswer(const ProblemDetails& problem, int status);

/// Whether this body goes out as gzip to whoever sent this Accept-Encoding. Never a file or a part of one:
/// its bytes are what was asked for, and Content-Range counts them as they are.
[[nodiscard]] bool goesPacked(const HttpAnswer& answer, std::string_view acceptEncoding);

} // namespace motcua::portal
