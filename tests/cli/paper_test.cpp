// SPDX-License-Identifier: GPL-3.0-or-later
// motcuactl print and paper: which papers a dossier has, their numbers, the sheet of all of them.
#include "tests/cli/counter.h"
#include "tests/cli/procedure_drafts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

using namespace motcua;
using namespace motcua::testing;

namespace {

std::vector<std::string> papersOf(const Counter& counter, const std::string& code)
{
    const Run run = counter({"print", code, "--list"});
    REQUIRE(run.exit == 0);
    std::vector<std::string> names;
    const Json answer = run.json();
    for (const Json& paper : answer.at("papers")) {
        names.push_back(paper.at("name").get<std::string>());
        CHECK_FALSE(paper.at("title").get<std::string>().empty());
    }
    return names;
}

bool holds(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

Json print(const Counter& counter, const std::string& code, const std::string& paper)
{
    const std::string file = counter.folder.name(paper + "-" + code + ".pdf");
    const Run run = counter({"print", code, "--paper", paper, "--out", file});
    INFO(run.err);
    REQUIRE(run.exit == 0);
    CHECK(std::filesystem::file_size(file) > 2000);
    return run.json();
}

/// A birth that was signed into its book.
std::string registeredBirth(const Counter& counter)
{
    const Run accepted = counter({"accept", "--file", "-"}, birthDraft().dump());
    INFO(accepted.out);
    REQUIRE(accepted.exit == 0);
    const std::string code = stringAt(accepted.json(), "code");
    if (counter({"book", "list"}).json().at("books").empty()) {
        REQUIRE(counter({"book", "open", "birth"}).exit == 0);
    }
    const Run sign = counter({"book", "sign", code, "--signer", "Trần Văn Hòa", "--title", "Chủ tịch"});
    INFO(sign.out << sign.err);
    REQUIRE(sign.exit == 0);
    return code;
}

} // namespace

TEST_CASE("a dossier's papers follow what it is and what happened to it", "[paper]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");

    const auto before = papersOf(counter, code);
    CHECK(holds(before, "slip"));
    CHECK(holds(before, "control-slip"));
    CHECK_FALSE(holds(before, "supplement"));
    CHECK_FALSE(holds(before, "refusal"));
    CHECK_FALSE(holds(before, "birth-certificate"));
    REQUIRE(counter({"move", code, "--to", "supplementing", "--note", "Thiếu bản chính."}).exit == 0);
    CHECK(holds(papersOf(counter, code), "supplement"));

    const Run early =
        counter({"print", code, "--paper", "stop-notice", "--out", counter.folder.name("a.pdf")});
    CHECK(early.exit == 1);
    CHECK_FALSE(std::filesystem::exists(counter.folder.name("a.pdf")));
    CHECK(counter({"print", code, "--paper", "nonsense", "--out", counter.folder.name("a.pdf")}).exit == 1);
}

TEST_CASE("papers are numbered one after the other as they come out, and a preview takes no number",
          "[paper]")
{
    const Counter counter;
    const std::string first = stringAt(counter.accept(copyDraft()), "code");
    const std::string second = stringAt(counter.accept(copyDraft()), "code");
    const std::int64_t before = counter.entries();
    REQUIRE(counter({"print", first, "--paper", "control-slip"}).exit == 0);
    CHECK(counter.entries() == before);

    CHECK(print(counter, first, "control-slip").at("number") == 1);
    CHECK(print(counter, second, "control-slip").at("number") == 2);
    const Json again = print(counter, first, "control-slip");
    CHECK(again.at("number") == 1);
    CHECK(again.at("reprint") == 1);

    const Json series = counter({"paper", "series"}).json().at("series");
    REQUIRE(series.size() == 1);
    CHECK(series.at(0).at("series") == "PKS");
    CHECK(series.at(0).at("last") == 2);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("a counter that does not number the unit's papers leaves the number open", "[paper]")
{
    const Counter counter("2");
    const std::string code = stringAt(counter.accept(copyDraft()), "code");

    CHECK_FALSE(print(counter, code, "control-slip").contains("number"));
    CHECK(counter({"paper", "series"}).json().at("series").empty());
}

TEST_CASE("numbers given by hand before are carried on from", "[paper]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");
    REQUIRE(counter({"paper", "series", "--series", "PKS", "--last", "41", "--reason", "chuyển từ sổ giấy"})
                .exit == 0);

    CHECK(print(counter, code, "control-slip").at("number") == 42);
    CHECK(counter({"paper", "series", "--series", "PKS", "--last", "7", "--reason", "nhầm"}).exit == 1);
    CHECK(counter({"paper", "series", "--series", "PKS", "--last", "x", "--reason", "a"}).exit == 2);
}

TEST_CASE("what is entered in the book has its certificate, on plain paper and on stock, and its copies",
          "[paper]")
{
    const Counter counter;
    const std::string code = registeredBirth(counter);

    const auto papers = papersOf(counter, code);
    CHECK(holds(papers, "birth-certificate"));
    CHECK(holds(papers, "birth-certificate-stock"));
    CHECK(holds(papers, "birth-copy"));
    CHECK_FALSE(holds(papers, "death"));
    CHECK_FALSE(print(counter, code, "birth-certificate").contains("number")); // it bears the book's
    const Json copy = print(counter, code, "birth-copy");
    CHECK(copy.at("series") == "TLKS-BS");
    CHECK(copy.at("number") == 1);
    CHECK(print(counter, code, "birth-certificate-stock").at("pages") == 1);
}

TEST_CASE("a request for a copy finds another dossier's entry, with what was written beside it later",
          "[paper]")
{
    const Counter counter;
    const std::string birth = registeredBirth(counter);
    REQUIRE(
        counter({"book", "annotate", "birth", "1", "--content", "Cải chính họ tên", "--basis",
                 "Quyết định số 5", "--signer", "Trần Văn Hòa", "--set", "/form/child/name=Trần Bảo Châu"})
            .exit == 0);
    const auto asked = [&](const std::string& number, const std::string& name,
                           const std::string& where = {}) {
        const Json shown = counter({"procedure", "show", "2.000635"}).json();
        Json draft = fullDraft(shown, *parseIsoDay("2026-11-23"));
        draft["form"]["extractKind"] = "trích lục khai sinh";
        draft["form"]["entryNumber"] = number;
        draft["form"]["person"]["name"] = name;
        draft["form"].erase("entryPlace");
        if (!where.empty()) {
            draft["form"]["entryPlace"] = where;
        }
        Run accepted = counter({"accept", "--file", "-"}, draft.dump());
        if (accepted.exit != 0) {
            const Json answer = accepted.json();
            accepted = counter({"accept", "--file", "-"}, withReasons(draft, at(answer, "problems")).dump());
        }
        INFO(accepted.out);
        REQUIRE(accepted.exit == 0);
        return stringAt(accepted.json(), "code");
    };

    const std::string request = asked("1/2026", "trần bảo châu", "UBND xã Phúc Thọ, thành phố Hà Nội");

    const auto papers = papersOf(counter, request);
    CHECK(holds(papers, "birth-extract-copy"));
    CHECK_FALSE(holds(papers, "birth-certificate")); // the original is the other dossier's
    CHECK(print(counter, request, "birth-extract-copy").at("series") == "TLKS-BS");
    // The name at birth finds it too; a number that is nobody's, a stranger's or another commune's finds
    // nothing.
    CHECK(holds(papersOf(counter, asked("1/2026", "Trần Bảo Ngọc")), "birth-extract-copy"));
    for (const std::string& other : {asked("2/2026", "Trần Bảo Ngọc"), asked("1/2026", "Lê Văn Khác"),
                                     asked("1/2026", "Trần Bảo Ngọc", "UBND xã Vân Phúc")}) {
        CHECK_FALSE(holds(papersOf(counter, other), "birth-extract-copy"));
    }
}

TEST_CASE("after its number was cancelled a dossier's certificate is a new one, not the old one again",
          "[paper]")
{
    const Counter counter;
    const std::string code = registeredBirth(counter);
    print(counter, code, "birth-certificate");
    CHECK(print(counter, code, "birth-certificate").at("reprint") == 1);
    REQUIRE(counter({"book", "cancel", "birth", "1", "--reason", "Sai tên"}).exit == 0);
    CHECK_FALSE(holds(papersOf(counter, code), "birth-certificate"));
    REQUIRE(counter({"change", code, "--set", "/form/child/name=Trần Bảo Nga", "--reason", "Sai tên"}).exit ==
            0);
    REQUIRE(counter({"book", "sign", code, "--signer", "Trần Văn Hòa", "--title", "Chủ tịch"}).exit == 0);

    CHECK(print(counter, code, "birth-certificate").at("reprint") == 0);
}

TEST_CASE("all papers are shown beside their fields", "[paper]")
{
    const Counter counter;
    const std::string folder = counter.folder.name("sheet");

    const Run run = counter({"paper", "sheet", folder});

    REQUIRE(run.exit == 0);
    CHECK(run.json().at("papers").get<int>() > 60);
    CHECK(std::filesystem::exists(folder + "/birth-certificate-1.png"));
    CHECK(std::filesystem::exists(folder + "/birth-certificate-stock-long-1.png"));
    CHECK(std::filesystem::file_size(folder + "/index.html") > 20'000);
}
