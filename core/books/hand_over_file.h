// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/secret.h"
#include "core/books/book_state.h"

#include <string>
#include <string_view>

namespace motcua {

/// Who a counter is to the others of its unit: a small file that a leader carries there once. Holds no
/// secret; what makes it trustworthy is that a person compared its code on both screens.
struct CounterCard
{
    std::string unit;
    std::string unitName;
    BookCounter counter;
    std::string sealKey; ///< X25519, 32 bytes: what is for this counter is sealed to it
    std::string signKey; ///< Ed25519, 32 bytes: what comes from it is signed with it
};
[[nodiscard]] Json toJson(const CounterCard& card);
[[nodiscard]] Result<CounterCard> counterCardFromJson(const Json& json);
/// "ABCDE-FGHIJ-KLMNO-23456": a hundred bits of the card, to be compared by eye.
[[nodiscard]] std::string cardCode(const CounterCard& card);
/// The card as a file, and read from one. Errors: Foreign, Damaged, Newer.
[[nodiscard]] std::string cardFile(const CounterCard& card);
[[nodiscard]] Result<CounterCard> readCardFile(std::string_view bytes);

/// The secret halves, from 32 bytes that the register keeps.
class CounterKeys
{
public:
    /// Errors: Invalid (another length).
    [[nodiscard]] static Result<CounterKeys> fromSeed(const Secret& seed);

    [[nodiscard]] const std::string& sealKey() const { return m_sealPublic; }
    [[nodiscard]] const std::string& signKey() const { return m_signPublic; }
    [[nodiscard]] const Secret& sealSecret() const { return m_sealSecret; }
    [[nodiscard]] const Secret& signSecret() const { return m_signSecret; }

private:
    CounterKeys() = default;
    std::string m_sealPublic;
    std::string m_signPublic;
    Secret m_sealSecret;
    Secret m_signSecret;
};

/// What a hand-over carries: the acts that the receiver may not know, and what they must join on to.
struct HandOver
{
    CounterCard from;
    BookCounter to;
    std::string book;
    std::int64_t hop = 0;
    std::int64_t fromSeq = 1;
    Hash before{}; ///< the chain in front of the first act
    Hash head{};   ///< and behind the last
    std::vector<Json> acts;
};

inline constexpr std::size_t kHandOverBytesMax = std::size_t{64} << 20;

/// Sealed to the receiver, signed by the giver. Errors: Invalid (no key of that kind), Refused (too large).
[[nodiscard]] Result<std::string> sealHandOver(const HandOver& handOver, const CounterKeys& giver,
                                               const std::string& receiverSealKey);
/// Opens it and proves that whoever `from` names has signed it; whether that one is to be believed is for the
/// caller. Errors: Foreign (no such file), WrongKey (for another counter), Damaged (cut off, changed,
/// forged), Newer.
[[nodiscard]] Result<HandOver> openHandOver(std::string_view bytes, const CounterKeys& receiver);

} // namespace motcua
