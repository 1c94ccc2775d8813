// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"
#include "core/people/people.h"
#include "core/people/person_keys.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

StatedPerson person(const std::string& name, const std::string& birth = {}, const std::string& id = {})
{
    StatedPerson stated;
    stated.name = name;
    stated.birth = birth;
    stated.personalId = id;
    return stated;
}

/// One counter that takes plain dossiers in.
struct Office
{
    std::string receive(const std::string& name, const Json& more = Json::object())
    {
        Json draft = counter.draft(name);
        draft["applicant"].erase("personalId");
        draft["applicant"].update(more);
        counter.clock.advance(std::chrono::minutes{1});
        const auto received = counter.desk->receive(draft);
        REQUIRE(received);
        return received->code;
    }
    std::vector<PersonMatch> find(const StatedPerson& asked)
    {
        auto found = People(*counter.connection, nullptr).find(asked);
        REQUIRE(found);
        return std::move(*found);
    }

    SmallCounter counter;
};

Json born(const std::string& text, const std::string& precision = "day")
{
    return {{"text", text}, {"precision", precision}};
}

} // namespace

TEST_CASE("whoever was named in a dossier is found by name, number and birth, with the reason")
{
    Office office;
    office.receive("Lê Thị Hoa",
                   {{"gender", "female"}, {"birth", born("12/05/1984")}, {"personalId", "001184012345"}});
    office.receive("Trần Văn Nam");

    const auto byNumber = office.find(person("", "", "001184012345"));
    REQUIRE(byNumber.size() == 1);
    CHECK(byNumber[0].person.name == "Lê Thị Hoa");
    CHECK(byNumber[0].isLikely());
    CHECK(byNumber[0].reasons.front() == "cùng số định danh");

    const auto byName = office.find(person("le thi hoa", "1984"));
    REQUIRE(byName.size() == 1);
    CHECK(byName[0].reasons == std::vector<std::string>{"cùng họ tên không dấu", "cùng năm sinh 1984"});
    CHECK(byName[0].person.personalId == "001184012345");
    CHECK(byName[0].person.pointer == "/applicant");

    CHECK(office.find(person("Lê Thị Hoa", "1990")).at(0).isLikely() == false);
    CHECK(office.find(person("Phạm Thị Mai", "1984")).empty());
}

TEST_CASE("statements of one person are shown as one, of two persons of one name as two")
{
    Office office;
    office.receive("Lê Thị Hoa", {{"birth", born("12/05/1984")}});
    office.receive("LÊ THỊ HOA",
                   {{"gender", "female"}, {"birth", born("12/05/1984")}, {"personalId", "001184012345"}});
    office.receive("Lê Thị Hoa",
                   {{"gender", "female"}, {"birth", born("12/05/1984")}, {"personalId", "001184777777"}});

    const auto found = office.find(person("Lê Thị Hoa", "12/05/1984"));

    REQUIRE(found.size() == 2);
    CHECK(found[0].mentions.size() + found[1].mentions.size() == 3);
    CHECK(found[0].person.personalId != found[1].person.personalId);
}

TEST_CASE("names of minorities, single words and text that means to harm are names like any other")
{
    Office office;
    const std::vector<std::string> names{"Y Moan",
                                         "K'Brếu",
                                         "H'Hen Niê",
                                         "Sùng",
                                         "Giàng A Sùng",
                                         "Nguyễn OR Thị",
                                         "\"Lan\" NEAR(Hoa)",
                                         "Lan* AND ^Hoa",
                                         "'); DROP TABLE people;--",
                                         "😀 Lan",
                                         "Trần\tVăn\x1fNam"};
    for (const std::string& name : names) {
        office.receive(name, {{"birth", born("1970", "year")}});
    }
    for (const std::string& name : names) {
        INFO(name);
        const auto found = office.find(person(name, "1970"));
        REQUIRE_FALSE(found.empty());
        CHECK(nameKey(nameWords(found[0].person.name)) == nameKey(nameWords(name)));
    }
    for (const std::string& nobody :
         {std::string(), std::string("\0\0", 2), std::string("\""), std::string("*"),
          std::string(100000, 'a'), std::string("\xff\xfe"), std::string(5000, ' ') + "OR"}) {
        CHECK(office.find(person(nobody, "1970")).empty());
        CHECK(office.find(person("", nobody, nobody)).empty());
    }
    CHECK(office.counter.findings().empty());
}

TEST_CASE("a changed dossier is known by what it says now, before and after it is indexed")
{
    Office office;
    const std::string early = office.receive("Bùi Văn Sơn", {{"birth", born("1950", "year")}});
    for (int i = 0; i < 2 * PeopleIndex::kTailMax; ++i) {
        office.receive("Nguyễn Văn " + std::string(1, static_cast<char>('A' + i % 20)),
                       {{"birth", born("1980", "year")}});
    }
    const std::string late = office.receive("Bùi Văn Tùng", {{"birth", born("1951", "year")}});
    REQUIRE(office.find(person("bui van son", "1950")).size() == 1);
    REQUIRE(office.find(person("bui van tung", "1951")).size() == 1);

    REQUIRE(office.counter.desk->change(early, {{"/applicant/name", "Bùi Văn Sinh"}}, "sai tên"));
    REQUIRE(office.counter.desk->change(late, {{"/applicant/name", "Bùi Văn Tuấn"}}, "sai tên"));

    CHECK(office.find(person("bui van sinh", "1950")).at(0).likeness.name == Likeness::Name::WithoutMarks);
    CHECK(office.find(person("bui van tuan", "1951")).at(0).likeness.name == Likeness::Name::WithoutMarks);
    PeopleIndex index(*office.counter.connection);
    CHECK(index.with(nameYearKey(nameKey({"bui", "van", "son"}), 1950), 9)->empty());
    CHECK(office.counter.findings().empty());
}

TEST_CASE("what is known is the same whether it grew or was computed anew")
{
    Office office;
    for (int i = 0; i < 150; ++i) {
        const std::string code =
            office.receive("Nguyễn Thị " + std::string(1, static_cast<char>('A' + i % 9)),
                           {{"birth", born(std::to_string(1950 + i % 40), "year")}});
        if (i % 7 == 0) {
            REQUIRE(office.counter.desk->change(code, {{"/applicant/birth", born("01/02/1977")}}, "sai"));
        }
        if (i % 11 == 0) {
            REQUIRE(office.counter.desk->move(code, Status::Withdrawn, ""));
        }
    }
    const auto asked = person("thi nguyen b", "1977");
    const auto grown = office.find(asked);

    Projector projector(*office.counter.connection, fieldOf(office.counter.catalogue));
    auto transaction = Transaction::begin(*office.counter.connection);
    REQUIRE(projector.rebuild({}));
    REQUIRE(transaction->commit());
    const auto rebuilt = office.find(asked);

    REQUIRE(grown.size() == rebuilt.size());
    REQUIRE_FALSE(grown.empty());
    for (std::size_t i = 0; i < grown.size(); ++i) {
        CHECK(grown[i].person == rebuilt[i].person);
        CHECK(grown[i].rivals == rebuilt[i].rivals);
        CHECK(grown[i].reasons == rebuilt[i].reasons);
    }
}

TEST_CASE("a row that says something else than the dossier is found by the verification")
{
    Office office;
    office.receive("Lê Thị Hoa");
    REQUIRE(office.counter.connection->execute("UPDATE people SET persons = 'x'"));
    const auto findings = office.counter.findings();
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].detail.find("/people") != std::string::npos);
}

TEST_CASE("a register from before people were known knows them once it is filled")
{
    Office office;
    for (int i = 0; i < 70; ++i) {
        office.receive("Lê Thị Hoa", {{"birth", born("1984", "year")}});
    }
    REQUIRE(office.counter.connection->execute("DELETE FROM people; INSERT INTO people_key(people_key) "
                                               "VALUES('delete-all'); UPDATE people_mark SET upto = 0"));
    REQUIRE(office.find(person("Lê Thị Hoa", "1984")).empty());

    auto transaction = Transaction::begin(*office.counter.connection);
    REQUIRE(DossierProjection(*office.counter.connection, {}).fillPeople());
    REQUIRE(transaction->commit());

    CHECK(office.find(person("Lê Thị Hoa", "1984")).size() == 1);
    CHECK(office.counter.findings().empty());
}

TEST_CASE("persons are packed and unpacked as they were, and any bytes are taken")
{
    const Json dossier = *parseJson(R"({"applicant":{"name":"A\u001fB\u0000","address":"x"},
        "form":{"mother":{"name":"M","birth":{"text":"1984","precision":"year"}},"list":[{"name":"no"}],
                "deep":{"deep":{"name":"D"}},"name":"not a person by itself"}})");
    const auto persons = personsIn(dossier);
    REQUIRE(persons.size() == 4);
    CHECK(persons[0].name == "A B ");
    CHECK(unpackPersons(packPersons(persons)) == persons);
    CHECK(unpackPersons("").empty());
    CHECK(unpackPersons("\x1e\x1f\x1f").size() == 2);
    SeededRandom random(3);
    for (int i = 0; i < 500; ++i) {
        std::string bytes;
        for (auto left = random.below(60); left > 0; --left) {
            bytes += static_cast<char>(random.below(40));
        }
        CHECK(unpackPersons(bytes).size() <= kPersonsMax);
        CHECK(statedPerson("/x", {{"name", bytes}}).name.find('\x1f') == std::string::npos);
    }
    Json crowd{{"form", Json::object()}};
    for (int i = 0; i < 100; ++i) {
        crowd["form"]["p" + std::to_string(i)] = {{"name", std::string(10000, 'n')}};
    }
    CHECK(personsIn(crowd).size() == kPersonsMax);
    CHECK(packPersons(personsIn(crowd)).size() < 20000);
}
