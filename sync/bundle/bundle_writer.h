// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "sync/bundle/bundle_header.h"
#include "sync/bundle/byte_ends.h"
#include "sync/protocol/jws.h"

#include <sodium.h>
#include <string>
#include <string_view>

namespace motcua {

/// Writes one volume, record by record, with a few hundred kilobytes of memory whatever its size: sealed to
/// one recipient, signed at its end. Without finish() it is a torn file that no reader takes.
class BundleWriter
{
public:
    /// `recipient`: the public half of a SealPair. `sink` must outlive the writer.
    BundleWriter(BundleSink& sink, std::string recipient);
    BundleWriter(const BundleWriter&) = delete;
    BundleWriter& operator=(const BundleWriter&) = delete;

    [[nodiscard]] Result<void> begin(const BundleHeader& header);
    /// At most kRecordBytesMax; asserted, because the caller made it.
    [[nodiscard]] Result<void> add(RecordKind kind, std::string_view bytes);
    /// No volume of the set follows when `isLast`.
    [[nodiscard]] Result<void> finish(const JwsSigner& signer, bool isLast);

    /// What all records take so far; a volume is never larger by more than a thousandth.
    [[nodiscard]] std::int64_t recordBytes() const { return m_end.bytes; }
    [[nodiscard]] std::int64_t records() const { return m_end.records; }
    /// What add() will make of a record of this size.
    [[nodiscard]] static std::int64_t sizeOf(std::size_t recordBytes);

private:
    [[nodiscard]] Result<void> put(RecordKind kind, std::string_view bytes);
    [[nodiscard]] Result<void> pour(std::string_view bytes);
    [[nodiscard]] Result<void> sendBlock();
    [[nodiscard]] Result<void> send(std::string_view message, unsigned char tag);

    BundleSink& m_sink;
    std::string m_recipient;
    std::string m_block;
    std::string m_preamble; ///< bound to the first message
    crypto_secretstream_xchacha20poly1305_state m_stream{};
    crypto_hash_sha256_state m_digest{};
    BundleEnd m_end;
};

} // namespace motcua
