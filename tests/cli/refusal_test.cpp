// SPDX-License-Identifier: GPL-3.0-or-later
// motcuactl refuse: the same habits as accept, and a paper that says no.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <filesystem>

using namespace motcua;
using namespace motcua::testing;

namespace {

Run refuse(const Counter& counter, const Json& draft, const std::string& reason = "Không thuộc thẩm quyền.")
{
    return counter({"refuse", "--file", "-", "--reason", reason}, draft.dump());
}

} // namespace

TEST_CASE("a refusal gets a code, stands in register and queue, and comes back with its reference",
          "[refuse]")
{
    const Counter counter;
    Json draft = copyDraft();
    draft["clientRef"] = "phiếu 7";

    const Run run = refuse(counter, draft);

    REQUIRE(run.exit == 0);
    const Json answer = run.json();
    const std::string code = stringAt(answer, "code");
    CHECK(code == "H26.131-261123-1001");
    CHECK(answer.at("status") == "refused");
    CHECK(answer.at("receivedAt") == Counter::kMoment);
    CHECK(answer.at("dueAt").is_null());
    CHECK(answer.at("problems").empty());
    CHECK(answer.at("clientRef") == "phiếu 7");
    CHECK(counter({"list", "--status", "refused"}).json().at("dossiers").size() == 1);
    const Json queue = counter({"queue"}).json();
    REQUIRE(queue.at("operations").size() == 1);
    CHECK(queue.at("operations").at(0).at("kind") == "dossier.received");
    const Json history = counter({"history", code}).json();
    CHECK(history.at("entries").at(0).at("note") == "Không thuộc thẩm quyền.");
    CHECK(counter({"move", code, "--to", "processing"}).exit == 1); // a refusal is an end
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("what cannot be received can be turned away, what nobody can record cannot", "[refuse]")
{
    const Counter counter;
    Json open = birthDraft();
    open["form"] = Json::object();
    open["components"] = Json::array();
    Json nameless = copyDraft();
    nameless["applicant"].erase("name");
    REQUIRE(counter({"accept", "--file", "-"}, open.dump()).exit == 1);

    CHECK(refuse(counter, open).exit == 0);

    const std::int64_t before = counter.entries();
    const Run bad = refuse(counter, nameless);
    CHECK(bad.exit == 1);
    CHECK(hasProblem(bad.json(), "/applicant/name"));
    CHECK(refuse(counter, copyDraft(), " \n").exit == 1);
    CHECK(hasRule(refuse(counter, copyDraft(), std::string(2001, 'a')).json(), "max-length"));
    CHECK(refuse(counter, Json("x")).exit == 1);
    CHECK(counter({"refuse", "--file", "-"}, copyDraft().dump()).exit == 2);
    CHECK(counter({"refuse", "--reason", "x"}, copyDraft().dump()).exit == 2);
    CHECK(counter.entries() == before);
}

TEST_CASE("a refused dossier has the paper of form 03 and neither slip nor collection; others have none",
          "[refuse]")
{
    const Counter counter;
    const std::string code = stringAt(refuse(counter, copyDraft()).json(), "code");
    const std::string received = stringAt(counter.accept(copyDraft()), "code");
    const std::string file = counter.folder.name("refusal.pdf");

    const Run printed = counter({"print", code, "--paper", "refusal", "--out", file});

    REQUIRE(printed.exit == 0);
    CHECK(printed.json().at("copies") == 2);
    CHECK(std::filesystem::file_size(file) > 1000);
    std::vector<std::string> names;
    const Json list = counter({"print", "--list", code}).json();
    for (const Json& paper : list.at("papers")) {
        names.push_back(stringAt(paper, "name"));
    }
    CHECK(names == std::vector<std::string>{"check-sheet", "refusal"});
    for (const char* paper : {"slip", "collection"}) {
        CHECK(counter({"print", code, "--paper", paper}).exit == 1);
    }
    CHECK(counter({"print", received, "--paper", "refusal"}).exit == 1);
    CHECK(counter({"print", code, "--paper", "refusal"}).json().at("reprint") == 1);
}
