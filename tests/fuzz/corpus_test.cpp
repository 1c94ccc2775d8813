// SPDX-License-Identifier: GPL-3.0-or-later
// Every target over its kept corpus, and over seeded changes of it: the same entries that the fuzzer runs.
#include "core/base/random.h"
#include "tests/fuzz/fuzz_targets.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace motcua;

namespace {

std::vector<std::string> corpusOf(const FuzzTarget& target)
{
    std::vector<std::string> inputs;
    const std::filesystem::path folder =
        std::filesystem::path(MOTCUA_SOURCE_DIR) / "tests/fuzz/corpus" / target.name;
    for (const auto& each : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(each.path(), std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

void feed(const FuzzTarget& target, const std::string& input)
{
    CHECK(target.consume(reinterpret_cast<const std::uint8_t*>(input.data()), input.size()) == 0);
}

/// A few bytes other, gone, or twice.
std::string changed(std::string input, Random& random)
{
    for (auto times = 1 + random.below(4); times > 0 && !input.empty(); --times) {
        const auto at = random.below(input.size());
        const auto many = 1 + random.below(std::min<std::uint64_t>(16, input.size() - at));
        switch (random.below(3)) {
        case 0:
            input[at] = static_cast<char>(random.below(256));
            break;
        case 1:
            input.erase(at, many);
            break;
        default:
            input.insert(at, input.substr(at, many));
        }
    }
    return input;
}

} // namespace

TEST_CASE("what was once of interest to the fuzzer ends nothing")
{
    for (const auto& target : fuzzTargets()) {
        INFO(target.name);
        const auto corpus = corpusOf(target);
        CHECK_FALSE(corpus.empty());
        for (const auto& input : corpus) {
            feed(target, input);
        }
        feed(target, "");
    }
}

TEST_CASE("nor does what is like it")
{
    constexpr int kTries = 150;
    for (const auto& target : fuzzTargets()) {
        INFO(target.name);
        SeededRandom random(std::strlen(target.name));
        const auto corpus = corpusOf(target);
        for (int i = 0; i < kTries && !corpus.empty(); ++i) {
            feed(target, changed(corpus[random.below(corpus.size())], random));
        }
    }
}
