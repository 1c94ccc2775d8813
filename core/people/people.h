// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/people/likeness.h"
#include "core/people/people_index.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

/// Where a person is stated.
struct Mention
{
    std::int64_t dossier = 0;
    StatedPerson person;
};

/// Somebody who may be the one that is asked for: statements that agree on number, or on name and birth, are
/// shown as one. They are not merged anywhere.
struct PersonMatch
{
    StatedPerson person;           ///< of each field the newest statement that has it
    std::vector<Mention> mentions; ///< newest first, at most kMentionsMax
    Likeness likeness;             ///< of the statement that is most alike
    std::vector<std::string> reasons;
    /// How many other people in a register of this size would be as like as that by chance: 0.01 means that
    /// in one of a hundred such finds it is somebody else.
    double rivals = 0;

    /// Worth telling an official who did not ask.
    [[nodiscard]] bool isLikely() const { return rivals <= kLikelyRivals; }
    static constexpr double kLikelyRivals = 0.02;
    static constexpr std::size_t kMentionsMax = 32;
};

/// Finds people in the register. Reads only; one object a connection.
class People
{
public:
    /// `places` may be none: then former units are not recognised. Must outlive this.
    People(Connection& connection, const PlaceReader* places) : m_index(connection), m_places(places) {}

    /// Those who may be this person, the most alike first. Any text may stand in `asked`.
    [[nodiscard]] Result<std::vector<PersonMatch>> find(const StatedPerson& asked, std::size_t limit = 5);

    void setPlaces(const PlaceReader* places) { m_places = places; }
    [[nodiscard]] PeopleIndex& index() { return m_index; }

private:
    PeopleIndex m_index;
    const PlaceReader* m_places;
};

} // namespace motcua
