// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_text.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::string shown(std::string_view text)
{
    return printable(text).toStdString();
}

} // namespace

TEST_CASE("Vietnamese text is printed as it is, composed")
{
    CHECK(shown("Nguyễn Thị Đặng Ưỡng Ẳ ₫ 123") == "Nguyễn Thị Đặng Ưỡng Ẳ ₫ 123");
    CHECK(shown("Nguye\u0302\u0303n") == "Nguyễn");
}

TEST_CASE("what could steer the typesetter or the reader's eye is gone")
{
    CHECK(shown("An\u202Ehn\u202Ca") == "Anhna");
    CHECK(shown("\uFEFFAn\u200B\u200D\u2066h") == "Anh");
    CHECK(shown("a\tb\nc\rd\u2028e\u0001f") == "a b c d e f");
    CHECK(shown("a\uFFFCb\uFDD0c\uFDD1d\uFFFEe") == "abcde");
}

TEST_CASE("broken UTF-8 shows as broken")
{
    CHECK(shown("An\xC3(") == "An\uFFFD(");
    CHECK(shown("\xED\xA0\x80").find("\uFFFD") == 0);
}

TEST_CASE("a flood of combining marks leaves three of them")
{
    std::string flood = "x";
    for (int i = 0; i < 5000; ++i) {
        flood += "\u0300";
    }
    CHECK(printable(flood).size() == 4);
}

TEST_CASE("text without end is cut with a mark")
{
    const QString cut = printable(std::string(1'000'000, 'a'));
    CHECK(cut.size() < kLongestPaperText + 30);
    CHECK(cut.endsWith(QStringLiteral("[đã cắt bớt]")));
    CHECK(printable(std::string(4'000, 'a')).size() == 4'000);
}

TEST_CASE("characters with a meaning in markup are entities")
{
    CHECK(escapedForMarkup("<b a=\"1\" c='2'>&amp;") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
}
