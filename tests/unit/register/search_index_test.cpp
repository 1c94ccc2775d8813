// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"
#include "core/register/search_index.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <map>

using namespace motcua;

namespace {

const std::vector<std::string> kNames{"Nguyễn", "Nguyên", "Thị", "Hoà", "Hóa",
                                      "Đặng",   "Đàng",   "An",  "Ánh", "Anh"};

std::string anyName(Random& random)
{
    std::string name;
    for (auto left = 1 + random.below(4); left > 0; --left) {
        name += (name.empty() ? "" : " ") + kNames[random.below(kNames.size())];
    }
    return name;
}

std::string anyWords(Random& random)
{
    return searchWords({{"code", "H26.131-261121-1" + std::to_string(100 + random.below(900))},
                        {"applicant",
                         {{"name", anyName(random)},
                          {"address", "thôn " + std::to_string(1 + random.below(30)) + ", xã Phúc Thọ"},
                          {"phone", "09" + std::to_string(10000000 + random.below(90000000))}}}});
}

std::string anyTyped(Random& random)
{
    switch (random.below(4)) {
    case 0:
        return std::to_string(random.below(1000));
    case 1:
        return "thon " + std::to_string(random.below(30)) + " " + anyName(random);
    case 2:
        return anyName(random).substr(0, 1 + random.below(8));
    default:
        return "-1" + std::to_string(random.below(100)) + " " + anyName(random);
    }
}

/// Whatever way words come into the index, it answers as if each dossier were asked alone.
class Story
{
public:
    explicit Story(std::uint64_t seed) : random(seed), index(*counter.connection) {}

    void step()
    {
        auto transaction = Transaction::begin(*counter.connection);
        REQUIRE(transaction);
        if (held.size() > 20 && random.below(4) == 0) {
            const auto gone = std::next(held.begin(), static_cast<std::ptrdiff_t>(random.below(held.size())));
            REQUIRE(index.remove(gone->first, gone->second));
            held.erase(gone);
        } else {
            const std::string words = anyWords(random);
            REQUIRE((random.below(3) == 0 ? index.addOfMany(next, words) : index.add(next, words)));
            held.emplace(next++, words);
        }
        REQUIRE(transaction->commit());
    }

    void ask(const std::string& typed, std::int64_t limit)
    {
        const SearchTerms terms(typed);
        if (terms.empty()) {
            return;
        }
        std::vector<std::int64_t> expected;
        for (auto each = held.rbegin(); each != held.rend(); ++each) {
            if (terms.match(each->second) && static_cast<std::int64_t>(expected.size()) < limit) {
                expected.push_back(each->first);
            }
        }
        const auto found = index.find(terms, limit);
        INFO(typed << " as " << terms.expression());
        REQUIRE(found);
        CHECK(*found == expected);
    }

    SmallCounter counter;
    SeededRandom random;
    SearchIndex index;
    std::map<std::int64_t, std::string> held;
    std::int64_t next = 1;
};

} // namespace

TEST_CASE("a dossier is found by the same words in the short list and in the index")
{
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Story story(seed);
        for (int i = 0; i < 400; ++i) {
            story.step();
            story.ask(anyTyped(story.random), 1 + static_cast<std::int64_t>(story.random.below(50)));
        }
    }
}

TEST_CASE("the short list is emptied into the index before it grows long")
{
    Story story(7);
    for (std::int64_t i = 0; i < 3 * SearchIndex::kTailMax; ++i) {
        story.step();
        auto count = story.counter.connection->prepare("SELECT count(*) FROM search_tail");
        REQUIRE(count->step());
        CHECK(count->integer(0) < SearchIndex::kTailMax);
    }
}
