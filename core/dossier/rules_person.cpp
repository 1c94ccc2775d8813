// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/rules_person.h"

#include "core/dossier/rules.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr const char* kNumberSource = "Cấu trúc số định danh cá nhân; mã tỉnh theo TT 59/2021/TT-BCA";
constexpr int kOldestYears = 130;

void compareWithNumber(const Json& person, const PersonalNumber& number, const std::string& pointer,
                       Problems& problems)
{
    const std::string gender = stringAt(person, "gender");
    if ((gender == "male" && !number.isMale) || (gender == "female" && number.isMale)) {
        problems.push_back({pointer + "/personalId", "personal-id-gender",
                            "Giới tính không khớp với số định danh (chữ số thứ tư).", Severity::Soft,
                            kNumberSource});
    }
    const auto birth = spanOf(at(person, "birth"));
    if (birth && static_cast<int>(Day{birth->first}.year()) != number.birthYear) {
        problems.push_back({pointer + "/personalId", "personal-id-year",
                            "Năm sinh không khớp với số định danh (chữ số thứ năm và thứ sáu).",
                            Severity::Soft, kNumberSource});
    }
}

void checkBirth(const Json& person, const std::string& pointer, Day today, Problems& problems)
{
    const auto birth = spanOf(at(person, "birth"));
    if (!birth) {
        return;
    }
    const std::chrono::sys_days now{today};
    if (birth->first > now) {
        problems.push_back({pointer + "/birth", "birth-in-future", "Ngày sinh sau ngày tiếp nhận.",
                            Severity::Hard, "Kiểm tra nghiệp vụ"});
    }
    if (today.year() - Day{birth->last}.year() > std::chrono::years{kOldestYears}) {
        problems.push_back({pointer + "/birth", "birth-long-ago",
                            "Năm sinh cách đây hơn 130 năm: kiểm tra lại.", Severity::Soft,
                            "Kiểm tra nghiệp vụ"});
    }
}

} // namespace

std::optional<PersonalNumber> readPersonalNumber(std::string_view text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 12 || !std::all_of(text.begin(), text.end(), isDigit)) {
        return std::nullopt;
    }
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    const int century = 1900 + 100 * (digit(3) / 2);
    return PersonalNumber{std::string(text.substr(0, 3)), digit(3) % 2 == 0,
                          century + 10 * digit(4) + digit(5)};
}

Problems checkPerson(const Json& person, const std::string& pointer, const Catalogue& catalogue, Day today)
{
    Problems problems;
    if (const auto number = readPersonalNumber(stringAt(person, "personalId"))) {
        if (catalogue.idProvince(number->province).empty()) {
            problems.push_back(
                {pointer + "/personalId", "personal-id-province",
                 "Ba chữ số đầu của số định danh không có trong bảng mã tỉnh: kiểm tra lại số.",
                 Severity::Soft, kNumberSource});
        }
        compareWithNumber(person, *number, pointer, problems);
    }
    checkBirth(person, pointer, today, problems);
    return problems;
}

} // namespace motcua
