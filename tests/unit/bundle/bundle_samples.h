// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/base/random.h"
#include "sync/bundle/bundle_reader.h"
#include "sync/bundle/bundle_writer.h"

#include <string>
#include <utility>
#include <vector>

namespace motcua {

using SampleRecords = std::vector<std::pair<RecordKind, std::string>>;

class StringSink final : public BundleSink
{
public:
    Result<void> append(std::string_view more) override
    {
        bytes += more;
        return {};
    }
    std::string bytes;
};

inline SealPair pairOf(char letter)
{
    auto pair = sealPairFromSeed(Secret(std::string(32, letter)));
    require(pair.has_value(), "a pair is made");
    return std::move(*pair);
}

inline JwsSigner signerOf(char letter)
{
    auto signer = deviceSigner(std::string(8, letter));
    require(signer.has_value(), "a signer is made");
    return std::move(*signer);
}

inline BundleHeader sampleHeader()
{
    BundleHeader header;
    header.unit = "H26.131";
    header.install = std::string(32, 'a');
    header.set = std::string(32, 'b');
    header.from = 3;
    header.to = 9;
    header.at = *parseRfc3339("2026-11-21T01:00:00.000Z");
    header.portalEpoch = "e1";
    return header;
}

inline std::string bundleOf(const SampleRecords& records, const BundleHeader& header = sampleHeader(),
                            char recipient = 'p', char signer = 'd')
{
    StringSink sink;
    BundleWriter writer(sink, pairOf(recipient).publicKey);
    require(writer.begin(header).has_value(), "it begins");
    for (const auto& [kind, bytes] : records) {
        require(writer.add(kind, bytes).has_value(), "it grows");
    }
    require(writer.finish(signerOf(signer), true).has_value(), "it ends");
    return sink.bytes;
}

/// As the portal reads it: opened with p, signed by d.
inline Result<SampleRecords> provenRecords(std::string_view bundle, char recipient = 'p', char signer = 'd')
{
    TextSource source(bundle);
    static const JwsSigner usual = signerOf('d');
    const PortalKey sender = signer == 'd' ? usual.publicKey() : signerOf(signer).publicKey();
    std::vector<SealPair> keys;
    keys.push_back(pairOf('q'));
    keys.push_back(pairOf(recipient));
    SampleRecords records;
    TRY(proveBundle(
        source, keys,
        [&sender](const BundleHeader&) { return Result<std::vector<PortalKey>>(std::vector{sender}); },
        [&records](const BundleRecord& record) {
            records.emplace_back(record.kind, record.bytes);
            return Result<void>();
        }));
    return records;
}

inline SampleRecords randomRecords(SeededRandom& random)
{
    SampleRecords records;
    const auto count = random.below(30);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto size = random.below(random.below(8) == 0 ? 700'000 : 3'000);
        const bool packsWell = random.below(2) == 0;
        std::string bytes(size, 'x');
        for (char& c : bytes) {
            c = packsWell && random.below(16) != 0 ? 'x' : static_cast<char>(random.next() & 0xff);
        }
        records.emplace_back(static_cast<RecordKind>(1 + random.below(7)), std::move(bytes));
    }
    return records;
}

} // namespace motcua
