// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/http_message.h"
#include "sync/reference_portal/portal.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace motcua::portal {

/// The routes of the contract over the portal, without sockets. May be called from many threads; the
/// portal itself works for one at a time, because the embedded store has one writer anyhow.
/// Order of work: route, token, revocation, version, media type, size, then the body.
class PortalApi
{
public:
    PortalApi(Portal portal, const Clock& clock);

    [[nodiscard]] HttpAnswer handle(const HttpAsk& ask);
    /// The same, with a reason to take no operation now (Bench::postpone).
    [[nodiscard]] HttpAnswer handle(const HttpAsk& ask, std::optional<std::int64_t> postponeSeconds);
    /// Ends all waiting for changes; for the shutdown.
    void stopWaiting();

    /// The first word of the route a path belongs to ("ops", "changes"), for the faults.
    [[nodiscard]] static std::string routeName(const std::string& path);

private:
    struct Call;
    using Action = HttpAnswer (PortalApi::*)(const Call&);
    struct Route;
    [[nodiscard]] static const Route* findRoute(const HttpAsk& ask, Call& call, std::string& allowed);

    [[nodiscard]] std::optional<HttpAnswer> admit(const Route& route, Call& call);
    [[nodiscard]] tl::expected<std::string, HttpAnswer> body(const Call& call, const char* mediaType,
                                                             std::size_t bytesMax);
    [[nodiscard]] tl::expected<Json, HttpAnswer> jsonBody(const Call& call);

    [[nodiscard]] HttpAnswer enrol(const Call& call);
    [[nodiscard]] HttpAnswer hello(const Call& call);
    [[nodiscard]] HttpAnswer push(const Call& call);
    [[nodiscard]] HttpAnswer opStatus(const Call& call);
    [[nodiscard]] HttpAnswer opsStatus(const Call& call);
    [[nodiscard]] HttpAnswer changes(const Call& call);
    [[nodiscard]] HttpAnswer dossier(const Call& call);
    [[nodiscard]] HttpAnswer catalogue(const Call& call);
    [[nodiscard]] HttpAnswer blobHead(const Call& call);
    [[nodiscard]] HttpAnswer blobAppend(const Call& call);
    [[nodiscard]] HttpAnswer blobGet(const Call& call);
    [[nodiscard]] tl::expected<std::int64_t, HttpAnswer> knownBlob(const Call& call);

    std::mutex m_mutex; ///< guards the portal
    std::condition_variable m_changed;
    Portal m_portal;
    const Clock& m_clock;
    std::atomic<bool> m_isStopping = false;
    std::atomic<int> m_waiting = 0;
};

} // namespace motcua::portal
