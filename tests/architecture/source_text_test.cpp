// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_text.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace motcua::architecture;

namespace {

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> result;
    for (const Piece& word : readSource(text).words)
        result.push_back(word.text);
    return result;
}

std::vector<std::string> literalsOf(std::string_view text)
{
    std::vector<std::string> result;
    for (const Piece& literal : readSource(text).literals)
        result.push_back(literal.text);
    return result;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("includes are found with their line and their kind, but not in comments")
{
    const SourceText source =
        readSource("// #include \"no.h\"\n#include \"core/db/a.h\"\n  #  include <QWidget>\n"
                   "/*\n#include <neither>\n*/\n");

    REQUIRE(source.includes.size() == 2);
    CHECK(source.includes[0].name == "core/db/a.h");
    CHECK(source.includes[0].quoted);
    CHECK(source.includes[0].line == 2);
    CHECK(source.includes[1].name == "QWidget");
    CHECK_FALSE(source.includes[1].quoted);
    CHECK(source.includes[1].line == 3);
}

TEST_CASE("words of comments, messages and characters are no code")
{
    CHECK(wordsOf("a /* b */ c // d\n\"e\" f 'g' h") == Texts{"a", "c", "f", "h"});
    CHECK(wordsOf("#define RUN go\n") == Texts{"define", "RUN", "go"});
}

TEST_CASE("a digit separator opens no character")
{
    CHECK(wordsOf("x = 1'000'000; y('\\''); z") == Texts{"x", "1'000'000", "y", "z"});
}

TEST_CASE("what follows std:: keeps it, so that a name of ours is not mistaken for it")
{
    CHECK(wordsOf("std::thread t; my::thread u;") == Texts{"std::thread", "t", "my", "thread", "u"});
}

TEST_CASE("literals are taken apart, raw ones over several lines too")
{
    CHECK(literalsOf(R"x(f("a \" b", u8"c");)x") == Texts{R"(a \" b)", "c"});

    const SourceText raw = readSource("auto q = R\"sql(\nSELECT 1\n)sql\";\nnext \"after\"");
    REQUIRE(raw.literals.size() == 2);
    CHECK(raw.literals[0].text == "\nSELECT 1\n");
    CHECK(raw.literals[0].line == 1);
    CHECK(raw.literals[1].text == "after");
    CHECK(raw.literals[1].line == 4);
}

TEST_CASE("an unfinished file is read to its end")
{
    for (const char* text :
         {"/* open", "\"open", "R\"(open", "R\"x", "'", "#include <", "#include", "std::", "\"\\"}) {
        INFO(text);
        CHECK(readSource(text).words.size() <= 1);
    }
}
