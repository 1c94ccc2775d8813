// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/time.h"

#include <string>

namespace motcua {

/// What a made-up person is in a dossier.
enum class SampleRole
{
    Adult,
    Mother,
    Father,
    Newborn,
};

/// A person nobody is: an invented name, a number whose digits agree with birth and sex, an address in this
/// commune. Only the members that are asked for are set.
class SamplePeople
{
public:
    SamplePeople(Random& random, std::string place) : m_random(random), m_place(std::move(place)) {}

    /// A contract Person with all members; `today` is the day of receipt.
    [[nodiscard]] Json person(SampleRole role, Day today);
    [[nodiscard]] std::string address();
    /// "xã Phúc Thọ, thành phố Hà Nội"
    [[nodiscard]] std::string commune();
    /// A day between `daysBackMost` and `daysBackLeast` before `today`, as an EventDate.
    [[nodiscard]] Json pastDate(Day today, int daysBackLeast, int daysBackMost);

private:
    struct Birth
    {
        Day day;
        bool female;
    };
    [[nodiscard]] Birth birthOf(SampleRole role, Day today);
    [[nodiscard]] std::string name(bool female);
    [[nodiscard]] std::string personalId(const Birth& birth);

    Random& m_random;
    std::string m_place; ///< the unit's, "Phúc Thọ"
};

} // namespace motcua
