// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/papers/paper_output.h"
#include "core/papers/paper_shelf.h"
#include "core/papers/paper_templates.h"
#include "paper_samples.h"

#include <QTemporaryDir>
#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

constexpr Day kToday{std::chrono::year{2026} / 11 / 21};

struct UnitFolder
{
    QTemporaryDir folder;

    [[nodiscard]] std::filesystem::path path() const { return folder.path().toStdString(); }
    void put(const std::string& file, const std::string& text) const
    {
        REQUIRE(writeFileDurably(path() / file, text));
    }
};

Result<LaidOutPaper> slipWith(const PaperTemplates& templates)
{
    return layOut(*paperDataFor(birthRequest("slip")), templates);
}

} // namespace

TEST_CASE("what is built in is without fault, at ordinary and at the greatest lengths")
{
    const PaperTemplates templates;
    const auto shelf = PaperShelf::load();
    REQUIRE(shelf);

    REQUIRE(shelf->all().size() >= 8);
    CHECK(shelf->find("slip", kToday)->title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả");
    for (const PaperKind& kind : shelf->all()) {
        INFO(kind.name);
        const auto checked = templates.check(kind);
        CHECK((checked ? std::string() : checked.error().detail).empty());
        CHECK_FALSE(kind.title.empty());
        CHECK_FALSE(kind.source.empty());
    }
}

TEST_CASE("a unit's file goes before what is built in, and its parts too")
{
    const UnitFolder unit;
    unit.put("slip.xml", "<paper title=\"Giấy của xã\">{{>head}}<p>Xin chào {{applicant.name}}</p></paper>");
    unit.put("_head.xml", "<p>ĐẦU TRANG RIÊNG</p>");
    unit.put("thank-you.xml", "<paper title=\"Thư cảm ơn\"><p>Cảm ơn {{applicant.name}}</p></paper>");
    const PaperTemplates templates(unit.path());
    const auto paper = slipWith(templates);
    REQUIRE(paper);

    const std::string text = textOf(*toPdf(*paper, fromMillis(0)));
    CHECK(contains(text, "ĐẦU TRANG RIÊNG Xin chào NGUYỄN THỊ ƯỞNG"));
    CHECK(paper->title() == QStringLiteral("Giấy của xã"));
    const auto shelf = PaperShelf::load(unit.path());
    REQUIRE(shelf);
    REQUIRE(shelf->find("thank-you", kToday) != nullptr);
    CHECK(shelf->find("thank-you", kToday)->title == "Thư cảm ơn");
    CHECK(layOut(*paperDataFor(birthRequest("collection")), templates)); // not changed, so built in
}

TEST_CASE("a broken template is refused with its line, and replaced only when somebody says so")
{
    const UnitFolder unit;
    unit.put("slip.xml", "<paper>\n<p>{{applicant.nmae}}</p>\n</paper>");

    const auto refused = slipWith(PaperTemplates(unit.path()));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Invalid);
    CHECK(refused.error().detail == "template slip.xml, line 2: there is no value 'applicant.nmae'");

    const auto replaced = slipWith(PaperTemplates(unit.path(), BrokenTemplate::UseTheBuiltIn));
    REQUIRE(replaced);
    CHECK(replaced->copyCount() == 2);
}

TEST_CASE("a check finds what only some dossiers would meet")
{
    const UnitFolder unit;
    unit.put("a.xml", "<paper>{{^note}}<p>{{wrong}}</p>{{/note}}</paper>");
    unit.put("b.xml", "<paper><p size=\"99\">x</p></paper>");
    unit.put("c.xml", "<paper><p>{{code}}</p></paper>");
    const PaperTemplates templates(unit.path());

    CHECK_FALSE(templates.check("a"));
    CHECK_FALSE(templates.check("b"));
    CHECK(templates.check("c"));
    CHECK(templates.check("none").error().kind == ErrorKind::NotFound);
}

TEST_CASE("a paper's name is no path")
{
    const UnitFolder unit;
    unit.put("secret.xml", "<paper/>");
    std::filesystem::create_directory(unit.path() / "inner");
    const PaperTemplates templates(unit.path() / "inner");

    for (const char* name : {"../secret", "/etc/passwd", "", "slip.xml", "SLIP", "a/b", "..", "_head"}) {
        INFO(name);
        PaperRequest request = birthRequest(name);
        const auto paper = layOut(*paperDataFor(request), templates);
        REQUIRE_FALSE(paper);
        CHECK(paper.error().kind == ErrorKind::NotFound);
    }
}

TEST_CASE("a folder that is not there is one without changes")
{
    CHECK(slipWith(PaperTemplates("/no/such/folder")));
}

TEST_CASE("the built-in templates are handed out to be changed, never over a change")
{
    const UnitFolder unit;
    unit.put("slip.xml", "<paper><p>của xã</p></paper>");

    REQUIRE(PaperTemplates::writeBuiltIn(unit.path() / "new"));
    REQUIRE(PaperTemplates::writeBuiltIn(unit.path()));

    CHECK(std::filesystem::exists(unit.path() / "new" / "_head.xml"));
    CHECK(PaperTemplates(unit.path() / "new").check("slip"));
    CHECK(readFile(unit.path() / "slip.xml", 1000).value() == "<paper><p>của xã</p></paper>");
    CHECK_FALSE(PaperTemplates::writeBuiltIn("/proc/none"));
}
