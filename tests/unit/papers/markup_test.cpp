// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/papers/markup.h"
#include "core/papers/paper_templates.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::string problemOf(const std::string& xml)
{
    const auto paper = LaidOutPaper::create("test", {xml});
    return paper ? std::string() : paper.error().detail;
}

bool complains(const std::string& xml, const std::string& about)
{
    const std::string problem = problemOf(xml);
    INFO(problem);
    return problem.find(about) != std::string::npos;
}

std::string pageful(int lines)
{
    std::string xml = "<paper>";
    for (int i = 0; i < lines; ++i) {
        xml += "<p>dòng</p>";
    }
    return xml + "</paper>";
}

} // namespace

TEST_CASE("a broken template names its line and its fault")
{
    CHECK(complains("<paper>\n<p>a</paper>", "test, line 2"));
    CHECK(complains("<html/>", "begins with <paper>"));
    CHECK(complains("<paper><blink>x</blink></paper>", "<blink> is not known here"));
    CHECK(complains("<paper><p colour=\"red\">x</p></paper>", "<p> has no attribute 'colour'"));
    CHECK(complains("<paper><p before=\"900\">x</p></paper>", "must be a number from"));
    CHECK(complains("<paper><p size=\"nan\">x</p></paper>", "must be a number from"));
    CHECK(complains("<paper><p align=\"up\">x</p></paper>", "align must be"));
    CHECK(complains("<paper margins=\"1 2\"/>", "margins are four"));
    CHECK(complains("<paper margins=\"1 2 3 4\"/>", "a margin is 5 to 60 mm"));
    CHECK(complains("<paper><table><row/></table></paper>", "a table says its widths"));
    CHECK(complains("<paper><table widths=\"1 1\"><row><cell>a</cell></row></table></paper>",
                    "fills 1 of 2 columns"));
    CHECK(complains("<paper><table widths=\"1\">text</table></paper>", "stands in a cell"));
    CHECK(complains(
        "<paper><table widths=\"1\"><head><row><cell rows=\"3\">a</cell></row></head></table></paper>",
        "reaches below the head"));
    CHECK(complains("<paper><columns widths=\"1\"><cell/></columns></paper>", "<columns> holds <column>"));
    CHECK(complains("<paper><p><p>x</p></p></paper>", "can't stand within a line"));
    CHECK(complains("<paper><rule>x</rule></paper>", "<rule> holds nothing"));
    CHECK(complains("<paper><code128 text=\"Đ\"/></paper>", "printable ASCII"));
    CHECK(complains("<paper><qr text=\"\"/></paper>", "QR code"));
    CHECK(complains("", "begins with <paper>") + complains("", "line 1") > 0);
}

TEST_CASE("nothing outside of the file is fetched")
{
    CHECK(complains("<paper><img src=\"/etc/passwd\"/></paper>", "<img> is not known here"));
    CHECK(complains("<!DOCTYPE paper [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><paper><p>&x;</p></paper>",
                    "line 1"));
    CHECK(complains(
        "<paper xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></paper>",
        "is not known here"));
}

TEST_CASE("a billion laughs and deep nesting are refused")
{
    CHECK(complains("<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><paper><p>&c;&c;&c;&c;&c;&c;&c;</p></paper>",
                    "declares no document type"));
    std::string deep = "<paper>";
    for (int i = 0; i < 100; ++i) {
        deep += "<keep>";
    }
    CHECK(complains(deep, "too deep"));
}

TEST_CASE("pages are counted and bounded")
{
    CHECK(LaidOutPaper::create("test", {"<paper/>"})->pageCount() == 1);
    CHECK(LaidOutPaper::create("test", {pageful(40)})->pageCount() == 1);
    CHECK(LaidOutPaper::create("test", {pageful(100)})->pageCount() == 3);
    CHECK(complains(pageful(5000), "more than 60 pages"));
}

TEST_CASE("a missing font is said and never replaced")
{
    const auto paper = LaidOutPaper::create("test", {"<paper/>"}, {}, QStringLiteral("No Such Font"));

    REQUIRE_FALSE(paper);
    CHECK(paper.error().kind == ErrorKind::Unsupported);
    CHECK(paper.error().detail == "the font 'No Such Font' is not installed");
}

TEST_CASE("a block that is kept together moves on as a whole")
{
    std::string xml = pageful(40);
    xml.insert(xml.rfind("</paper>"),
               "<keep><p>một</p><p>hai</p><p>ba</p><p>bốn</p><p>năm</p><p>sáu</p></keep>");
    const auto paper = LaidOutPaper::create("test", {xml});
    REQUIRE(paper);

    REQUIRE(paper->pageCount() == 2);
    // The second page has its number and all six lines, none stayed behind.
    CHECK(paper->itemCount(1) == 7);
}

TEST_CASE("a block that fits on no page is broken all the same")
{
    std::string xml = pageful(200);
    xml.replace(0, 7, "<paper><keep>");
    xml.insert(xml.rfind("</paper>"), "</keep>");

    CHECK(LaidOutPaper::create("test", {xml})->pageCount() == 5);
}

TEST_CASE("a template damaged in any way is laid out or refused, and never more than that")
{
    const auto whole = PaperTemplates().markupFor("slip", templateValues(samplePaperData("slip")));
    REQUIRE(whole);
    SeededRandom random(20261121);
    int refused = 0;
    for (int round = 0; round < 600; ++round) {
        std::string damaged = whole->front();
        for (std::uint64_t i = random.below(4) + 1; i > 0; --i) {
            const auto at = static_cast<std::size_t>(random.below(damaged.size()));
            const auto from = static_cast<std::size_t>(random.below(damaged.size()));
            const auto length = static_cast<std::size_t>(random.below(50));
            switch (random.below(3)) {
            case 0:
                damaged[at] = static_cast<char>(random.below(256));
                break;
            case 1:
                damaged.erase(at, length);
                break;
            default:
                damaged.insert(at, damaged.substr(from, length));
                break;
            }
        }
        const auto paper = LaidOutPaper::create("slip", {damaged});
        refused += paper ? 0 : 1;
        if (!paper) {
            CHECK(paper.error().kind == ErrorKind::Invalid);
        }
    }
    CHECK(refused > 100);
    CHECK(refused < 600);
}

TEST_CASE("a damaged template text is rendered or refused")
{
    const std::string whole = "{{#a}}x{{b}}{{/a}}{{^c}}{{>p}}{{/c}}{{! r }}{{d.e}}";
    const Json values = {{"a", {{{"b", "1"}}}}, {"b", "2"}, {"c", false}, {"d", {{"e", "3"}}}};
    Template::Parts parts;
    parts.emplace("p", *Template::parse("p{{b}}", "_p.xml"));
    SeededRandom random(7);
    for (int round = 0; round < 5'000; ++round) {
        std::string damaged = whole;
        for (std::uint64_t i = random.below(3) + 1; i > 0; --i) {
            const auto at = static_cast<std::size_t>(random.below(damaged.size()));
            damaged[at] = "{}#^/>! .abx"[random.below(12)];
        }
        if (const auto made = Template::parse(damaged, "t")) {
            const auto text = made->render(values, parts);
            CHECK((text || text.error().kind == ErrorKind::Invalid));
        }
    }
}
