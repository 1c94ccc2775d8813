// SPDX-License-Identifier: GPL-3.0-or-later
// Papers, and verifying.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace motcua;
using namespace motcua::testing;

namespace {

std::string bytesOfFile(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

TEST_CASE("a slip is written as PDF, its second print is marked, and both are recorded", "[papers]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(birthDraft()), "code");
    const std::string file = counter.folder.name("slip.pdf");

    const Run looked = counter({"print", code, "--paper", "slip"});
    const Run first = counter({"print", code, "--paper", "slip", "--out", file});
    const std::string pdf = bytesOfFile(file);
    const Run second = counter({"print", code, "--paper", "slip", "--out", counter.folder.name("again.pdf")});

    INFO(first.err);
    REQUIRE(looked.exit == 0);
    REQUIRE(first.exit == 0);
    CHECK(first.json().at("copies") == 2);
    CHECK(first.json().at("pages").get<int>() >= 2);
    CHECK(first.json().at("sha256").get<std::string>().size() == 64);
    CHECK(first.json().at("sha256") == looked.json().at("sha256"));
    CHECK(pdf.starts_with("%PDF-"));
    CHECK(first.json().at("reprint") == 0);
    CHECK(second.json().at("reprint") == 1);
    CHECK(second.json().at("sha256") != first.json().at("sha256"));
    std::int64_t prints = 0;
    const Json history = counter({"history", code}).json();
    for (const Json& entry : history.at("entries")) {
        prints += entry.at("kind") == "paper.printed" ? 1 : 0;
    }
    CHECK(prints == 2);
}

TEST_CASE("the papers of a dossier are listed, and unknown ones refused", "[papers]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");

    const Json papers = counter({"print", "--list", code}).json().at("papers");

    std::string names;
    for (const Json& paper : papers) {
        names += stringAt(paper, "name") + ' ';
        CHECK_FALSE(stringAt(paper, "title").empty());
    }
    CHECK(names.find("slip ") != std::string::npos);
    CHECK(names.find("check-sheet ") != std::string::npos);
    CHECK(names.find("collection ") != std::string::npos);
    const std::int64_t before = counter.entries();
    CHECK(counter({"print", code, "--paper", "../slip"}).exit == 1);
    CHECK(counter({"print", code}).exit == 2);
    CHECK(counter({"print", "H26.131-261123-1999", "--paper", "slip"}).exit == 1);
    CHECK(counter({"print", code, "--paper", "slip", "--printer", "no such printer"}).exit == 1);
    CHECK(counter({"print", code, "--paper", "slip", "--out", "/does/not/exist.pdf"}).exit != 0);
    CHECK(counter({"print", code, "--paper", "slip", "--out", counter.folder.path().string()}).exit == 1);
    CHECK(std::filesystem::is_directory(counter.folder.path()));
    CHECK(counter.entries() == before);
}

TEST_CASE("verify counts the entries and finds nothing in a sound register", "[care]")
{
    const Counter counter;
    static_cast<void>(counter.accept(copyDraft()));

    const Run run = counter({"verify", "--full"});

    CHECK(run.exit == 0);
    CHECK(run.json().at("ok") == true);
    CHECK(run.json().at("entries") == 2); // the register's own first entry, and the dossier
    CHECK(run.json().at("head").get<std::string>().size() == 64);
    CHECK(run.json().at("findings").empty());
}
