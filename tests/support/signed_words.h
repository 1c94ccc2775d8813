// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/desk/portal_desk.h"
#include "sync/protocol/answers.h"
#include "sync/protocol/devices.h"
#include "sync/protocol/jws.h"
#include "sync/protocol/receipt.h"

#include <string>

namespace motcua {

/// A portal's key and really signed words, for tests that need a portal's voice but no portal.
class SignedWords
{
public:
    explicit SignedWords(const std::string& kid = "k1", char seed = 's', std::string epoch = "e1")
        : m_epoch(std::move(epoch)), m_signer(make(kid, seed))
    {}

    [[nodiscard]] const PortalKey& key() const { return m_signer.publicKey(); }
    [[nodiscard]] const std::string& epoch() const { return m_epoch; }

    /// What came before, as far as it was not said by receipts.
    void seqIs(std::int64_t seq) { m_seq = seq; }

    [[nodiscard]] Receipt receipt(const std::string& op, const std::string& digest, Outcome answered)
    {
        Receipt receipt;
        receipt.op = OpId(op);
        receipt.digest = digest;
        receipt.result = provenOutcome(answered).value_or(Outcome::Applied);
        receipt.uid = Uid("0192f0c1-2b3c-7d4e-8f50-123456789abc");
        receipt.at = *parseRfc3339("2026-11-21T01:02:04.000Z");
        receipt.epoch = m_epoch;
        if (receipt.result == Outcome::Applied) {
            receipt.seq = ++m_seq;
            const auto number = std::to_string(m_seq);
            receipt.rev = Rev(std::string(32 - number.size(), '0') + number);
        }
        return receipt;
    }
    [[nodiscard]] std::string jws(const Receipt& receipt) const
    {
        return m_signer.sign(dumpJson(toJson(receipt)));
    }
    /// Anything else that a portal signs.
    [[nodiscard]] std::string sign(std::string_view payload) const { return m_signer.sign(payload); }

    [[nodiscard]] OpResult result(const std::string& op, const std::string& digest, Outcome answered)
    {
        OpResult result;
        result.op = OpId(op);
        result.result = answered;
        if (provenOutcome(answered)) {
            auto word = receipt(op, digest, answered);
            if (answered == Outcome::Conflict) {
                word.problem = ProblemType::RevMismatch;
                result.problem = problemOf(ProblemType::RevMismatch);
            } else if (answered == Outcome::Rejected) {
                word.problem = ProblemType::InvalidFields;
                result.problem = problemOf(ProblemType::InvalidFields);
            }
            result.receipt = jws(word);
        }
        return result;
    }

private:
    static JwsSigner make(const std::string& kid, char seed)
    {
        auto signer = JwsSigner::fromSeed(kid, Secret(std::string(32, seed)));
        require(signer.has_value(), "a key is made of 32 bytes");
        return std::move(*signer);
    }

    std::string m_epoch;
    JwsSigner m_signer;
    std::int64_t m_seq = 0;
};

} // namespace motcua
