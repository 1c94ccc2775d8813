// SPDX-License-Identifier: GPL-3.0-or-later
#include "deadline_samples.h"

#include "core/dossier/fee.h"

using namespace motcua;
using namespace motcua::test;

namespace {

std::vector<FeeRule> rulesOf(const std::string& procedure)
{
    std::vector<FeeRule> rules;
    const Json file = catalogueFile("fees.json");
    for (const Json& row : file["fees"]) {
        const auto rule = feeRuleFromJson(row);
        REQUIRE(rule);
        if (rule->procedure == procedure) {
            rules.push_back(*rule);
        }
    }
    return rules;
}

FeeQuery on(const char* iso)
{
    FeeQuery query;
    query.on = day(iso);
    return query;
}

Fee feeOf(const std::vector<FeeRule>& rules, const FeeQuery& query)
{
    static const Calendar calendar = calendarWith();
    const auto fee = computeFee(rules, query, calendar);
    REQUIRE(fee);
    if (fee->amount) {
        std::int64_t sum = 0;
        for (const FeeLine& line : fee->lines) {
            CHECK_FALSE(line.text.empty());
            sum += line.amount;
        }
        CHECK(sum == *fee->amount);
        CHECK(*fee->amount >= 0);
    } else {
        CHECK_FALSE(fee->note.empty());
    }
    return *fee;
}

FeeRule row(const char* json)
{
    const auto rule = feeRuleFromJson(Json::parse(json));
    REQUIRE(rule);
    return *rule;
}

} // namespace

TEST_CASE("three certified copies of five pages cost 21,000 đ")
{
    FeeQuery query = on("2026-11-21");
    query.pages = 5;
    query.copies = 3;
    const Fee fee = feeOf(rulesOf("2.000815"), query);

    CHECK(fee.amount == 21'000);
    REQUIRE(fee.lines.size() == 2);
    CHECK(fee.lines[0].amount == 12'000);
    CHECK(fee.lines[0].text.find("3 bản × 2 trang đầu × 2.000 đ") != std::string::npos);
    CHECK(fee.lines[1].amount == 9'000);
    CHECK(fee.lines[1].text == "Từ trang thứ 3: 3 bản × 3 trang × 1.000 đ");
}

TEST_CASE("certified copies by pages, copies and documents, up to the most for a copy")
{
    struct Row
    {
        int pages, copies, count;
        std::int64_t amount;
    };
    const Row rows[] = {{1, 1, 1, 2'000},     {2, 1, 1, 4'000},      {3, 1, 1, 5'000},
                        {2, 10, 1, 40'000},   {5, 3, 2, 42'000},     {198, 1, 1, 200'000},
                        {199, 1, 1, 200'000}, {1000, 2, 1, 400'000}, {5000, 10000, 100, 200'000'000'000}};
    const auto rules = rulesOf("2.000815");
    for (const Row& one : rows) {
        FeeQuery query = on("2026-11-21");
        query.pages = one.pages;
        query.copies = one.copies;
        query.count = one.count;
        CAPTURE(one.pages, one.copies, one.count);
        CHECK(feeOf(rules, query).amount == one.amount);
    }
}

TEST_CASE("signatures, transactions and copies are counted by case and by copy")
{
    FeeQuery query = on("2026-11-21");
    query.count = 3;
    CHECK(feeOf(rulesOf("2.000884"), query).amount == 30'000);
    CHECK(feeOf(rulesOf("2.001035"), on("2026-11-21")).amount == 50'000);
    CHECK(feeOf(rulesOf("2.000908"), on("2026-11-21")).amount == 0);

    FeeQuery copies = on("2026-11-21");
    copies.copies = 3;
    CHECK(feeOf(rulesOf("2.000635"), copies).amount == 24'000);
}

TEST_CASE("a waiver makes free whom it is for, while it is in force")
{
    FeeQuery query = on("2026-11-21");
    query.copies = 2;
    query.waiver = "Hộ nghèo";
    const Fee free = feeOf(rulesOf("2.000635"), query);
    CHECK(free.amount == 0);
    REQUIRE(free.lines.size() == 2);
    CHECK(free.lines[1].amount == -16'000);

    query.waiver = "định danh mức độ 2"; // TT 117/2026/TT-BTC, 2026-08-15 to 2027-02-28
    CHECK(feeOf(rulesOf("2.000635"), query).amount == 0);
    query.on = day("2027-02-28");
    CHECK(feeOf(rulesOf("2.000635"), query).amount == 0);
    query.on = day("2027-03-01");
    const Fee over = feeOf(rulesOf("2.000635"), query);
    CHECK(over.amount == 16'000);
    CHECK(over.note.find("không có diện miễn") != std::string::npos);

    // The waiver holds whatever the province's rate is.
    FeeQuery merit = on("2026-11-21");
    merit.waiver = "NGUOI CO CONG";
    CHECK(feeOf(rulesOf("1.004873"), merit).amount == 0);
}

TEST_CASE("a late birth costs what the province says, a timely one nothing")
{
    const auto birth = rulesOf("1.001193");
    CHECK(feeOf(birth, on("2026-11-21")).amount == 0);

    FeeQuery late = on("2026-11-21");
    late.late = true;
    const Fee unknown = feeOf(birth, late);
    CHECK_FALSE(unknown.amount);
    CHECK(unknown.note.find("Hà Nội: 5.000 đ") != std::string::npos);
    CHECK(unknown.note.find("Chưa nhập mức thu") != std::string::npos);

    // 60 days from 2026-09-01 end on Saturday 31/10 and so on Monday 2/11.
    FeeQuery byDate = on("2026-11-02");
    byDate.event = day("2026-09-01");
    CHECK(feeOf(birth, byDate).amount == 0);
    byDate.on = day("2026-11-03");
    CHECK_FALSE(feeOf(birth, byDate).amount);

    std::vector<FeeRule> entered = birth;
    for (FeeRule& rule : entered) {
        rule.amount = rule.amount.value_or(5'000);
    }
    CHECK(feeOf(entered, byDate).amount == 5'000);
}

TEST_CASE("the row of the channel and of the date is taken")
{
    const std::vector<FeeRule> rules{
        row(R"({"code": "a", "name": "Lệ phí", "per": "case", "amount": 100000, "effectiveTo": "2026-12-31"})"),
        row(R"({"code": "a", "name": "Lệ phí", "per": "case", "amount": 120000, "effectiveFrom": "2027-01-01"})"),
        row(R"({"code": "a", "name": "Lệ phí trực tuyến", "per": "case", "amount": 0, "channel": "online"})"),
        row(R"({"code": "b", "name": "Phí gửi", "per": "case", "amount": 30000, "channel": "post"})"),
    };
    FeeQuery query = on("2026-12-31");
    CHECK(feeOf(rules, query).amount == 100'000);
    query.on = day("2027-01-01");
    CHECK(feeOf(rules, query).amount == 120'000);
    query.channel = "online";
    CHECK(feeOf(rules, query).amount == 0);
    query.channel = "post";
    CHECK(feeOf(rules, query).amount == 150'000);
}

TEST_CASE("an unknown fee is a note, not a guess; impossible numbers are a problem")
{
    CHECK_FALSE(feeOf({}, on("2026-11-21")).amount);
    CHECK_FALSE(feeOf(rulesOf("2.000806"), on("2026-11-21")).amount);

    const Calendar calendar = calendarWith();
    for (const int bad : {0, -1, 1'000'000}) {
        FeeQuery query = on("2026-11-21");
        query.pages = bad;
        const auto refused = computeFee(rulesOf("2.000815"), query, calendar);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().rule == "fee-count");
    }
}

TEST_CASE("a broken fee row is refused")
{
    for (const char* bad : {R"({})", R"({"code": "a", "name": "b", "per": "dozen"})",
                            R"({"code": "a", "name": "b", "per": "case", "amount": -1})",
                            R"({"code": "a", "name": "b", "per": "case", "amount": 1.5})",
                            R"({"code": "a", "name": "b", "per": "case", "amount": "1000"})",
                            R"({"code": "a", "name": "b", "per": "case", "effectiveFrom": "2026-02-30"})",
                            R"({"code": "a", "name": "b", "per": "case", "waivers": [{}]})",
                            R"({"code": "a", "name": "b", "per": "case", "when": "sometimes"})", R"(7)"}) {
        CAPTURE(bad);
        CHECK_FALSE(feeRuleFromJson(Json::parse(bad)));
    }
}
