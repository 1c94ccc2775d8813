// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/place_reader.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kNamesMax = 24;
constexpr std::size_t kUnitWordsMax = 4;

std::string joined(const std::vector<std::string>& words, std::size_t from)
{
    std::string text;
    for (std::size_t i = from; i < words.size(); ++i) {
        text += (text.empty() ? "" : " ") + words[i];
    }
    return text;
}

/// The name behind the last kind of unit in a piece of a hint, or the piece itself where it is short enough
/// to be one in a list ("các phường Cửa Nam, Điện Biên"). Empty where it is talk.
std::string unitIn(const std::vector<std::string>& words)
{
    constexpr std::array<std::string_view, 4> kKinds{"xa", "phuong", "tran", "khu"};
    constexpr std::array<std::string_view, 3> kUpperKinds{"huyen", "quan", "tinh"};
    constexpr std::array<std::string_view, 12> kTalk{"phan",  "mot", "toan", "dien",  "quy", "sau",
                                                     "khong", "sap", "nhap", "chinh", "tu",  "theo"};
    std::size_t begin = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        begin = std::ranges::find(kKinds, words[i]) != kKinds.end() ? i + 1 : begin;
    }
    // "(huyện Phúc Thọ)" tells two communes of one name apart.
    const bool isUpper = !words.empty() && (std::ranges::find(kUpperKinds, words[0]) != kUpperKinds.end() ||
                                            (words.size() > 1 && words[0] == "thanh" && words[1] == "pho") ||
                                            (words.size() > 1 && words[0] == "thi" && words[1] == "xa"));
    if (isUpper) {
        return {};
    }
    const std::size_t count = words.size() - begin;
    if (count == 0 || count > kUnitWordsMax || std::ranges::find(kTalk, words[begin]) != kTalk.end()) {
        return {};
    }
    return joined(words, begin);
}

std::set<std::string> unitsIn(const std::string& hint)
{
    std::set<std::string> names;
    const std::string text = fold(hint) + ',';
    std::string piece;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isAnd = text.compare(i, 4, " va ") == 0;
        if (!isAnd && std::string_view(",;().").find(text[i]) == std::string_view::npos) {
            piece += text[i];
            continue;
        }
        if (std::string name = unitIn(foldedWords(piece)); !name.empty()) {
            names.insert(std::move(name));
        }
        piece.clear();
        i += isAnd ? 3 : 0;
    }
    return names;
}

bool holdsWords(std::string_view text, std::string_view words)
{
    const std::string padded = ' ' + std::string(text) + ' ';
    return padded.find(' ' + std::string(words) + ' ') != std::string::npos;
}

bool shareAWord(const std::string& left, const std::string& right)
{
    const auto words = foldedWords(left);
    return std::ranges::any_of(words, [&](const std::string& word) { return holdsWords(right, word); });
}

} // namespace

PlaceReader PlaceReader::from(const Units& units, const MergeHints& hints)
{
    PlaceReader reader;
    std::map<std::string, std::string> provinces;
    for (const Province& province : units.provinces()) {
        provinces[province.code] = fold(province.shortName);
        reader.m_provinces.push_back(fold(province.shortName));
    }
    for (const Commune& commune : units.communes()) {
        reader.addMergers(commune, provinces[commune.province], hints.formedFrom(commune.code));
    }
    for (std::size_t i = 0; i < reader.m_mergers.size(); ++i) {
        reader.m_byName.emplace(reader.m_mergers[i].former, i);
        reader.m_byName.emplace(reader.m_mergers[i].current, i);
    }
    return reader;
}

Result<PlaceReader> PlaceReader::load(const std::string& folder)
{
    const Units units = TRY(Units::load(folder));
    const MergeHints hints = TRY(MergeHints::load(folder));
    return from(units, hints);
}

void PlaceReader::addMergers(const Commune& commune, const std::string& province, const std::string& hint)
{
    const std::string current = writtenPlace(commune.name).commune;
    for (const std::string& former : unitsIn(hint)) {
        if (former != current) {
            m_mergers.push_back({former, current, commune.name, province});
        }
    }
}

std::vector<const PlaceReader::Merger*> PlaceReader::mergersOf(const WrittenPlace& place) const
{
    const bool namesProvince = std::ranges::any_of(
        m_provinces, [&](const std::string& province) { return holdsWords(place.after, province); });
    std::vector<const Merger*> found;
    const auto [first, last] = m_byName.equal_range(place.commune);
    for (auto each = first; each != last; ++each) {
        const Merger& merger = m_mergers[each->second];
        // A province that was merged away is no reason to leave a commune out.
        if (!namesProvince || holdsWords(place.after, merger.province)) {
            found.push_back(&merger);
        }
    }
    return found;
}

std::vector<std::string> PlaceReader::namesFor(const WrittenPlace& place) const
{
    std::vector<std::string> names{place.commune};
    const auto add = [&](const std::string& name) {
        if (names.size() < kNamesMax && std::ranges::find(names, name) == names.end()) {
            names.push_back(name);
        }
    };
    for (const Merger* merger : mergersOf(place)) {
        add(merger->former == place.commune ? merger->current : merger->former);
    }
    return names;
}

std::vector<std::string> PlaceReader::unitsOfToday(const WrittenPlace& place) const
{
    std::vector<std::string> names;
    for (const Merger* merger : mergersOf(place)) {
        if (merger->former == place.commune && std::ranges::find(names, merger->name) == names.end()) {
            names.push_back(merger->name);
        }
    }
    return names;
}

PlaceLikeness PlaceReader::liken(const WrittenPlace& left, const WrittenPlace& right) const
{
    using Kind = PlaceLikeness::Kind;
    if (left.commune.empty() || right.commune.empty()) {
        return {};
    }
    if (left.commune == right.commune) {
        const bool agrees = left.after.empty() || right.after.empty() || shareAWord(left.after, right.after);
        return {agrees ? Kind::Same : Kind::Different};
    }
    for (const Merger* merger : mergersOf(left)) {
        const bool leftIsFormer = merger->former == left.commune && merger->current == right.commune;
        if (leftIsFormer || (merger->current == left.commune && merger->former == right.commune)) {
            return {Kind::Former, merger->name, leftIsFormer};
        }
    }
    return {Kind::Different};
}

} // namespace motcua
