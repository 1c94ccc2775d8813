// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/bundle/bundle_samples.h"

#include "sync/bundle/letters.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("what was put into a bundle comes out of it, whatever it was")
{
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        INFO("seed " << seed);
        SeededRandom random(seed);
        const auto records = randomRecords(random);

        const auto read = provenRecords(bundleOf(records));

        REQUIRE(read);
        CHECK(*read == records);
    }
}

TEST_CASE("the header comes back as it was")
{
    BundleHeader header = sampleHeader();
    header.volume = 7;
    header.letter = {{"x", 1}};
    const std::string bundle = bundleOf({}, header);
    TextSource source(bundle);
    const std::vector<SealPair> keys = [] {
        std::vector<SealPair> one;
        one.push_back(pairOf('p'));
        return one;
    }();

    const auto reader = BundleReader::open(source, keys);

    REQUIRE(reader);
    CHECK(toJson(reader->header()) == toJson(header));
}

TEST_CASE("no byte of a bundle can be changed, and none can be missing or too many")
{
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        SeededRandom random(seed);
        const std::string whole = bundleOf({{RecordKind::Operation, std::string(random.below(400) + 1, 'o')},
                                            {RecordKind::Page, random.hex(300)}});
        INFO("seed " << seed);
        REQUIRE(provenRecords(whole));
        for (std::size_t at = 0; at < whole.size(); ++at) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1U << random.below(8)));
            CHECK_FALSE(provenRecords(changed));
            CHECK_FALSE(provenRecords(std::string_view(whole).substr(0, at)));
        }
        CHECK_FALSE(provenRecords(whole + '\0'));
    }
}

TEST_CASE("a bundle opens only for whom it was sealed, and counts only from whom it claims to be")
{
    const std::string bundle = bundleOf({{RecordKind::Operation, "một dòng"}});

    const auto foreign = provenRecords(bundle, 'z', 'd');
    const auto forged = provenRecords(bundle, 'p', 'z');

    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().kind == ErrorKind::WrongKey);
    REQUIRE_FALSE(forged);
    CHECK(forged.error().kind == ErrorKind::Refused);
    CHECK(provenRecords(bundle));
    CHECK(bundle.find("dòng") == std::string::npos);
}

TEST_CASE("what is sealed to a portal's signing key opens with that key's seed")
{
    const Secret seed(std::string(32, 's'));
    const auto signer = JwsSigner::fromSeed("k1", seed);
    REQUIRE(signer);

    const auto published = sealKeyOf(signer->publicKey());
    const auto pair = sealPairOfSigningSeed(seed);

    REQUIRE(published);
    REQUIRE(pair);
    CHECK(*published == pair->publicKey);
    CHECK_FALSE(sealKeyOf({"k2", std::string(31, 'x'), {}}));
    CHECK_FALSE(deviceSigner(""));
}

TEST_CASE("a bundle's name is free of paths, and a header that would make another is refused")
{
    BundleHeader header = sampleHeader();
    CHECK(bundleFileName(header) == "H26.131-" + std::string(32, 'a') + "-1-3-9.hop");
    BundleHeader filesOnly = header;
    filesOnly.from = filesOnly.to = 0;
    const std::string name = bundleFileName(filesOnly);
    filesOnly.volume = 2;
    CHECK(bundleFileName(filesOnly) != name);
    header.kind = BundleKind::Answer;
    CHECK(bundleFileName(header) == "H26.131-" + std::string(32, 'a') + "-1-3-9-answer-bbbbbbbb-1.hop");

    for (const auto& [member, value] : std::vector<std::pair<std::string, Json>>{{"unit", "../../etc"},
                                                                                 {"unit", ""},
                                                                                 {"install", "a/b"},
                                                                                 {"set", 7},
                                                                                 {"from", -1},
                                                                                 {"to", 1.5},
                                                                                 {"to", 1},
                                                                                 {"volume", 0},
                                                                                 {"kind", "other"},
                                                                                 {"at", "today"},
                                                                                 {"letter", Json::array()},
                                                                                 {"format", "1"}}) {
        Json json = toJson(header);
        json[member] = value;
        INFO(member << " " << value.dump());
        CHECK_FALSE(bundleHeaderFromJson(json));
    }
    Json newer = toJson(header);
    newer["format"] = 2;
    REQUIRE_FALSE(bundleHeaderFromJson(newer));
    CHECK(bundleHeaderFromJson(newer).error().kind == ErrorKind::Newer);
}

TEST_CASE("letters come back as they were written, and bad ones are refused")
{
    BundleHeader header = sampleHeader();
    OperationsLetter letter;
    letter.hello = {header.install, 1, 9, std::string(64, '0'), 3, {}, "motcua 1"};
    letter.cursor = "c.1";
    letter.answerKey = std::string(32, 'k');
    letter.volumes = 2;
    header.letter = toJson(letter);

    const auto read = operationsLetterOf(header);

    REQUIRE(read);
    CHECK(toJson(*read) == toJson(letter));
    for (const auto& [member, value] : std::vector<std::pair<std::string, Json>>{
             {"hello", Json()}, {"answerKey", "kurz"}, {"cursor", 5}, {"volumes", -1}, {"operations", "3"}}) {
        BundleHeader bad = header;
        bad.letter[member] = value;
        INFO(member);
        CHECK_FALSE(operationsLetterOf(bad));
    }
    CHECK_FALSE(readFileText(R"({"sha256":"../x","size":3})"));
    CHECK_FALSE(readFileText(R"({"sha256":")" + std::string(64, 'a') + R"(","size":99999999999})"));
    CHECK_FALSE(readFilesText(R"({"files":{}})"));
}
