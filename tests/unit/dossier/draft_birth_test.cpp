// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of a birth's draft.
#include "tests/unit/dossier/draft_samples.h"

using namespace motcua;
using namespace motcua::test;

namespace {

using Strings = std::vector<std::string>;

Json bornOn(const char* text)
{
    Json draft = birthDraft();
    draft["form"]["child"]["birth"] = date(text);
    return draft;
}

} // namespace

TEST_CASE("birth: registered within sixty days or with a reason")
{
    CHECK(problemsOf(bornOn("21/11/2026")) == Strings{});
    CHECK(problemsOf(bornOn("22/09/2026")) == Strings{}); // day 60
    CHECK(problemsOf(bornOn("19/09/2026")) ==
          Strings{"soft birth-late /form/child/birth"}); // ended on Wed 18/11
    CHECK(problemsOf(bornOn("01/01/2020")) == Strings{"soft birth-late /form/child/birth"});
}

TEST_CASE("birth: not in the future")
{
    CHECK(problemsOf(bornOn("22/11/2026")) == Strings{"hard birth-in-future /form/child/birth"});
}

TEST_CASE("birth: the child's name has letters, marks and what minority names have between them")
{
    const auto named = [](const char* name) {
        Json draft = birthDraft();
        draft["form"]["child"]["name"] = name;
        return problemsOf(draft);
    };
    const Strings refused{"soft child-name-letters /form/child/name"};

    CHECK(named("Ksor H'Bia") == Strings{});
    CHECK(named("Y-Bham Êñuôl") == Strings{});
    CHECK(named("K’Ho Brih") == Strings{});
    CHECK(named("Nguyễn Văn 2") == refused);
    CHECK(named("Nguyễn <b>An</b>") == refused);
    CHECK(named("=HYPERLINK(1)") == refused);
}

TEST_CASE("birth: residence is asked only where there is no personal number")
{
    Json draft = birthDraft();
    draft["applicant"].erase("address");
    CHECK(problemsOf(draft) == Strings{});
    draft["applicant"].erase("personalId");
    CHECK(problemsOf(draft) == Strings{"soft residence-or-id /applicant/address"});
    draft["applicant"]["address"] = "xã Phúc Thọ, thành phố Hà Nội";
    CHECK(problemsOf(draft) == Strings{});
}

TEST_CASE("birth: the number of the proof of birth has its shape")
{
    CHECK(problemsOf(with(birthDraft(), "birthProofCode", "01234.GCS.00012.26")) == Strings{});
    CHECK(problemsOf(with(birthDraft(), "birthProofCode", "HN234.GCS.0A012.26")) == Strings{});
    for (const char* const wrong :
         {"01234.GCS.00012.2", "01234-GCS-00012-26", "01234.GCT.00012.26", "01234.GCS.00012.2x"}) {
        CHECK(problemsOf(with(birthDraft(), "birthProofCode", wrong)) ==
              Strings{"soft proof-code-shape /form/birthProofCode"});
    }
}

TEST_CASE("birth: a mother is named, except for an abandoned child")
{
    Json draft = with(birthDraft(), "mother", nullptr);
    CHECK(problemsOf(draft) == Strings{"soft mother-missing /form/mother"});
    draft = with(draft, "birthKind", "mang thai hộ");
    CHECK(problemsOf(draft) ==
          Strings{"soft mother-missing /form/mother", "soft papers-missing /components"});
    draft = with(with(draft, "birthKind", "trẻ bị bỏ rơi"), "birthProof", "biên bản");
    CHECK(problemsOf(draft) ==
          Strings{"soft abandoned-with-parents /form/birthKind", "soft papers-missing /components"});
    draft = with(draft, "father", nullptr);
    CHECK(problemsOf(draft) == Strings{"soft papers-missing /components"});
}

TEST_CASE("birth: the parents' ages are plausible, as far as their births are known")
{
    const auto mother = [](const char* birth) {
        return problemsOf(with(birthDraft(), "mother", person("Lê Thị Hoa", birth)));
    };
    const auto father = [](const char* birth) {
        return problemsOf(with(birthDraft(), "father", person("Ng Văn B", birth)));
    };

    CHECK(mother("2013") == Strings{}); // 12 or 13
    CHECK(mother("2014") == Strings{}); // 11 or 12: not sure
    CHECK(mother("02/11/2014") == Strings{"soft mother-age /form/mother/birth"});
    CHECK(mother("2015") == Strings{"soft mother-age /form/mother/birth"});
    CHECK(mother("1964") == Strings{"soft mother-age /form/mother/birth"});
    CHECK(mother("1966") == Strings{});
    CHECK(father("2012") == Strings{});
    CHECK(father("2013") == Strings{"soft father-age /form/father/birth"});
    CHECK(father("1934") == Strings{"soft father-age /form/father/birth"});
}

TEST_CASE("birth: father and mother have different numbers")
{
    const char* const number = "001195000123";
    CHECK(problemsOf(with(birthDraft(), "father", person("Nguyễn Văn Bình", nullptr, number))) ==
          Strings{"hard parents-same-id /form/father/personalId"});
    CHECK(problemsOf(with(birthDraft(), "father", person("Nguyễn Văn Bình", nullptr, "001093000124"))) ==
          Strings{});
}
