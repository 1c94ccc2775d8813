// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_table.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

ReportTable twoColumns()
{
    ReportTable table;
    table.name = "test";
    table.columns = {{"Tên", 20, ColumnKind::Text}, {"Số", 10}};
    table.rows = {{std::string("a"), std::int64_t{1}}};
    return table;
}

} // namespace

TEST_CASE("figures are read as they are written in Viet Nam")
{
    CHECK(shownText(std::int64_t{0}) == "0");
    CHECK(shownText(std::int64_t{999}) == "999");
    CHECK(shownText(std::int64_t{1'000}) == "1.000");
    CHECK(shownText(std::int64_t{-1'234'567}) == "-1.234.567");
    CHECK(shownText(Percent{1, 3}) == "33,3 %");
    CHECK(shownText(Percent{1, 1}) == "100,0 %");
    CHECK(shownText(Percent{1, 2000}) == "0,1 %");
    CHECK(shownText(Percent{0, 0}) == "–");
}

TEST_CASE("a table whose rows do not fit is refused")
{
    CHECK(checkShape(twoColumns()));

    ReportTable table = twoColumns();
    table.rows.push_back({std::string("a")});
    CHECK(checkShape(table).error().kind == ErrorKind::Invalid);

    table = twoColumns();
    table.totals = ReportRow{};
    CHECK_FALSE(checkShape(table));
    CHECK_FALSE(checkShape(ReportTable{}));
}

TEST_CASE("a head covers each column in each row exactly once")
{
    ReportTable table = twoColumns();
    table.head = {{{"a", 1, 2}, {"b"}}, {{"c"}}};
    CHECK(checkShape(table));
    table.head = {{{"a", 2}}, {{"b"}, {"c"}}};
    CHECK(checkShape(table));
    table.head = {{{"a", 1, 2}, {"b"}}, {{"c"}, {"d"}}};
    CHECK_FALSE(checkShape(table));
    table.head = {{{"a", 1, 3}, {"b"}}, {{"c"}}};
    CHECK_FALSE(checkShape(table));
    table.head = {{{"a"}}};
    CHECK_FALSE(checkShape(table));
    table.head = {{{"a", 0}, {"b", 2}}};
    CHECK_FALSE(checkShape(table));
}

TEST_CASE("JSON keeps figures as figures")
{
    ReportTable table = twoColumns();
    table.rows.push_back({std::string("b"), Percent{1, 2}});
    const Json json = toJson(table);

    CHECK(json["columns"] == Json({"Tên", "Số"}));
    CHECK(json["rows"][0] == Json({"a", 1}));
    CHECK(json["rows"][1][1] == Json({{"part", 1}, {"whole", 2}}));
    CHECK(json["totals"].is_null());
}
