// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "sync/protocol/answers.h"
#include "sync/protocol/jws.h"
#include "sync/protocol/receipt.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace motcua::faults {

/// An operation as it was sent.
struct SentOp
{
    std::string op;
    std::string digest; ///< hex
};

/// What a portal truly says about each operation, and what others can say in its place. Of the operations a
/// quarter each is applied, rejected, in conflict, and not known there at all.
class PortalWords
{
public:
    explicit PortalWords(std::uint64_t seed);

    /// Hears of an operation; what became of it is decided by its name alone.
    void know(const SentOp& sent);
    /// Nothing: the portal never heard of it, and whatever proves it is false.
    [[nodiscard]] const std::optional<Receipt>& truth(const std::string& op) const;
    [[nodiscard]] const SentOp& anyOp(Random& random) const;

    /// The answer that a portal would give.
    [[nodiscard]] Json answerTo(const std::vector<SentOp>& sent) const;
    [[nodiscard]] Json resultFor(const SentOp& sent) const;
    /// That the portal applied it, whether it did or not.
    [[nodiscard]] Receipt claim(const SentOp& sent) const;

    [[nodiscard]] std::string signedBy(const JwsSigner& signer, const Receipt& receipt) const
    {
        return signer.sign(dumpJson(toJson(receipt)));
    }

    JwsSigner portal;   ///< "k2", signs now
    JwsSigner retired;  ///< "k1", until the portal's time began
    JwsSigner stranger; ///< calls itself "k2"
    JwsSigner newcomer; ///< "k9", of which nobody heard
    std::vector<PortalKey> keys;
    std::string epoch = "e2";
    std::string oldEpoch = "e1";
    Instant now;

private:
    struct Known
    {
        SentOp sent;
        std::optional<Receipt> truth;
        std::string jws; ///< the truth's
    };
    std::map<std::string, Known> m_known;
    std::vector<const Known*> m_order;
    std::int64_t m_seq = 0;
};

} // namespace motcua::faults
