// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/jurisdiction.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace motcua {

namespace {

constexpr std::array<std::string_view, 3> kCommuneKinds{"xa ", "phuong ", "dac khu "};
/// Kinds of units that only papers of before 2025-07-01 name.
constexpr std::array<std::string_view, 5> kOldKinds{"thi tran ", "huyen ", "quan ", "thi xa ",
                                                    "tp thuoc tinh "};

template<class Kinds> bool startsWithAny(const std::string& text, const Kinds& kinds)
{
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](std::string_view kind) { return text.rfind(kind, 0) == 0; });
}

/// The parts between commas, without marks: {"thon 2", "xa phuc tho", "thanh pho ha noi"}.
std::vector<std::string> partsOf(std::string_view place)
{
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at <= place.size()) {
        const std::size_t comma = std::min(place.find(',', at), place.size());
        parts.push_back(fold(place.substr(at, comma - at)));
        at = comma + 1;
    }
    return parts;
}

/// "ubnd xa phuc tho" → "xa phuc tho"; empty where no commune is named.
std::string communeOf(std::string_view unitName)
{
    const std::string folded = " " + fold(unitName);
    for (const std::string_view kind : kCommuneKinds) {
        const std::size_t at = folded.rfind(" " + std::string(kind));
        if (at != std::string::npos) {
            return folded.substr(at + 1);
        }
    }
    return {};
}

} // namespace

std::optional<bool> liesInUnit(std::string_view place, std::string_view unitName)
{
    const std::string own = communeOf(unitName);
    if (own.empty()) {
        return std::nullopt;
    }
    const std::vector<std::string> parts = partsOf(place);
    const bool isOld = std::any_of(parts.begin(), parts.end(),
                                   [](const std::string& part) { return startsWithAny(part, kOldKinds); });
    if (!isOld && std::find(parts.begin(), parts.end(), own) != parts.end()) {
        return true;
    }
    const bool namesCommune = std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
        return startsWithAny(part, kCommuneKinds);
    });
    return namesCommune && !isOld ? std::optional(false) : std::nullopt;
}

} // namespace motcua
