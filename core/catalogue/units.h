// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

class CatalogueFiles;

struct Province
{
    std::string code; ///< of the statistics office, "01"
    std::string name; ///< "Thành phố Hà Nội"
    std::string shortName;
    std::optional<Day> since{}; ///< the first day of `name`
    std::string nameBefore;     ///< the name until then
    [[nodiscard]] const std::string& nameOn(Day day) const
    {
        return since && day < *since ? nameBefore : name;
    }
};

struct Commune
{
    std::string code; ///< "10147"
    std::string name; ///< "Xã Phúc Thọ"
    std::string province;
    std::vector<std::string> words; ///< folded words of its own name and the province's short name
};

/// The administrative units in two levels (since 2025-07-01), for entering places. Read apart from the
/// catalogue, on first use: the program must not wait for 3,321 names at its start.
class Units
{
public:
    /// Of a folder as it is; Catalogue::loadUnits() knows what a city published in its place.
    [[nodiscard]] static Result<Units> load(const std::string& folder);
    [[nodiscard]] static Result<Units> load(const CatalogueFiles& files);

    [[nodiscard]] const std::vector<Province>& provinces() const { return m_provinces; }
    [[nodiscard]] const std::vector<Commune>& communes() const { return m_communes; }
    [[nodiscard]] const Province* province(std::string_view code) const;
    [[nodiscard]] const Commune* commune(std::string_view code) const;
    /// By words without marks in any order, each the beginning of a word of the commune's or province's
    /// name ("phuc tho ha noi"); communes whose own name begins that way first. `province` narrows where
    /// it is not empty.
    [[nodiscard]] std::vector<const Commune*> search(std::string_view text, std::string_view province,
                                                     std::size_t limit) const;
    /// As a place stands in a form: "xã Phúc Thọ, thành phố Hà Nội".
    [[nodiscard]] std::string placeText(const Commune& commune, Day on) const;

private:
    std::vector<Province> m_provinces;
    std::vector<Commune> m_communes;
};

/// For a commune of today the former communes that it was formed from, as free text: a hint for the
/// official who reads an old paper, never an automatic mapping (a part may lie elsewhere).
class MergeHints
{
public:
    [[nodiscard]] static Result<MergeHints> load(const std::string& folder);
    [[nodiscard]] static Result<MergeHints> load(const CatalogueFiles& files);
    /// Empty when nothing is known.
    [[nodiscard]] std::string formedFrom(const std::string& communeCode) const;

private:
    std::map<std::string, std::string> m_texts;
};

} // namespace motcua
