// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/template.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::string rendered(std::string_view text, const Json& values, const Template::Parts& parts = {})
{
    const auto made = Template::parse(text, "t.xml");
    if (!made) {
        return "refused: " + made.error().detail;
    }
    const auto result = made->render(values, parts);
    return result ? *result : "refused: " + result.error().detail;
}

const Json kValues = {
    {"name", "Lan"},  {"none", ""},  {"list", {{{"x", "1"}}, {{"x", "2"}}}},   {"empty", Json::array()},
    {"yes", true},    {"no", false}, {"person", {{"name", "An"}, {"age", 7}}}, {"words", {"a", "b"}},
    {"markup", "<b>"}};

} // namespace

TEST_CASE("values, lists and absences are filled in")
{
    CHECK(rendered("{{name}} {{ name }} {{person.name}} {{person.age}}", kValues) == "Lan Lan An 7");
    CHECK(rendered("{{#list}}[{{x}} {{name}}]{{/list}}", kValues) == "[1 Lan][2 Lan]");
    CHECK(rendered("{{#words}}{{.}},{{/words}}", kValues) == "a,b,");
    CHECK(rendered("{{#person}}{{name}}{{/person}}", kValues) == "An");
    CHECK(rendered("{{^empty}}e{{/empty}}{{^none}}n{{/none}}{{^no}}f{{/no}}{{^yes}}y{{/yes}}", kValues) ==
          "enf");
    CHECK(rendered("a{{! a remark }}b", kValues) == "ab");
}

TEST_CASE("every value is escaped and no tag undoes it")
{
    CHECK(rendered("{{markup}}", kValues) == "&lt;b&gt;");
    CHECK(rendered("{{{markup}}}", kValues).find("refused: template t.xml, line 1") == 0);
    CHECK(rendered("{{&markup}}", kValues).find("refused") == 0);
    CHECK(rendered("{{=<% %>=}}", kValues).find("refused") == 0);
}

TEST_CASE("a value that looks like a tag is text")
{
    CHECK(rendered("{{name}}", {{"name", "{{name}}{{#x}}{{>head}}"}}) == "{{name}}{{#x}}{{&gt;head}}");
}

TEST_CASE("what is wrong is named with its line")
{
    CHECK(rendered("a\n{{nmae}}", kValues) == "refused: template t.xml, line 2: there is no value 'nmae'");
    CHECK(rendered("\n\n{{#name}}", kValues) ==
          "refused: template t.xml, line 3: '{{#name}}' is never closed");
    CHECK(rendered("{{/name}}", kValues).find("closes nothing") != std::string::npos);
    CHECK(rendered("{{#name}}{{/none}}", kValues).find("closes nothing") != std::string::npos);
    CHECK(rendered("a {{name", kValues).find("'{{' without '}}'") != std::string::npos);
    CHECK(rendered("{{a b}}", kValues).find("is not a name") != std::string::npos);
    CHECK(rendered("{{person}}", kValues).find("'person' is no text") != std::string::npos);
    CHECK(rendered("{{>part}}", kValues).find("there is no part 'part'") != std::string::npos);
    CHECK(rendered(std::string(300'000, 'x'), kValues).find("larger than 256 KiB") != std::string::npos);
}

TEST_CASE("parts see the values around them and cannot contain themselves for ever")
{
    Template::Parts parts;
    parts.emplace("who", *Template::parse("<{{x}}>", "_who.xml"));
    parts.emplace("loop", *Template::parse("{{>loop}}", "_loop.xml"));

    CHECK(rendered("{{#list}}{{>who}}{{/list}}", kValues, parts) == "<1><2>");
    CHECK(rendered("{{>loop}}", kValues, parts).find("too deeply") != std::string::npos);
}

TEST_CASE("a list of lists that multiplies stops at a size")
{
    Json many = Json::array();
    for (int i = 0; i < 400; ++i) {
        many.push_back("x");
    }
    CHECK(rendered("{{#m}}{{#m}}{{#m}}{{.}}{{/m}}{{/m}}{{/m}}", {{"m", many}}).find("too large") !=
          std::string::npos);
}

TEST_CASE("names are checked in branches that were not taken too")
{
    const auto made = Template::parse("{{^name}}{{wrong}}{{/name}}", "t.xml");
    REQUIRE(made);

    CHECK(made->render(kValues, {}));
    CHECK_FALSE(made->checkNames(kValues, {}));
}
