// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/portal_desk.h"
#include "sync/engine/transport.h"

#include <optional>
#include <string>

namespace motcua {

/// What stands in the way, beyond the one request; what the strip at the bottom of the window explains.
enum class Trouble
{
    None,
    Offline,      ///< nobody answered, or what came is unusable: the answer is lost
    Busy,         ///< 429 or 503 of the portal itself
    NotPortal,    ///< somebody else answered: captive portal, proxy, forged receipt
    NotEnrolled,  ///< 401: the token is not known
    Revoked,      ///< 403: the device was shut out
    ClientTooOld, ///< 426, or the hello's minApp
    ChainFork,    ///< 409 chain-fork: a copied disk; somebody must look, nothing is sent
    StoreBehind,  ///< the portal holds more of our journal than we do: this store went back in time
    TooLarge,     ///< 413: halve the batch
    CursorGone,   ///< 410 cursor-gone: pull from the beginning
    BadRequest,   ///< any other 4xx with problem+json: the whole request was refused, nothing judged
};
[[nodiscard]] std::string_view troubleName(Trouble trouble);

/// What an answer means for the request as a whole, before anybody reads its body.
struct Verdict
{
    RequestEnd end = RequestEnd::Lost;
    Trouble trouble = Trouble::Offline;
    std::optional<int> httpStatus;
    std::optional<Millis> retryAfter; ///< only with problem+json, only when it can be obeyed
    std::string detail{};             ///< for the diary: "503 busy", "timeout", never a body
    bool stopped = false;             ///< we broke it off ourselves: says nothing about the way

    [[nodiscard]] bool isAnswered() const { return end == RequestEnd::Answered; }
};

/// Pure and complete: what is not listed in the contract is lost, because it may have been applied. Answered
/// says only that a JSON document with a good status came; its reader may still find it unusable, and then
/// it is `unusable()`.
[[nodiscard]] Verdict classify(const Reply& reply, Instant now);

/// The same of an answer that may have no body (HEAD): a status and the type of a problem have to do.
[[nodiscard]] Verdict classifyBodyless(const Reply& reply, Instant now);

/// The problem's name behind the prefix, where the body is one of this contract.
[[nodiscard]] std::optional<std::string> problemName(const Reply& reply);

/// A good status with a body that breaks the contract: the same as no answer at all.
[[nodiscard]] Verdict unusable(const Reply& reply, const std::string& why);

} // namespace motcua
