// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/units.h"

#include "core/base/text.h"
#include "core/catalogue/files.h"
#include "core/catalogue/source.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

Result<Province> provinceFromJson(const Source& source)
{
    TRY(source.onlyMembers({"code", "name", "short", "type", "mergedFrom", "since", "nameBefore"}));
    Province province;
    province.code = TRY(source.text("code"));
    province.name = TRY(source.text("name"));
    province.shortName = TRY(source.text("short"));
    province.since = TRY(source.day("since"));
    province.nameBefore = TRY(source.textOr("nameBefore", province.name));
    return province;
}

/// ["10147", "Xã Phúc Thọ"]
Result<Commune> communeFromJson(const Source& source, const Province& province)
{
    const Json& row = source.json();
    if (!row.is_array() || row.size() != 2 || !row[0].is_string() || !row[1].is_string()) {
        return source.wrong("a commune is [code, name]");
    }
    Commune commune{row[0].get<std::string>(), row[1].get<std::string>(), province.code, {}};
    commune.words = foldedWords(commune.name);
    for (std::string& word : foldedWords(province.shortName)) {
        commune.words.push_back(std::move(word));
    }
    return commune;
}

bool startsWith(std::string_view text, std::string_view beginning)
{
    return text.substr(0, beginning.size()) == beginning;
}

bool hasWords(const Commune& commune, const std::vector<std::string>& sought)
{
    return std::all_of(sought.begin(), sought.end(), [&](const std::string& word) {
        return std::any_of(commune.words.begin(), commune.words.end(),
                           [&](const std::string& own) { return startsWith(own, word); });
    });
}

/// The kinds of unit with a capital, as in names, and as inside a sentence.
std::string withSmallKind(const std::string& name)
{
    struct Kind
    {
        std::string_view capital;
        std::string_view small;
    };
    constexpr std::array kKinds{Kind{"Xã ", "xã "}, Kind{"Phường ", "phường "}, Kind{"Đặc khu ", "đặc khu "},
                                Kind{"Tỉnh ", "tỉnh "}, Kind{"Thành phố ", "thành phố "}};
    for (const Kind& kind : kKinds) {
        if (startsWith(name, kind.capital)) {
            return std::string(kind.small) + name.substr(kind.capital.size());
        }
    }
    return name;
}

} // namespace

Result<Units> Units::load(const std::string& folder)
{
    return load(CatalogueFiles(folder));
}

Result<Units> Units::load(const CatalogueFiles& files)
{
    const CatalogueFile file = TRY(files.one("units.json"));
    const Source root(file.json, file.name);
    TRY(root.onlyMembers({"provinces", "communes"}));
    const Source communes = TRY(root.member("communes"));
    Units units;
    for (const Source& item : TRY(root.items("provinces"))) {
        const Province province = TRY(provinceFromJson(item));
        for (const Source& row : TRY(communes.items(province.code))) {
            units.m_communes.push_back(TRY(communeFromJson(row, province)));
        }
        units.m_provinces.push_back(province);
    }
    return units;
}

const Province* Units::province(std::string_view code) const
{
    const auto found = std::find_if(m_provinces.begin(), m_provinces.end(),
                                    [&](const Province& province) { return province.code == code; });
    return found == m_provinces.end() ? nullptr : &*found;
}

const Commune* Units::commune(std::string_view code) const
{
    const auto found = std::find_if(m_communes.begin(), m_communes.end(),
                                    [&](const Commune& commune) { return commune.code == code; });
    return found == m_communes.end() ? nullptr : &*found;
}

std::vector<const Commune*> Units::search(std::string_view text, std::string_view province,
                                          std::size_t limit) const
{
    const std::vector<std::string> sought = foldedWords(text);
    std::vector<const Commune*> hits;
    for (const Commune& commune : m_communes) {
        if ((province.empty() || commune.province == province) && hasWords(commune, sought)) {
            hits.push_back(&commune);
        }
    }
    // "phuc" means xã Phúc Thọ before xã Vĩnh Phúc: the second word follows the kind of unit.
    const auto begins = [&](const Commune* commune) {
        return !sought.empty() && commune->words.size() > 1 && startsWith(commune->words[1], sought.front());
    };
    std::stable_partition(hits.begin(), hits.end(), begins);
    hits.resize(std::min(hits.size(), limit));
    return hits;
}

std::string Units::placeText(const Commune& commune, Day on) const
{
    const Province* const owner = province(commune.province);
    const std::string own = withSmallKind(commune.name);
    return owner == nullptr ? own : own + ", " + withSmallKind(owner->nameOn(on));
}

Result<MergeHints> MergeHints::load(const std::string& folder)
{
    return load(CatalogueFiles(folder));
}

Result<MergeHints> MergeHints::load(const CatalogueFiles& files)
{
    const CatalogueFile file = TRY(files.one("merge-hints.json"));
    const Source root(file.json, file.name);
    TRY(root.onlyMembers({"formedFrom"}));
    MergeHints hints;
    for (const Source& item : TRY(root.items("formedFrom"))) {
        const Json& row = item.json();
        if (!row.is_array() || row.size() != 2 || !row[0].is_string() || !row[1].is_string()) {
            return item.wrong("a hint is [code, text]");
        }
        hints.m_texts.emplace(row[0].get<std::string>(), row[1].get<std::string>());
    }
    return hints;
}

std::string MergeHints::formedFrom(const std::string& communeCode) const
{
    const auto found = m_texts.find(communeCode);
    return found == m_texts.end() ? std::string() : found->second;
}

} // namespace motcua
