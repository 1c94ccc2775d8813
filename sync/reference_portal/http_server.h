// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/reference_portal/faults.h"
#include "sync/reference_portal/portal_api.h"

#include <atomic>
#include <memory>
#include <string>

namespace motcua::portal {

struct ServerOptions
{
    std::string host = "127.0.0.1";
    int port = 0;               ///< 0: any free one
    std::string tlsCertificate; ///< PEM files; both or none
    std::string tlsKey;
    bool sharesPort = false; ///< several portals of one machine listen on one port, and the system deals
};

/// "127.0.0.1:8080", "[::1]:0", "localhost:80". Errors: Invalid.
[[nodiscard]] Result<ServerOptions> parseListenAddress(const std::string& text);
[[nodiscard]] bool isLoopback(const std::string& host);

/// HTTP/1.1 in front of PortalApi, TLS 1.2 or later; plain HTTP on loopback only. Parsing is cpp-httplib's;
/// bodies reach the routes as they were sent, and only when a route asks for them.
class HttpServer
{
public:
    /// Both must outlive the server.
    HttpServer(PortalApi& api, Faults& faults);
    ~HttpServer();

    /// Takes the address. Errors: Refused (plain HTTP beyond loopback), Invalid (certificate, key), Network.
    [[nodiscard]] Result<void> bind(const ServerOptions& options);
    /// "http://127.0.0.1:8080".
    [[nodiscard]] const std::string& url() const { return m_url; }
    /// Serves until stop() is called from another thread; stop() returns when the last connection has ended.
    void serve();
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
    std::string m_url;
    std::atomic<bool> m_isServing = false;
    std::atomic<bool> m_isStopAsked = false;
};

} // namespace motcua::portal
