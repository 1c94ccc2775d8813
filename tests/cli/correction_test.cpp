// SPDX-License-Identifier: GPL-3.0-or-later
// Piles, and corrections after sending, through the real programs.
#include "tests/cli/city.h"

using namespace motcua;
using namespace motcua::testing;

namespace {

void synchronize(const Counter& counter)
{
    const Run run = counter({"sync", "--until-empty", "--timeout", "60", "--backoff-base", "10"});
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
}

bool offers(const Counter& counter, const std::string& code, const std::string& paper)
{
    const Json papers = counter({"print", "--list", code}).json().at("papers");
    return std::any_of(papers.begin(), papers.end(),
                       [&](const Json& one) { return one.at("name") == paper; });
}

} // namespace

TEST_CASE("a visitor's pile is taken in as a whole or not at all", "[pile]")
{
    const Counter counter;
    Json pile = Json::array({copyDraft(), copyDraft()});
    pile[0]["form"]["pages"] = 5;
    pile[0]["form"]["copies"] = 3;
    pile[1]["form"]["documentName"] = "Bằng tốt nghiệp";
    pile[1]["form"]["pages"] = 0;

    const Run refused = counter({"accept", "--together", "--file", "-"}, pile.dump());
    CHECK(refused.exit == 1);
    CHECK(hasProblem(refused.json(), "/1/form/pages"));
    CHECK(counter({"list"}).json().at("dossiers").empty());

    pile[1]["form"]["pages"] = 1;
    const Run taken = counter({"accept", "--together", "--file", "-"}, pile.dump());
    INFO(taken.out << taken.err);
    REQUIRE(taken.exit == 0);
    const Json received = taken.json().at("received");
    REQUIRE(received.size() == 2);
    const std::string first = received[0].at("code");
    const std::string second = received[1].at("code");
    const Json dossier = counter({"show", first}).json();
    CHECK(dossier.at("form").at("together") == second);
    CHECK(dossier.at("fees").at(0).at("amount") == 21'000); // (2 × 2.000 + 3 × 1.000) × 3
    CHECK(offers(counter, second, "pile"));
    const std::string file = counter.folder.name("pile.pdf");
    CHECK(counter({"print", second, "--paper", "pile", "--out", file}).json().at("copies") == 2);
    const std::string alone = counter.accept(copyDraft()).at("code");
    CHECK_FALSE(offers(counter, alone, "pile"));
    CHECK(counter({"print", alone, "--paper", "pile"}).exit == 1);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
    CHECK(counter({"accept", "--together", "--file", "-"}, "{}").exit == 1);
    CHECK(counter({"accept", "--together", "--stream"}).exit == 2);
}

TEST_CASE("a correction after sending has its letter, and the portal gets the change with it", "[correction]")
{
    const Counter counter;
    const City city;
    enrol(counter, city);
    const std::string code = counter.accept(copyDraft()).at("code");
    const std::string file = counter.folder.name("letter.pdf");
    CHECK_FALSE(offers(counter, code, "correction"));
    const Run nothing = counter({"print", code, "--paper", "correction", "--out", file});
    CHECK(nothing.exit == 1);
    CHECK_FALSE(std::filesystem::exists(file));
    synchronize(counter);

    // Text that would like to be something else.
    const std::string hostile = "<b>{{code}}</b> & \"x\" <p/>\n=1+1";
    REQUIRE(counter({"change", code, "--set", "/form/documentName=" + hostile, "--set",
                     "/applicant/phone=0912000009", "--reason", "Gõ nhầm <i>tên</i>"})
                .exit == 0);
    CHECK(offers(counter, code, "correction"));
    const Run printed = counter(
        {"print", code, "--paper", "correction", "--reason", "Lý do do người ký sửa lại", "--out", file});
    INFO(printed.out << printed.err);
    REQUIRE(printed.exit == 0);
    CHECK(printed.json().at("pages") == 1);
    CHECK(printed.json().at("reprint") == 0);
    CHECK(std::filesystem::file_size(file) > 1000);
    CHECK_FALSE(offers(counter, code, "correction"));
    CHECK(counter({"print", code, "--paper", "correction"}).json().at("reprint") == 1);
    synchronize(counter);
    CHECK(city.dossiers().at(0).at("dossier").at("applicant").at("phone") == "0912000009");

    REQUIRE(counter({"change", code, "--set", "/applicant/phone=0912000010", "--reason", "dân báo"}).exit ==
            0);
    CHECK(counter({"print", code, "--paper", "correction", "--out", file}).json().at("reprint") == 0);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}
