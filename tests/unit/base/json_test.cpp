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
