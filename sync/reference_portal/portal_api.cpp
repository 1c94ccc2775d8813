// SPDX-License-Identifier: GPL-3.0-or-later
// From a request to its route: admission and bodies.
#include "sync/reference_portal/portal_api.h"

#include "core/base/check.h"
#include "sync/protocol/gzip.h"
#include "sync/reference_portal/portal_api_call.h"

#include <algorithm>
#include <array>

namespace motcua::portal {

namespace {

constexpr std::size_t kJsonBodyMax = 64 << 10;
/// Of a request without a token, as much as a head has.
constexpr std::chrono::seconds kOpenBodyTime{15};
/// gzip may make a body a little larger than it was.
constexpr std::size_t kPackedSlack = 16 << 10;

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    return text;
}

/// The token behind "Bearer", or nothing.
std::optional<std::string> bearer(const std::optional<std::string>& header)
{
    constexpr std::size_t kHead = 7;
    if (!header || header->size() <= kHead || header->size() > 4096 ||
        lower(header->substr(0, kHead)) != "bearer ") {
        return std::nullopt;
    }
    return header->substr(kHead);
}

std::string mediaTypeOf(const std::optional<std::string>& header)
{
    std::string type = lower(header.value_or("").substr(0, header.value_or("").find(';')));
    while (!type.empty() && type.back() == ' ') {
        type.pop_back();
    }
    return type;
}

HttpAnswer closing(HttpAnswer answer)
{
    answer.closes = true;
    return answer;
}

HttpAnswer notEnrolled()
{
    HttpAnswer answer = problemAnswer(problemOf(ProblemType::NotEnrolled));
    answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
}

std::vector<Portal> alone(Portal portal)
{
    std::vector<Portal> portals;
    portals.push_back(std::move(portal));
    return portals;
}

TokenSeal sealOf(std::vector<Portal>& portals)
{
    auto seal = portals.front().keys().tokenSeal();
    require(seal.has_value(), "an opened store has the key of its tokens");
    return std::move(*seal);
}

/// No unit's code has a bracket.
constexpr const char* kLaneOfNewcomers = "(newcomers)";

} // namespace

PortalApi::PortalApi(Portal portal, const Clock& clock) : PortalApi(alone(std::move(portal)), clock) {}

PortalApi::PortalApi(std::vector<Portal> portals, const Clock& clock)
    : m_seal(sealOf(portals)), m_turnstile(std::move(portals), clock), m_clock(clock)
{}

HttpAnswer busyAnswer(std::int64_t retryAfterSeconds)
{
    HttpAnswer answer = problemAnswer(problemOf(ProblemType::Busy));
    answer.headers.emplace_back("Retry-After", std::to_string(retryAfterSeconds));
    return answer;
}

void PortalApi::stopWaiting()
{
    m_isStopping = true;
    m_changed.notify_all();
}

std::string PortalApi::routeName(const std::string& path)
{
    if (path == "/v1/ops/status" || path.starts_with("/v1/ops/")) {
        return "status";
    }
    const std::string rest = path.starts_with("/v1/") ? path.substr(4) : std::string();
    return rest.substr(0, rest.find('/'));
}

HttpAnswer failureAnswer(const Error& error)
{
    std::fprintf(stderr, "motcua-portal: %s\n", error.detail.c_str());
    if (error.kind == ErrorKind::Locked) {
        return busyAnswer(1);
    }
    HttpAnswer answer;
    answer.status = 500;
    answer.contentType = "text/plain; charset=utf-8";
    answer.body = "Lỗi trong cổng; không rõ việc đã được ghi hay chưa.\n";
    return answer;
}

const PortalApi::Route* PortalApi::findRoute(const HttpAsk& ask, Call& call, std::string& allowed)
{
    using Access = Route::Access;
    static const std::array kRoutes{
        Route{"POST", "/v1/devices", false, Access::Open, Load::Light, &PortalApi::enrol},
        Route{"POST", "/v1/hello", false, Access::Welcome, Load::Light, &PortalApi::hello},
        Route{"POST", "/v1/ops", false, Access::Enrolled, Load::Push, &PortalApi::push},
        Route{"POST", "/v1/ops/status", false, Access::Enrolled, Load::Light, &PortalApi::opsStatus},
        Route{"GET", "/v1/ops/", true, Access::Enrolled, Load::Light, &PortalApi::opStatus},
        Route{"GET", "/v1/changes", false, Access::Enrolled, Load::Pull, &PortalApi::changes},
        Route{"GET", "/v1/dossiers/", true, Access::Enrolled, Load::Light, &PortalApi::dossier},
        Route{"GET", "/v1/catalogue", false, Access::Enrolled, Load::Pull, &PortalApi::catalogue},
        Route{"HEAD", "/v1/blobs/", true, Access::Enrolled, Load::Light, &PortalApi::blobHead},
        Route{"PATCH", "/v1/blobs/", true, Access::Enrolled, Load::File, &PortalApi::blobAppend},
        Route{"GET", "/v1/blobs/", true, Access::Enrolled, Load::File, &PortalApi::blobGet},
    };
    bool isExact = false;
    for (const Route& route : kRoutes) {
        const std::string_view path = route.path;
        const std::string rest = ask.path.starts_with(path) ? ask.path.substr(path.size()) : std::string();
        const bool isPlain = !route.hasParameter && ask.path == path;
        const bool isWithParameter =
            route.hasParameter && !rest.empty() && rest.find('/') == std::string::npos;
        if ((!isPlain && !isWithParameter) || (isExact && isWithParameter)) {
            continue; // a fixed path stands before one with a parameter: /v1/ops/status is no operation
        }
        isExact = isExact || isPlain;
        if (ask.method == route.method) {
            call.parameter = rest;
            return &route;
        }
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    return nullptr;
}

HttpAnswer PortalApi::handle(const HttpAsk& ask)
{
    return handle(ask, std::nullopt);
}

/// The pass goes with the answer: as long as it is being sent it holds a thread and its bytes.
HttpAnswer PortalApi::handle(const HttpAsk& ask, std::optional<std::int64_t> postponeSeconds)
{
    const auto pass = std::make_shared<Turnstile::Pass>(m_turnstile);
    HttpAnswer answer = answerTo(ask, *pass, postponeSeconds);
    answer.held = pass;
    return answer;
}

HttpAnswer PortalApi::answerTo(const HttpAsk& ask, Turnstile::Pass& pass,
                               std::optional<std::int64_t> postponeSeconds)
{
    Call call{ask, pass, bearer(ask.header("Authorization")), {}, {}, postponeSeconds, {}};
    std::string allowed;
    const Route* route = findRoute(ask, call, allowed);
    if (route == nullptr && allowed.empty()) {
        return closing(problemAnswer(problemOf(ProblemType::NotFound)));
    }
    if (route == nullptr) {
        HttpAnswer answer = closing(problemAnswer(problemOf(ProblemType::Unsupported), 405));
        answer.headers.emplace_back("Allow", allowed);
        return answer;
    }
    if (auto unread = readBeforeTheDoor(*route, call)) {
        return std::move(*unread);
    }
    if (auto full = letIn(*route, call)) {
        return std::move(*full);
    }
    if (auto refused = admit(*route, call)) {
        return refused->status == 503 ? std::move(*refused) : closing(std::move(*refused));
    }
    return (this->*route->action)(call);
}

/// Of strangers: all of them share one lane, and a few who send slowly would keep the others out of it.
std::optional<HttpAnswer> PortalApi::readBeforeTheDoor(const Route& route, Call& call)
{
    if (route.access != Route::Access::Open) {
        return std::nullopt;
    }
    if (call.ask.limitBodyTime) {
        call.ask.limitBodyTime(kOpenBodyTime);
    }
    auto raw = body(call, "application/json", kJsonBodyMax);
    if (!raw) {
        return std::move(raw.error());
    }
    call.brought = std::move(*raw);
    return std::nullopt;
}

/// Before anything is looked up or, where there is a token, read. Who has no token, or one that was not given
/// out here, needs no room: he is sent away at once.
std::optional<HttpAnswer> PortalApi::letIn(const Route& route, const Call& call) const
{
    std::string lane = kLaneOfNewcomers;
    if (route.access != Route::Access::Open) {
        auto claim = call.token ? m_seal.open(*call.token) : std::nullopt;
        if (!claim) {
            return closing(notEnrolled());
        }
        lane = std::move(claim->unit);
    }
    const auto seconds = call.pass.enter(lane, route.load);
    return seconds ? std::optional(busyAnswer(*seconds)) : std::nullopt;
}

std::optional<HttpAnswer> PortalApi::admit(const Route& route, Call& call)
{
    if (route.access == Route::Access::Open) {
        return std::nullopt;
    }
    struct Known
    {
        std::optional<Device> device;
        bool isAccepted = false;
    };
    auto found = with(
        call,
        [&](Portal& portal) -> Result<Known> {
            auto device = TRY(portal.authenticate(*call.token));
            const bool isAccepted = device && TRY(portal.acceptsApp(device->app));
            return Known{std::move(device), isAccepted};
        },
        Turnstile::Turn::Short);
    if (!found || !*found) {
        return !found ? std::move(found.error()) : failureAnswer(found->error());
    }
    Known& known = **found;
    if (!known.device) {
        return notEnrolled();
    }
    call.device = std::move(*known.device);
    if (route.access == Route::Access::Welcome) {
        return std::nullopt;
    }
    if (call.device->revoked) {
        return problemAnswer(problemOf(ProblemType::Revoked));
    }
    return known.isAccepted ? std::nullopt
                            : std::optional(problemAnswer(problemOf(ProblemType::ClientTooOld)));
}

tl::expected<std::string, HttpAnswer> PortalApi::body(const Call& call, const char* mediaType,
                                                      std::size_t bytesMax)
{
    const auto refuse = [](ProblemType type, const char* detail) {
        return tl::unexpected(closing(problemAnswer(problemOf(type, detail))));
    };
    if (mediaTypeOf(call.header("Content-Type")) != mediaType) {
        return refuse(ProblemType::Unsupported, mediaType);
    }
    const std::string coding = lower(call.header("Content-Encoding").value_or("identity"));
    if (coding != "identity" && coding != "gzip") {
        return refuse(ProblemType::Unsupported, "Content-Encoding: gzip");
    }
    auto raw = call.ask.readBody(bytesMax + (coding == "gzip" ? kPackedSlack : 0));
    if (raw.end == BodyEnd::TooLarge) {
        return refuse(ProblemType::TooLarge, "");
    }
    if (raw.end == BodyEnd::Broken) {
        return refuse(ProblemType::BadRequest, "Nội dung đến không trọn vẹn.");
    }
    return std::move(raw.bytes);
}

tl::expected<Json, HttpAnswer> PortalApi::jsonBody(const Call& call)
{
    auto raw = call.brought ? tl::expected<std::string, HttpAnswer>(*call.brought)
                            : body(call, "application/json", kJsonBodyMax);
    if (!raw) {
        return tl::unexpected(std::move(raw.error()));
    }
    const bool isPacked = lower(call.header("Content-Encoding").value_or("")) == "gzip";
    const auto text = isPacked ? gunzip(*raw, kJsonBodyMax) : Result<std::string>(std::move(*raw));
    auto json = text ? parseJson(*text) : Result<Json>(fail(ErrorKind::Invalid, "undecodable"));
    if (!json) {
        return tl::unexpected(problemAnswer(problemOf(ProblemType::BadRequest, "Nội dung không đọc được.")));
    }
    return std::move(*json);
}

} // namespace motcua::portal
