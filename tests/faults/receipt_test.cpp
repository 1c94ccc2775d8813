// SPDX-License-Identifier: GPL-3.0-or-later
// Answers with good status and good JSON whose receipts prove something else, or nothing.
#include "core/base/check.h"
#include "core/base/hash.h"
#include "sync/protocol/receipt.h"
#include "tests/faults/fault_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::faults;
using namespace std::chrono_literals;

namespace {

/// The portal did all of it, and each answer about operations is changed so: nothing is acknowledged, and
/// whoever spoke was not the portal.
void provesNothing(const std::function<void(Json& results)>& spoil, Trouble trouble = Trouble::NotPortal)
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", spoiling([&](Json& answer) { spoil(answer["results"]); }));
    bench.endure(6);
    CHECK(bench.way.hits > 0);
    CHECK(bench.applied() == 3);
    CHECK(bench.acknowledged() == 0);
    CHECK(bench.saw(trouble));
    bench.recover();
}

/// What a receipt says, and the receipt with another word in it, signed by the portal.
std::string saysInstead(FaultBench& bench, const std::string& jws, const std::string& member,
                        const Json& value)
{
    const auto first = jws.find('.') + 1;
    auto payload = *parseJson(*fromBase64Url(jws.substr(first, jws.rfind('.') - first)));
    payload[member] = value;
    const auto signer = bench.office->keys().signer();
    require(signer.has_value(), "the portal has a key");
    return signer->sign(dumpJson(payload));
}

/// The portal itself signs something else than what it did.
void contradicts(const std::string& member, const Json& value)
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", spoiling([&](Json& answer) {
                     for (Json& result : answer["results"]) {
                         if (result.contains("receipt")) {
                             result["receipt"] = saysInstead(bench, result["receipt"], member, value);
                         }
                     }
                 }));
    bench.endure(6);
    CHECK(bench.applied() == 3);
    CHECK(bench.acknowledged() == 0);
    CHECK(bench.waiting() == 3);
    bench.recover();
}

} // namespace

TEST_CASE("a good receipt of another operation")
{
    provesNothing([](Json& results) {
        if (results.size() > 1) {
            std::swap(results[0]["receipt"], results[1]["receipt"]);
            results[2]["receipt"] = results[0]["receipt"];
        } else {
            results = Json::array();
        }
    });
}

TEST_CASE("a receipt with a bad signature")
{
    provesNothing([](Json& results) {
        for (Json& result : results) {
            auto jws = result["receipt"].get<std::string>();
            char& digit = jws[jws.rfind('.') + 1];
            digit = digit == 'A' ? 'B' : 'A';
            result["receipt"] = jws;
        }
    });
}

TEST_CASE("a receipt without a signature")
{
    provesNothing([](Json& results) {
        for (Json& result : results) {
            auto jws = result["receipt"].get<std::string>();
            const auto payload = jws.substr(jws.find('.') + 1, jws.rfind('.') - jws.find('.') - 1);
            result["receipt"] = toBase64Url(R"({"alg":"none"})") + "." + payload + ".";
        }
    });
}

TEST_CASE("applied, and no receipt")
{
    provesNothing([](Json& results) {
        for (Json& result : results) {
            result.erase("receipt");
        }
    });
}

TEST_CASE("a receipt for other bytes")
{
    contradicts("digest", toHex(sha256("others")));
}

TEST_CASE("a receipt of another portal epoch than the answer")
{
    contradicts("epoch", "before");
}

TEST_CASE("a receipt that says rejected beside an answer that says applied")
{
    contradicts("result", "rejected");
}

TEST_CASE("an old receipt, of the portal before it was restored")
{
    FaultBench bench;
    const auto empty = bench.copyPortal();
    bench.receive(2);
    std::optional<Reply> old;
    bench.during(
        "/v1/ops",
        [&old](Turn& turn) {
            old = turn.judged();
            turn.answer(*old);
        },
        1);
    bench.endure(2);
    REQUIRE(old);
    bench.recover();
    bench.restorePortal(empty); // and these two are gone there
    REQUIRE(bench.office->keys().newEpoch());
    bench.portalForgets = true;
    // Somebody still has the answer of then, and the same bytes are sent again.
    bench.during("/v1/ops",
                 [&old](Turn& turn) { turn.answer(turn.request.path == "/v1/ops" ? *old : turn.judged()); });
    bench.advance(31min);
    for (int i = 0; i < 20 && bench.waiting() == 0; ++i) {
        bench.endure(1); // a hello, all pages, and a look-up: these two wait again
    }
    bench.portalForgets = false;

    bench.endure(6);

    CHECK(bench.acknowledged() == 0);
    CHECK(bench.waiting() == 2);
    bench.recover();
    CHECK(bench.applied() == 2);
}

TEST_CASE("the portal has changed its key")
{
    FaultBench bench;
    bench.receive(1);
    bench.settle();
    bench.receive(3);
    REQUIRE(bench.office->keys().rotateKey());

    bench.endure(5);

    CHECK(bench.acknowledged() == 4); // the hello brought the new one
    bench.recover();
}

TEST_CASE("a key that has ended signs on")
{
    FaultBench bench;
    const auto old = bench.office->keys().keys();
    REQUIRE(old);
    REQUIRE(bench.office->keys().rotateKey());
    bench.advance(1h);
    bench.receive(2);
    const auto signer = bench.office->keys().signerOf(old->front().kid);
    REQUIRE(signer);
    bench.during("/v1/ops", spoiling([&](Json& answer) {
                     for (Json& result : answer["results"]) {
                         const auto jws = result.value("receipt", "");
                         const auto first = jws.find('.') + 1;
                         if (!jws.empty()) {
                             result["receipt"] =
                                 signer->sign(*fromBase64Url(jws.substr(first, jws.rfind('.') - first)));
                         }
                     }
                 }));

    bench.endure(6);

    CHECK(bench.applied() == 2);
    CHECK(bench.acknowledged() == 0);
    CHECK(bench.saw(Trouble::NotPortal));
    bench.recover();
}
