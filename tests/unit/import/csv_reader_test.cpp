// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/import/table_samples.h"

#include <catch2/catch.hpp>

namespace motcua {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string wide(const std::string& ascii, bool bigEndian)
{
    std::string bytes = bigEndian ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : ascii) {
        bytes += bigEndian ? std::string{'\0', c} : std::string{c, '\0'};
    }
    return bytes;
}

} // namespace

TEST_CASE("CSV is read as RFC 4180 says and as programs write it", "[import][csv]")
{
    const SampleFiles files;
    CHECK(files.csv("a,b\r\n1,2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(files.csv("a;b\n1;2") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(files.csv("a\tb\r1\t2\r") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(files.csv("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n") ==
          Rows{{"a", "b"}, {"x, y", "he said \"no\""}});
    CHECK(files.csv("a,b\n\"two\r\nlines\",2\n") == Rows{{"a", "b"}, {"two\r\nlines", "2"}});
    CHECK(files.csv("a,b\n,\n\n\"\",x\n") == Rows{{"a", "b"}, {"", ""}, {""}, {"", "x"}});
    CHECK(files.csv("\xEF\xBB\xBF"
                    "họ,tên\nNguyễn,An\n") == Rows{{"họ", "tên"}, {"Nguyễn", "An"}});
    CHECK(files.csv("a,b\nO'Brien \"Bob\",2\n") == Rows{{"a", "b"}, {"O'Brien \"Bob\"", "2"}});
    CHECK(files.csv("one\n") == Rows{{"one"}});
}

TEST_CASE("UTF-16 is read with a mark and without", "[import][csv]")
{
    const SampleFiles files;
    const Rows expected{{"ho", "ten"}, {"Nguyen", "An"}};
    const std::string text = "ho;ten\r\nNguyen;An\r\n";
    CHECK(files.csv(wide(text, false)) == expected);
    CHECK(files.csv(wide(text, true)) == expected);
    CHECK(files.csv(wide(text, false).substr(2)) == expected);
    CHECK(files.csv(wide("a,b\n", false) + std::string("\x3D\xD8\x00\xDE,\0c\0", 8)) ==
          Rows{{"a", "b"}, {"\U0001F600", "c"}});
}

TEST_CASE("bytes that are no Unicode are kept one by one", "[import][csv]")
{
    const SampleFiles files;
    const Rows rows = files.csv("ten,nam\nNguy\xD4n,N\xF7\n");

    CHECK(rows[1][0] == "NguyÔn");
    CHECK(westernBytes(rows[1][1]) == "N\xF7");
}

TEST_CASE("a mark without its end costs one line, not the rest of the file", "[import][csv]")
{
    const SampleFiles files;
    const auto rows = files.read(files.write("q.csv", "a,b\n1,\"open\n2,3\n4,5\n"));

    REQUIRE(rows.size() == 4);
    CHECK(rows[1].fault == RowFault::OpenQuote);
    CHECK(rows[1].cells[1].text == "\"open");
    CHECK(rows[2].cells[0].text == "2");
    CHECK(rows[3].cells[1].text == "5");
}

TEST_CASE("a cell of ten megabytes costs its row only", "[import][csv]")
{
    const SampleFiles files;
    const std::string huge(10'000'000, 'x');
    for (const std::string& line : {"1," + huge + ",2", "1,\"" + huge + "\",2"}) {
        const auto rows = files.read(files.write("huge.csv", "a,b,c\n" + line + "\n3,4,5\n"));

        REQUIRE(rows.size() == 3);
        CHECK(rows[1].fault == RowFault::TooLong);
        CHECK(rows[1].bytes >= huge.size());
        CHECK(rows[1].cells[0].text == "1");
        CHECK(rows[2].cells[2].text == "5");
    }
}

TEST_CASE("more columns than the limit are said, not kept in memory", "[import][csv]")
{
    const SampleFiles files;
    const auto rows = files.read(files.write("wide.csv", "a,b\n" + std::string(5000, ',') + "\n1,2\n"));

    CHECK(rows[1].fault == RowFault::TooWide);
    CHECK(rows[1].cells.size() == TableLimits{}.columns);
    CHECK(rows[2].cells.size() == 2);
}

} // namespace motcua
