// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/dossier/draft_samples.h"

using namespace motcua;
using namespace motcua::test;

namespace {

using Strings = std::vector<std::string>;

Json* componentOf(Json& draft, const char* code)
{
    for (Json& component : draft["components"]) {
        if (component["code"] == code) {
            return &component;
        }
    }
    return nullptr;
}

const Problem* find(const Problems& problems, const char* rule)
{
    const auto found = std::find_if(problems.begin(), problems.end(),
                                    [&](const Problem& problem) { return problem.rule == rule; });
    return found == problems.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("missing papers are named together and may come later with a reason")
{
    Json draft = birthDraft();
    draft.erase("components");

    const CheckedDraft checked = check(draft);

    REQUIRE(listed(checked.problems) == Strings{"soft papers-missing /components"});
    const std::string& message = checked.problems.front().message;
    CHECK(message.find("Tờ khai đăng ký khai sinh; Giấy chứng sinh") != std::string::npos);
    CHECK(message.find("bỏ rơi") == std::string::npos);
    draft["reasons"] = {{"/components", "Bổ sung chiều nay"}};
    CHECK(check(draft).accepted());
}

TEST_CASE("a paper that is needed only sometimes is asked for then")
{
    Json draft = birthDraft();
    draft["form"]["birthKind"] = "trẻ bị bỏ rơi";
    draft["form"]["birthProof"] = "biên bản";
    draft["form"].erase("mother");
    draft["form"].erase("father");

    const CheckedDraft checked = check(draft);

    REQUIRE(listed(checked.problems) == Strings{"soft papers-missing /components"});
    CHECK(checked.problems.front().message == "Còn thiếu giấy tờ: Biên bản trẻ bị bỏ rơi.");
    draft["components"].push_back({{"code", "abandoned-minutes"}, {"originals", 1}, {"copies", 0}});
    CHECK(check(draft).accepted());
}

TEST_CASE("a paper may be looked up instead of shown, and is then there")
{
    Json draft = birthDraft();
    (*componentOf(draft, "identity"))["evidence"] = "looked-up";

    CHECK(check(draft).accepted());
}

TEST_CASE("names, evidence and numbers are filled in from the catalogue")
{
    Json draft = certifiedDraft();
    draft["components"] =
        Json::array({{{"code", "original"}}, {{"code", "copies-to-certify"}, {"copies", 3}}});

    const CheckedDraft checked = check(draft);

    CHECK(listed(checked.problems) == Strings{});
    const Json& components = checked.dossier["components"];
    CHECK(components[0] == Json{{"code", "original"},
                                {"name", "Bản chính"},
                                {"evidence", "shown"},
                                {"originals", 0},
                                {"copies", 0}});
    CHECK(components[1]["originals"] == 0);
    CHECK(components[1]["copies"] == 3);
    draft["components"][1].erase("copies");
    CHECK(check(draft).dossier["components"][1]["originals"] == 1);
}

TEST_CASE("a paper handed in has a number, and stands in the list once")
{
    Json draft = certifiedDraft();
    (*componentOf(draft, "copies-to-certify"))["originals"] = 0;
    CHECK(problemsOf(draft) ==
          Strings{"soft paper-count /components/1/originals", "soft papers-missing /components"});

    draft = certifiedDraft();
    draft["components"].push_back(draft["components"][0]);
    CHECK(problemsOf(draft) == Strings{"hard paper-repeated /components/2/code"});
}

TEST_CASE("other papers need a name of their own")
{
    Json draft = certifiedDraft();
    draft["components"].push_back({{"code", "khac"}});
    CHECK(problemsOf(draft) == Strings{"hard required /components/2/name"});
    draft["components"][2]["name"] = " Đơn  trình bày ";
    CHECK(check(draft).dossier["components"][2]["name"] == "Đơn trình bày");
}

TEST_CASE("files on this computer are handed to the caller, finished ones stay")
{
    Json draft = certifiedDraft();
    const Json file{
        {"name", "a.pdf"}, {"sha256", std::string(64, 'a')}, {"size", 10}, {"type", "application/pdf"}};
    draft["components"][0]["files"] = Json::array({{{"path", "/tmp/b.pdf"}, {"name", " b.pdf "}}, file});

    const CheckedDraft checked = check(draft);

    CHECK(listed(checked.problems) == Strings{});
    CHECK(checked.dossier["components"][0]["files"] == Json::array({file}));
    REQUIRE(checked.scans.size() == 1);
    CHECK(checked.scans[0].component == 0);
    CHECK(checked.scans[0].path == "/tmp/b.pdf");
    CHECK(checked.scans[0].name == "b.pdf");
    CHECK(checked.scans[0].pointer == "/components/0/files/0");

    draft["components"][0]["files"][0] = {{"path", ""}, {"size", 5}};
    CHECK(problemsOf(draft) ==
          Strings{"hard unknown-member /components/0/files/0/size", "hard path /components/0/files/0/path"});
    draft["components"][0]["files"][0] = {{"name", "x"}};
    CHECK(problemsOf(draft).size() == 3); // sha256, size, type
}

TEST_CASE("wrong kinds among papers and fees are problems, not crashes")
{
    for (const Json& wrong :
         {Json(5), Json("x"), Json::object({{"a", 1}}), Json::array({1, "x", nullptr, Json::array()})}) {
        Json draft = certifiedDraft();
        draft["components"] = wrong;
        CHECK_FALSE(check(draft).accepted());
        draft = certifiedDraft();
        draft["fees"] = wrong;
        CHECK_FALSE(check(draft).accepted());
    }
    Json draft = certifiedDraft();
    draft["components"][0] = {{"code", 5}, {"name", Json::array()}, {"files", 7}, {"originals", "x"}};
    CHECK_FALSE(check(draft).accepted());
}

TEST_CASE("the fee is computed from pages and copies")
{
    const CheckedDraft checked = check(certifiedDraft());

    // domain.md 11: 5 pages, 3 copies.
    CHECK(checked.dossier["fees"] == Json::array({{{"code", "certified-copy"}, {"amount", 21000}}}));
    CHECK(checked.fee.amount == 21000);
    CHECK_FALSE(checked.fee.lines.empty());
}

TEST_CASE("a birth on time is free, a late one waits for the province's tariff")
{
    Json draft = birthDraft();
    CHECK(check(draft).dossier["fees"] == Json::array({{{"code", "civil-status"}, {"amount", 0}}}));

    draft["form"]["child"]["birth"] = date("01/06/2026");
    const CheckedDraft late = check(draft);
    CHECK(late.dossier["fees"] == Json::array());
    CHECK_FALSE(late.fee.amount);
    CHECK_FALSE(late.fee.note.empty());

    draft["form"]["feeWaiver"] = "hộ nghèo";
    CHECK(check(draft).dossier["fees"] == Json::array({{{"code", "civil-status"}, {"amount", 0}}}));
}

TEST_CASE("the fee rule and the late flag agree on every day around the sixtieth")
{
    for (int days = 50; days < 75; ++days) {
        Json draft = birthDraft();
        const Day born{std::chrono::sys_days{day(2026, 11, 21)} - std::chrono::days{days}};
        draft["form"]["child"]["birth"] = date(toDisplayDay(born));
        const CheckedDraft checked = check(draft);
        INFO(days);
        CHECK((find(checked.problems, "birth-late") != nullptr) == !checked.fee.amount.has_value());
    }
}

TEST_CASE("what the draft says about payment is kept, another amount needs a reason")
{
    Json draft = certifiedDraft();
    draft["fees"] = Json::array(
        {{{"code", "certified-copy"}, {"receiptNo", "0000123"}, {"paidAt", "2026-11-21T01:59:00.000Z"}}});
    CHECK(check(draft).dossier["fees"][0]["amount"] == 21000);
    CHECK(check(draft).dossier["fees"][0]["receiptNo"] == "0000123");

    draft["fees"][0]["amount"] = 20000;
    CHECK(problemsOf(draft) == Strings{"soft fee-differs /fees/0/amount"});
    draft["fees"][0]["amount"] = -1;
    CHECK_FALSE(check(draft).accepted());
    draft["fees"][0] = {{"code", "parking"}, {"amount", 5}};
    CHECK(problemsOf(draft) == Strings{"soft fee-unknown /fees/0/code"});
    draft["fees"][0] = {{"code", "certified-copy"}, {"paidAt", "2026-11-21T02:00:01.000Z"}};
    CHECK(problemsOf(draft) == Strings{"hard paid-in-future /fees/0/paidAt"});
}
