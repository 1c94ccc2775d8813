// SPDX-License-Identifier: GPL-3.0-or-later
// What the register knows, offered while a form is filled in.
#include "app/intake/intake_presenter.h"
#include "tests/ui/gui_session.h"

#include <QTest>

#include <algorithm>
#include <catch2/catch.hpp>

namespace motcua {

namespace {

Json person(const char* name, const char* id, const char* birth, const char* gender)
{
    return {{"name", name},
            {"personalId", id},
            {"birth", {{"text", birth}, {"precision", "day"}}},
            {"gender", gender},
            {"address", "thôn Đông, xã Phúc Thọ, thành phố Hà Nội"}};
}

/// A register that took the first child of Hoa and Bình in.
struct Family
{
    Family()
    {
        Json draft{{"procedure", "1.001193"},
                   {"channel", "counter"},
                   {"applicant", person("Lê Thị Hoa", "001184012345", "12/05/1984", "female")},
                   {"form",
                    {{"requesterRelation", "mẹ"},
                     {"child",
                      {{"name", "Trần Minh An"},
                       {"birth", {{"text", "01/03/2024"}, {"precision", "day"}}},
                       {"gender", "male"}}},
                     {"childEthnicGroup", "Kinh"},
                     {"childNationality", "Việt Nam"},
                     {"childBirthPlace", "xã Phúc Thọ, thành phố Hà Nội"},
                     {"childHomeTown", "xã Đồng Tâm, tỉnh Thái Nguyên"},
                     {"mother", person("Lê Thị Hoa", "001184012345", "12/05/1984", "female")},
                     {"motherEthnicGroup", "Tày"},
                     {"father", person("Trần Văn Bình", "001082012345", "20/02/1982", "male")}}}};
        const auto problems = office.place->desk().check(draft);
        REQUIRE(problems);
        for (const Problem& problem : *problems) {
            INFO(problem.pointer << ": " << problem.message);
            REQUIRE(problem.severity == Severity::Soft);
            draft["reasons"][problem.pointer] = "đã đối chiếu";
        }
        REQUIRE(office.place->desk().receive(draft));
        const Procedure* birth =
            office.place->catalogue().find("1.001193", dayInVietnam(office.place->clock().now()));
        presenter.begin(*birth);
    }
    QString at(const std::string& pointer) const
    {
        const Json value = valueAt(presenter.draft(), pointer);
        return QString::fromStdString(value.is_string() ? value.get<std::string>() : stringAt(value, "text"));
    }
    /// Types into a person's name and chooses the first one offered.
    void choose(const std::string& pointer, const QString& typed)
    {
        const auto offered = presenter.suggestPeople(pointer, typed);
        REQUIRE_FALSE(offered.empty());
        presenter.set(pointer, offered.front().text.toStdString());
        presenter.choosePerson(pointer, offered.front().value);
    }

    test::OpenRegister office;
    IntakePresenter presenter{office.place->desk(), office.place->clock(), office.place->random()};
};

} // namespace

TEST_CASE("somebody chosen by name brings all that the register knows, marked until it is edited")
{
    Family family;
    IntakePresenter& presenter = family.presenter;

    family.choose("/applicant/name", QStringLiteral("hoa le thi"));

    CHECK(family.at("/applicant/name") == QStringLiteral("Lê Thị Hoa"));
    CHECK(family.at("/applicant/personalId") == QStringLiteral("001184012345"));
    CHECK(family.at("/applicant/birth") == QStringLiteral("12/05/1984"));
    CHECK(family.at("/applicant/gender") == QStringLiteral("female"));
    CHECK(presenter.fromRegister().count("/applicant/birth") == 1);
    presenter.set("/applicant/birth", Json{{"text", "1984"}, {"precision", "year"}});
    CHECK(presenter.fromRegister().count("/applicant/birth") == 0);
}

TEST_CASE("what was typed stays, and what the register says otherwise is offered beside it")
{
    Family family;
    IntakePresenter& presenter = family.presenter;
    presenter.set("/applicant/address", "thôn Đoài, xã Phúc Thọ");

    family.choose("/applicant/personalId", QStringLiteral("0011840"));

    CHECK(family.at("/applicant/address") == QStringLiteral("thôn Đoài, xã Phúc Thọ"));
    CHECK(presenter.offers().at("/applicant/address").contains(QStringLiteral("thôn Đông")));
    REQUIRE(presenter.takeOffer("/applicant/address"));
    CHECK(family.at("/applicant/address").startsWith(QStringLiteral("thôn Đông")));
    CHECK(presenter.offers().count("/applicant/address") == 0);
}

TEST_CASE("a mother who applies brings herself, the father and the home town, each at one key")
{
    Family family;
    IntakePresenter& presenter = family.presenter;
    family.choose("/applicant/name", QStringLiteral("le thi hoa"));
    presenter.set("/form/requesterRelation", "mẹ");

    CHECK(presenter.takeOffer("/form/childHomeTown"));
    CHECK(presenter.takeOffer("/form/mother/name"));
    CHECK(presenter.takeOffer("/form/father/personalId"));

    CHECK(family.at("/form/childHomeTown") == QStringLiteral("xã Đồng Tâm, tỉnh Thái Nguyên"));
    CHECK(family.at("/form/mother/personalId") == QStringLiteral("001184012345"));
    CHECK(family.at("/form/motherEthnicGroup") == QStringLiteral("Tày"));
    CHECK(family.at("/form/father/name") == QStringLiteral("Trần Văn Bình"));
    CHECK(family.at("/form/father/birth") == QStringLiteral("20/02/1982"));
    CHECK_FALSE(presenter.takeOffer("/form/father/name"));
    CHECK_FALSE(presenter.takeOffer("nowhere"));
}

TEST_CASE("nobody of the other sex is offered as a mother, and no child that is being born")
{
    Family family;
    CHECK(family.presenter.suggestPeople("/form/mother/name", QStringLiteral("tran van binh")).empty());
    CHECK_FALSE(family.presenter.suggestPeople("/form/father/name", QStringLiteral("tran van binh")).empty());
    CHECK(family.presenter.suggestPeople("/form/child/name", QStringLiteral("tran minh an")).empty());
    CHECK(family.presenter.suggestPeople("/form/copies", QStringLiteral("tran minh an")).empty());
    CHECK(family.presenter.suggestPeople("/applicant/name", QStringLiteral("le")).empty());
}

TEST_CASE("the same child is told while it is typed, with why, and does not stand in the way")
{
    Family family;
    IntakePresenter& presenter = family.presenter;
    presenter.set("/form/child/name", "TRẦN MINH AN");
    presenter.set("/form/child/birth", Json{{"text", "01/03/2024"}, {"precision", "day"}});
    CHECK(QTest::qWaitFor([&] { return !presenter.facts().duplicates.isEmpty(); }, 2000));
    const QString told = presenter.facts().duplicates.join(QLatin1Char('\n'));
    CHECK(told.contains(QStringLiteral("cùng ngày sinh 01/03/2024")));
    CHECK(told.contains(QStringLiteral("H26.131-")));
    const Problems problems = presenter.check().problems;
    CHECK(std::none_of(problems.begin(), problems.end(),
                       [](const Problem& p) { return p.pointer == "/form/child"; }));
}

TEST_CASE("who saw what of the register is journalled with the draft, once")
{
    Family family;
    family.choose("/applicant/name", QStringLiteral("le thi hoa"));
    static_cast<void>(family.presenter.suggestPeople("/applicant/name", QStringLiteral("le thi ho")));
    family.presenter.saveNow();
    auto query = family.office.place->connection().prepare(
        "SELECT kind, count(*) FROM journal WHERE kind LIKE 'people.%' GROUP BY kind ORDER BY kind");
    REQUIRE(*query->step());
    CHECK(query->text(0) == "people.filled");
    CHECK(query->integer(1) == 1);
    REQUIRE(*query->step());
    CHECK(query->text(0) == "people.searched");
    CHECK(query->integer(1) == 1);
}

TEST_CASE("the marks come back with the draft after a power cut")
{
    Family family;
    family.choose("/applicant/name", QStringLiteral("le thi hoa"));
    family.presenter.saveNow();
    const auto row = family.presenter.interrupted();
    REQUIRE(row);
    IntakePresenter again(family.office.place->desk(), family.office.place->clock(),
                          family.office.place->random());
    REQUIRE(again.resume(*row));
    CHECK(again.fromRegister() == family.presenter.fromRegister());
}

} // namespace motcua
