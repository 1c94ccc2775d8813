// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/bad_answer.h"

#include "core/base/hash.h"

#include <algorithm>

namespace motcua::faults {

void BadAnswer::say(std::size_t place, Outcome outcome, Json receipt)
{
    Json& said = result(place);
    said["result"] = outcomeName(outcome);
    said["receipt"] = std::move(receipt);
}

Reply makeBad(const PortalWords& words, const std::vector<SentOp>& sent, std::size_t kind, Random& random)
{
    const auto& kinds = badKinds();
    const Json truth = words.answerTo(sent);
    const std::string trueText = dumpJson(truth);
    while (true) {
        BadAnswer answer{words, sent, random, truth, {}};
        const BadKind& first = kinds[kind % kinds.size()];
        const BadKind* second = random.below(5) == 0 ? &kinds[random.below(kinds.size())] : nullptr;
        for (const BadKind* each : {&first, second}) {
            const Json& results = at(answer.json, "results");
            if (each != nullptr && each->words != nullptr && results.is_array() &&
                results.size() == sent.size()) {
                each->words(answer);
            }
        }
        answer.reply.status = 200;
        answer.reply.headers = {{"Content-Type", "application/json"}};
        answer.reply.body = dumpJson(answer.json);
        for (const BadKind* each : {&first, second}) {
            if (each != nullptr && each->bytes != nullptr) {
                each->bytes(answer);
            }
        }
        const bool isBad = answer.reply.failure != Failure::None || answer.reply.status != 200 ||
                           answer.reply.headers.front().second != "application/json" ||
                           answer.reply.body != trueText;
        if (isBad) {
            return std::move(answer.reply);
        }
    }
}

// ------------------------------------------------------------------------------------------- mutants

namespace {

/// A receipt whose signature, if that counts, is the portal's.
std::optional<Json> payloadOf(const std::string& jws, const std::vector<PortalKey>& keys, Without without)
{
    std::optional<std::string> text;
    if (without == Without::Signature) {
        const auto first = jws.find('.');
        const auto second = first == std::string::npos ? first : jws.find('.', first + 1);
        if (second != std::string::npos) {
            text = fromBase64Url(std::string_view(jws).substr(first + 1, second - first - 1));
        }
    } else if (auto verified = verifyJws(jws, keys);
               verified && (!verified->key.notAfter || without == Without::Age)) {
        text = std::move(verified->payload);
    }
    auto json = text ? parseJson(*text) : Result<Json>(Json());
    return json && json->is_object() ? std::optional(std::move(*json)) : std::nullopt;
}

void pass(Without without, Json& payload, const Json& result, const Json& answer,
          const std::vector<SentOp>& sent)
{
    const auto op = stringAt(result, "op");
    const auto found =
        std::find_if(sent.begin(), sent.end(), [&](const auto& each) { return each.op == op; });
    if (without == Without::Operation) {
        payload["op"] = op;
    } else if (without == Without::Digest && found != sent.end()) {
        payload["digest"] = found->digest;
    } else if (without == Without::Epoch) {
        payload["epoch"] = stringAt(answer, "portalEpoch");
    } else if (without == Without::Result) {
        const auto outcome = parseOutcome(stringAt(result, "result"));
        const auto proven = outcome ? provenOutcome(*outcome) : std::nullopt;
        payload["result"] = proven ? Json(outcomeName(*proven)) : payload["result"];
    }
}

} // namespace

std::optional<Without> parseWithout(std::string_view name)
{
    constexpr std::pair<std::string_view, Without> kNames[] = {
        {"signature", Without::Signature}, {"operation", Without::Operation}, {"digest", Without::Digest},
        {"epoch", Without::Epoch},         {"result", Without::Result},       {"age", Without::Age}};
    for (const auto& [known, without] : kNames) {
        if (known == name) {
            return without;
        }
    }
    return std::nullopt;
}

Reply seenWithout(Without without, Reply reply, const PortalWords& words, const std::vector<SentOp>& sent)
{
    auto answer = parseJson(reply.body);
    if (without == Without::Nothing || !answer || !at(*answer, "results").is_array()) {
        return reply;
    }
    for (Json& result : (*answer)["results"]) {
        auto payload = payloadOf(stringAt(result, "receipt"), words.keys, without);
        if (!payload) {
            continue;
        }
        pass(without, *payload, result, *answer, sent);
        result["receipt"] = words.portal.sign(dumpJson(*payload));
    }
    reply.body = dumpJson(*answer);
    return reply;
}

} // namespace motcua::faults
