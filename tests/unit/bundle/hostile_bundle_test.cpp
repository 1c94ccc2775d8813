// SPDX-License-Identifier: GPL-3.0-or-later
// Bundles from somebody who has all the keys and means harm.
#include "core/base/hash.h"
#include "sync/bundle/bundle_layout.h"
#include "sync/bundle/file_ends.h"
#include "sync/protocol/gzip.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/unit/bundle/bundle_samples.h"

#include <catch2/catch.hpp>
#include <sys/resource.h>

using namespace motcua;
using namespace motcua::layout;

namespace {

/// Seals and signs whatever it is told, also what our writer would never write.
class HostileWriter
{
public:
    HostileWriter()
    {
        std::string secret(kSecretBytes, '\0');
        crypto_secretstream_xchacha20poly1305_keygen(layout::bytes(secret));
        crypto_secretstream_xchacha20poly1305_init_push(
            &m_stream, layout::bytes(secret) + crypto_secretstream_xchacha20poly1305_KEYBYTES,
            layout::bytes(std::string_view(secret)));
        std::string sealed(kSealedBytes, '\0');
        const std::string recipient = pairOf('p').publicKey;
        require(crypto_box_seal(layout::bytes(sealed), layout::bytes(std::string_view(secret)), secret.size(),
                                layout::bytes(std::string_view(recipient))) == 0,
                "it is sealed");
        m_preamble = std::string(kMagic) + hintOf(recipient) + sealed;
        bundle = m_preamble;
        crypto_hash_sha256_init(&m_digest);
    }

    static std::string record(RecordKind kind, const std::string& text,
                              std::optional<std::uint32_t> size = {})
    {
        const auto length = littleEnd(size.value_or(static_cast<std::uint32_t>(text.size())));
        return std::string(1, static_cast<char>(kind)) + std::string(length.data(), length.size()) + text;
    }

    HostileWriter& block(char sort, const std::string& payload, const std::string& unpacked)
    {
        crypto_hash_sha256_update(&m_digest, layout::bytes(std::string_view(unpacked)), unpacked.size());
        return message(std::string(1, sort) + payload, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    }
    HostileWriter& plain(const std::string& text) { return block(MessageSort::Plain, text, text); }
    HostileWriter& header() { return plain(record(RecordKind::Header, dumpJson(toJson(sampleHeader())))); }
    HostileWriter& end(std::int64_t records, std::int64_t bytes)
    {
        return plain(record(RecordKind::End, dumpJson(toJson(BundleEnd{records, bytes, true}))));
    }
    std::string finish()
    {
        std::string digest(crypto_hash_sha256_BYTES, '\0');
        crypto_hash_sha256_final(&m_digest, layout::bytes(digest));
        message(std::string(1, static_cast<char>(MessageSort::Signature)) +
                    signerOf('d').sign(signedWords(pairOf('p').publicKey, toHex(digest))),
                crypto_secretstream_xchacha20poly1305_TAG_FINAL);
        return bundle;
    }
    HostileWriter& message(const std::string& text, unsigned char tag)
    {
        std::string cipher(text.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
        crypto_secretstream_xchacha20poly1305_push(
            &m_stream, layout::bytes(cipher), nullptr, layout::bytes(std::string_view(text)), text.size(),
            layout::bytes(std::string_view(m_preamble)), m_preamble.size(), tag);
        m_preamble.clear();
        const auto length = littleEnd(static_cast<std::uint32_t>(cipher.size()));
        bundle += std::string(length.data(), length.size()) + cipher;
        return *this;
    }

    std::string bundle;

private:
    std::string m_preamble;
    crypto_secretstream_xchacha20poly1305_state m_stream{};
    crypto_hash_sha256_state m_digest{};
};

ErrorKind refusalOf(const std::string& bundle)
{
    const auto read = provenRecords(bundle);
    REQUIRE_FALSE(read);
    return read.error().kind;
}

} // namespace

TEST_CASE("the hostile writer can also write an honest bundle")
{
    HostileWriter writer;
    writer.header().plain(HostileWriter::record(RecordKind::Operation, "x")).end(1, 6);

    CHECK(provenRecords(writer.finish()));
}

TEST_CASE("a block that unpacks to more than it may is a bomb, and costs nothing")
{
    const std::string zeros(std::size_t{8} << 20, '\0');
    const std::string small(kBlockBytes, '\0'); // allowed size, but a ratio that no honest writer has
    for (const std::string& inside : {zeros, small}) {
        HostileWriter writer;
        writer.header().block(MessageSort::Packed, gzip(inside), inside).end(0, 0);
        CHECK(refusalOf(writer.finish()) == ErrorKind::Refused);
    }
}

TEST_CASE("a bundle that lies about what it holds is refused")
{
    const std::string one = HostileWriter::record(RecordKind::Operation, "x");

    CHECK(refusalOf(HostileWriter().header().plain(one).end(2, 6).finish()) == ErrorKind::Damaged);
    CHECK(refusalOf(HostileWriter().header().plain(one).end(1, 7).finish()) == ErrorKind::Damaged);
    CHECK(refusalOf(HostileWriter().header().plain(one).finish()) == ErrorKind::Damaged);  // no end
    CHECK(refusalOf(HostileWriter().plain(one).end(1, 6).finish()) == ErrorKind::Damaged); // no header
    CHECK(refusalOf(HostileWriter().header().header().end(0, 0).finish()) == ErrorKind::Damaged);
    CHECK(refusalOf(HostileWriter().header().end(0, 0).plain(one).finish()) == ErrorKind::Damaged);
    CHECK(refusalOf(HostileWriter().header().end(0, 0).bundle) == ErrorKind::Damaged); // never signed
}

TEST_CASE("records of an impossible size or sort are refused before any memory is taken")
{
    const auto huge = HostileWriter::record(RecordKind::Operation, "x", 0xffffffff);
    CHECK(refusalOf(HostileWriter().header().plain(huge).finish()) == ErrorKind::Refused);

    const auto strange = HostileWriter::record(static_cast<RecordKind>(99), "x");
    CHECK(refusalOf(HostileWriter().header().plain(strange).end(1, 6).finish()) == ErrorKind::Damaged);
    CHECK(refusalOf(HostileWriter().header().block(9, "x", "x").finish()) == ErrorKind::Damaged);
    CHECK(refusalOf(HostileWriter().header().plain("").finish()) == ErrorKind::Refused);

    std::string length = HostileWriter().header().bundle;
    length += "\xff\xff\xff\x7f";
    CHECK(refusalOf(length + std::string(1'000, 'x')) == ErrorKind::Damaged);
}

TEST_CASE("a bundle that ends in the middle with all its seals is no whole bundle")
{
    HostileWriter writer;
    writer.header().message(std::string("\2") + "no signature",
                            crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    CHECK(refusalOf(writer.bundle) == ErrorKind::Damaged);
}

TEST_CASE("a hundred thousand tiny records and twenty large ones need little memory")
{
    const auto file = PrivateFile::create("/tmp");
    REQUIRE(file);
    BundleWriter writer(**file, pairOf('p').publicKey);
    REQUIRE(writer.begin(sampleHeader()));
    for (int i = 0; i < 100'000; ++i) {
        REQUIRE(writer.add(RecordKind::Operation, "{}"));
    }
    SeededRandom random(1);
    std::string piece(std::size_t{1} << 20, '\0');
    for (char& c : piece) {
        c = static_cast<char>(random.next() & 0xff);
    }
    for (int i = 0; i < 20; ++i) {
        REQUIRE(writer.add(RecordKind::FileBytes, piece));
    }
    REQUIRE(writer.finish(signerOf('d'), true));
    std::vector<SealPair> keys;
    keys.push_back(pairOf('p'));

    const auto proven = proveBundle(**file, keys, [](const BundleHeader&) {
        return Result<std::vector<PortalKey>>(std::vector{signerOf('d').publicKey()});
    });

    REQUIRE(proven);
    CHECK(proven->end.records == 100'020);
#ifndef __SANITIZE_ADDRESS__ // which keeps what was given back
    rusage used = {};
    getrusage(RUSAGE_SELF, &used);
    CHECK(used.ru_maxrss < 300'000); // kilobytes
#endif
}

TEST_CASE("the fuzzer's entry survives rubbish, and rubbish behind a good beginning")
{
    SeededRandom random(7);
    const std::string good = bundleOf({{RecordKind::Operation, "{}"}, {RecordKind::Page, "{}"}});
    for (int round = 0; round < 300; ++round) {
        std::string bytes = round % 2 == 0 ? random.hex(random.below(300)) : good;
        if (!bytes.empty()) {
            bytes[random.below(bytes.size())] = static_cast<char>(random.next() & 0xff);
        }
        CHECK(consumeBundle(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) == 0);
    }
}
