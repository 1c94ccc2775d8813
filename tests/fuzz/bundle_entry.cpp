// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_targets.h"

#include "core/base/check.h"
#include "sync/bundle/bundle_layout.h"
#include "sync/bundle/bundle_reader.h"
#include "sync/bundle/letters.h"

#include <string>
#include <vector>

namespace motcua {

namespace {

const std::vector<SealPair>& keys()
{
    static const std::vector<SealPair> made = [] {
        std::vector<SealPair> pairs;
        auto pair = sealPairFromSeed(Secret(std::string(32, 'f')));
        require(pair.has_value(), "a pair is made");
        pairs.push_back(std::move(*pair));
        return pairs;
    }();
    return made;
}

void readAll(std::string_view bundle)
{
    TextSource source(bundle);
    const auto proven = proveBundle(source, keys(), [](const BundleHeader& header) {
        static_cast<void>(operationsLetterOf(header));
        static_cast<void>(answerLetterOf(header));
        return Result<std::vector<PortalKey>>(std::vector<PortalKey>());
    });
    require(!proven, "nobody signed this");
}

/// The seals of a real bundle around whatever comes: the fuzzer cannot make them, a sender with keys can.
std::string sealed(std::string_view inside)
{
    using namespace layout;
    const std::string secret(kSecretBytes, 'k');
    const std::string& recipient = keys().front().publicKey;
    std::string box(kSealedBytes, '\0');
    require(crypto_box_seal(bytes(box), bytes(std::string_view(secret)), secret.size(),
                            bytes(std::string_view(recipient))) == 0,
            "it is sealed");
    const std::string preamble = std::string(kMagic) + hintOf(recipient) + box;
    crypto_secretstream_xchacha20poly1305_state stream{};
    // The reader takes nonce and counter from the box, so the same state is made by pulling.
    const auto* from = bytes(std::string_view(secret));
    crypto_secretstream_xchacha20poly1305_init_pull(
        &stream, from + crypto_secretstream_xchacha20poly1305_KEYBYTES, from);
    std::string bundle = preamble;
    for (std::string_view first = preamble; !inside.empty(); first = {}) {
        const std::string_view message = inside.substr(0, kMessageBytesMax);
        std::string cipher(message.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
        crypto_secretstream_xchacha20poly1305_push(&stream, bytes(cipher), nullptr, bytes(message),
                                                   message.size(), bytes(first), first.size(),
                                                   crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
        const auto length = littleEnd(static_cast<std::uint32_t>(cipher.size()));
        bundle += std::string(length.data(), length.size()) + cipher;
        inside.remove_prefix(message.size());
    }
    return bundle;
}

} // namespace

int consumeBundle(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    readAll(text);
    readAll(sealed(text));
    if (const auto json = parseJson(text, {kHeaderBytesMax, 8})) {
        if (const auto header = bundleHeaderFromJson(*json)) {
            require(bundleFileName(*header).find('/') == std::string::npos, "a name is free of paths");
            static_cast<void>(operationsLetterOf(*header));
            static_cast<void>(answerLetterOf(*header));
        }
        static_cast<void>(bundleEndFromJson(*json));
    }
    static_cast<void>(readFileText(text));
    static_cast<void>(readFilesText(text));
    return 0;
}

} // namespace motcua
