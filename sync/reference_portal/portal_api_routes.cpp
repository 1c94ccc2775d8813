// SPDX-License-Identifier: GPL-3.0-or-later
// The actions behind the routes, but those of files and of the catalogue.
#include "core/base/hash.h"
#include "sync/protocol/content_digest.h"
#include "sync/protocol/gzip.h"
#include "sync/reference_portal/portal_api_call.h"

#include <charconv>

namespace motcua::portal {

namespace {

/// Threads that may wait for changes at a time; others get their empty page at once.
constexpr int kWaitersMax = 40;
constexpr auto kWaitStep = std::chrono::seconds{1};

HttpAnswer badRequest(const char* detail)
{
    return problemAnswer(problemOf(ProblemType::BadRequest, detail));
}

template<class T> HttpAnswer answerOf(const Result<Reply<T>>& reply, int status)
{
    if (!reply) {
        return failureAnswer(reply.error());
    }
    return *reply ? jsonAnswer(status, dumpJson(toJson(**reply))) : problemAnswer(reply->error());
}

template<class T> HttpAnswer answerOf(const Result<T>& made)
{
    return made ? jsonAnswer(200, dumpJson(toJson(*made))) : failureAnswer(made.error());
}

/// A number of the query within its bounds; nothing when it is none.
std::optional<std::int64_t> number(const HttpAsk& ask, const char* name, std::int64_t least,
                                   std::int64_t most, std::int64_t otherwise)
{
    const auto found = ask.query.find(name);
    if (found == ask.query.end()) {
        return otherwise;
    }
    const std::string& text = found->second;
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isGood = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return isGood && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

} // namespace

HttpAnswer PortalApi::enrol(const Call& call)
{
    const auto json = jsonBody(call);
    if (!json) {
        return json.error();
    }
    const auto request = enrolRequestFromJson(*json);
    if (!request) {
        return badRequest("Yêu cầu ghi danh không đúng quy định.");
    }
    const auto reply = with(call, [&](Portal& portal) { return portal.enrol(*request); });
    return reply ? answerOf(*reply, 201) : reply.error();
}

HttpAnswer PortalApi::hello(const Call& call)
{
    const auto json = jsonBody(call);
    if (!json) {
        return json.error();
    }
    const auto request = helloRequestFromJson(*json);
    if (!request) {
        return badRequest("Lời chào không đúng quy định.");
    }
    auto reply = with(call, [&](Portal& portal) {
        takeCensus(portal);
        return portal.hello(*call.device, *request);
    });
    if (!reply) {
        return reply.error();
    }
    if (*reply && **reply) {
        plan(***reply, *call.device, *request);
    }
    return answerOf(*reply, 200);
}

/// The city's word on spreading goes before ours. Who may send nothing announces nothing.
void PortalApi::plan(Hello& hello, const Device& device, const HelloRequest& request)
{
    const bool sends = !hello.revoked && (!hello.minApp || isRecentEnough(request.app, *hello.minApp));
    if (sends && !hello.spreadSeconds) {
        const std::int64_t seconds = m_turnstile.announce(device.install, request.waiting.value_or(0));
        hello.spreadSeconds = seconds > 0 ? std::optional(seconds) : std::nullopt;
    }
}

/// Whoever greets does not go without an answer where it fails.
void PortalApi::takeCensus(Portal& portal)
{
    if (m_turnstile.isCensusDue()) {
        if (const auto census = portal.keys().census()) {
            m_turnstile.setCensus(*census);
        }
    }
}

HttpAnswer PortalApi::push(const Call& call)
{
    const auto digest = sha256OfContentDigest(call.header("Content-Digest").value_or(""));
    if (!digest) {
        HttpAnswer answer =
            problemAnswer(problemOf(ProblemType::DigestMismatch, "Thiếu Content-Digest sha-256."));
        answer.closes = true;
        return answer;
    }
    const auto raw = body(call, "application/x-ndjson", kBatchBytesMax);
    if (!raw) {
        return raw.error();
    }
    if (bytesOf(sha256(*raw)) != *digest) { // over the body as sent, after compression
        return problemAnswer(problemOf(ProblemType::DigestMismatch));
    }
    const bool isPacked =
        call.header("Content-Encoding").value_or("").size() == 4; // gzip, as body() made sure
    const auto text = isPacked ? gunzip(*raw, kBatchBytesMax) : Result<std::string>(*raw);
    if (!text) {
        return text.error().kind == ErrorKind::Refused ? problemAnswer(problemOf(ProblemType::TooLarge))
                                                       : badRequest("Nội dung không giải nén được.");
    }
    const auto reply = with(call, [&](Portal& portal) { return judge(portal, call, *text); });
    m_changed.notify_all();
    return reply ? answerOf(*reply, 200) : reply.error();
}

Result<Reply<Results>> PortalApi::judge(Portal& portal, const Call& call, std::string_view body)
{
    const auto seconds = call.postponeSeconds;
    portal.postpone = [seconds] { return seconds; };
    const std::int64_t begun = m_clock.monotonicMicros();
    auto reply = portal.push(*call.device, body);
    if (reply && *reply) {
        m_turnstile.judged(call.device->install, (*reply)->results.size(), m_clock.monotonicMicros() - begun);
    }
    return reply;
}

HttpAnswer PortalApi::opStatus(const Call& call)
{
    if (!splitOpId(call.parameter)) {
        return badRequest("Không phải mã của một việc.");
    }
    const auto status =
        with(call, [&](Portal& portal) { return portal.status(*call.device, OpId(call.parameter)); });
    return status ? answerOf(*status) : status.error();
}

HttpAnswer PortalApi::opsStatus(const Call& call)
{
    const auto json = jsonBody(call);
    if (!json) {
        return json.error();
    }
    const auto ops = statusRequestFromJson(*json);
    if (!ops) {
        return badRequest("Danh sách việc không đúng quy định.");
    }
    const auto results = with(call, [&](Portal& portal) { return portal.statuses(*call.device, *ops); });
    return results ? answerOf(*results, 200) : results.error();
}

HttpAnswer PortalApi::changes(const Call& call)
{
    ChangesQuery query;
    const auto cursor = call.ask.query.find("cursor");
    if (cursor != call.ask.query.end()) {
        query.cursor = cursor->second;
    }
    const auto limit = number(call.ask, "limit", 1, kPageChangesMax, kPageChangesDefault);
    const auto wait = number(call.ask, "wait", 0, kWaitSecondsMax, 0);
    if (!limit || !wait || (query.cursor && query.cursor->size() > kCursorCharsMax)) {
        return badRequest("cursor, limit hoặc wait không đúng quy định.");
    }
    query.limit = *limit;
    auto page = changesOnce(call, query);
    const Millis end = m_clock.monotonic() + std::chrono::seconds{*wait};
    const bool mayWait = ++m_waiting <= kWaitersMax;
    while (page && *page && (*page)->isEmpty && mayWait && !m_isStopping && m_clock.monotonic() < end) {
        {
            // In steps, because other portals and the city act from processes of their own.
            std::unique_lock lock(m_changeMutex);
            m_changed.wait_for(lock, std::min<Millis>(kWaitStep, end - m_clock.monotonic()));
        }
        page = changesOnce(call, query);
    }
    --m_waiting;
    if (!page) {
        return std::move(page.error());
    }
    return *page ? jsonAnswer(200, std::move((*page)->json)) : problemAnswer(page->error());
}

tl::expected<Reply<PageText>, HttpAnswer> PortalApi::changesOnce(const Call& call, const ChangesQuery& query)
{
    auto page = with(call, [&](Portal& portal) { return portal.changes(*call.device, query); });
    if (!page) {
        return tl::unexpected(std::move(page.error()));
    }
    return *page ? tl::expected<Reply<PageText>, HttpAnswer>(std::move(**page))
                 : tl::unexpected(failureAnswer(page->error()));
}

HttpAnswer PortalApi::dossier(const Call& call)
{
    auto found = with(call, [&](Portal& portal) { return portal.dossier(*call.device, call.parameter); });
    if (!found || !*found) {
        return !found ? std::move(found.error()) : failureAnswer(found->error());
    }
    auto& reply = **found;
    if (!reply) {
        return problemAnswer(reply.error());
    }
    HttpAnswer answer = jsonAnswer(200, std::move(reply->json));
    answer.headers.emplace_back("ETag", "\"" + reply->rev.text() + "\"");
    return answer;
}

} // namespace motcua::portal
