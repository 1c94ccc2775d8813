// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/catalogue/units.h"
#include "core/people/stated_person.h"

#include <string>
#include <vector>

namespace motcua::people {

/// Invented people of one city, as frequent as in the country where that matters to finding them:
///
///  - family names by their shares in the country (Nguyễn 38 %, Trần 11 %, Lê 9.5 %, Phạm 7 %, … forty in
///  all);
///  - a middle name by sex (Thị for 45 % of women, Văn for 30 % of men), a given name of seventy, the most
///  frequent a
///    dozen times as frequent as the rarest; a fourth word for one in four; names of minorities for one in
///    twenty;
///  - born evenly over the eighty years before 2026; before 1960 four in ten know the year alone, later one
///  in fifty;
///  - four adults in five state their number of twelve figures, one in three of them the former card's too;
///  - a hundred communes of one city with ten hamlets and four hundred houses each; a quarter of the
///  addresses is
///    written with a unit from before the mergers.
///
/// Two persons may agree in everything but their number: so do people.
class Crowd
{
public:
    Crowd(std::uint64_t seed, const Units& units, const MergeHints& hints);

    struct Sex
    {
        bool isFemale = false;
    };
    /// Somebody new; a child was born in the last eighteen years.
    [[nodiscard]] StatedPerson adult(Sex sex);
    [[nodiscard]] StatedPerson child(const std::string& fatherName, const std::string& address);
    [[nodiscard]] StatedPerson anybody();

    /// The same address with the unit written the other way: a former one for the one of today, or back.
    [[nodiscard]] std::string otherUnit(const std::string& address);
    [[nodiscard]] Random& random() { return m_random; }

private:
    struct Place
    {
        std::string current; ///< "xã Phúc Thọ, thành phố Hà Nội"
        std::vector<std::string> former;
    };
    [[nodiscard]] std::string name(Sex sex);
    [[nodiscard]] std::string givenName(Sex sex);
    [[nodiscard]] std::string address();
    [[nodiscard]] std::string birth(int firstYear, int years);
    [[nodiscard]] std::string personalId(const StatedPerson& person);
    [[nodiscard]] std::string figures(int count);

    SeededRandom m_random;
    std::vector<Place> m_places;
};

} // namespace motcua::people
