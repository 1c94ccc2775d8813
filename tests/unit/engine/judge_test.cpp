// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/judge.h"

#include "tests/support/signed_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

const std::string kOp = std::string(32, 'a') + "-1-";

Outgoing sent(int seq)
{
    Outgoing outgoing;
    outgoing.position = Position::of(1, seq);
    outgoing.op = kOp + std::to_string(seq);
    outgoing.line = R"({"op":")" + outgoing.op + R"("})";
    outgoing.digest = sha256(outgoing.line);
    return outgoing;
}

struct Portal : SignedWords
{
    using SignedWords::SignedWords;
    std::vector<PortalKey> keys{key()};

    OpResult about(const Outgoing& outgoing, Outcome answered)
    {
        return result(outgoing.op, toHex(outgoing.digest), answered);
    }
};

} // namespace

TEST_CASE("what the portal proves is stored as it was said")
{
    Portal portal;
    const std::vector<Outgoing> batch{sent(1), sent(2), sent(3), sent(4), sent(5), sent(6)};
    Results answer{{portal.about(batch[0], Outcome::Applied), portal.about(batch[1], Outcome::Replayed),
                    portal.about(batch[2], Outcome::Conflict), portal.about(batch[3], Outcome::Rejected),
                    portal.about(batch[4], Outcome::Mismatch), portal.about(batch[5], Outcome::Cancelled)},
                   portal.epoch()};

    const auto judgement = judge(batch, answer, portal.keys);

    REQUIRE(judgement.operations.size() == 6);
    CHECK_FALSE(judgement.forged);
    CHECK(judgement.count(FollowUp::Settled) == 3);
    CHECK(judgement.count(FollowUp::Merge) == 1);
    CHECK(judgement.count(FollowUp::NeedsPerson) == 2);
    const auto stored = judgement.stored();
    CHECK(stored[0].receipt->result == "applied");
    CHECK(stored[0].receipt->jws == answer.results[0].receipt);
    CHECK(stored[0].receipt->seq == 1);
    CHECK(stored[1].receipt->result == "applied");
    CHECK(stored[2].receipt->problem == "rev-mismatch");
    CHECK(stored[2].receipt->detail);
    CHECK(stored[5].receipt->result == "cancelled");
}

TEST_CASE("blocked, later and unknown need no receipt and settle nothing")
{
    Portal portal;
    const std::vector<Outgoing> batch{sent(1), sent(2), sent(3)};
    Results answer{{portal.about(batch[0], Outcome::Blocked), portal.about(batch[1], Outcome::Later),
                    portal.about(batch[2], Outcome::Unknown)},
                   portal.epoch()};
    answer.results[1].retryAfterSeconds = 90;

    const auto judgement = judge(batch, answer, portal.keys);

    REQUIRE(judgement.operations.size() == 3);
    CHECK(judgement.operations[0].followUp == FollowUp::WaitForPlace);
    CHECK(judgement.operations[1].followUp == FollowUp::SendLater);
    CHECK(judgement.operations[1].asked == Millis{90'000});
    CHECK(judgement.operations[2].followUp == FollowUp::SendAgain);
    for (const auto& operation : judgement.operations) {
        CHECK_FALSE(operation.stored.receipt);
    }
}

TEST_CASE("a receipt that does not prove exactly this is a stranger's, and its neighbours are kept")
{
    Portal portal;
    Portal stranger("k1", 'z');
    const std::vector<Outgoing> batch{sent(1), sent(2)};
    const auto good = portal.about(batch[1], Outcome::Applied);
    const auto word = portal.receipt(batch[0].op, toHex(batch[0].digest), Outcome::Applied);
    const auto with = [&](auto change) {
        auto changed = word;
        change(changed);
        OpResult result;
        result.op = OpId(batch[0].op);
        result.result = Outcome::Applied;
        result.receipt = portal.jws(changed);
        return result;
    };
    std::vector<std::pair<const char*, OpResult>> table{
        {"signed by another", stranger.about(batch[0], Outcome::Applied)},
        {"another operation's", with([&](Receipt& receipt) { receipt.op = OpId(batch[1].op); })},
        {"another epoch", with([&](Receipt& receipt) { receipt.epoch = "e0"; })},
        {"another result", with([&](Receipt& receipt) { receipt.result = Outcome::Cancelled; })},
        {"none", with([](Receipt&) {})},
        {"cut off", with([](Receipt&) {})},
    };
    table[4].second.receipt.clear();
    table[5].second.receipt.pop_back();

    for (const auto& [what, bad] : table) {
        INFO(what);
        const auto judgement = judge(batch, {{bad, good}, portal.epoch()}, portal.keys);
        CHECK(judgement.forged);
        REQUIRE(judgement.operations.size() == 1);
        CHECK(judgement.operations.front().stored.position == batch[1].position);
    }
}

TEST_CASE("the portal's true word about other bytes of this name acknowledges nothing, and is told apart")
{
    Portal portal;
    const std::vector<Outgoing> batch{sent(1), sent(2)};
    auto word = portal.receipt(batch[0].op, std::string(64, '0'), Outcome::Applied);
    OpResult other;
    other.op = OpId(batch[0].op);
    other.result = Outcome::Applied;
    other.receipt = portal.jws(word);

    const auto judgement =
        judge(batch, {{other, portal.about(batch[1], Outcome::Applied)}, "e1"}, portal.keys);

    CHECK(judgement.otherBytes.size() == 1);
    CHECK_FALSE(judgement.forged);
    REQUIRE(judgement.operations.size() == 1);
    CHECK(judgement.operations.front().stored.position == batch[1].position);
}

TEST_CASE("a key that was never heard of is told apart from a wrong signature")
{
    Portal portal;
    Portal rotated("k2", 'q');
    const std::vector<Outgoing> batch{sent(1)};

    CHECK(judge(batch, {{rotated.about(batch[0], Outcome::Applied)}, "e1"}, portal.keys).isKeyUnknown);
    Portal stranger("k1", 'z');
    CHECK_FALSE(judge(batch, {{stranger.about(batch[0], Outcome::Applied)}, "e1"}, portal.keys).isKeyUnknown);
}

TEST_CASE("order and strangers in the list of results do not matter")
{
    Portal portal;
    const std::vector<Outgoing> batch{sent(1), sent(2)};
    const auto other = sent(9);
    const Results answer{{portal.about(batch[1], Outcome::Applied), portal.about(other, Outcome::Applied),
                          portal.about(batch[0], Outcome::Conflict)},
                         "e1"};

    const auto judgement = judge(batch, answer, portal.keys);

    REQUIRE(judgement.operations.size() == 2);
    CHECK(judgement.operations[0].followUp == FollowUp::Merge);
    CHECK(judgement.operations[1].followUp == FollowUp::Settled);
}

TEST_CASE("a key that cannot be read is no key")
{
    const Portal portal;
    Json kept = keysToJson({portal.key()});
    kept.push_back("no key");
    kept.push_back(Json{{"kid", "bad"}});

    const auto keys = keysOf(kept);

    REQUIRE(keys.size() == 1);
    CHECK(keys[0].kid == portal.key().kid);
}
