// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/sample_people.h"
#include "core/catalogue/catalogue.h"

namespace motcua {

/// Fills the form of any procedure with made-up values, by the kinds of its fields: a new procedure in the
/// catalogue is practised with at once.
class SampleDrafts
{
public:
    SampleDrafts(Random& random, const Catalogue& catalogue, std::string place)
        : m_random(random), m_catalogue(catalogue), m_people(random, std::move(place))
    {}

    /// A draft for a procedure that the counter often gets, or now and then for any other.
    [[nodiscard]] Json make(Day today);

private:
    [[nodiscard]] const Procedure& choose(Day today);
    [[nodiscard]] Json value(const Field& field, Day today);
    [[nodiscard]] Json person(const Field& field, Day today);

    Random& m_random;
    const Catalogue& m_catalogue;
    SamplePeople m_people;
};

} // namespace motcua
