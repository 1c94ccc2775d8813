// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/units.h"
#include "core/people/person_keys.h"

#include <map>
#include <string>
#include <vector>

namespace motcua {

/// How two written places stand to each other.
struct PlaceLikeness
{
    enum class Kind
    {
        Unknown, ///< one of them names no commune
        Same,
        Former, ///< one is a former unit that the other was formed from, as far as the hints know
        Different,
    };
    Kind kind = Kind::Unknown;
    std::string current{}; ///< with Former: the unit of today, "Xã Phúc Thọ"
    bool leftIsFormer = false;
};

/// Knows the units of today and, from the hints of the mergers, which former ones they were formed from.
/// Hints are free text: what they say is offered as a reason and never changes what somebody wrote.
class PlaceReader
{
public:
    [[nodiscard]] static PlaceReader from(const Units& units, const MergeHints& hints);
    /// From the catalogue's folder: reads and folds some three thousand hints.
    [[nodiscard]] static Result<PlaceReader> load(const std::string& folder);

    /// Folded names of communes under which the same place may have been written elsewhere: its own first.
    [[nodiscard]] std::vector<std::string> namesFor(const WrittenPlace& place) const;
    /// The units of today that a former one went into, "Xã Phúc Thọ", each once; empty where it stands for no
    /// former one, as far as the hints know.
    [[nodiscard]] std::vector<std::string> unitsOfToday(const WrittenPlace& place) const;
    [[nodiscard]] PlaceLikeness liken(const WrittenPlace& left, const WrittenPlace& right) const;

private:
    struct Merger
    {
        std::string former;   ///< folded
        std::string current;  ///< folded
        std::string name;     ///< "Xã Phúc Thọ"
        std::string province; ///< folded short name
    };
    void addMergers(const Commune& commune, const std::string& province, const std::string& hint);
    [[nodiscard]] std::vector<const Merger*> mergersOf(const WrittenPlace& place) const;

    std::vector<Merger> m_mergers;
    std::multimap<std::string, std::size_t, std::less<>> m_byName; ///< former and current ones
    std::vector<std::string> m_provinces;                          ///< folded
};

} // namespace motcua
