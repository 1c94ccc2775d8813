// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/judge.h"

#include "core/base/hash.h"
#include "sync/protocol/devices.h"
#include "sync/protocol/receipt.h"

#include <algorithm>
#include <unordered_map>

namespace motcua {

namespace {

VerifiedReceipt storedFormOf(const Receipt& receipt, const OpResult& result)
{
    VerifiedReceipt stored;
    stored.result = std::string(outcomeName(receipt.result));
    if (receipt.problem) {
        stored.problem = std::string(problemName(*receipt.problem));
    }
    if (result.problem) {
        stored.detail = toJson(*result.problem);
    }
    if (receipt.rev) {
        stored.rev = receipt.rev->text();
    }
    stored.seq = receipt.seq;
    stored.officialCode = receipt.officialCode;
    stored.at = receipt.at;
    stored.epoch = receipt.epoch;
    stored.jws = result.receipt;
    return stored;
}

/// The key that an unverified JWS names; only to find out whether a hello may bring it.
std::string namedKey(std::string_view jws)
{
    const auto header = fromBase64Url(jws.substr(0, jws.find('.')));
    const auto json = header ? parseJson(*header, {1024, 4}) : Result<Json>(Json());
    return json ? stringAt(*json, "kid") : std::string();
}

bool isKnown(const std::string& kid, std::span<const PortalKey> keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](const PortalKey& key) { return key.kid == kid; });
}

Result<Results> readResults(const std::string& body)
{
    return resultsFromJson(TRY(parseJson(body)));
}

class Judge
{
public:
    Judge(std::span<const PortalKey> keys, std::string portalEpoch) : m_keys(keys)
    {
        m_judgement.portalEpoch = std::move(portalEpoch);
    }

    void hear(const Outgoing& sent, const OpResult& result)
    {
        JudgedOperation judged{{sent.position, {}, {}, {}}, followUp(result.result), {}};
        if (provenOutcome(result.result)) {
            if (!prove(sent, result, judged.stored)) {
                return;
            }
            if (judged.stored.receipt->problem == "already-applied") {
                judged.followUp = FollowUp::Merge; // with what its place brought about
            }
        } else {
            judged.stored.note = std::string(outcomeName(result.result));
            if (result.result == Outcome::Later && result.retryAfterSeconds.value_or(0) > 0) {
                judged.asked = seconds(*result.retryAfterSeconds);
            }
        }
        m_judgement.operations.push_back(std::move(judged));
    }

    Judgement take() { return std::move(m_judgement); }

private:
    static Millis seconds(std::int64_t number)
    {
        return std::chrono::seconds{std::min<std::int64_t>(number, 366 * 24 * 3600)};
    }

    bool prove(const Outgoing& sent, const OpResult& result, StoredResult& stored)
    {
        const auto receipt =
            verifyReceipt(result.receipt, m_keys,
                          {OpId(sent.op), toHex(sent.digest), result.result, m_judgement.portalEpoch});
        if (receipt) {
            stored.receipt = storedFormOf(*receipt, result);
            return true;
        }
        if (receipt.error().kind == ErrorKind::Duplicate) {
            m_judgement.otherBytes.push_back(sent.position); // and what it proves is not ours
            return false;
        }
        m_judgement.isKeyUnknown = m_judgement.isKeyUnknown || !isKnown(namedKey(result.receipt), m_keys);
        m_judgement.forged = receipt.error().detail;
        return false;
    }

    std::span<const PortalKey> m_keys;
    Judgement m_judgement;
};

} // namespace

std::vector<StoredResult> Judgement::stored() const
{
    std::vector<StoredResult> results;
    results.reserve(operations.size());
    for (const auto& operation : operations) {
        results.push_back(operation.stored);
    }
    return results;
}

int Judgement::count(FollowUp wanted) const
{
    return static_cast<int>(
        std::count_if(operations.begin(), operations.end(),
                      [&](const JudgedOperation& each) { return each.followUp == wanted; }));
}

Judgement judge(const std::vector<Outgoing>& batch, const Results& answer, std::span<const PortalKey> keys)
{
    std::unordered_map<std::string_view, const OpResult*> byOp;
    for (const auto& result : answer.results) {
        byOp.emplace(result.op.text(), &result);
    }
    Judge judge(keys, answer.portalEpoch);
    for (const auto& sent : batch) {
        if (const auto found = byOp.find(sent.op); found != byOp.end()) {
            judge.hear(sent, *found->second);
        }
    }
    return judge.take();
}

Judgement judgeAnswer(const Reply& reply, Verdict& verdict, const std::vector<Outgoing>& batch, About about,
                      const KnownPortal& portal)
{
    if (!verdict.isAnswered()) {
        return {};
    }
    const auto results = readResults(reply.body);
    if (!results) {
        verdict = unusable(reply, results.error().detail);
        return {};
    }
    if (results->portalEpoch != portal.epoch) {
        // Its receipts may be of what a restore has lost; sending again brings new ones.
        verdict = unusable(reply, "answer of another portal epoch");
        Judgement nothing;
        nothing.isOtherEpoch = true;
        return nothing;
    }
    auto judgement = judge(batch, *results, portal.keys);
    if (about == About::Asked) {
        return judgement;
    }
    // Of what was sent just now, other bytes cannot be known to the portal: it would have refused the whole
    // request as a fork. Of what is only asked about they can, where a copied disk was at work; sending finds
    // that out.
    if (!judgement.otherBytes.empty() && !judgement.forged) {
        judgement.forged = "receipt for other bytes";
    }
    if (judgement.operations.empty() && !judgement.forged) {
        verdict = unusable(reply, "an answer to nothing that was sent"); // out of somebody's cache
    }
    return judgement;
}

std::vector<PortalKey> keysOf(const Json& keys)
{
    std::vector<PortalKey> read;
    for (const auto& json : keys) {
        if (auto key = portalKeyFromJson(json)) {
            read.push_back(std::move(*key));
        }
    }
    return read;
}

Json keysToJson(const std::vector<PortalKey>& keys)
{
    Json json = Json::array();
    for (const auto& key : keys) {
        json.push_back(toJson(key));
    }
    return json;
}

} // namespace motcua
