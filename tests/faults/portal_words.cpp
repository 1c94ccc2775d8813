// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/portal_words.h"

#include "core/base/check.h"
#include "core/base/hash.h"

namespace motcua::faults {

namespace {

JwsSigner signerOf(const std::string& kid, std::uint64_t seed, char salt)
{
    const Hash bytes = sha256(std::to_string(seed) + salt);
    auto signer = JwsSigner::fromSeed(kid, Secret(std::string(bytesOf(bytes))));
    require(signer.has_value(), "a key is made of 32 bytes");
    return std::move(*signer);
}

} // namespace

PortalWords::PortalWords(std::uint64_t seed)
    : portal(signerOf("k2", seed, 'p')), retired(signerOf("k1", seed, 'r')),
      stranger(signerOf("k2", seed, 's')), newcomer(signerOf("k9", seed, 'n')),
      now(*parseRfc3339("2026-11-21T01:02:04.000Z"))
{
    keys = {retired.publicKey(), portal.publicKey()};
    keys.front().notAfter = now - std::chrono::hours{24};
}

Receipt PortalWords::claim(const SentOp& sent) const
{
    Receipt receipt;
    receipt.op = OpId(sent.op);
    receipt.digest = sent.digest;
    receipt.result = Outcome::Applied;
    receipt.uid = Uid("0192f0c1-2b3c-7d4e-8f50-123456789abc");
    receipt.at = now;
    receipt.epoch = epoch;
    receipt.seq = m_seq + 1;
    receipt.rev = Rev(toHex(sha256(sent.op)).substr(0, 32));
    return receipt;
}

void PortalWords::know(const SentOp& sent)
{
    if (m_known.count(sent.op) != 0) {
        return;
    }
    const int fate = sha256(sent.op).front() & 3;
    std::optional<Receipt> truth;
    if (fate != 3) {
        truth = claim(sent);
        truth->seq = ++m_seq;
    }
    if (fate == 1 || fate == 2) {
        truth->result = fate == 1 ? Outcome::Rejected : Outcome::Conflict;
        truth->problem = fate == 1 ? ProblemType::InvalidFields : ProblemType::RevMismatch;
        truth->seq.reset();
        truth->rev.reset();
    }
    const auto jws = truth ? signedBy(portal, *truth) : std::string();
    m_order.push_back(&m_known.emplace(sent.op, Known{sent, truth, jws}).first->second);
}

const std::optional<Receipt>& PortalWords::truth(const std::string& op) const
{
    return m_known.at(op).truth;
}

const SentOp& PortalWords::anyOp(Random& random) const
{
    return m_order[random.below(m_order.size())]->sent;
}

Json PortalWords::resultFor(const SentOp& sent) const
{
    const Known& known = m_known.at(sent.op);
    OpResult result;
    result.op = OpId(sent.op);
    result.result = known.truth ? known.truth->result : Outcome::Unknown;
    result.receipt = known.jws;
    if (known.truth && known.truth->problem) {
        result.problem = problemOf(*known.truth->problem);
    }
    return toJson(result);
}

Json PortalWords::answerTo(const std::vector<SentOp>& sent) const
{
    Json results = Json::array();
    for (const auto& each : sent) {
        results.push_back(resultFor(each));
    }
    return {{"results", std::move(results)}, {"portalEpoch", epoch}};
}

} // namespace motcua::faults
