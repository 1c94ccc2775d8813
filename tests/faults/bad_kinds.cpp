// SPDX-License-Identifier: GPL-3.0-or-later
// The ways in which an answer can be bad.
#include "core/base/hash.h"
#include "sync/protocol/devices.h"
#include "tests/faults/bad_answer.h"

#include <algorithm>

namespace motcua::faults {

namespace {

using Answer = BadAnswer;

// ------------------------------------------------------------------------- words that are others' words

void swapped(Answer& a)
{
    const auto one = a.anyPlace();
    const auto other = a.anyPlace();
    std::swap(a.result(one)["receipt"], a.result(other)["receipt"]);
}

void swappedResults(Answer& a)
{
    const auto one = a.anyPlace();
    const auto other = a.anyPlace();
    std::swap(a.result(one)["op"], a.result(other)["op"]);
}

void anothersReceipt(Answer& a)
{
    const auto place = a.anyPlace();
    const SentOp& other = a.words.anyOp(a.random);
    Json receipt =
        other.op == a.sent[place].op ? Json() : Json(stringAt(a.words.resultFor(other), "receipt"));
    a.say(place, Outcome::Applied, std::move(receipt));
}

void oldAnswer(Answer& a)
{
    std::vector<SentOp> others;
    for (std::size_t i = 0; i < a.sent.size(); ++i) {
        others.push_back(a.words.anyOp(a.random));
    }
    a.json = a.words.answerTo(others);
}

void oldReceiptsNewNames(Answer& a)
{
    for (std::size_t i = 0; i < a.sent.size(); ++i) {
        Json other = a.words.resultFor(a.words.anyOp(a.random));
        other["op"] = a.sent[i].op;
        a.result(i) = std::move(other);
    }
}

/// Signed by the portal's key, and about something else: `change` says what. Whatever is done to the rest of
/// the answer, it never proves anything here.
template<class Change> void otherWords(Answer& a, Change change)
{
    const auto place = a.anyPlace();
    Receipt receipt = a.words.claim(a.sent[place]);
    change(receipt);
    a.say(place, receipt.result, a.words.signedBy(a.words.portal, receipt));
}

void otherDigest(Answer& a)
{
    otherWords(a, [&](Receipt& receipt) { receipt.digest = toHex(sha256(std::to_string(a.random.next()))); });
}

void otherOperation(Answer& a)
{
    otherWords(a, [&](Receipt& receipt) {
        std::string op = receipt.op.text();
        op.back() = op.back() == '9' ? '8' : static_cast<char>(op.back() + 1);
        receipt.op = OpId(op);
    });
}

void otherInstall(Answer& a)
{
    otherWords(a, [&](Receipt& receipt) {
        std::string op = receipt.op.text();
        op.front() = op.front() == 'a' ? 'b' : 'a';
        receipt.op = OpId(op);
    });
}

void otherEpoch(Answer& a)
{
    otherWords(a, [&](Receipt& receipt) { receipt.epoch = a.words.oldEpoch; });
}

void claimsAnotherResult(Answer& a)
{
    constexpr Outcome kAll[] = {Outcome::Applied,  Outcome::Replayed, Outcome::Conflict,
                                Outcome::Rejected, Outcome::Mismatch, Outcome::Cancelled};
    const auto place = a.anyPlace();
    const auto before = stringAt(a.result(place), "result");
    const Outcome said = kAll[a.below(6)];
    const bool isSame = provenOutcome(said) == provenOutcome(parseOutcome(before).value_or(Outcome::Unknown));
    a.result(place)["result"] = isSame ? "unknown" : outcomeName(said);
}

void wholeOldEpoch(Answer& a)
{
    for (std::size_t i = 0; i < a.sent.size(); ++i) {
        Receipt receipt = a.words.claim(a.sent[i]);
        receipt.epoch = a.words.oldEpoch;
        a.say(i, Outcome::Applied, a.words.signedBy(a.words.portal, receipt));
    }
    a.json["portalEpoch"] = a.words.oldEpoch;
}

void onlyTheAnswersEpoch(Answer& a)
{
    a.json["portalEpoch"] = a.below(2) == 0 ? a.words.oldEpoch : std::string("e3");
}

// ---------------------------------------------------------------------------- words of others' keys

void strangersKey(Answer& a)
{
    const auto place = a.anyPlace();
    a.say(place, Outcome::Applied, a.words.signedBy(a.words.stranger, a.words.claim(a.sent[place])));
}

void allStrangersKey(Answer& a)
{
    for (std::size_t i = 0; i < a.sent.size(); ++i) {
        a.say(i, Outcome::Applied, a.words.signedBy(a.words.stranger, a.words.claim(a.sent[i])));
    }
}

void unheardKey(Answer& a)
{
    const auto place = a.anyPlace();
    a.say(place, Outcome::Applied, a.words.signedBy(a.words.newcomer, a.words.claim(a.sent[place])));
}

void endedKey(Answer& a)
{
    const auto place = a.anyPlace();
    a.say(place, Outcome::Applied, a.words.signedBy(a.words.retired, a.words.claim(a.sent[place])));
}

/// A claim that nobody signed, behind this header and before this signature.
void unsignedClaim(Answer& a, const std::string& header, const std::string& signature)
{
    const auto place = a.anyPlace();
    const auto payload = dumpJson(toJson(a.words.claim(a.sent[place])));
    a.say(place, Outcome::Applied, toBase64Url(header) + "." + toBase64Url(payload) + "." + signature);
}

void algNone(Answer& a)
{
    constexpr const char* kHeaders[] = {R"({"alg":"none"})", R"({"alg":"none","kid":"k2"})",
                                        R"({"alg":"NONE","kid":"k2"})", R"({"alg":"","kid":"k2"})"};
    unsignedClaim(a, kHeaders[a.below(4)], a.below(2) == 0 ? "" : std::string(86, 'A'));
}

void otherAlg(Answer& a)
{
    constexpr const char* kHeaders[] = {R"({"alg":"HS256","kid":"k2"})",
                                        R"({"alg":"ES256","kid":"k2"})",
                                        R"({"alg":"eddsa","kid":"k2"})",
                                        R"({"alg":["EdDSA"],"kid":"k2"})",
                                        R"({"alg":"EdDSA"})",
                                        R"({"alg":"EdDSA","kid":"k2","crit":["exp"]})",
                                        R"({"alg":"EdDSA","kid":"k2","kid":"k2"})",
                                        R"({"alg":"EdDSA","kid":null})",
                                        R"({"alg":"EdDSA","kid":"../k2"})"};
    unsignedClaim(a, kHeaders[a.below(9)], toBase64Url(std::string(64, '\0')));
}

void ownKeyInHeader(Answer& a)
{
    const auto x = toBase64Url(a.words.stranger.publicKey().x);
    const Json jwk{{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", x}};
    const Json header{{"alg", "EdDSA"}, {"kid", "k2"}, {"jwk", jwk}};
    const auto place = a.anyPlace();
    const auto jws = a.words.signedBy(a.words.stranger, a.words.claim(a.sent[place]));
    a.say(place, Outcome::Applied, toBase64Url(dumpJson(header)) + jws.substr(jws.find('.')));
}

void weakSignature(Answer& a)
{
    // Points of small order and an S of zero or beyond the order: what careless checkers let through.
    constexpr unsigned char kFills[] = {0x00, 0x01, 0xff, 0xed};
    std::string signature(64, '\0');
    signature[0] = static_cast<char>(kFills[a.below(4)]);
    signature[63] = static_cast<char>(kFills[a.below(4)]);
    unsignedClaim(a, R"({"alg":"EdDSA","kid":"k2"})", toBase64Url(signature));
}

// ------------------------------------------------------------------------- changed after the signing

/// The claim of a stranger's signature or the truth of the portal's, with its three parts in hand.
void changedParts(Answer& a, void (*change)(Answer&, std::string&, std::string&, std::string&))
{
    const auto place = a.anyPlace();
    std::string jws = stringAt(a.result(place), "receipt");
    if (jws.empty()) { // the portal never heard of it: what it said of another is what can be had
        jws = stringAt(a.words.resultFor(a.words.anyOp(a.random)), "receipt");
    }
    const auto first = jws.find('.');
    const auto second = jws.rfind('.');
    if (first == std::string::npos || first == second) {
        a.result(place)["receipt"] = "..";
        return;
    }
    auto head = jws.substr(0, first);
    auto body = jws.substr(first + 1, second - first - 1);
    auto tail = jws.substr(second + 1);
    change(a, head, body, tail);
    a.say(place, Outcome::Applied, head + "." + body + "." + tail);
}

void editedPayload(Answer& a)
{
    changedParts(a, [](Answer& answer, std::string&, std::string& body, std::string&) {
        const auto text = fromBase64Url(body);
        auto json = text ? parseJson(*text).value_or(Json::object()) : Json::object();
        if (!json.is_object()) {
            return;
        }
        const SentOp& sent = answer.sent[answer.anyPlace()];
        json["op"] = sent.op;
        json["digest"] = sent.digest;
        json["result"] = "applied";
        json.erase("problem");
        json["seq"] = 1 + answer.below(1'000);
        body = toBase64Url(dumpJson(json));
    });
}

void flippedInReceipt(Answer& a)
{
    changedParts(a, [](Answer& answer, std::string& head, std::string& body, std::string& tail) {
        constexpr std::string_view kDigits =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        std::string* parts[] = {&head, &body, &tail};
        std::string& part = *parts[answer.below(3)];
        if (!part.empty()) {
            part[answer.below(part.size())] = kDigits[answer.below(64)];
        }
    });
}

void otherAlphabet(Answer& a)
{
    changedParts(a, [](Answer& answer, std::string& head, std::string& body, std::string& tail) {
        std::string* parts[] = {&head, &body, &tail};
        std::string& part = *parts[answer.below(3)];
        constexpr const char* kInsert[] = {"=", "==", "+", "/", " ", "\n", "\t", "%3D", "\xc2\xa0"};
        part.insert(answer.below(2) == 0 ? part.size() : answer.below(part.size() + 1),
                    kInsert[answer.below(9)]);
    });
}

void moreDots(Answer& a)
{
    changedParts(a, [](Answer& answer, std::string& head, std::string& body, std::string& tail) {
        std::string* parts[] = {&head, &body, &tail};
        std::string& part = *parts[answer.below(3)];
        part.insert(answer.below(part.size() + 1), answer.below(2) == 0 ? "." : "..");
    });
}

void shorterSignature(Answer& a)
{
    changedParts(a, [](Answer& answer, std::string&, std::string&, std::string& tail) {
        tail.resize(answer.below(2) == 0 ? answer.below(tail.size() + 1) : tail.size() + 4, 'A');
    });
}

void anothersPayload(Answer& a)
{
    changedParts(a, [](Answer& answer, std::string&, std::string& body, std::string&) {
        const auto other = stringAt(answer.words.resultFor(answer.words.anyOp(answer.random)), "receipt");
        if (!other.empty()) {
            body = other.substr(other.find('.') + 1, other.rfind('.') - other.find('.') - 1);
        }
    });
}

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

const std::vector<BadKind>& badKinds()
{
    static const std::vector<BadKind> kinds{
        {"receipts swapped", swapped, {}},
        {"names swapped", swappedResults, {}},
        {"another operation's receipt", anothersReceipt, {}},
        {"an older answer", oldAnswer, {}},
        {"older receipts under these names", oldReceiptsNewNames, {}},
        {"a receipt of other bytes", otherDigest, {}},
        {"a receipt of the next operation", otherOperation, {}},
        {"a receipt of another install", otherInstall, {}},
        {"a receipt of another epoch", otherEpoch, {}},
        {"another result beside the receipt", claimsAnotherResult, {}},
        {"all of another epoch", wholeOldEpoch, {}},
        {"the answer's epoch", onlyTheAnswersEpoch, {}},
        {"a stranger's key", strangersKey, {}},
        {"a stranger's key everywhere", allStrangersKey, {}},
        {"a key not heard of", unheardKey, {}},
        {"a key that has ended", endedKey, {}},
        {"alg none", algNone, {}},
        {"another header", otherAlg, {}},
        {"a key in the header", ownKeyInHeader, {}},
        {"a weak signature", weakSignature, {}},
        {"an edited payload", editedPayload, {}},
        {"a digit of a receipt", flippedInReceipt, {}},
        {"padding and other alphabets", otherAlphabet, {}},
        {"more dots", moreDots, {}},
        {"a signature of another length", shorterSignature, {}},
        {"another's payload", anothersPayload, {}},
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
    return kinds;
}

} // namespace motcua::faults
