// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/bundle_header.h"
#include "sync/bundle/bundle_keys.h"
#include "sync/bundle/byte_ends.h"
#include "sync/protocol/jws.h"

#include <functional>
#include <optional>
#include <sodium.h>
#include <span>
#include <string>
#include <vector>

namespace motcua {

struct BundleRecord
{
    RecordKind kind = RecordKind::Operation;
    std::string bytes;
};

/// Details of the two refusals of a signature.
inline constexpr const char* kSignerEnded = "the bundle was signed with a key that had ended";
inline constexpr const char* kNotItsSender = "the bundle's signature is not its sender's";

/// Reads one volume, record by record, with bounded memory whatever it says about itself. What it gives is
/// not to be acted on before proveBundle() has read the same bytes to their end. Errors: Foreign (no bundle),
/// WrongKey (not for us), Newer, Damaged (cut off, changed, lies about itself), Refused (a bomb), Storage.
class BundleReader
{
public:
    /// By a volume's first bytes alone: one of these keys may open it. They prove nothing, and whoever reads
    /// on meets the same errors: Foreign, WrongKey, Damaged (cut off), Storage.
    [[nodiscard]] static Result<void> glance(BundleSource& source, std::span<const SealPair> keys);
    /// Reads as far as the header. `source` must outlive the reader.
    [[nodiscard]] static Result<BundleReader> open(BundleSource& source, std::span<const SealPair> keys);

    [[nodiscard]] const BundleHeader& header() const { return m_header; }
    /// The public half of the key that opened it.
    [[nodiscard]] const std::string& recipient() const { return m_recipient; }
    /// The next record; nothing after the last one, and then the whole volume was there.
    [[nodiscard]] Result<std::optional<BundleRecord>> next();

    // Only after next() gave nothing.
    [[nodiscard]] const BundleEnd& end() const { return m_end; }
    /// That whoever has one of these keys signed it. Errors: Refused.
    [[nodiscard]] Result<void> verify(std::span<const PortalKey> signers) const;

private:
    explicit BundleReader(BundleSource& source) : m_source(&source) {}
    [[nodiscard]] Result<const SealPair*> keyAmong(std::span<const SealPair> keys);
    [[nodiscard]] Result<void> unseal(std::span<const SealPair> keys);
    [[nodiscard]] Result<bool> readFully(std::string& into, std::size_t count);
    [[nodiscard]] Result<void> readBlock();
    [[nodiscard]] Result<std::string> decrypt(const std::string& cipher, unsigned char& tag);
    [[nodiscard]] Result<void> takeMessage(std::string&& message, unsigned char tag);
    [[nodiscard]] Result<void> need(std::size_t count);
    [[nodiscard]] Result<BundleRecord> readRecord(std::size_t most);
    [[nodiscard]] Result<void> readEnd(const std::string& text);

    BundleSource* m_source;
    std::string m_recipient;
    std::string m_preamble;
    crypto_secretstream_xchacha20poly1305_state m_stream{};
    crypto_hash_sha256_state m_digest{};
    std::string m_buffer; ///< unpacked and not given out yet
    std::size_t m_taken = 0;
    std::int64_t m_unpacked = 0;
    bool m_isDone = false;
    BundleHeader m_header;
    BundleEnd m_seen;
    BundleEnd m_end;
    std::string m_signature;
    std::string m_digestHex;
};

/// What a whole volume turned out to be.
struct ProvenBundle
{
    BundleHeader header;
    BundleEnd end;
    std::string recipient; ///< the public half of the key that opened it
};
/// Who may have signed a bundle with this header; an error where nobody may.
using SignersOf = std::function<Result<std::vector<PortalKey>>(const BundleHeader&)>;
/// Looks at a record; an error ends the reading.
using RecordVisitor = std::function<Result<void>(const BundleRecord&)>;

/// Reads a volume from its beginning to its end and acts on nothing: everything is there, nothing was
/// changed, and its sender signed it. `look` may be empty.
[[nodiscard]] Result<ProvenBundle> proveBundle(BundleSource& source, std::span<const SealPair> keys,
                                               const SignersOf& signersOf, const RecordVisitor& look = {});
/// Reads a proven volume again, this time to act on it.
[[nodiscard]] Result<void> readProven(BundleSource& source, std::span<const SealPair> keys,
                                      const RecordVisitor& act);

} // namespace motcua
