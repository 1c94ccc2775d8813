// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/bundle_writer.h"

#include "core/base/check.h"
#include "core/base/hash.h"
#include "sync/bundle/bundle_layout.h"
#include "sync/protocol/gzip.h"

namespace motcua {

using namespace layout;

BundleWriter::BundleWriter(BundleSink& sink, std::string recipient)
    : m_sink(sink), m_recipient(std::move(recipient))
{
    require(sodium_init() >= 0, "libsodium starts");
    require(m_recipient.size() == crypto_box_PUBLICKEYBYTES, "a bundle is sealed to a public key");
    m_block.reserve(kBlockBytes);
    crypto_hash_sha256_init(&m_digest);
}

std::int64_t BundleWriter::sizeOf(std::size_t recordBytes)
{
    return static_cast<std::int64_t>(recordBytes + kRecordHeadBytes);
}

Result<void> BundleWriter::begin(const BundleHeader& header)
{
    std::string secret(kSecretBytes, '\0');
    crypto_secretstream_xchacha20poly1305_keygen(bytes(secret));
    crypto_secretstream_xchacha20poly1305_init_push(
        &m_stream, bytes(secret) + crypto_secretstream_xchacha20poly1305_KEYBYTES,
        bytes(std::string_view(secret)));
    const Secret keeper(std::move(secret));
    std::string sealed(kSealedBytes, '\0');
    const int failed = crypto_box_seal(bytes(sealed), bytes(keeper.bytes()), keeper.bytes().size(),
                                       bytes(std::string_view(m_recipient)));
    if (failed != 0) {
        return fail(ErrorKind::Invalid, "nothing can be sealed to this key");
    }
    m_preamble = std::string(kMagic) + hintOf(m_recipient) + sealed;
    TRY(m_sink.append(m_preamble));
    const std::string text = dumpJson(toJson(header));
    require(text.size() <= kHeaderBytesMax, "a bundle's header is small");
    TRY(put(RecordKind::Header, text));
    m_end = {};
    return {};
}

Result<void> BundleWriter::add(RecordKind kind, std::string_view bytes)
{
    require(kind != RecordKind::Header && kind != RecordKind::End, "header and end are the writer's");
    require(bytes.size() <= kRecordBytesMax, "a record is bounded");
    TRY(put(kind, bytes));
    ++m_end.records;
    m_end.bytes += sizeOf(bytes.size());
    return {};
}

Result<void> BundleWriter::put(RecordKind kind, std::string_view bytes)
{
    std::string head(1, static_cast<char>(kind));
    const auto length = littleEnd(static_cast<std::uint32_t>(bytes.size()));
    head.append(length.data(), length.size());
    TRY(pour(head));
    return pour(bytes);
}

Result<void> BundleWriter::pour(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, kBlockBytes - m_block.size());
        m_block += part;
        bytes.remove_prefix(part.size());
        if (m_block.size() == kBlockBytes) {
            TRY(sendBlock());
        }
    }
    return {};
}

Result<void> BundleWriter::sendBlock()
{
    crypto_hash_sha256_update(&m_digest, bytes(std::string_view(m_block)), m_block.size());
    std::string message(1, static_cast<char>(MessageSort::Packed));
    message += gzip(m_block);
    const std::size_t packed = message.size() - 1;
    if (packed >= m_block.size() || packed * kRatioMax < m_block.size()) {
        message.assign(1, static_cast<char>(MessageSort::Plain));
        message += m_block;
    }
    m_block.clear();
    return send(message, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
}

Result<void> BundleWriter::send(std::string_view message, unsigned char tag)
{
    std::string cipher(message.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    crypto_secretstream_xchacha20poly1305_push(&m_stream, bytes(cipher), nullptr, bytes(message),
                                               message.size(), bytes(std::string_view(m_preamble)),
                                               m_preamble.size(), tag);
    m_preamble.clear();
    const auto length = littleEnd(static_cast<std::uint32_t>(cipher.size()));
    TRY(m_sink.append(std::string_view(length.data(), length.size())));
    return m_sink.append(cipher);
}

Result<void> BundleWriter::finish(const JwsSigner& signer, bool isLast)
{
    m_end.isLast = isLast;
    TRY(put(RecordKind::End, dumpJson(toJson(m_end))));
    if (!m_block.empty()) {
        TRY(sendBlock());
    }
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&m_digest, bytes(digest));
    const std::string words = signedWords(m_recipient, toHex(digest));
    return send(std::string(1, static_cast<char>(MessageSort::Signature)) + signer.sign(words),
                crypto_secretstream_xchacha20poly1305_TAG_FINAL);
}

} // namespace motcua
