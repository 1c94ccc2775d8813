// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/books/hand_over_file.h"

#include "core/base/check.h"
#include "core/journal/chain_code.h"

#include <array>
#include <sodium.h>

namespace motcua {

namespace {

constexpr std::string_view kMagic = "MCSOBO1\n";
constexpr std::string_view kMagicOfAll = "MCSOBO";
constexpr std::string_view kCardMagic = "MCTHE1\n";
constexpr std::string_view kCardMagicOfAll = "MCTHE";
constexpr std::size_t kHintBytes = 8;
constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kHeadBytes = kMagic.size() + kHintBytes + kLengthBytes;
constexpr std::size_t kCardBytesMax = 4096;
constexpr JsonLimits kLimits{kHandOverBytesMax, 48};

unsigned char* bytes(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// Tells for whom a file is without telling anybody else who that is.
std::string hintOf(std::string_view sealKey)
{
    return std::string(bytesOf(sha256("hand-over for|", sealKey)).substr(0, kHintBytes));
}

std::string littleEnd(std::uint64_t number)
{
    std::string eight;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        eight += static_cast<char>(number >> (8 * i) & 0xff);
    }
    return eight;
}

/// The receiver is in what is signed: nobody can open a file and seal it on to somebody else as the giver's.
std::string signedWords(std::string_view receiver, std::string_view payload)
{
    return "motcua hand-over|" + toHex(receiver) + '|' + toHex(sha256(payload));
}

Result<std::string> keyAt(const Json& json, const char* name)
{
    auto key = fromBase64Url(stringAt(json, name));
    if (!key || key->size() != 32) {
        return fail(ErrorKind::Damaged, std::string("no key ") + name);
    }
    return std::move(*key);
}

Result<Hash> hashAt(const Json& json, const char* name)
{
    const auto raw = fromHex(stringAt(json, name));
    const auto hash = raw ? hashFromBytes(*raw) : std::nullopt;
    if (!hash) {
        return fail(ErrorKind::Damaged, std::string("no hash ") + name);
    }
    return *hash;
}

Json payloadOf(const HandOver& handOver)
{
    return {{"from", toJson(handOver.from)}, {"to", toJson(handOver.to)},
            {"book", handOver.book},         {"hop", handOver.hop},
            {"fromSeq", handOver.fromSeq},   {"before", toHex(handOver.before)},
            {"head", toHex(handOver.head)},  {"acts", handOver.acts}};
}

Result<HandOver> handOverOf(const Json& json)
{
    HandOver read;
    read.from = TRY(counterCardFromJson(at(json, "from")));
    read.to = TRY(bookCounterFromJson(at(json, "to")));
    read.book = stringAt(json, "book");
    read.before = TRY(hashAt(json, "before"));
    read.head = TRY(hashAt(json, "head"));
    if (!at(json, "hop").is_number_integer() || !at(json, "fromSeq").is_number_integer() ||
        !at(json, "acts").is_array() || !parseBookKey(read.book)) {
        return fail(ErrorKind::Damaged, "the hand-over is not complete");
    }
    read.hop = at(json, "hop").get<std::int64_t>();
    read.fromSeq = at(json, "fromSeq").get<std::int64_t>();
    for (const Json& act : at(json, "acts")) {
        read.acts.push_back(act);
    }
    return read;
}

} // namespace

Json toJson(const CounterCard& card)
{
    return {{"unit", card.unit},
            {"unitName", card.unitName},
            {"counter", toJson(card.counter)},
            {"sealKey", toBase64Url(card.sealKey)},
            {"signKey", toBase64Url(card.signKey)}};
}

Result<CounterCard> counterCardFromJson(const Json& json)
{
    CounterCard card;
    card.unit = stringAt(json, "unit");
    card.unitName = stringAt(json, "unitName");
    card.sealKey = TRY(keyAt(json, "sealKey"));
    card.signKey = TRY(keyAt(json, "signKey"));
    auto counter = bookCounterFromJson(at(json, "counter"));
    if (!counter || card.unit.empty()) {
        return fail(ErrorKind::Damaged, "the card names no counter");
    }
    card.counter = std::move(*counter);
    return card;
}

std::string cardCode(const CounterCard& card)
{
    return chainCode(sha256("motcua counter|", dumpJson(toJson(card))));
}

std::string cardFile(const CounterCard& card)
{
    return std::string(kCardMagic) + dumpJson(toJson(card)) + '\n';
}

Result<CounterCard> readCardFile(std::string_view file)
{
    if (!file.starts_with(kCardMagicOfAll) || file.size() > kCardBytesMax) {
        return fail(ErrorKind::Foreign, "not a counter's card");
    }
    if (!file.starts_with(kCardMagic)) {
        return fail(ErrorKind::Newer, "the card of a newer version");
    }
    const auto json = parseJson(file.substr(kCardMagic.size()));
    if (!json) {
        return fail(ErrorKind::Damaged, "the card is not readable");
    }
    return counterCardFromJson(*json);
}

Result<CounterKeys> CounterKeys::fromSeed(const Secret& seed)
{
    if (seed.bytes().size() != 32) {
        return fail(ErrorKind::Invalid, "a seed has 32 bytes");
    }
    const Secret sealSeed(std::string(bytesOf(sha256("motcua books seal|", seed.bytes()))));
    const Secret signSeed(std::string(bytesOf(sha256("motcua books sign|", seed.bytes()))));
    CounterKeys keys;
    keys.m_sealPublic.resize(crypto_box_PUBLICKEYBYTES);
    keys.m_signPublic.resize(crypto_sign_PUBLICKEYBYTES);
    std::string sealSecret(crypto_box_SECRETKEYBYTES, '\0');
    std::string signSecret(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_box_seed_keypair(bytes(keys.m_sealPublic), bytes(sealSecret), bytes(sealSeed.bytes()));
    crypto_sign_seed_keypair(bytes(keys.m_signPublic), bytes(signSecret), bytes(signSeed.bytes()));
    keys.m_sealSecret = Secret(std::move(sealSecret));
    keys.m_signSecret = Secret(std::move(signSecret));
    return keys;
}

Result<std::string> sealHandOver(const HandOver& handOver, const CounterKeys& giver,
                                 const std::string& receiverSealKey)
{
    if (receiverSealKey.size() != crypto_box_PUBLICKEYBYTES) {
        return fail(ErrorKind::Invalid, "no key to seal to");
    }
    const std::string payload = dumpJson(payloadOf(handOver));
    if (payload.size() > kHandOverBytesMax) {
        return fail(ErrorKind::Refused, "the hand-over is too large");
    }
    const std::string words = signedWords(receiverSealKey, payload);
    std::string plain(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytes(plain), nullptr, bytes(std::string_view(words)), words.size(),
                         bytes(giver.signSecret().bytes()));
    plain += payload;
    std::string box(plain.size() + crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal(bytes(box), bytes(std::string_view(plain)), plain.size(),
                        bytes(std::string_view(receiverSealKey))) != 0) {
        return fail(ErrorKind::Invalid, "no key to seal to");
    }
    sodium_memzero(plain.data(), plain.size());
    return std::string(kMagic) + hintOf(receiverSealKey) + littleEnd(box.size()) + box;
}

Result<HandOver> openHandOver(std::string_view file, const CounterKeys& receiver)
{
    if (!file.starts_with(kMagicOfAll)) {
        return fail(ErrorKind::Foreign, "not a hand-over of a book");
    }
    if (file.size() >= kMagic.size() && !file.starts_with(kMagic)) {
        return fail(ErrorKind::Newer, "a hand-over of a newer version");
    }
    if (file.size() < kHeadBytes + crypto_box_SEALBYTES + crypto_sign_BYTES ||
        file.size() > kHandOverBytesMax + kHeadBytes + crypto_box_SEALBYTES + crypto_sign_BYTES) {
        return fail(ErrorKind::Damaged, "the hand-over is cut off");
    }
    if (file.substr(kMagic.size(), kHintBytes) != hintOf(receiver.sealKey())) {
        return fail(ErrorKind::WrongKey, "the hand-over is for another counter");
    }
    const std::string_view box = file.substr(kHeadBytes);
    if (file.substr(kMagic.size() + kHintBytes, kLengthBytes) != littleEnd(box.size())) {
        return fail(ErrorKind::Damaged, "the hand-over is cut off");
    }
    std::string plain(box.size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(bytes(plain), bytes(box), box.size(),
                             bytes(std::string_view(receiver.sealKey())),
                             bytes(receiver.sealSecret().bytes())) != 0) {
        return fail(ErrorKind::Damaged, "the hand-over was changed");
    }
    const std::string_view payload = std::string_view(plain).substr(crypto_sign_BYTES);
    const auto json = parseJson(payload, kLimits);
    if (!json) {
        return fail(ErrorKind::Damaged, "the hand-over is not readable");
    }
    HandOver read = TRY(handOverOf(*json));
    const std::string words = signedWords(receiver.sealKey(), payload);
    if (crypto_sign_verify_detached(bytes(std::string_view(plain)), bytes(std::string_view(words)),
                                    words.size(), bytes(std::string_view(read.from.signKey))) != 0) {
        return fail(ErrorKind::Damaged, "the hand-over was not signed by whom it names");
    }
    return read;
}

} // namespace motcua
