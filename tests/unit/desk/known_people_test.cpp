// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/known_people.h"
#include "tests/support/small_counter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>

using namespace motcua;

namespace {

Json day(const std::string& text)
{
    return {{"text", text}, {"precision", text.size() == 4 ? "year" : "day"}};
}

Json hoa()
{
    return {{"name", "Lê Thị Hoa"},
            {"personalId", "001184012345"},
            {"birth", day("12/05/1984")},
            {"gender", "female"},
            {"address", "thôn Đông, xã Phúc Thọ, thành phố Hà Nội"}};
}
Json binh()
{
    return {{"name", "Trần Văn Bình"},
            {"personalId", "001082012345"},
            {"birth", day("20/02/1982")},
            {"gender", "male"},
            {"address", "thôn Đông, xã Phúc Thọ, thành phố Hà Nội"}};
}

struct Office
{
    /// A birth as it is typed; every soft problem is answered.
    Json birth(const std::string& child, const std::string& born, const Json& applicant = hoa())
    {
        Json draft{{"procedure", "1.001193"},
                   {"channel", "counter"},
                   {"applicant", applicant},
                   {"form",
                    {{"requesterRelation", "mẹ"},
                     {"child", {{"name", child}, {"birth", day(born)}, {"gender", "male"}}},
                     {"childEthnicGroup", "Kinh"},
                     {"childNationality", "Việt Nam"},
                     {"childBirthPlace", "xã Phúc Thọ, thành phố Hà Nội"},
                     {"childHomeTown", "xã Đồng Tâm, tỉnh Thái Nguyên"},
                     {"mother", hoa()},
                     {"motherEthnicGroup", "Tày"},
                     {"father", binh()}}}};
        return draft;
    }
    std::string take(Json draft)
    {
        const auto problems = counter.desk->check(draft);
        REQUIRE(problems);
        for (const Problem& problem : *problems) {
            INFO(problem.pointer << ": " << problem.message);
            REQUIRE(problem.severity == Severity::Soft);
            draft["reasons"][problem.pointer] = "đã đối chiếu";
        }
        const auto received = counter.desk->receive(draft);
        REQUIRE(received);
        return received->code;
    }
    Form form()
    {
        const Day today = dayInVietnam(counter.clock.now());
        return counter.catalogue.form(*counter.catalogue.find("1.001193", today), today);
    }
    KnownPeople& known() { return counter.desk->known(); }
    std::vector<KnownCase> casesLike(const Json& draft)
    {
        auto cases = known().casesLike(draft, form());
        REQUIRE(cases);
        return std::move(*cases);
    }
    std::vector<Relative> familyOf(const Json& person)
    {
        auto family = known().familyOf(statedPerson("/form/mother", person));
        REQUIRE(family);
        return std::move(*family);
    }

    SmallCounter counter;
};

std::vector<std::string> names(const std::vector<PersonMatch>& people)
{
    std::vector<std::string> all;
    for (const PersonMatch& match : people) {
        all.push_back(match.person.name);
    }
    return all;
}

bool has(const std::vector<std::string>& texts, const std::string& text)
{
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

} // namespace

TEST_CASE("while a name or a number is typed, those who begin so are offered once each")
{
    Office office;
    office.take(office.birth("Trần Minh An", "01/03/2024"));
    office.take(office.birth("Trần Minh Khoa", "05/06/2026", binh()));
    KnownPeople& known = office.known();

    CHECK(names(*known.suggest("le thi h", "", 8)) == std::vector<std::string>{"Lê Thị Hoa"});
    CHECK(names(*known.suggest("hoa le", "", 8)) == std::vector<std::string>{"Lê Thị Hoa"});
    CHECK(names(*known.suggest("0011840", "", 8)) == std::vector<std::string>{"Lê Thị Hoa"});
    CHECK(names(*known.suggest("le thi hoa 1984", "", 8)) == std::vector<std::string>{"Lê Thị Hoa"});
    CHECK(known.suggest("le thi hoa 1985", "", 8)->empty());
    CHECK(known.suggest("le thi hoa", "male", 8)->empty());
    CHECK(known.suggest("tran", "", 2)->size() == 2);
    for (const std::string& hostile :
         {std::string("\" OR *"), std::string("hoa' NEAR(a b)"), std::string("\0x", 2),
          std::string(5000, 'a'), std::string("😀"), std::string()}) {
        CHECK(known.suggest(hostile, "", 8)->empty());
    }
}

TEST_CASE("the register knows a mother's family from her earlier child")
{
    Office office;
    const std::string code = office.take(office.birth("Trần Minh An", "01/03/2024"));

    const auto family = office.familyOf(hoa());

    REQUIRE(family.size() == 2);
    CHECK(family[0].kind == Relative::Kind::CoParent);
    CHECK(family[0].match.person.name == "Trần Văn Bình");
    CHECK(family[0].why == "cha của Trần Minh An, theo hồ sơ " + code);
    CHECK(family[1].kind == Relative::Kind::Child);
    const auto particulars = office.known().particulars(family[0].match);
    CHECK(particulars->person.at("personalId") == "001082012345");
    CHECK(*office.known().valueIn(family[1].dossier, "/form/childHomeTown") ==
          "xã Đồng Tâm, tỉnh Thái Nguyên");
    CHECK(office.known().valueIn(family[1].dossier, "no pointer ~")->is_null());

    // Somebody who only has her name is not her.
    Json other = hoa();
    other["personalId"] = "001184999999";
    CHECK(office.familyOf(other).empty());
}

TEST_CASE("a withdrawn or refused dossier makes nobody a relative and nothing a duplicate")
{
    Office office;
    const Json draft = office.birth("Trần Minh An", "01/03/2026");
    const std::string code = office.take(draft);
    REQUIRE(office.casesLike(draft).size() == 1);

    REQUIRE(office.counter.desk->move(code, Status::Withdrawn, "rút"));
    CHECK(office.familyOf(hoa()).empty());
    CHECK(office.casesLike(draft).empty());

    Json refused = draft;
    refused["reasons"] = {{"/components", "thiếu"}};
    REQUIRE(office.counter.desk->refuse(refused, "Không thuộc thẩm quyền"));
    CHECK(office.familyOf(hoa()).empty());
    CHECK(office.casesLike(draft).empty());
    // They are known all the same: they were here.
    CHECK_FALSE(office.known().suggest("le thi hoa", "", 8)->empty());
}

TEST_CASE("the same child is told, however it is written, and with the reason")
{
    Office office;
    const std::string code = office.take(office.birth("Trần Minh An", "01/03/2026"));

    const auto cases = office.casesLike(office.birth("tran minh an", "01/03/2026"));

    REQUIRE(cases.size() == 1);
    CHECK(cases[0].code == code);
    CHECK(cases[0].pointer == "/form/child");
    CHECK(cases[0].isSame);
    CHECK(has(cases[0].reasons, "cùng họ tên không dấu"));
    CHECK(has(cases[0].reasons, "cùng ngày sinh 01/03/2026"));
}

TEST_CASE("a child of one mother and one day under another name: a twin, or the same one?")
{
    Office office;
    office.take(office.birth("Trần Minh An", "01/03/2026"));
    const auto cases = office.casesLike(office.birth("Trần Hải Đăng", "01/03/2026"));
    REQUIRE_FALSE(cases.empty());
    CHECK(has(cases[0].reasons, "cùng mẹ"));
    CHECK_FALSE(cases[0].isSame);

    // A sister of another day is no duplicate; that her mother's last dossier is open is told.
    for (const KnownCase& found : office.casesLike(office.birth("Trần Hải Đăng", "05/08/2026"))) {
        CHECK(found.pointer == "/applicant");
        CHECK(found.isOpen);
    }
}

TEST_CASE("an open dossier of the same applicant and procedure is told, another procedure's is not")
{
    Office office;
    const auto plain = [&] {
        Json draft = office.counter.draft("Nguyễn Văn Hà");
        draft["applicant"]["birth"] = day("02/09/1984");
        return draft;
    };
    const std::string code = office.counter.desk->receive(plain())->code;
    Form form;
    const auto again = office.known().casesLike(plain(), form);
    REQUIRE(again->size() == 1);
    CHECK(again->front().code == code);
    CHECK(again->front().isOpen);

    Json other = plain();
    other["procedure"] = "1.001193";
    CHECK(office.known().casesLike(other, form)->empty());
}

TEST_CASE("a draft of any shape is asked about without harm")
{
    Office office;
    office.take(office.birth("Trần Minh An", "01/03/2026"));
    const Form form = office.form();
    for (const char* text :
         {"null", "[]", "{}", "{\"form\":[]}", "{\"applicant\":7,\"form\":{\"child\":\"x\",\"mother\":3}}",
          "{\"applicant\":{\"name\":null},\"form\":{\"child\":{\"name\":\"\\u0000\"},\"mother\":{}}}"}) {
        INFO(text);
        CHECK(office.known().casesLike(*parseJson(text), form)->empty());
    }
}
