// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "sync/protocol/content_digest.h"
#include "sync/protocol/receipt.h"
#include "tests/unit/protocol/operation_samples.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

JwsSigner signer(const char* kid = "k1", char seed = 's')
{
    return *JwsSigner::fromSeed(kid, Secret(std::string(32, seed)));
}

Receipt aReceipt()
{
    Receipt receipt;
    receipt.op = opNumber(1);
    receipt.digest = std::string(64, 'd');
    receipt.result = Outcome::Applied;
    receipt.uid = anOperation().uid;
    receipt.rev = Rev(std::string(32, 'e'));
    receipt.seq = 7;
    receipt.officialCode = "000.00.19.H26-261121-0001";
    receipt.at = *parseRfc3339("2026-11-21T01:02:03.004Z");
    receipt.epoch = "epoch-1";
    return receipt;
}

ReceiptExpectation expectation(Outcome answered = Outcome::Applied)
{
    return {opNumber(1), std::string(64, 'd'), answered, "epoch-1"};
}

std::string signedReceipt(const Receipt& receipt = aReceipt())
{
    return signer().sign(dumpJson(toJson(receipt)));
}

bool proves(const std::string& jws, const ReceiptExpectation& expected = expectation())
{
    const std::vector<PortalKey> keys{signer("k0", 'o').publicKey(), signer().publicKey()};
    return verifyReceipt(jws, keys, expected).has_value();
}

} // namespace

TEST_CASE("the signature is that of RFC 8037's own example")
{
    // RFC 8037, appendix A.1 to A.4: the key, and the signature over its header and payload.
    const auto seed = fromBase64Url("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    const auto key = JwsSigner::fromSeed("k", Secret(*seed));
    REQUIRE(key);
    CHECK(toBase64Url(key->publicKey().x) == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

    const std::string jws = key->sign("Example of Ed25519 signing");
    CHECK(jws.starts_with(toBase64Url(R"({"alg":"EdDSA","kid":"k"})") + "."));
    const std::vector<PortalKey> keys{key->publicKey()};
    REQUIRE(verifyJws(jws, keys));
    CHECK(verifyJws(jws, keys)->payload == "Example of Ed25519 signing");
}

TEST_CASE("a receipt reads back as it was written")
{
    const auto read = receiptFromJson(toJson(aReceipt()));
    REQUIRE(read);
    CHECK(*read == aReceipt());

    Receipt refused = aReceipt();
    refused.result = Outcome::Rejected;
    refused.problem = ProblemType::IllegalMove;
    refused.rev.reset();
    refused.seq.reset();
    refused.uid.reset();
    refused.officialCode.reset();
    CHECK(toJson(refused)["problem"] == "urn:motcua:problem:illegal-move");
    CHECK(*receiptFromJson(toJson(refused)) == refused);
}

TEST_CASE("a good receipt proves its answer, and applied proves replayed")
{
    CHECK(proves(signedReceipt()));
    CHECK(proves(signedReceipt(), expectation(Outcome::Replayed)));
}

TEST_CASE("a receipt that differs in one thing proves nothing")
{
    const auto differing = [](auto edit) {
        ReceiptExpectation expected = expectation();
        edit(expected);
        return proves(signedReceipt(), expected);
    };
    CHECK_FALSE(differing([](auto& expected) { expected.op = opNumber(2); }));
    CHECK_FALSE(differing([](auto& expected) { expected.digest[0] = '0'; }));
    CHECK_FALSE(differing([](auto& expected) { expected.portalEpoch = "epoch-2"; }));
    for (const Outcome other : {Outcome::Conflict, Outcome::Rejected, Outcome::Mismatch, Outcome::Cancelled,
                                Outcome::Blocked, Outcome::Later, Outcome::Unknown}) {
        CHECK_FALSE(proves(signedReceipt(), expectation(other)));
    }
}

TEST_CASE("no byte of a receipt can change")
{
    const std::string jws = signedReceipt();
    for (std::size_t i = 0; i < jws.size(); ++i) {
        std::string changed = jws;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(proves(changed));
        CHECK_FALSE(proves(jws.substr(0, i)));
    }
    CHECK_FALSE(proves(jws + "A"));
    CHECK_FALSE(proves(jws + "."));
}

TEST_CASE("another key, another kid, another header do not count")
{
    const std::string payload = dumpJson(toJson(aReceipt()));
    CHECK_FALSE(proves(signer("k1", 'x').sign(payload)));
    CHECK_FALSE(proves(signer("k9", 's').sign(payload)));
    CHECK_FALSE(proves(signer("k0", 's').sign(payload)));

    // Signed well by the right key, but the header is not exactly {alg, kid}.
    const std::string secret = [] {
        std::string bytes(crypto_sign_SECRETKEYBYTES, '\0');
        std::string x(crypto_sign_PUBLICKEYBYTES, '\0');
        const std::string seed(32, 's');
        crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(x.data()),
                                 reinterpret_cast<unsigned char*>(bytes.data()),
                                 reinterpret_cast<const unsigned char*>(seed.data()));
        return bytes;
    }();
    const auto withHeader = [&secret, &payload](const char* header) {
        const std::string text = toBase64Url(header) + "." + toBase64Url(payload);
        std::string signature(crypto_sign_BYTES, '\0');
        crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                             reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                             reinterpret_cast<const unsigned char*>(secret.data()));
        return text + "." + toBase64Url(signature);
    };
    CHECK(proves(withHeader(R"({"kid":"k1","alg":"EdDSA"})")));
    for (const char* header :
         {R"({"alg":"EdDSA"})", R"({"alg":"none","kid":"k1"})", R"({"alg":"HS256","kid":"k1"})",
          R"({"alg":"EdDSA","kid":"k1","typ":"JWT"})", R"({"alg":"EdDSA","kid":"k1","b64":false})",
          R"({"alg":"EdDSA","kid":1})", R"({"alg":"EdDSA","alg":"EdDSA","kid":"k1"})", "[]", ""}) {
        CHECK_FALSE(proves(withHeader(header)));
    }
}

TEST_CASE("a retired key proves only what is not younger than its end")
{
    PortalKey retired = signer().publicKey();
    retired.notAfter = aReceipt().at;
    CHECK(verifyReceipt(signedReceipt(), std::vector{retired}, expectation()));
    retired.notAfter = aReceipt().at - Millis{1};
    CHECK_FALSE(verifyReceipt(signedReceipt(), std::vector{retired}, expectation()));
}

TEST_CASE("a payload that is no receipt proves nothing")
{
    for (const char* payload : {"", "x", "[]", "{}", R"({"op":1})"}) {
        CHECK_FALSE(proves(signer().sign(payload)));
    }
    for (const char* member : {"op", "digest", "result", "uid", "rev", "seq", "at", "epoch"}) {
        Json json = toJson(aReceipt());
        json.erase(member);
        CHECK_FALSE(proves(signer().sign(dumpJson(json))));
    }
    Json repeated = toJson(aReceipt());
    std::string text = dumpJson(repeated);
    text.insert(1, R"("epoch":"epoch-1",)");
    CHECK_FALSE(proves(signer().sign(text)));
    CHECK_FALSE(proves(signer().sign(std::string(20000, ' '))));
}

TEST_CASE("Content-Digest is read as RFC 9530 writes it, other algorithms ignored")
{
    const std::string header = contentDigest("abc");
    CHECK(header == "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:");
    const std::string hash(bytesOf(sha256("abc")));
    CHECK(sha256OfContentDigest(header) == hash);
    CHECK(sha256OfContentDigest("sha-512=:AAAA:, " + header) == hash);
    CHECK(sha256OfContentDigest(header + " , md5=:AAAA:") == hash);
    CHECK(sha256OfContentDigest(header + ";p=1") == hash);
    for (const char* bad : {"", "sha-512=:AAAA:", "sha-256=ungWv48B", "sha-256=:AAAA:", "sha-256=::",
                            "sha-256=:", "SHA-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:"}) {
        CHECK_FALSE(sha256OfContentDigest(bad));
    }
}
