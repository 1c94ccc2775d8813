// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/bundle_reader.h"

#include "core/base/check.h"
#include "core/base/hash.h"
#include "sync/bundle/bundle_layout.h"
#include "sync/protocol/gzip.h"

#include <algorithm>

namespace motcua {

using namespace layout;

namespace {

constexpr JsonLimits kHeaderLimits{kHeaderBytesMax, 8};

tl::unexpected<Error> damaged(const char* how)
{
    return fail(ErrorKind::Damaged, std::string("the bundle ") + how);
}

std::size_t mostOf(RecordKind kind)
{
    return kind == RecordKind::Header || kind == RecordKind::End ? kHeaderBytesMax : kRecordBytesMax;
}

} // namespace

Result<void> BundleReader::glance(BundleSource& source, std::span<const SealPair> keys)
{
    return BundleReader(source).keyAmong(keys).map([](const SealPair*) {});
}

Result<BundleReader> BundleReader::open(BundleSource& source, std::span<const SealPair> keys)
{
    require(sodium_init() >= 0, "libsodium starts");
    BundleReader reader(source);
    TRY(reader.unseal(keys));
    crypto_hash_sha256_init(&reader.m_digest);
    const BundleRecord first = TRY(reader.readRecord(kHeaderBytesMax));
    if (first.kind != RecordKind::Header) {
        return damaged("does not begin with its header");
    }
    const auto json = parseJson(first.bytes, kHeaderLimits);
    if (!json) {
        return damaged("has an unreadable header");
    }
    reader.m_header = TRY(bundleHeaderFromJson(*json));
    return reader;
}

/// False: it ended before `count` bytes.
Result<bool> BundleReader::readFully(std::string& into, std::size_t count)
{
    into.resize(count);
    std::size_t have = 0;
    while (have < count) {
        const std::size_t got = TRY(m_source->read(into.data() + have, count - have));
        if (got == 0) {
            into.resize(have);
            return false;
        }
        have += got;
    }
    return true;
}

/// Reads the preamble, and finds the key that it names.
Result<const SealPair*> BundleReader::keyAmong(std::span<const SealPair> keys)
{
    const bool isWhole = TRY(readFully(m_preamble, kPreambleBytes));
    if (!m_preamble.starts_with(kMagic.substr(0, std::min(kMagic.size(), m_preamble.size()))) ||
        m_preamble.empty()) {
        return fail(ErrorKind::Foreign, "no bundle");
    }
    if (!isWhole) {
        return damaged("is cut off");
    }
    const auto hint = std::string_view(m_preamble).substr(kMagic.size(), kHintBytes);
    for (const SealPair& key : keys) {
        if (hintOf(key.publicKey) == hint) {
            return &key;
        }
    }
    return fail(ErrorKind::WrongKey, "the bundle is sealed for somebody else");
}

Result<void> BundleReader::unseal(std::span<const SealPair> keys)
{
    const SealPair& key = *TRY(keyAmong(keys));
    const auto sealed = std::string_view(m_preamble).substr(kMagic.size() + kHintBytes);
    std::string secret(kSecretBytes, '\0');
    const int failed =
        crypto_box_seal_open(bytes(secret), bytes(sealed), sealed.size(),
                             bytes(std::string_view(key.publicKey)), bytes(key.secretKey.bytes()));
    const Secret keeper(std::move(secret));
    if (failed != 0) {
        return damaged("does not open with the key that it names");
    }
    const auto* from = bytes(keeper.bytes());
    crypto_secretstream_xchacha20poly1305_init_pull(
        &m_stream, from + crypto_secretstream_xchacha20poly1305_KEYBYTES, from);
    m_recipient = key.publicKey;
    return {};
}

Result<std::string> BundleReader::decrypt(const std::string& cipher, unsigned char& tag)
{
    std::string message(cipher.size() - crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    const int failed = crypto_secretstream_xchacha20poly1305_pull(
        &m_stream, bytes(message), nullptr, &tag, bytes(std::string_view(cipher)), cipher.size(),
        bytes(std::string_view(m_preamble)), m_preamble.size());
    m_preamble.clear();
    if (failed != 0) {
        return damaged("was changed");
    }
    return message;
}

Result<void> BundleReader::readBlock()
{
    std::string head;
    if (!TRY(readFully(head, 4))) {
        return damaged("is cut off");
    }
    const std::size_t size = fromLittleEnd(head);
    if (size <= crypto_secretstream_xchacha20poly1305_ABYTES || size > kCipherBytesMax) {
        return damaged("has a block of an impossible size");
    }
    std::string cipher;
    if (!TRY(readFully(cipher, size))) {
        return damaged("is cut off");
    }
    unsigned char tag = 0;
    std::string message = TRY(decrypt(cipher, tag));
    return takeMessage(std::move(message), tag);
}

Result<void> BundleReader::takeMessage(std::string&& message, unsigned char tag)
{
    const char sort = message.front();
    message.erase(0, 1);
    const bool isFinal = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if ((sort == MessageSort::Signature) != isFinal) {
        return damaged("does not end where it says");
    }
    if (sort == MessageSort::Signature) {
        m_signature = std::move(message);
        m_isDone = true;
        return {};
    }
    if (sort == MessageSort::Packed) {
        const std::size_t most = std::min(kBlockBytes, message.size() * kRatioMax);
        auto unpacked = gunzip(message, most, 1);
        if (!unpacked) {
            return unpacked.error().kind == ErrorKind::Refused ? fail(ErrorKind::Refused, "a block is a bomb")
                                                               : damaged("has a block that does not unpack");
        }
        message = std::move(*unpacked);
    } else if (sort != MessageSort::Plain) {
        return damaged("has a block of an unknown sort");
    }
    m_unpacked += static_cast<std::int64_t>(message.size());
    if (message.empty() || m_unpacked > kUnpackedBytesMax + static_cast<std::int64_t>(kBlockBytes)) {
        return fail(ErrorKind::Refused, "the bundle unpacks to too much");
    }
    crypto_hash_sha256_update(&m_digest, bytes(std::string_view(message)), message.size());
    m_buffer.erase(0, m_taken);
    m_taken = 0;
    m_buffer += message;
    return {};
}

/// Makes sure that so many bytes stand in the buffer.
Result<void> BundleReader::need(std::size_t count)
{
    while (m_buffer.size() - m_taken < count) {
        if (m_isDone) {
            return damaged("ends within a record");
        }
        TRY(readBlock());
    }
    return {};
}

Result<BundleRecord> BundleReader::readRecord(std::size_t most)
{
    TRY(need(kRecordHeadBytes));
    const std::string_view head = std::string_view(m_buffer).substr(m_taken, kRecordHeadBytes);
    BundleRecord record;
    record.kind = static_cast<RecordKind>(static_cast<std::uint8_t>(head.front()));
    const std::size_t size = fromLittleEnd(head.substr(1));
    if (size > std::min(most, mostOf(record.kind))) {
        return fail(ErrorKind::Refused, "a record is too large");
    }
    m_taken += kRecordHeadBytes;
    TRY(need(size));
    record.bytes = m_buffer.substr(m_taken, size);
    m_taken += size;
    return record;
}

Result<std::optional<BundleRecord>> BundleReader::next()
{
    if (m_isDone) {
        return std::optional<BundleRecord>();
    }
    BundleRecord record = TRY(readRecord(kRecordBytesMax));
    if (record.kind == RecordKind::End) {
        TRY(readEnd(record.bytes));
        return std::optional<BundleRecord>();
    }
    const bool isKnown = record.kind >= RecordKind::Operation && record.kind <= RecordKind::Files;
    if (!isKnown || ++m_seen.records > kRecordsMax) {
        return damaged("has a record that does not belong there");
    }
    m_seen.bytes += static_cast<std::int64_t>(record.bytes.size() + kRecordHeadBytes);
    return std::optional(std::move(record));
}

Result<void> BundleReader::readEnd(const std::string& text)
{
    const auto json = parseJson(text, kHeaderLimits);
    if (!json) {
        return damaged("has an unreadable end");
    }
    m_end = TRY(bundleEndFromJson(*json));
    if (m_taken != m_buffer.size() || m_end.records != m_seen.records || m_end.bytes != m_seen.bytes) {
        return damaged("holds something else than it says");
    }
    TRY(readBlock());
    std::string beyond;
    if (!m_isDone || TRY(readFully(beyond, 1))) {
        return damaged("goes on after its end");
    }
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&m_digest, bytes(digest));
    m_digestHex = toHex(digest);
    return {};
}

Result<void> BundleReader::verify(std::span<const PortalKey> signers) const
{
    require(m_isDone && !m_digestHex.empty(), "a bundle is verified at its end");
    // One by one: a device's keys all have one name.
    for (const PortalKey& signer : signers) {
        const auto verified = verifyJws(m_signature, std::span(&signer, 1));
        if (!verified || verified->payload != signedWords(m_recipient, m_digestHex)) {
            continue;
        }
        return !signer.notAfter || m_header.at <= *signer.notAfter ? Result<void>()
                                                                   : fail(ErrorKind::Refused, kSignerEnded);
    }
    return fail(ErrorKind::Refused, kNotItsSender);
}

Result<ProvenBundle> proveBundle(BundleSource& source, std::span<const SealPair> keys,
                                 const SignersOf& signersOf, const RecordVisitor& look)
{
    TRY(source.rewind());
    BundleReader reader = TRY(BundleReader::open(source, keys));
    const std::vector<PortalKey> signers = TRY(signersOf(reader.header()));
    while (const auto record = TRY(reader.next())) {
        if (look) {
            TRY(look(*record));
        }
    }
    TRY(reader.verify(signers));
    return ProvenBundle{reader.header(), reader.end(), reader.recipient()};
}

Result<void> readProven(BundleSource& source, std::span<const SealPair> keys, const RecordVisitor& act)
{
    TRY(source.rewind());
    BundleReader reader = TRY(BundleReader::open(source, keys));
    while (const auto record = TRY(reader.next())) {
        TRY(act(*record));
    }
    return {};
}

} // namespace motcua
