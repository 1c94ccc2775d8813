// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/http_message.h"
#include "sync/reference_portal/open_pieces.h"
#include "sync/reference_portal/portal.h"
#include "sync/reference_portal/turnstile.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <type_traits>

namespace motcua::portal {

/// The routes of the contract over the portal, without sockets. May be called from many threads; each of the
/// portals given works for one at a time (of the embedded store there is one: it has one writer anyhow).
/// Order of work: route, room for one more of this unit, token, revocation, version, media type, size, then
/// the body. Where no token is asked for, the body comes before the room.
class PortalApi
{
public:
    PortalApi(Portal portal, const Clock& clock);
    /// All over one store; never empty.
    PortalApi(std::vector<Portal> portals, const Clock& clock);

    [[nodiscard]] HttpAnswer handle(const HttpAsk& ask);
    /// The same, with a reason to take no operation now (Bench::postpone).
    [[nodiscard]] HttpAnswer handle(const HttpAsk& ask, std::optional<std::int64_t> postponeSeconds);
    /// Ends all waiting for changes; for the shutdown.
    void stopWaiting();

    [[nodiscard]] const Clock& clock() const { return m_clock; }
    /// How many connections have a request that nobody has looked at yet.
    void setOutside(int count) { m_turnstile.setOutside(count); }

    /// The first word of the route a path belongs to ("ops", "changes"), for the faults.
    [[nodiscard]] static std::string routeName(const std::string& path);

private:
    struct Call;
    using Action = HttpAnswer (PortalApi::*)(const Call&);
    struct Route;
    [[nodiscard]] HttpAnswer answerTo(const HttpAsk& ask, Turnstile::Pass& pass,
                                      std::optional<std::int64_t> postponeSeconds);
    [[nodiscard]] static const Route* findRoute(const HttpAsk& ask, Call& call, std::string& allowed);

    [[nodiscard]] std::optional<HttpAnswer> readBeforeTheDoor(const Route& route, Call& call);
    [[nodiscard]] std::optional<HttpAnswer> letIn(const Route& route, const Call& call) const;
    [[nodiscard]] std::optional<HttpAnswer> admit(const Route& route, Call& call);
    /// Lets a portal act for this call; an answer instead when its turn does not come in time.
    template<class Act>
    [[nodiscard]] auto with(const Call& call, Act act, Turnstile::Turn turn = Turnstile::Turn::Fair)
        -> tl::expected<std::invoke_result_t<Act, Portal&>, HttpAnswer>;
    [[nodiscard]] tl::expected<std::string, HttpAnswer> body(const Call& call, const char* mediaType,
                                                             std::size_t bytesMax);
    [[nodiscard]] tl::expected<Json, HttpAnswer> jsonBody(const Call& call);

    [[nodiscard]] HttpAnswer enrol(const Call& call);
    [[nodiscard]] HttpAnswer hello(const Call& call);
    void takeCensus(Portal& portal);
    void plan(Hello& hello, const Device& device, const HelloRequest& request);
    [[nodiscard]] HttpAnswer push(const Call& call);
    [[nodiscard]] Result<Reply<Results>> judge(Portal& portal, const Call& call, std::string_view body);
    [[nodiscard]] HttpAnswer opStatus(const Call& call);
    [[nodiscard]] HttpAnswer opsStatus(const Call& call);
    [[nodiscard]] HttpAnswer changes(const Call& call);
    [[nodiscard]] tl::expected<Reply<PageText>, HttpAnswer> changesOnce(const Call& call,
                                                                        const ChangesQuery& query);
    [[nodiscard]] HttpAnswer dossier(const Call& call);
    [[nodiscard]] HttpAnswer catalogue(const Call& call);
    [[nodiscard]] HttpAnswer blobHead(const Call& call);
    [[nodiscard]] HttpAnswer blobAppend(const Call& call);
    [[nodiscard]] HttpAnswer blobGet(const Call& call);
    [[nodiscard]] HttpAnswer blobAppendAt(const Call& call, std::int64_t offset, std::int64_t length);
    [[nodiscard]] tl::expected<std::int64_t, HttpAnswer> knownBlob(const Call& call);

    TokenSeal m_seal;
    Turnstile m_turnstile;
    OpenPieces m_pieces;
    std::mutex m_changeMutex;
    std::condition_variable m_changed;
    const Clock& m_clock;
    std::atomic<bool> m_isStopping = false;
    std::atomic<int> m_waiting = 0;
};

} // namespace motcua::portal
