// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/classify.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

const Instant kNow = *parseRfc3339("2026-11-21T01:02:03.000Z");

Reply answer(int status, std::string type, std::string body = "{}", Headers more = {})
{
    Reply reply;
    reply.status = status;
    reply.headers = std::move(more);
    reply.headers.emplace_back("content-type", std::move(type));
    reply.body = std::move(body);
    return reply;
}

Reply problem(int status, const std::string& name, Headers more = {})
{
    return answer(status, "application/problem+json; charset=utf-8",
                  R"({"type":"urn:motcua:problem:)" + name + R"(","title":"x"})", std::move(more));
}

struct Row
{
    const char* what;
    Reply reply;
    RequestEnd end;
    Trouble trouble;
};

} // namespace

TEST_CASE("every answer has one class, and what is not listed is lost")
{
    const std::vector<Row> table{
        {"the contract's answer", answer(200, "application/json"), RequestEnd::Answered, Trouble::None},
        {"with parameters", answer(200, "Application/JSON; charset=utf-8"), RequestEnd::Answered,
         Trouble::None},
        {"enrolled", answer(201, "application/json"), RequestEnd::Answered, Trouble::None},
        {"a page under 200", answer(200, "text/html", "<html>"), RequestEnd::NotPortal, Trouble::NotPortal},
        {"XHTML", answer(200, "application/xhtml+xml", "<html>"), RequestEnd::NotPortal, Trouble::NotPortal},
        {"JSON said to be text", answer(200, "text/plain"), RequestEnd::Lost, Trouble::Offline},
        {"no type at all", answer(200, ""), RequestEnd::Lost, Trouble::Offline},
        {"nothing under 204", answer(204, ""), RequestEnd::Lost, Trouble::Offline},
        {"accepted for later", answer(202, "application/json"), RequestEnd::Lost, Trouble::Offline},
        {"a problem under 200", problem(200, "busy"), RequestEnd::Lost, Trouble::Offline},
        {"redirect", answer(302, "text/html"), RequestEnd::NotPortal, Trouble::NotPortal},
        {"redirect without page", answer(307, ""), RequestEnd::NotPortal, Trouble::NotPortal},
        {"not modified", answer(304, ""), RequestEnd::NotPortal, Trouble::NotPortal},
        {"captive portal", answer(511, "text/html"), RequestEnd::NotPortal, Trouble::NotPortal},
        {"proxy wants a password", answer(407, "text/html"), RequestEnd::NotPortal, Trouble::NotPortal},
        {"a proxy's page", answer(403, "text/html"), RequestEnd::NotPortal, Trouble::NotPortal},
        {"busy", problem(503, "busy"), RequestEnd::Later, Trouble::Busy},
        {"too many", problem(429, "busy"), RequestEnd::Later, Trouble::Busy},
        {"503 of somebody", answer(503, "text/html"), RequestEnd::Lost, Trouble::Offline},
        {"429 of somebody", answer(429, "application/json"), RequestEnd::Lost, Trouble::Offline},
        {"broke", problem(500, "busy"), RequestEnd::Lost, Trouble::Offline},
        {"gateway's page", answer(502, "text/html"), RequestEnd::Lost, Trouble::Offline},
        {"gateway timeout", answer(504, ""), RequestEnd::Lost, Trouble::Offline},
        {"not enrolled", problem(401, "not-enrolled"), RequestEnd::Refused, Trouble::NotEnrolled},
        {"401 of somebody", answer(401, "application/json"), RequestEnd::Lost, Trouble::Offline},
        {"revoked", problem(403, "revoked"), RequestEnd::Refused, Trouble::Revoked},
        {"too old", problem(426, "client-too-old"), RequestEnd::Refused, Trouble::ClientTooOld},
        {"too large", problem(413, "too-large"), RequestEnd::Refused, Trouble::TooLarge},
        {"fork", problem(409, "chain-fork"), RequestEnd::Refused, Trouble::ChainFork},
        {"another 409", problem(409, "slot-used"), RequestEnd::Refused, Trouble::BadRequest},
        {"cursor gone", problem(410, "cursor-gone"), RequestEnd::Refused, Trouble::CursorGone},
        {"dossier gone", problem(410, "dossier-gone"), RequestEnd::Refused, Trouble::BadRequest},
        {"bad request", problem(400, "bad-request"), RequestEnd::Refused, Trouble::BadRequest},
        {"not found", problem(404, "not-found"), RequestEnd::Refused, Trouble::BadRequest},
        {"a new problem of tomorrow", problem(422, "something-new"), RequestEnd::Refused,
         Trouble::BadRequest},
        {"problem of another contract",
         answer(400, "application/problem+json", R"({"type":"about:blank","title":"x"})"), RequestEnd::Lost,
         Trouble::Offline},
        {"problem that is no JSON", answer(400, "application/problem+json", "{"), RequestEnd::Lost,
         Trouble::Offline},
        {"problem that is no object", answer(400, "application/problem+json", "[]"), RequestEnd::Lost,
         Trouble::Offline},
    };
    for (const auto& row : table) {
        INFO(row.what);
        const auto verdict = classify(row.reply, kNow);
        CHECK(verdict.end == row.end);
        CHECK(verdict.trouble == row.trouble);
        CHECK(verdict.httpStatus == row.reply.status);
    }
}

TEST_CASE("without a whole answer the outcome is lost, but a wrong certificate is a stranger's")
{
    for (const auto failure : {Failure::Refused, Failure::NoHost, Failure::Timeout, Failure::Reset,
                               Failure::Tls, Failure::TooLarge, Failure::Unreadable, Failure::Stopped}) {
        const auto verdict = classify({failure, 0, {}, {}, "why"}, kNow);
        CHECK(verdict.end == RequestEnd::Lost);
        CHECK_FALSE(verdict.httpStatus);
        CHECK_FALSE(verdict.detail.empty());
    }
    CHECK(classify({Failure::Certificate, 0, {}, {}, ""}, kNow).end == RequestEnd::NotPortal);
}

TEST_CASE("Retry-After counts only with problem+json")
{
    const Headers wait{{"Retry-After", "120"}};

    CHECK(classify(problem(503, "busy", wait), kNow).retryAfter == Millis{120'000});
    CHECK(classify(problem(500, "busy", wait), kNow).retryAfter == Millis{120'000});
    CHECK_FALSE(classify(answer(503, "text/html", "", wait), kNow).retryAfter);
    CHECK_FALSE(classify(problem(503, "busy", {{"Retry-After", "0"}}), kNow).retryAfter);
    CHECK_FALSE(classify(problem(503, "busy"), kNow).retryAfter);
}

TEST_CASE("the diary never holds a body")
{
    const auto verdict =
        classify(answer(400, "application/problem+json",
                        R"({"type":"urn:motcua:problem:bad-request","title":"Nguyễn Văn Hà"})"),
                 kNow);

    CHECK(verdict.detail == "400 bad-request");
}
