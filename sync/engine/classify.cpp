// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/classify.h"

#include "core/base/json.h"
#include "sync/engine/retry_after.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::string_view kProblemPrefix = "urn:motcua:problem:";
/// A problem's body is a few lines; nobody makes us parse more.
constexpr JsonLimits kProblemLimits{std::size_t{256} << 10, 16};

/// The media type without its parameters, in lower case.
std::string mediaType(const Reply& reply)
{
    const auto header = headerOf(reply.headers, "Content-Type").value_or("");
    std::string type(header.substr(0, header.find_first_of("; \t")));
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return type;
}

/// The problem's name behind the prefix, when the body really is problem+json (RFC 9457) of this contract.
std::optional<std::string> problemTypeOf(const Reply& reply)
{
    if (mediaType(reply) != "application/problem+json") {
        return std::nullopt;
    }
    const auto body = parseJson(reply.body, kProblemLimits);
    if (!body || !body->is_object() || !at(*body, "title").is_string()) {
        return std::nullopt;
    }
    const auto type = stringAt(*body, "type");
    if (type.rfind(kProblemPrefix, 0) != 0) {
        return std::nullopt;
    }
    return type.substr(kProblemPrefix.size());
}

Verdict lost(std::string detail)
{
    return {RequestEnd::Lost, Trouble::Offline, {}, {}, std::move(detail)};
}

Verdict notPortal(std::string detail)
{
    return {RequestEnd::NotPortal, Trouble::NotPortal, {}, {}, std::move(detail)};
}

Verdict fromFailure(const Reply& reply)
{
    switch (reply.failure) {
    case Failure::None:
        break;
    case Failure::Refused:
        return lost("connection refused");
    case Failure::NoHost:
        return lost("host not found");
    case Failure::Timeout:
        return lost("timeout");
    case Failure::Reset:
        return lost("connection broken");
    case Failure::Certificate:
        return notPortal("certificate not trusted");
    case Failure::Tls:
        return lost("TLS failed");
    case Failure::TooLarge:
        return lost("answer too large");
    case Failure::Unreadable:
        return lost("answer unreadable");
    case Failure::Stopped: {
        Verdict verdict = lost("stopped");
        verdict.stopped = true;
        return verdict;
    }
    }
    return lost("no answer");
}

/// 4xx with problem+json: the portal spoke about the request as a whole, and judged nothing of it.
Verdict refused(int status, const std::string& name)
{
    Verdict verdict{RequestEnd::Refused, Trouble::BadRequest, {}, {}, {}};
    if (status == 401) {
        verdict.trouble = Trouble::NotEnrolled;
    } else if (status == 403) {
        verdict.trouble = Trouble::Revoked;
    } else if (status == 426) {
        verdict.trouble = Trouble::ClientTooOld;
    } else if (status == 413) {
        verdict.trouble = Trouble::TooLarge;
    } else if (status == 409 && name == "chain-fork") {
        verdict.trouble = Trouble::ChainFork;
    } else if (status == 410 && name == "cursor-gone") {
        verdict.trouble = Trouble::CursorGone;
    }
    return verdict;
}

Verdict withoutProblem(const Reply& reply, const std::string& type)
{
    const int status = reply.status;
    // A server's own error page says nothing about who answered; any other page says it was not the portal.
    const bool isPage = type == "text/html" || type == "application/xhtml+xml";
    if (status == 511 || status == 407 || (status >= 300 && status < 400) || (isPage && status < 500)) {
        return notPortal("not the portal's answer");
    }
    return lost("unusable answer");
}

Verdict withProblem(const Reply& reply, const std::string& name, Instant now)
{
    const int status = reply.status;
    Verdict verdict;
    if (status == 429 || status == 503) {
        verdict = {RequestEnd::Later, Trouble::Busy, {}, {}, {}};
    } else if (status >= 400 && status < 500 && status != 407 && status != 408) {
        verdict = refused(status, name);
    } else {
        // 5xx: it may have committed before it broke. A problem under a good status is no answer either.
        verdict = lost({});
    }
    if (const auto header = headerOf(reply.headers, "Retry-After")) {
        verdict.retryAfter = parseRetryAfter(*header, now);
    }
    verdict.detail = name;
    return verdict;
}

std::string withStatus(int status, const std::string& detail)
{
    return std::to_string(status) + (detail.empty() ? "" : " " + detail);
}

} // namespace

std::string_view troubleName(Trouble trouble)
{
    switch (trouble) {
    case Trouble::None:
        return "none";
    case Trouble::Offline:
        return "offline";
    case Trouble::Busy:
        return "busy";
    case Trouble::NotPortal:
        return "not-portal";
    case Trouble::NotEnrolled:
        return "not-enrolled";
    case Trouble::Revoked:
        return "revoked";
    case Trouble::ClientTooOld:
        return "client-too-old";
    case Trouble::ChainFork:
        return "chain-fork";
    case Trouble::StoreBehind:
        return "store-behind";
    case Trouble::TooLarge:
        return "too-large";
    case Trouble::CursorGone:
        return "cursor-gone";
    case Trouble::BadRequest:
        return "bad-request";
    }
    return "none";
}

Verdict classify(const Reply& reply, Instant now)
{
    if (reply.failure != Failure::None) {
        return fromFailure(reply);
    }
    const auto type = mediaType(reply);
    Verdict verdict;
    if ((reply.status == 200 || reply.status == 201) && type == "application/json") {
        verdict = {RequestEnd::Answered, Trouble::None, {}, {}, {}};
    } else if (const auto name = problemTypeOf(reply)) {
        verdict = withProblem(reply, *name, now);
    } else {
        verdict = withoutProblem(reply, type);
    }
    verdict.httpStatus = reply.status;
    verdict.detail = withStatus(reply.status, verdict.detail);
    return verdict;
}

Verdict classifyBodyless(const Reply& reply, Instant now)
{
    if (reply.failure != Failure::None) {
        return fromFailure(reply);
    }
    const auto type = mediaType(reply);
    Verdict verdict = type == "application/problem+json"
                          ? withProblem(reply, problemTypeOf(reply).value_or(""), now)
                          : withoutProblem(reply, type);
    verdict.httpStatus = reply.status;
    verdict.detail = withStatus(reply.status, verdict.detail);
    return verdict;
}

std::optional<std::string> problemName(const Reply& reply)
{
    return problemTypeOf(reply);
}

Verdict unusable(const Reply& reply, const std::string& why)
{
    Verdict verdict = lost(withStatus(reply.status, why));
    verdict.httpStatus = reply.status;
    return verdict;
}

} // namespace motcua
