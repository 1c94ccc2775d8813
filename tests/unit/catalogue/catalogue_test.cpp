// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/catalogue/catalogue_fixture.h"

#include <algorithm>

using namespace motcua;
using namespace motcua::test;

namespace {

const Day kToday = day(2026, 11, 21);
const Day kNewLaw = day(2027, 3, 1);

std::vector<std::string> codesOf(const std::vector<const Procedure*>& procedures)
{
    std::vector<std::string> codes;
    codes.reserve(procedures.size());
    for (const Procedure* const procedure : procedures) {
        codes.push_back(procedure->code);
    }
    return codes;
}

std::string firstFound(const Catalogue& catalogue, const std::string& text)
{
    const auto hits = catalogue.search(text, kToday);
    return hits.empty() ? std::string("nothing") : hits.front()->code;
}

bool hasText(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

const char* const kPlant =
    R"({"procedures": [{"code": "9.000001", "name": "Cho thuê cây cảnh", "field": "Thử",
    "term": {"n": 2, "unit": "working_day"}, "form": "plant"}]})";

} // namespace

TEST_CASE("the shipped catalogue has all procedures, each with a form and a note on how sure it is")
{
    const Catalogue catalogue = loadShipped();

    const auto all = catalogue.procedures(kToday);

    CHECK(all.size() == 78);
    for (const Procedure* const procedure : all) {
        INFO(procedure->code);
        CHECK_FALSE(procedure->name.empty());
        CHECK_FALSE(procedure->sure.empty());
        CHECK(catalogue.find(procedure->code, kToday) == procedure);
        CHECK(catalogue.form(*procedure, kToday).fieldAt("/applicant") != nullptr);
        if (procedure->sure == "unverified") {
            CHECK_FALSE(procedure->notes.empty());
        }
    }
}

TEST_CASE("civil status and attestation have forms of their own, the others the plain one")
{
    const Catalogue catalogue = loadShipped();
    const auto formOf = [&](const char* code) {
        return catalogue.form(*catalogue.find(code, kToday), kToday).id;
    };

    CHECK(formOf("1.001193") == "birth");
    CHECK(formOf("1.004873") == "marital-status");
    CHECK(formOf("2.000815") == "certified-copy");
    CHECK(formOf("2.000635") == "extract-copy");
    CHECK(formOf("1.000894") == "marriage");
    CHECK(formOf("1.001570") == "plain");
    for (const Procedure* const procedure : catalogue.procedures(kToday)) {
        INFO(procedure->code);
        const bool isOurs = procedure->field == "Hộ tịch" || procedure->field == "Chứng thực";
        CHECK((catalogue.form(*procedure, kToday).id != "plain") == isOurs);
    }
}

TEST_CASE("a procedure is found by words without marks in any order, by its code and by everyday words")
{
    const Catalogue catalogue = loadShipped();

    CHECK(firstFound(catalogue, "khai sinh") == "1.001193");
    CHECK(firstFound(catalogue, "sinh khai") == "1.001193");
    CHECK(firstFound(catalogue, "GIẤY KHAI SINH") == "1.001193");
    CHECK(firstFound(catalogue, "giay khai s") == "1.001193");
    CHECK(firstFound(catalogue, "cong chung") == "2.000815");
    CHECK(firstFound(catalogue, "sao y") == "2.000815");
    CHECK(firstFound(catalogue, "doc than") == "1.004873");
    CHECK(firstFound(catalogue, "trích lục") == "2.000635");
    CHECK(firstFound(catalogue, "1.001193") == "1.001193");
    CHECK(firstFound(catalogue, "001193") == "1.001193");
    CHECK(firstFound(catalogue, "dia kinh doanh ho") == "nothing");
    CHECK(firstFound(catalogue, "kinh doanh ho") == "1.001612");
    CHECK(firstFound(catalogue, "đổi tên") == "1.004859");
    CHECK(firstFound(catalogue, "xyzzy") == "nothing");
    CHECK(firstFound(catalogue, "%' OR 1=1 --") == "nothing");
    CHECK(catalogue.search("", kToday).size() == 78);
    CHECK(catalogue.search("...", kToday).empty());
}

TEST_CASE("a text of ten thousand characters finds nothing and harms nothing")
{
    const Catalogue catalogue = loadShipped();

    CHECK(catalogue.search(std::string(10000, 'a'), kToday).empty());
    std::string flood = "k";
    for (int i = 0; i < 5000; ++i) {
        flood += "\xCC\x81";
    }
    CHECK_FALSE(catalogue.search(flood, kToday).empty());
}

TEST_CASE("repealed codes are known as such, with what replaces them")
{
    const Catalogue catalogue = loadShipped();

    const Procedure* const repealed = catalogue.find("2.000986", kToday);

    REQUIRE(repealed != nullptr);
    CHECK(repealed->repealed);
    CHECK(repealed->term.span.unit == TermUnit::Repealed);
    CHECK(repealed->replacedBy == std::vector<std::string>{"3.000722"});
    CHECK(codesOf(catalogue.search("2.000986", kToday)) == std::vector<std::string>{"2.000986"});
    for (const Procedure* const procedure : catalogue.search("lien thong", kToday)) {
        CHECK_FALSE(procedure->repealed);
    }
}

TEST_CASE("a procedure that was missing from the first table is there, tagged")
{
    const Catalogue catalogue = loadShipped();

    const Procedure* const correction = catalogue.find("2.000927", kToday);

    REQUIRE(correction != nullptr);
    CHECK(correction->sure == "unverified");
    REQUIRE(correction->fees.size() == 1);
    CHECK(correction->fees.front().amount == 25000);
}

TEST_CASE("the civil-status law divides the versions on 2027-03-01")
{
    const Catalogue catalogue = loadShipped();

    const Procedure* const before = catalogue.find("1.000656", day(2027, 2, 28));
    const Procedure* const after = catalogue.find("1.000656", kNewLaw);

    REQUIRE(before != nullptr);
    REQUIRE(after != nullptr);
    CHECK(before != after);
    CHECK(before->result == "Trích lục khai tử");
    CHECK(after->result == "Giấy chứng tử");
    CHECK(before->sure == "verified");
    CHECK(after->sure == "carried-over");
    CHECK(before->effectiveTo == day(2027, 2, 28));
    CHECK(after->effectiveFrom == kNewLaw);
    CHECK_FALSE(after->effectiveTo);
    CHECK(before->notes.empty());
    REQUIRE(after->notes.size() == 1);
    CHECK(hasText(after->notes.front(), "03/2026/QH16"));
}

TEST_CASE("six weeks before the law changes, officials are told what happens to dossiers of before")
{
    const Catalogue catalogue = loadShipped();
    const auto isToldOn = [&](Day on) {
        const std::vector<std::string> notes = catalogue.find("1.000656", on)->notesOn(on);
        return std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
            return hasText(note, "kể cả khi trả kết quả sau");
        });
    };

    CHECK_FALSE(isToldOn(kToday));
    CHECK_FALSE(isToldOn(day(2027, 1, 14)));
    CHECK(isToldOn(day(2027, 1, 15)));
    CHECK(isToldOn(day(2027, 2, 28)));
    CHECK_FALSE(isToldOn(kNewLaw));
}

TEST_CASE("the law touches civil status only, and every procedure of it carries the announcement")
{
    const Catalogue catalogue = loadShipped();

    CHECK(catalogue.find("2.000815", day(2027, 2, 28)) == catalogue.find("2.000815", kNewLaw));
    CHECK(catalogue.procedures(kNewLaw).size() == catalogue.procedures(kToday).size());
    for (const Procedure* const procedure : catalogue.procedures(kNewLaw)) {
        if (procedure->field == "Hộ tịch") {
            INFO(procedure->code);
            CHECK(std::any_of(procedure->notes.begin(), procedure->notes.end(),
                              [](const std::string& note) { return hasText(note, "03/2026/QH16"); }));
        }
    }
}

TEST_CASE("before two-level government there is no catalogue")
{
    const Catalogue catalogue = loadShipped();

    CHECK(catalogue.procedures(day(2025, 6, 30)).empty());
    CHECK(catalogue.find("1.001193", day(2025, 6, 30)) == nullptr);
    CHECK(catalogue.find("1.001193", day(2025, 7, 1)) != nullptr);
}

TEST_CASE("procedure show says what the contract promises")
{
    const Catalogue catalogue = loadShipped();
    const Procedure& birth = *catalogue.find("1.001193", kToday);

    const Json json = procedureToJson(birth, catalogue.form(birth, kToday), kToday);

    CHECK(json["code"] == "1.001193");
    CHECK(json["name"] == "Đăng ký khai sinh");
    CHECK(json["field"] == "Hộ tịch");
    CHECK(json["term"]["n"] == 0);
    CHECK(json["term"]["unit"] == "same_day_15h");
    CHECK(json["variants"] == Json::array());
    CHECK(json["papers"][0]["code"] == "declaration");
    CHECK(json["papers"][0]["evidence"] == "handed-in");
    CHECK(json["papers"][0]["required"] == true);
    CHECK(json["fees"].size() == 2);
    CHECK(json["fees"][0]["amount"] == 0);
    CHECK(json["fees"][1]["amount"].is_null());
    CHECK(json["fees"][0]["per"] == "case");
    CHECK(json["sure"] == "verified");
    CHECK(json["effectiveFrom"] == "2025-07-01");
    CHECK(json["effectiveTo"] == "2027-02-28");
    const Json& child = json["form"]["sections"][1]["fields"][0];
    CHECK(child["pointer"] == "/form/child");
    CHECK(child["kind"] == "person");
    CHECK(child["required"] == true);
    CHECK(child["choices"] == Json::array());
    CHECK(parseJson(dumpJson(json)));
}

TEST_CASE("terms keep their extension, variants their own term")
{
    const Catalogue catalogue = loadShipped();
    const auto shown = [&](const char* code) {
        const Procedure& procedure = *catalogue.find(code, kToday);
        return procedureToJson(procedure, catalogue.form(procedure, kToday), kToday);
    };

    CHECK(shown("1.004873")["term"]["extend"]["n"] == 23);
    CHECK(shown("1.004873")["term"]["extend"]["mode"] == "total");
    CHECK(shown("1.004859")["variants"][0]["name"] == "bổ sung");
    CHECK(shown("1.004859")["variants"][0]["term"]["unit"] == "same_day_15h");
    CHECK(shown("1.001776")["term"]["n"].is_null());
    CHECK(shown("1.004222")["term"]["unit"] == "other_agency");
}

TEST_CASE("a waiver is offered only while it is in force")
{
    const Catalogue catalogue = loadShipped();
    const auto waivers = [&](Day on) {
        std::vector<std::string> names;
        const Form form = catalogue.form(*catalogue.find("2.000635", on), on);
        for (const Choice& choice : form.fieldAt("/form/feeWaiver")->choices) {
            names.push_back(choice.value);
        }
        return names;
    };
    const std::string eId = "định danh mức độ 2";

    CHECK(waivers(day(2026, 8, 14)) ==
          std::vector<std::string>{"người có công", "hộ nghèo", "người khuyết tật"});
    CHECK(waivers(day(2026, 8, 15)).back() == eId);
    CHECK(waivers(day(2027, 2, 28)).back() == eId);
    CHECK(waivers(day(2027, 3, 1)).back() != eId);
}

TEST_CASE("the plain form shows only what has a meaning for the procedure")
{
    const Catalogue catalogue = loadShipped();
    const auto formOf = [&](const char* code) {
        return catalogue.form(*catalogue.find(code, kToday), kToday);
    };

    CHECK(formOf("1.004859").fieldAt("/form/extended") != nullptr);
    CHECK(formOf("1.004837").fieldAt("/form/extended") == nullptr);
    CHECK(formOf("1.001570").fieldAt("/form/variant") == nullptr);
    CHECK(formOf("1.004222").fieldAt("/form/feeWaiver") == nullptr);
    CHECK(formOf("1.001570").fieldAt("/form/eventDate") == nullptr);
    CHECK(formOf("2.000884").fieldAt("/form/count") != nullptr);
    CHECK(formOf("2.000908").fieldAt("/form/count") == nullptr);
    CHECK(formOf("2.000884").fieldAt("/form/pages") == nullptr);
}

TEST_CASE("ethnic groups are known by their other spellings")
{
    const Catalogue catalogue = loadShipped();
    const auto codeOf = [&](const char* name) {
        const EthnicGroup* const group = catalogue.ethnicGroup(name);
        return group == nullptr ? std::string("unknown") : group->code;
    };

    CHECK(codeOf("Kinh") == "01");
    CHECK(codeOf("H'Mông") == "08");
    CHECK(codeOf("hmông") == "08");
    CHECK(codeOf("Ê Đê") == "12");
    CHECK(codeOf("Ê-đê") == "12");
    CHECK(codeOf("Khmer") == "05");
    CHECK(codeOf("Jrai") == "10");
    CHECK(codeOf("K'Ho") == "16");
    CHECK(codeOf("Klingon") == "unknown");
    CHECK(codeOf("") == "unknown");
    CHECK(catalogue.ethnicGroups().size() == 56);
}

TEST_CASE("the first three digits of a personal number name a province")
{
    const Catalogue catalogue = loadShipped();

    CHECK(catalogue.idProvince("001") == "Hà Nội");
    CHECK(catalogue.idProvince("096") == "Cà Mau");
    CHECK(catalogue.idProvince("003").empty());
}

TEST_CASE("the version tells differently edited catalogues apart")
{
    const EditableCatalogue edited;
    const auto same = Catalogue::load(edited.folder());
    edited.write("procedures-unit.json", R"({"procedures": []})");
    const auto changed = Catalogue::load(edited.folder());

    REQUIRE(same);
    REQUIRE(changed);
    CHECK(same->version() == loadShipped().version());
    CHECK(changed->version() != same->version());
    CHECK(same->version().size() <= 60);
    CHECK(same->version().rfind("2026-11-21+", 0) == 0);
}

TEST_CASE("a broken file is named, with the place in it")
{
    const EditableCatalogue edited;

    SECTION("no JSON")
    {
        edited.write("fees.json", "{\"fees\": [");
        CHECK(hasText(edited.errorOfLoading(), "fees.json: "));
    }
    SECTION("missing")
    {
        edited.remove("ethnic-groups.json");
        CHECK(hasText(edited.errorOfLoading(), "ethnic-groups.json: "));
    }
    SECTION("a member of a wrong kind")
    {
        edited.write("procedures-unit.json", R"({"procedures": [{"code": "9.1", "name": 5}]})");
        CHECK(edited.errorOfLoading() == "procedures-unit.json#/procedures/0/name: must be a text");
    }
    SECTION("a misspelt member")
    {
        edited.write("procedures-unit.json", R"({"procedures": [{"code": "9.1", "nmae": "x"}]})");
        CHECK(edited.errorOfLoading() == "procedures-unit.json#/procedures/0: unknown member \"nmae\"");
    }
    SECTION("a form that is not there")
    {
        edited.write("procedures-unit.json", kPlant);
        CHECK(hasText(edited.errorOfLoading(), "procedures-unit.json#/procedures/0: no form \"plant\""));
    }
    SECTION("the same procedure twice on a day")
    {
        edited.write("procedures-unit.json",
                     R"({"procedures": [{"code": "1.001193", "name": "x", "field": "y",
            "term": {"n": 2, "unit": "working_day"}}]})");
        CHECK(hasText(edited.errorOfLoading(), "two rows for 1.001193 on the same day"));
    }
    SECTION("a fee of nobody")
    {
        edited.write(
            "fees-unit.json",
            R"({"fees": [{"procedure": "9.9", "code": "x", "name": "y", "per": "case", "amount": 1}]})");
        CHECK(edited.errorOfLoading() == "fees: no procedure 9.9");
    }
    SECTION("a term of no kind")
    {
        edited.write("procedures-unit.json", R"({"procedures": [{"code": "9.1", "name": "x", "field": "y",
            "term": {"n": 2, "unit": "moon"}}]})");
        CHECK(hasText(edited.errorOfLoading(), "procedures-unit.json#/procedures/0/term: "));
    }
    SECTION("a note that nobody wrote")
    {
        edited.write("procedures-unit.json", R"({"procedures": [{"code": "9.1", "name": "x", "field": "y",
            "notes": ["moon"], "term": {"n": 2, "unit": "working_day"}}]})");
        CHECK(hasText(edited.errorOfLoading(), "no note \"moon\""));
    }
    SECTION("a folder that is none")
    {
        CHECK_FALSE(Catalogue::load(edited.folder() + "/nowhere"));
    }
}
