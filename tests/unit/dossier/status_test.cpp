// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/status.h"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

using namespace motcua;

TEST_CASE("the legal moves are those of the contract, and no others")
{
    // Copied by hand from the text of portal-api.yaml, Status, not from the table.
    const std::map<std::string, std::set<std::string>> legal{
        {"registered", {"received", "refused", "withdrawn"}},
        {"received", {"processing", "supplementing", "paying", "finished", "stopped", "withdrawn"}},
        {"refused", {}},
        {"processing", {"supplementing", "paying", "finished", "stopped", "withdrawn"}},
        {"supplementing", {"processing", "stopped", "withdrawn"}},
        {"paying", {"processing", "finished", "stopped", "withdrawn"}},
        {"withdrawn", {}},
        {"stopped", {"returned"}},
        {"finished", {"returned", "processing"}},
        {"returned", {}},
    };

    for (const Status from : kStatuses) {
        const auto& targets = legal.at(std::string(statusName(from)));
        CHECK(isEnd(from) == targets.empty());
        CHECK(movesFrom(from).size() == targets.size());
        for (const Status to : kStatuses) {
            INFO(statusName(from) << " to " << statusName(to));
            CHECK(mayMove(from, to) == targets.contains(std::string(statusName(to))));
        }
    }
}

TEST_CASE("names, codes and labels belong together")
{
    int code = 1;
    for (const char* name : {"registered", "received", "refused", "processing", "supplementing", "paying",
                             "withdrawn", "stopped", "finished", "returned"}) {
        const auto status = parseStatus(name);
        REQUIRE(status);
        CHECK(statusCode(*status) == code);
        CHECK(statusOfCode(code) == status);
        CHECK(statusName(*status) == name);
        CHECK_FALSE(statusLabel(*status).empty());
        ++code;
    }
    CHECK_FALSE(parseStatus("Received"));
    CHECK_FALSE(parseStatus(""));
    CHECK_FALSE(statusOfCode(0));
    CHECK_FALSE(statusOfCode(11));
}
