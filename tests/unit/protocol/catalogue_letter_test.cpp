// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/catalogue_letter.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

const Instant kIssued = *parseRfc3339("2026-11-21T01:02:03.000Z");
constexpr const char* kContent = R"({"procedures":[{"code":"1.001193"}],"holidays":[]})";

JwsSigner signerOf(char letter)
{
    return *JwsSigner::fromSeed(std::string("k") + letter, Secret(std::string(32, letter)));
}

std::string letterOf(const std::string& content = kContent)
{
    return signerOf('a').sign(cataloguePayload({"2026-11-21+1f0c22d9", kIssued, "H26.131", {}}, content));
}

ErrorKind refusalOf(const std::string& jws, std::optional<Instant> inUse = {})
{
    const std::vector<PortalKey> keys{signerOf('a').publicKey()};
    const auto letter = verifyCatalogue(jws, keys, "H26.131", inUse);
    REQUIRE_FALSE(letter);
    return letter.error().kind;
}

} // namespace

TEST_CASE("a catalogue comes out as it was signed")
{
    const std::vector<PortalKey> keys{signerOf('b').publicKey(), signerOf('a').publicKey()};
    for (const std::optional<Instant> inUse :
         {std::optional<Instant>(), std::optional(kIssued), std::optional(kIssued - Millis{1})}) {
        const auto letter = verifyCatalogue(letterOf(), keys, "H26.131", inUse);
        REQUIRE(letter);
        CHECK(letter->version == "2026-11-21+1f0c22d9");
        CHECK(letter->issuedAt == kIssued);
        CHECK(letter->content == *parseJson(kContent));
    }
}

TEST_CASE("a catalogue that is not the portal's word is nothing")
{
    const std::string good = letterOf();
    std::string changed = good;
    changed[good.find('.') + 20] = changed[good.find('.') + 20] == 'A' ? 'B' : 'A';
    CHECK(refusalOf(changed) == ErrorKind::Network);
    CHECK(refusalOf(good.substr(0, good.size() - 1)) == ErrorKind::Network);
    CHECK(refusalOf("") == ErrorKind::Network);
    CHECK(refusalOf(signerOf('b').sign(cataloguePayload({"1", kIssued, "H26.131", {}}, kContent))) ==
          ErrorKind::Network);
    CHECK(refusalOf(std::string((std::size_t{8} << 20) + 1, '.')) == ErrorKind::Network);
    // Of a key that had ended when it was signed; before that it counts.
    PortalKey ended = signerOf('a').publicKey();
    ended.notAfter = kIssued;
    CHECK(verifyCatalogue(good, std::vector{ended}, "H26.131", {}));
    ended.notAfter = kIssued - Millis{1};
    CHECK(verifyCatalogue(good, std::vector{ended}, "H26.131", {}).error().kind == ErrorKind::Network);
}

TEST_CASE("an older catalogue is refused, so that nobody can bring back repealed law")
{
    CHECK(refusalOf(letterOf(), kIssued + Millis{1}) == ErrorKind::Refused);
}

TEST_CASE("signed, but no catalogue, or another unit's")
{
    const std::vector<PortalKey> keys{signerOf('a').publicKey()};
    CHECK(verifyCatalogue(letterOf(), keys, "H26.132", {}).error().kind == ErrorKind::Invalid);
    for (const char* content :
         {R"({"holidays":[]})", R"({"procedures":[]})", R"({"procedures":{},"holidays":[]})",
          R"({"procedures":[1],"holidays":[]})", R"({"procedures":[],"holidays":[],"fees":"none"})",
          R"({"procedures":[],"holidays":[],"units":[[]]})",
          R"({"procedures":[],"holidays":[],"unit":"x"})"}) {
        INFO(content);
        CHECK(refusalOf(letterOf(content)) == ErrorKind::Invalid);
    }
    for (const char* payload :
         {"[]", "x", "{}", R"({"version":"","issuedAt":"2026-11-21T01:02:03.000Z","unit":"H26.131"})",
          R"({"version":"1","issuedAt":"yesterday","unit":"H26.131","procedures":[],"holidays":[]})",
          R"({"op":"00000000000000000000000000000000-1-1","result":"applied"})"}) {
        INFO(payload);
        CHECK(refusalOf(signerOf('a').sign(payload)) == ErrorKind::Invalid);
    }
}
