// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/people/crowd.h"

#include "core/people/person_keys.h"

#include <array>
#include <cstdio>
#include <span>
#include <string_view>

namespace motcua::people {

namespace {

struct Weighted
{
    std::string_view text;
    int weight;
};

constexpr std::array kSurnames{
    Weighted{"Nguyễn", 384}, Weighted{"Trần", 110}, Weighted{"Lê", 95},   Weighted{"Phạm", 71},
    Weighted{"Hoàng", 51},   Weighted{"Phan", 45},  Weighted{"Vũ", 39},   Weighted{"Đặng", 21},
    Weighted{"Bùi", 20},     Weighted{"Đỗ", 14},    Weighted{"Hồ", 13},   Weighted{"Ngô", 13},
    Weighted{"Dương", 10},   Weighted{"Lý", 5},     Weighted{"Đinh", 8},  Weighted{"Mai", 6},
    Weighted{"Trịnh", 6},    Weighted{"Đào", 6},    Weighted{"Cao", 5},   Weighted{"Hà", 5},
    Weighted{"Lương", 5},    Weighted{"Tạ", 4},     Weighted{"Phùng", 4}, Weighted{"Chu", 4},
    Weighted{"Khuất", 3},    Weighted{"Kiều", 3},   Weighted{"Quách", 3}, Weighted{"Tô", 3},
    Weighted{"Thái", 3},     Weighted{"Châu", 3},   Weighted{"Triệu", 3}, Weighted{"Lưu", 3},
    Weighted{"Nghiêm", 2},   Weighted{"Vương", 2},  Weighted{"Từ", 2},    Weighted{"Đoàn", 5},
    Weighted{"Doãn", 1},     Weighted{"Nghiêu", 1}, Weighted{"Giang", 1}, Weighted{"Ninh", 1}};
constexpr std::array kFemaleMiddles{Weighted{"Thị", 45},   Weighted{"Thu", 8},   Weighted{"Ngọc", 9},
                                    Weighted{"Phương", 6}, Weighted{"Thanh", 8}, Weighted{"Bích", 4},
                                    Weighted{"Hồng", 6},   Weighted{"Khánh", 4}, Weighted{"Minh", 5},
                                    Weighted{"Kim", 5}};
constexpr std::array kMaleMiddles{Weighted{"Văn", 30}, Weighted{"Đức", 9},   Weighted{"Hữu", 7},
                                  Weighted{"Minh", 8}, Weighted{"Quang", 8}, Weighted{"Xuân", 7},
                                  Weighted{"Công", 6}, Weighted{"Đình", 7},  Weighted{"Thành", 6},
                                  Weighted{"Ngọc", 6}, Weighted{"Bá", 6}};
constexpr std::array<std::string_view, 70> kFemaleNames{
    "Lan",  "Hoa",  "Hương", "Mai",   "Linh", "Trang",  "Huyền",  "Thảo",  "Nga",   "Hà",   "Hằng",  "Hạnh",
    "Dung", "Anh",  "Ngọc",  "Yến",   "Thủy", "Vân",    "Phương", "Loan",  "Nhung", "Oanh", "Tuyết", "Liên",
    "Hiền", "Thu",  "Ngân",  "Quỳnh", "Chi",  "Giang",  "Hường",  "Thơm",  "Thắm",  "Bình", "Tâm",   "Xuân",
    "Hồng", "Minh", "Lý",    "Duyên", "Hòa",  "Nguyệt", "Nhàn",   "Cúc",   "Đào",   "Sen",  "Tươi",  "Gấm",
    "Lụa",  "Vui",  "Mơ",    "Mận",   "Thoa", "Thúy",   "Trâm",   "Uyên",  "Vy",    "My",   "Nhi",   "Trinh",
    "Kiều", "Diễm", "Ánh",   "Bích",  "Châu", "Diệp",   "Khuyên", "Luyến", "Nụ",    "Phấn"};
constexpr std::array<std::string_view, 70> kMaleNames{
    "Hùng",  "Tuấn",  "Dũng",  "Nam",    "Cường", "Sơn",   "Hải",  "Long",  "Minh",  "Thắng", "Hòa",   "Bình",
    "Đức",   "Anh",   "Quang", "Hiếu",   "Huy",   "Trung", "Kiên", "Việt",  "Phong", "Tùng",  "Thành", "Hưng",
    "Khánh", "Toàn",  "Tiến",  "Vinh",   "Phúc",  "Lâm",   "An",   "Đạt",   "Khang", "Khôi",  "Quân",  "Tài",
    "Lộc",   "Nghĩa", "Thịnh", "Trường", "Vũ",    "Giang", "Hào",  "Chiến", "Công",  "Duy",   "Đông",  "Định",
    "Hậu",   "Học",   "Luân",  "Mạnh",   "Ngọc",  "Nhân",  "Phi",  "Quý",   "Sáng",  "Sinh",  "Tâm",   "Tân",
    "Thái",  "Thiện", "Thụ",   "Thuận",  "Tín",   "Trọng", "Tú",   "Văn",   "Xuân",  "Yên"};
constexpr std::array<std::string_view, 12> kMinority{"Y Moan", "Y Thịnh", "Y Blik",  "K'Brếu",
                                                     "K'Dung", "H'Hen",   "H'Nhung", "A Sùng",
                                                     "A Páo",  "Thị Mỷ",  "Thị Dợ",  "A Lử"};
constexpr std::array<std::string_view, 10> kMinoritySurnames{"Niê",  "Êban", "Mlô",  "Kbuôr", "Giàng",
                                                             "Vàng", "Sùng", "Thào", "Lò",    "Hầu"};
constexpr std::array<std::string_view, 10> kHamlets{"thôn Đông",  "thôn Đoài", "thôn Thượng", "thôn Hạ",
                                                    "thôn Trung", "xóm Chùa",  "xóm Đình",    "tổ 1",
                                                    "tổ 2",       "cụm 5"};
constexpr std::size_t kCommunes = 100;
constexpr int kThisYear = 2026;

std::string drawn(Random& random, std::span<const Weighted> texts)
{
    int sum = 0;
    for (const Weighted& text : texts) {
        sum += text.weight;
    }
    auto left = static_cast<int>(random.below(static_cast<std::uint64_t>(sum)));
    for (const Weighted& text : texts) {
        left -= text.weight;
        if (left < 0) {
            return std::string(text.text);
        }
    }
    return {};
}

std::string any(Random& random, std::span<const std::string_view> texts)
{
    return std::string(texts[random.below(texts.size())]);
}

/// The names that a hint lists with their kind, as far as they are plain.
std::vector<std::string> formerUnits(const std::string& hint)
{
    std::vector<std::string> units;
    std::string_view rest = hint;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        std::string_view piece = rest.substr(0, end);
        piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
        const bool isUnit =
            piece.starts_with("Xã ") || piece.starts_with("Phường ") || piece.starts_with("Thị trấn ");
        if (isUnit && piece.find('(') == std::string_view::npos && nameWords(piece).size() <= 4) {
            units.emplace_back(piece);
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return units;
}

} // namespace

Crowd::Crowd(std::uint64_t seed, const Units& units, const MergeHints& hints) : m_random(seed)
{
    for (const Commune& commune : units.communes()) {
        auto former = formerUnits(hints.formedFrom(commune.code));
        std::erase(former, commune.name);
        if (commune.province == "01" && !former.empty() && m_places.size() < kCommunes) {
            m_places.push_back({commune.name + ", thành phố Hà Nội", std::move(former)});
        }
    }
}

std::string Crowd::figures(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += static_cast<char>('0' + m_random.below(10));
    }
    return text;
}

/// The first of the list are drawn most: the smaller of two draws, twice.
std::string Crowd::givenName(Sex sex)
{
    const auto& names = sex.isFemale ? kFemaleNames : kMaleNames;
    return std::string(names[std::min(m_random.below(names.size()), m_random.below(names.size()))]);
}

std::string Crowd::name(Sex sex)
{
    if (m_random.below(20) == 0) {
        const std::string own = any(m_random, kMinority);
        const auto order = m_random.below(8);
        const std::string surname = any(m_random, kMinoritySurnames);
        return order == 0 ? own : order < 4 ? own + ' ' + surname : surname + ' ' + own;
    }
    std::string text = drawn(m_random, kSurnames) + ' ' +
                       (sex.isFemale ? drawn(m_random, kFemaleMiddles) : drawn(m_random, kMaleMiddles)) + ' ';
    if (m_random.below(4) == 0) {
        text += givenName(sex) + ' ';
    }
    return text + givenName(sex);
}

std::string Crowd::address()
{
    const Place& place = m_places[m_random.below(m_places.size())];
    std::string text =
        "Số " + std::to_string(1 + m_random.below(400)) + ", " + any(m_random, kHamlets) + ", ";
    const bool isFormer = m_random.below(4) == 0;
    return text + (isFormer ? place.former[m_random.below(place.former.size())] + ", Hà Nội" : place.current);
}

std::string Crowd::birth(int firstYear, int years)
{
    const int year = firstYear + static_cast<int>(m_random.below(static_cast<std::uint64_t>(years)));
    const bool isYearAlone = m_random.below(100) < (year < 1960 ? 40U : 2U);
    if (isYearAlone) {
        return std::to_string(year);
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02d/%02d/%04d", static_cast<int>(1 + m_random.below(28)),
                  static_cast<int>(1 + m_random.below(12)), year);
    return text.data();
}

std::string Crowd::personalId(const StatedPerson& person)
{
    const int year = birthDateOf(person.birth).year;
    const int head = (year < 2000 ? 0 : 2) + (person.gender == "female" ? 1 : 0);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "001%d%02d", head, year % 100);
    return text.data() + figures(6);
}

StatedPerson Crowd::adult(Sex sex)
{
    StatedPerson person;
    person.name = name(sex);
    person.gender = sex.isFemale ? "female" : "male";
    person.birth = birth(kThisYear - 80, 62);
    person.address = address();
    if (m_random.below(5) > 0) {
        person.personalId = personalId(person);
        person.oldId = m_random.below(3) == 0 ? figures(9) : std::string();
    }
    return person;
}

StatedPerson Crowd::child(const std::string& fatherName, const std::string& address)
{
    const Sex sex{m_random.below(2) == 0};
    StatedPerson person;
    const std::string own = name(sex);
    const std::size_t end = own.find(' ');
    person.name =
        fatherName.substr(0, fatherName.find(' ')) + (end == std::string::npos ? ' ' + own : own.substr(end));
    person.gender = sex.isFemale ? "female" : "male";
    person.birth = birth(kThisYear - 18, 18);
    person.address = address;
    return person;
}

StatedPerson Crowd::anybody()
{
    const Sex sex{m_random.below(2) == 0};
    return m_random.below(5) == 0 ? child(name({}), address()) : adult(sex);
}

std::string Crowd::otherUnit(const std::string& address)
{
    for (const Place& place : m_places) {
        if (const auto found = address.find(place.current); found != std::string::npos) {
            return address.substr(0, found) + place.former[m_random.below(place.former.size())] + ", Hà Nội";
        }
    }
    for (const Place& place : m_places) {
        for (const std::string& former : place.former) {
            if (const auto found = address.find(former + ", Hà Nội"); found != std::string::npos) {
                return address.substr(0, found) + place.current;
            }
        }
    }
    return address;
}

} // namespace motcua::people
