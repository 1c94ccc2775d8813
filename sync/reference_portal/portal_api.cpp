// SPDX-License-Identifier: GPL-3.0-or-later
// From a request to its route: admission and bodies.
#include "sync/reference_portal/portal_api.h"

#include "sync/protocol/gzip.h"
#include "sync/reference_portal/portal_api_call.h"

#include <algorithm>
#include <array>

namespace motcua::portal {

namespace {

constexpr std::size_t kJsonBodyMax = 64 << 10;
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

} // namespace

PortalApi::PortalApi(Portal portal, const Clock& clock) : m_portal(std::move(portal)), m_clock(clock) {}

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
        HttpAnswer answer = problemAnswer(problemOf(ProblemType::Busy));
        answer.headers.emplace_back("Retry-After", "1");
        return answer;
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
        Route{"POST", "/v1/devices", false, Access::Open, &PortalApi::enrol},
        Route{"POST", "/v1/hello", false, Access::Welcome, &PortalApi::hello},
        Route{"POST", "/v1/ops", false, Access::Enrolled, &PortalApi::push},
        Route{"POST", "/v1/ops/status", false, Access::Enrolled, &PortalApi::opsStatus},
        Route{"GET", "/v1/ops/", true, Access::Enrolled, &PortalApi::opStatus},
        Route{"GET", "/v1/changes", false, Access::Enrolled, &PortalApi::changes},
        Route{"GET", "/v1/dossiers/", true, Access::Enrolled, &PortalApi::dossier},
        Route{"GET", "/v1/catalogue", false, Access::Enrolled, &PortalApi::catalogue},
        Route{"HEAD", "/v1/blobs/", true, Access::Enrolled, &PortalApi::blobHead},
        Route{"PATCH", "/v1/blobs/", true, Access::Enrolled, &PortalApi::blobAppend},
        Route{"GET", "/v1/blobs/", true, Access::Enrolled, &PortalApi::blobGet},
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

HttpAnswer PortalApi::handle(const HttpAsk& ask, std::optional<std::int64_t> postponeSeconds)
{
    Call call{ask, {}, {}, postponeSeconds};
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
    if (auto refused = admit(*route, call)) {
        return closing(std::move(*refused));
    }
    return (this->*route->action)(call);
}

std::optional<HttpAnswer> PortalApi::admit(const Route& route, Call& call)
{
    if (route.access == Route::Access::Open) {
        return std::nullopt;
    }
    const auto token = bearer(call.header("Authorization"));
    const std::lock_guard lock(m_mutex);
    auto device = token ? m_portal.authenticate(*token) : Result<std::optional<Device>>(std::nullopt);
    if (!device) {
        return failureAnswer(device.error());
    }
    if (!*device) {
        HttpAnswer answer = problemAnswer(problemOf(ProblemType::NotEnrolled));
        answer.headers.emplace_back("WWW-Authenticate", "Bearer");
        return answer;
    }
    call.device = std::move(**device);
    if (route.access == Route::Access::Welcome) {
        return std::nullopt;
    }
    if (call.device->revoked) {
        return problemAnswer(problemOf(ProblemType::Revoked));
    }
    const auto accepted = m_portal.acceptsApp(call.device->app);
    if (!accepted) {
        return failureAnswer(accepted.error());
    }
    return *accepted ? std::nullopt : std::optional(problemAnswer(problemOf(ProblemType::ClientTooOld)));
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
    auto raw = body(call, "application/json", kJsonBodyMax);
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
