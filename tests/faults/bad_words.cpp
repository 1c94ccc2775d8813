// SPDX-License-Identifier: GPL-3.0-or-later
// Answers with words that are not the portal's about these operations, or not its own at all.
#include "core/base/hash.h"
#include "sync/protocol/devices.h"
#include "tests/faults/bad_kinds.h"

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

} // namespace

std::vector<BadKind> wordsOfOthers()
{
    return {
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
    };
}

} // namespace motcua::faults
