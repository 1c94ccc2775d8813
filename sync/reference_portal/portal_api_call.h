// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/portal_api.h"

namespace motcua::portal {

/// What an action is given: the request, who asks, and the variable part of the path. Inside portal_api*.cpp.
struct PortalApi::Call
{
    const HttpAsk& ask;
    Turnstile::Pass& pass;
    std::optional<std::string> token; ///< as the request bears it
    std::string parameter;
    std::optional<Device> device; ///< none before admission and on open routes
    std::optional<std::int64_t> postponeSeconds;
    std::optional<std::string> brought; ///< the raw body, where it was read before the door

    [[nodiscard]] std::optional<std::string> header(const std::string& name) const
    {
        return ask.header(name);
    }
};

struct PortalApi::Route
{
    enum class Access
    {
        Open,    ///< without a token
        Welcome, ///< with a token, revoked and old programs too
        Enrolled,
    };
    const char* method;
    const char* path;  ///< the fixed part
    bool hasParameter; ///< followed by one more segment
    Access access;
    Load load;
    Action action;
};

[[nodiscard]] HttpAnswer busyAnswer(std::int64_t retryAfterSeconds);

template<class Act>
auto PortalApi::with(const Call& call, Act act, Turnstile::Turn turn)
    -> tl::expected<std::invoke_result_t<Act, Portal&>, HttpAnswer>
{
    const auto lease = m_turnstile.take(call.pass, turn);
    if (!lease) {
        return tl::unexpected(busyAnswer(lease.retryAfterSeconds()));
    }
    return act(*lease);
}

/// An operating error as an answer. Nothing was done when the store is held by somebody else; of any other
/// failure nobody can say, and a plain 500 says just that.
[[nodiscard]] HttpAnswer failureAnswer(const Error& error);

} // namespace motcua::portal
