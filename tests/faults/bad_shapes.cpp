// SPDX-License-Identifier: GPL-3.0-or-later
// Answers whose documents or bytes are broken.
#include "sync/protocol/devices.h"
#include "tests/faults/bad_kinds.h"

namespace motcua::faults {

namespace {

using Answer = BadAnswer;

// ------------------------------------------------------------------------------------ broken shapes

Json oddValue(Answer& a)
{
    switch (a.below(12)) {
    case 0:
        return nullptr;
    case 1:
        return true;
    case 2:
        return -1;
    case 3:
        return 1e308;
    case 4:
        return 18446744073709551615ULL;
    case 5:
        return "";
    case 6:
        return "applied";
    case 7:
        return std::string(20'000, 'A');
    case 8:
        return Json::array();
    case 9:
        return Json::array({a.result(0)});
    case 10:
        return Json::object();
    default:
        return a.result(0);
    }
}

void wrongTypes(Answer& a)
{
    constexpr const char* kMembers[] = {"op", "result", "receipt", "problem", "dossier", "retryAfter"};
    const auto place = a.anyPlace();
    const char* member = kMembers[a.below(6)];
    Json odd = oddValue(a);
    a.result(place)[member] = std::move(odd);
}

void wrongTypesAbove(Answer& a)
{
    Json odd = oddValue(a);
    a.json[a.below(2) == 0 ? "results" : "portalEpoch"] = std::move(odd);
}

void noReceipt(Answer& a)
{
    const auto place = a.anyPlace();
    a.say(place, Outcome::Applied, nullptr);
    if (a.below(2) == 0) {
        a.result(place).erase("receipt");
    }
}

void leftOut(Answer& a)
{
    a.json["results"].erase(a.anyPlace());
}

void saidTwice(Answer& a)
{
    const auto place = a.anyPlace();
    Json again = a.result(place);
    again["result"] = "applied";
    again["receipt"] = a.words.signedBy(a.words.stranger, a.words.claim(a.sent[place]));
    auto& results = a.json["results"];
    results.insert(a.below(2) == 0 ? results.begin() : results.end(), std::move(again));
}

void otherDocument(Answer& a)
{
    switch (a.below(7)) {
    case 0:
        a.json = {
            {"cursor", "c9"}, {"portalEpoch", a.words.epoch}, {"more", false}, {"changes", Json::array()}};
        break;
    case 1: {
        Hello hello;
        hello.portalEpoch = a.words.epoch;
        hello.now = a.words.now;
        hello.keys = a.words.keys;
        a.json = toJson(hello);
        break;
    }
    case 2: {
        Json one = a.result(0);
        a.json = {{"result", std::move(one)}, {"portalEpoch", a.words.epoch}};
        break;
    }
    case 3: {
        Json list = a.json["results"];
        a.json = std::move(list);
        break;
    }
    case 4:
        a.json = toJson(problemOf(ProblemType::Busy));
        break;
    case 5:
        a.json = {{"ok", true}, {"applied", a.sent.size()}};
        break;
    default: {
        Json inside = a.json;
        a.json = {{"data", std::move(inside)}};
        break;
    }
    }
}

// --------------------------------------------------------------------------------------------- bytes

void flippedBits(Answer& a)
{
    auto& body = a.reply.body;
    for (std::size_t i = 1 + a.below(8); i > 0 && !body.empty(); --i) {
        char& byte = body[a.below(body.size())];
        byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << a.below(8)));
    }
}

void cutOff(Answer& a)
{
    a.reply.body.resize(a.below(a.reply.body.size() + 1));
}

void cutInside(Answer& a)
{
    auto& body = a.reply.body;
    const auto from = a.below(body.size() + 1);
    body.erase(from, 1 + a.below(40));
}

void inserted(Answer& a)
{
    std::string bytes(1 + a.below(6), '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(a.below(256));
    }
    a.reply.body.insert(a.below(a.reply.body.size() + 1), bytes);
}

void copiedInside(Answer& a)
{
    auto& body = a.reply.body;
    const auto piece = body.substr(a.below(body.size() + 1), 1 + a.below(200));
    body.insert(a.below(body.size() + 1), piece);
}

void wrapped(Answer& a)
{
    constexpr const char* kBefore[] = {"\xef\xbb\xbf", "<html>", ")]}'\n", "{}", "\0", "\x1f\x8b"};
    if (a.below(2) == 0) {
        a.reply.body.insert(0, kBefore[a.below(6)]);
    } else {
        a.reply.body += kBefore[1 + a.below(3)];
    }
}

/// A member twice, and each reader takes another one.
void memberTwice(Answer& a)
{
    constexpr const char* kMembers[] = {
        "\"receipt\":", "\"op\":", "\"result\":", "\"results\":", "\"portalEpoch\":"};
    auto& body = a.reply.body;
    const char* member = kMembers[a.below(5)];
    if (const auto found = body.find(member); found != std::string::npos) {
        const auto claim = a.words.signedBy(a.words.stranger, a.words.claim(a.sent.front()));
        body.insert(found, std::string(member) + "\"" + (a.below(2) == 0 ? "applied" : claim) + "\",");
    }
}

void deep(Answer& a)
{
    const auto depth = 1 + a.below(3'000);
    a.reply.body = std::string(depth, a.below(2) == 0 ? '[' : '{') + a.reply.body;
}

void otherStatus(Answer& a)
{
    constexpr int kOther[] = {100, 199, 202, 203, 204, 206, 226, 299, 300, 301, 302, 304, 307, 308, 400,
                              401, 403, 404, 405, 407, 408, 409, 410, 412, 413, 415, 418, 422, 425, 426,
                              429, 451, 500, 501, 502, 503, 504, 511, 520, 599, 600, 999, -1,  0};
    a.reply.status = kOther[a.below(44)];
}

void otherType(Answer& a)
{
    constexpr const char* kTypes[] = {"text/html",
                                      "text/plain",
                                      "",
                                      "application/jsonp",
                                      "application/xml",
                                      "application/problem+json",
                                      "text/json",
                                      "application/x-ndjson",
                                      "multipart/mixed",
                                      "application/octet-stream",
                                      ";",
                                      "json"};
    a.reply.headers.front().second = kTypes[a.below(12)];
}

void brokenOff(Answer& a)
{
    constexpr Failure kFailures[] = {Failure::Refused,  Failure::NoHost,      Failure::Timeout,
                                     Failure::Reset,    Failure::Certificate, Failure::Tls,
                                     Failure::TooLarge, Failure::Unreadable};
    a.reply.failure = kFailures[a.below(8)];
}

} // namespace

std::vector<BadKind> brokenAnswers()
{
    return {
        {"wrong types in a result", wrongTypes, {}},
        {"wrong types above", wrongTypesAbove, {}},
        {"no receipt", noReceipt, {}},
        {"one left out", leftOut, {}},
        {"one said twice", saidTwice, {}},
        {"another document", otherDocument, {}},
        {"bits flipped", {}, flippedBits},
        {"cut off", {}, cutOff},
        {"cut inside", {}, cutInside},
        {"bytes inserted", {}, inserted},
        {"a piece copied", {}, copiedInside},
        {"something around it", {}, wrapped},
        {"a member twice", {}, memberTwice},
        {"deep", {}, deep},
        {"another status", {}, otherStatus},
        {"another type", {}, otherType},
        {"broken off", {}, brokenOff},
    };
}

} // namespace motcua::faults
