// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/engine/transport.h"

#include <memory>
#include <string>

namespace motcua {

/// HTTP/1.1 to one portal over Qt Network. Blocks its thread inside each call, in an event loop of its own.
///
/// Never follows a redirect, keeps no cookies and no cache, uses no proxy, trusts only the given CA (or
/// the system's, when none is given), speaks TLS 1.2 or later, and takes at most kAnswerLimit bytes of an
/// answer, packed or unpacked. Made, used and destroyed on one thread; only stop() may come from another.
class HttpTransport final : public Transport
{
public:
    /// `ca`: certificates in PEM, see certificatesIn(). The text itself, since a file may be gone by the time
    /// that something is to be sent. Errors: Invalid (the URL; no certificate in `ca`).
    [[nodiscard]] static Result<std::unique_ptr<HttpTransport>> create(const std::string& url,
                                                                       const std::string& ca);
    HttpTransport(const HttpTransport&) = delete;
    HttpTransport& operator=(const HttpTransport&) = delete;
    ~HttpTransport() override;

    [[nodiscard]] Reply exchange(const Request& request) override;
    /// Comes back when the last byte of the request was handed over, or at the end when that comes sooner.
    void start(const Request& request) override;
    [[nodiscard]] Reply finish() override;

    /// The running exchange ends at once with Failure::Stopped; later ones go as ever. From this thread, in
    /// the event loop that the exchange turns.
    void interrupt();
    /// The running exchange ends at once with Failure::Stopped, and so does each later one.
    void stop();

private:
    class Private;
    explicit HttpTransport(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace motcua
