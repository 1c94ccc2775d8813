// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/fault_answers.h"

#include "sync/reference_portal/portal_api_call.h"

#include <chrono>
#include <thread>

namespace motcua::portal {

namespace {

HttpAnswer pageAnswer(int status, const char* html)
{
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = "text/html; charset=utf-8";
    answer.body = html;
    return answer;
}

HttpAnswer busyAnswer(const FaultRule& rule, int status)
{
    HttpAnswer answer = problemAnswer(problemOf(ProblemType::Busy), status);
    if (rule.seconds) {
        answer.headers.emplace_back("Retry-After", std::to_string(*rule.seconds));
    }
    return answer;
}

constexpr const char* kLoginPage =
    "<!doctype html><title>Wi-Fi</title><p>Please log in to use this network.</p>\n";

} // namespace

std::optional<HttpAnswer> answerInstead(const FaultRule& rule, ConnectionFate& fate)
{
    switch (rule.kind) {
    case FaultKind::Refuse:
        fate = ConnectionFate::DropAnswer;
        return HttpAnswer{};
    case FaultKind::LoseRequest:
        fate = ConnectionFate::ResetAnswer;
        return HttpAnswer{};
    case FaultKind::Away:
        return busyAnswer(rule, 503);
    case FaultKind::Busy:
        return busyAnswer(rule, 429);
    case FaultKind::Bare503:
        return pageAnswer(503, "<h1>Service Unavailable</h1>\n");
    case FaultKind::Error500:
        return pageAnswer(500, "<h1>Internal Server Error</h1>\n");
    case FaultKind::Captive:
        return pageAnswer(200, kLoginPage);
    case FaultKind::Login511:
        return pageAnswer(511, kLoginPage);
    case FaultKind::Redirect: {
        HttpAnswer answer = pageAnswer(302, kLoginPage);
        answer.headers.emplace_back("Location", "http://login.example/");
        return answer;
    }
    default:
        return std::nullopt;
    }
}

void spoil(const FaultRule& rule, Faults& faults, HttpAnswer& answer, ConnectionFate& fate)
{
    switch (rule.kind) {
    case FaultKind::Slow:
        std::this_thread::sleep_for(std::chrono::milliseconds{rule.millis});
        break;
    case FaultKind::LoseAnswer:
        fate = ConnectionFate::DropAnswer;
        break;
    case FaultKind::ResetAnswer:
        fate = ConnectionFate::ResetAnswer;
        break;
    case FaultKind::CutAnswer:
        fate = ConnectionFate::CutAnswer;
        break;
    case FaultKind::HalfJson:
        answer.body.resize(answer.body.size() / 2);
        break;
    case FaultKind::Error500Done:
        answer = pageAnswer(500, "<h1>Internal Server Error</h1>\n");
        break;
    case FaultKind::OtherReceipt:
    case FaultKind::BadSignature:
        faults.spoilReceipts(rule.kind, answer);
        break;
    default:
        break;
    }
}

} // namespace motcua::portal
