// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody reads of a queue, however long it is.
#include "core/outbox/queue.h"
#include "tests/support/small_counter.h"
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::vector<std::string> codesOf(const Result<std::vector<QueuedOperation>>& operations)
{
    REQUIRE(operations);
    std::vector<std::string> codes;
    for (const QueuedOperation& operation : *operations) {
        codes.push_back(operation.code);
    }
    return codes;
}

using Codes = std::vector<std::string>;

} // namespace

TEST_CASE(
    "of a long queue the first are read, what waits for a person before all; of what is done the newest")
{
    SmallCounter counter;
    PortalWords portal(counter);
    Codes codes;
    const auto receive = [&] { codes.push_back(counter.desk->receive(counter.draft())->code); };
    for (int i = 0; i < 4; ++i) {
        receive();
    }
    Queue& queue = counter.desk->queue();
    REQUIRE(portal.answerAll() == 4);
    for (int i = 0; i < 3; ++i) {
        receive();
    }
    REQUIRE(portal.answerAll("rejected", "invalid-fields") == 3);
    for (int i = 0; i < 3; ++i) {
        receive();
    }

    CHECK(codesOf(queue.newestDone(2)) == Codes{codes[3], codes[2]});
    CHECK(codesOf(queue.newestDone(500)) == Codes{codes[3], codes[2], codes[1], codes[0]});
    CHECK(codesOf(queue.firstOpen(2)) == Codes{codes[4], codes[5]});
    CHECK(codesOf(queue.firstOpen(4)) == Codes{codes[4], codes[5], codes[6], codes[7]});
    CHECK(queue.firstOpen(500)->size() == 6);

    // Nothing is left out of turn where the older ones wait and the younger ones need somebody.
    REQUIRE(counter.desk->change(codes[8], {{"/applicant/phone", "0987654321"}}, {}));
    CHECK(codesOf(queue.firstOpen(1)) == Codes{codes[4]});
    CHECK(queue.firstOpen(500)->size() == 7);
    CHECK(queue.firstOpen(500)->back().state == OpState::Blocked);
}
