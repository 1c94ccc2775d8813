// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/sample_people.h"

#include <array>
#include <cstdio>
#include <span>
#include <string_view>

namespace motcua {

namespace {

using Texts = std::span<const std::string_view>;

// About as frequent as in the country: Nguyễn is drawn for two in five.
constexpr std::array<std::string_view, 24> kSurnames{
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần",
    "Trần",   "Trần",   "Lê",     "Lê",     "Phạm",   "Phạm",   "Hoàng",  "Vũ",
    "Đặng",   "Bùi",    "Đỗ",     "Ngô",    "Dương",  "Lý",     "Khuất",  "Kiều"};
constexpr std::array<std::string_view, 10> kMaleMiddles{"Văn",  "Đức",  "Hữu",  "Minh",  "Quang",
                                                        "Xuân", "Công", "Đình", "Thành", "Bá"};
constexpr std::array<std::string_view, 10> kFemaleMiddles{"Thị",    "Thị",   "Thị",  "Thu",  "Ngọc",
                                                          "Phương", "Thanh", "Bích", "Hồng", "Khánh"};
constexpr std::array<std::string_view, 20> kMaleNames{"An",   "Bình", "Cường", "Dũng", "Đạt",  "Hải", "Hòa",
                                                      "Hùng", "Huy",  "Khang", "Khôi", "Long", "Nam", "Phúc",
                                                      "Quân", "Sơn",  "Thắng", "Tuấn", "Việt", "Vinh"};
constexpr std::array<std::string_view, 20> kFemaleNames{
    "Anh",  "Chi",  "Dung", "Duyên", "Giang", "Hà",   "Hạnh", "Hoa",   "Hương", "Lan",
    "Linh", "Loan", "Mai",  "Nga",   "Ngân",  "Oanh", "Thảo", "Trang", "Yến",   "Vân"};
constexpr std::array<std::string_view, 10> kHamlets{"thôn Đông",  "thôn Đoài", "thôn Thượng", "thôn Hạ",
                                                    "thôn Trung", "xóm Chùa",  "xóm Đình",    "tổ 1",
                                                    "tổ 2",       "cụm 5"};
constexpr std::array<std::string_view, 6> kNetworks{"090", "091", "096", "098", "035", "077"};

std::string pick(Random& random, Texts texts)
{
    return std::string(texts[random.below(texts.size())]);
}

std::string digits(Random& random, int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += static_cast<char>('0' + random.below(10));
    }
    return text;
}

Json eventDate(Day day)
{
    return {{"text", toDisplayDay(day)}, {"precision", "day"}};
}

Day daysBefore(Day day, std::int64_t days)
{
    return Day(std::chrono::sys_days(day) - std::chrono::days(days));
}

} // namespace

std::string SamplePeople::name(bool female)
{
    return pick(m_random, kSurnames) + ' ' +
           pick(m_random, female ? Texts(kFemaleMiddles) : Texts(kMaleMiddles)) + ' ' +
           pick(m_random, female ? Texts(kFemaleNames) : Texts(kMaleNames));
}

SamplePeople::Birth SamplePeople::birthOf(SampleRole role, Day today)
{
    constexpr std::int64_t kYear = 365;
    const auto years = [&](std::uint64_t least, std::uint64_t most) {
        return static_cast<std::int64_t>((least + m_random.below(most - least)) * kYear +
                                         m_random.below(kYear));
    };
    switch (role) {
    case SampleRole::Newborn:
        return {daysBefore(today, static_cast<std::int64_t>(1 + m_random.below(40))), m_random.below(2) == 0};
    case SampleRole::Mother:
        return {daysBefore(today, years(21, 40)), true};
    case SampleRole::Father:
        return {daysBefore(today, years(23, 45)), false};
    case SampleRole::Adult:
        break;
    }
    return {daysBefore(today, years(20, 75)), m_random.below(2) == 0};
}

/// Province of the commune (001, Hà Nội), century and sex, year of birth, six digits: NĐ 137/2015, Điều 13.
std::string SamplePeople::personalId(const Birth& birth)
{
    const int year = static_cast<int>(birth.day.year());
    const int century = year < 2000 ? 0 : 2;
    std::array<char, 16> head{};
    std::snprintf(head.data(), head.size(), "001%d%02d", century + (birth.female ? 1 : 0), year % 100);
    return head.data() + digits(m_random, 6);
}

std::string SamplePeople::commune()
{
    return "xã " + m_place + ", thành phố Hà Nội";
}

std::string SamplePeople::address()
{
    return "Số " + std::to_string(1 + m_random.below(120)) + ", " + pick(m_random, kHamlets) + ", " +
           commune();
}

Json SamplePeople::pastDate(Day today, int daysBackLeast, int daysBackMost)
{
    const auto span = static_cast<std::uint64_t>(daysBackMost - daysBackLeast);
    return eventDate(daysBefore(today, daysBackLeast + static_cast<std::int64_t>(m_random.below(span + 1))));
}

Json SamplePeople::person(SampleRole role, Day today)
{
    const Birth birth = birthOf(role, today);
    Json person{{"name", name(birth.female)},
                {"birth", eventDate(birth.day)},
                {"gender", birth.female ? "female" : "male"},
                {"address", address()}};
    if (role != SampleRole::Newborn) {
        person["personalId"] = personalId(birth);
        person["phone"] = pick(m_random, kNetworks) + digits(m_random, 7);
    }
    return person;
}

} // namespace motcua
