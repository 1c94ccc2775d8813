// SPDX-License-Identifier: GPL-3.0-or-later
// What differs from what was sent.
#include "core/desk/corrections.h"
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

class Bench
{
public:
    Bench() : words(counter)
    {
        const auto received = counter.desk->receive(counter.draft());
        REQUIRE(received);
        code = received->code;
    }

    void change(const Json& set, const std::string& reason = "dân báo")
    {
        const auto changed = counter.desk->change(code, set, reason);
        INFO((changed ? std::string() : changed.error().error.detail));
        REQUIRE(changed);
        counter.clock.advance(std::chrono::minutes{1});
    }
    void letterOut(const std::string& outcome = "good")
    {
        PrintEvent event;
        event.paper = std::string(kCorrectionPaper);
        event.printer = "pdf";
        event.outcome = outcome;
        event.sha256 = std::string(64, 'a');
        REQUIRE(counter.desk->recordPrint(code, event));
    }
    Corrections corrections()
    {
        const auto view = counter.desk->dossiers().byCode(code);
        auto found = correctionsOf(*counter.connection, counter.desk->dossiers(), view->row.id);
        REQUIRE(found);
        return std::move(*found);
    }
    std::vector<std::string> pointers()
    {
        std::vector<std::string> names;
        for (const Correction& change : corrections().changes) {
            names.push_back(change.pointer);
        }
        return names;
    }

    SmallCounter counter;
    PortalWords words;
    std::string code;
};

} // namespace

TEST_CASE("a dossier as it was sent, or never sent, has nothing to correct")
{
    Bench bench;
    CHECK(bench.pointers().empty());
    bench.change({{"/applicant/phone", "0912000001"}});
    CHECK(bench.pointers().empty()); // it goes as it is now
    while (bench.words.answerAll() > 0) {
    }
    CHECK(bench.pointers().empty());
}

TEST_CASE("what was changed after it was acknowledged is told from first to last, with its reasons")
{
    Bench bench;
    bench.words.answerAll();
    bench.change({{"/applicant/phone", "0912000001"}}, "gõ nhầm");
    bench.change({{"/applicant/phone", "0912000002"}, {"/applicant/address", "thôn 3"}}, "dân báo lại");
    bench.change({{"/note", "x"}}, "gõ nhầm");

    const Corrections found = bench.corrections();

    REQUIRE(found.changes.size() == 3);
    CHECK(found.changes[0].pointer == "/applicant/address");
    CHECK(found.changes[1].pointer == "/applicant/phone");
    CHECK(found.changes[1].before != Json("0912000001"));
    CHECK(found.changes[1].after == "0912000002");
    CHECK(found.changes[2].before.is_null());
    CHECK(found.reasons == std::vector<std::string>{"gõ nhầm", "dân báo lại"});

    SECTION("also once the portal has taken the changes")
    {
        while (bench.words.answerAll() > 0) {
        }
        CHECK(bench.corrections().changes.size() == 3);
    }
    SECTION("not what a letter said that came out; a jammed one said nothing")
    {
        bench.letterOut("jammed");
        CHECK(bench.corrections().changes.size() == 3);
        bench.letterOut();
        CHECK(bench.pointers().empty());
        CHECK(bench.corrections().reasons.empty());
        bench.change({{"/applicant/phone", "0912000003"}});
        REQUIRE(bench.corrections().changes.size() == 1);
        CHECK(bench.corrections().changes[0].before == "0912000002");
    }
}

TEST_CASE("what was changed back is no correction, and a person is told fact by fact")
{
    Bench bench;
    bench.words.answerAll();
    bench.change({{"/note", "x"}});
    bench.change({{"/note", nullptr}});
    CHECK(bench.pointers().empty());
    CHECK(bench.corrections().reasons.empty());

    Json applicant = bench.counter.desk->dossiers().byCode(bench.code)->dossier.at("applicant");
    applicant["birth"] = {{"text", "06/1984"}, {"precision", "month"}};
    applicant["name"] = "Nguyễn Văn Hạ";
    bench.change({{"/applicant", applicant}});
    CHECK(bench.pointers() == std::vector<std::string>{"/applicant/birth", "/applicant/name"});
}
