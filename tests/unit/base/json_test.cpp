// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/base/json.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("strict JSON refuses what a lenient reader lets pass")
{
    CHECK_FALSE(parseJson(R"({"a":1,"a":2})"));
    CHECK_FALSE(parseJson(R"({"a":1} x)"));
    CHECK_FALSE(parseJson("\xEF\xBB\xBF{}"));
    CHECK_FALSE(parseJson("{\"a\":\"\xff\"}"));
    CHECK_FALSE(parseJson(R"({"a":99999999999999999999})"));
    CHECK_FALSE(parseJson(std::string(40, '[') + std::string(40, ']')));
    CHECK_FALSE(parseJson("{}", {.bytes = 1}));
    CHECK_FALSE(parseJson(""));
    CHECK_FALSE(parseJson(std::string_view()));
    CHECK_FALSE(parseJson(R"({"a":1,"b":{"c":1,"c":1}})"));
    CHECK_FALSE(parseJson(R"([-9223372036854775809])"));
    CHECK_FALSE(parseJson(R"([1e400])"));
    for (const char* text :
         {"[01]", "[1,]", "[.5]", "[+1]", "[NaN]", "{a:1}", "['a']", "[\"\t\"]", "nul", "[1] [2]",
          R"(["\x41"])", R"(["\u12"])", R"(["\u12g4"])", "[\"\xed\xa0\x80\"]", "[\"\xc0\x80\"]"}) {
        INFO(text);
        CHECK_FALSE(parseJson(text));
    }
}

TEST_CASE("half a character is refused however it is written, a whole one is read")
{
    for (const char* text : {R"(["\ud800"])", R"(["\udc00"])", R"(["\ud800x"])", R"(["\ud800\u0041"])",
                             R"(["\udc00\ud800"])", R"(["\uD800\uD800"])", R"({"\udfff":1})"}) {
        INFO(text);
        CHECK_FALSE(parseJson(text));
    }
    CHECK(*parseJson(R"(["\ud83d\ude00"])") == Json::array({"\xf0\x9f\x98\x80"}));
    CHECK(*parseJson(R"(["\\ud800"])") == Json::array({"\\ud800"})); // no escape: a backslash and letters
}

TEST_CASE("numbers keep what they are")
{
    const auto value =
        parseJson("[0, -0, 9223372036854775807, 18446744073709551615, -9223372036854775808, 1.0, 1e2]");
    REQUIRE(value);
    CHECK(dumpJson(*value) ==
          "[0,0,9223372036854775807,18446744073709551615,-9223372036854775808,1.0,100.0]");
    CHECK((*value)[0].is_number_unsigned());
    CHECK((*value)[4].is_number_integer());
}

TEST_CASE("members in any order, and at most two thousand")
{
    CHECK(dumpJson(*parseJson(R"({"b":1,"a":2,"c":3,"aa":4})")) == R"({"a":2,"aa":4,"b":1,"c":3})");
    std::string text = "{";
    for (int i = 0; i < 2000; ++i) {
        text += "\"m" + std::to_string(i) + "\":0,";
    }
    text.back() = '}';
    CHECK(parseJson(text));
    text.back() = ',';
    CHECK_FALSE(parseJson(text + "\"one more\":0}"));
}

TEST_CASE("strict JSON keeps what is right, sorted")
{
    const auto value = parseJson(R"({"b":[{"x":1},{"x":2}],"a":"Đặng","n":-5,"f":1.5})");
    REQUIRE(value);
    CHECK(dumpJson(*value) == R"({"a":"Đặng","b":[{"x":1},{"x":2}],"f":1.5,"n":-5})");
    CHECK(stringAt(*value, "a") == "Đặng");
    CHECK(stringAt(*value, "n", "none") == "none");
    CHECK(at(*value, "missing").is_null());
}

TEST_CASE("base64 is strict")
{
    CHECK(toBase64Url("\xfb\xff") == "-_8");
    CHECK(fromBase64Url("-_8") == "\xfb\xff");
    CHECK_FALSE(fromBase64Url("-_8="));
    CHECK_FALSE(fromBase64Url("+/8"));
    CHECK_FALSE(fromBase64Url("-_9"));
    CHECK(toHex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
