// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace motcua {

/// Names are compared without regard to case; values are bytes as they stand on the wire.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first value of a header, or nothing.
[[nodiscard]] std::optional<std::string_view> headerOf(const Headers& headers, std::string_view name);

/// How long an exchange may take. Monotonic time.
struct Timeouts
{
    /// Name, connection and TLS together. Over 8 kbit/s with round trips of 3 s a certificate's chain and the
    /// handshake take more than 10 s, and nothing would ever begin.
    Millis connect{30'000};
    Millis noProgress{20'000};
    Millis total{60'000};
};

/// 60 s and a second more for each 4 KiB: a slow line may be slow, it may not hang.
[[nodiscard]] constexpr Millis totalTimeout(std::size_t bytes)
{
    return Millis{60'000} + Millis{static_cast<std::int64_t>(bytes / 4)};
}

/// One call. Only a path: whose portal it goes to is the transport's matter, so a token goes nowhere else.
struct Request
{
    std::string method;
    std::string path; ///< "/v1/changes?limit=200"
    Headers headers;
    std::string body;
    Timeouts timeouts;
};

/// Why no whole answer came.
enum class Failure
{
    None,        ///< an answer came; see status
    Refused,     ///< nobody listens there
    NoHost,      ///< the name is not known
    Timeout,     ///< connect, no progress or in total
    Reset,       ///< broken off, before or within the answer
    Certificate, ///< the other end could not prove who it is
    Tls,         ///< no common protocol, broken handshake
    TooLarge,    ///< more than the bound, packed or unpacked
    Unreadable,  ///< not HTTP, or its encoding is broken
    Stopped,     ///< we were told to stop
};

struct Reply
{
    Failure failure = Failure::None;
    int status = 0; ///< 0 with a failure
    Headers headers;
    std::string body;   ///< unpacked
    std::string detail; ///< for the log
};

/// An answer is never longer than this, unpacked (portal contract, Transport).
inline constexpr std::size_t kAnswerLimit = std::size_t{8} << 20;

/// Carries one request to the portal and brings its answer. Never follows a redirect, never sends a request
/// twice by itself where it can help it, and has one request on the wire at any time. Belongs to one thread.
class Transport
{
public:
    virtual ~Transport() = default;
    /// Sends, and blocks until the answer is whole.
    [[nodiscard]] virtual Reply exchange(const Request& request) = 0;

    /// The same in two halves, so that the caller can work while the portal does: start() comes back when the
    /// request is out, finish() brings the answer. A start() or exchange() in between gives the first request
    /// up: nobody learns its answer. One that cannot do two things at once does it all in start().
    virtual void start(const Request& request);
    /// After a start(), once.
    [[nodiscard]] virtual Reply finish();

private:
    std::optional<Reply> m_kept;
};

} // namespace motcua
