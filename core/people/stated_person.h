// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// A day, a month or a year of birth: 0 for what is not stated. All 0: not stated, or no date.
struct BirthDate
{
    int year = 0;
    int month = 0;
    int day = 0;

    [[nodiscard]] bool isKnown() const { return year != 0; }
    [[nodiscard]] bool hasMonth() const { return month != 0; }
    [[nodiscard]] bool hasDay() const { return day != 0; }
    bool operator==(const BirthDate&) const = default;
};
/// "1984", "06/1984", "21/06/1984".
[[nodiscard]] BirthDate birthDateOf(std::string_view text);

/// A person as one dossier states it; empty where it says nothing. Nothing here says who somebody is.
struct StatedPerson
{
    std::string pointer; ///< where in the dossier: "/applicant", "/form/mother"
    std::string name;
    std::string birth; ///< the text of the EventDate
    std::string gender;
    std::string personalId; ///< twelve figures
    std::string oldId;      ///< nine figures
    std::string address;

    bool operator==(const StatedPerson&) const = default;
};

/// A contract Person with this pointer.
[[nodiscard]] StatedPerson statedPerson(std::string pointer, const Json& person);
/// The applicant and every person of the form, wherever its definition put them; at most kPersonsMax. Takes
/// any JSON; text is shortened to what the contract allows and control characters become spaces.
[[nodiscard]] std::vector<StatedPerson> personsIn(const Json& dossier);
inline constexpr std::size_t kPersonsMax = 16;

/// How a dossier's persons are stored: bounded, and quicker to read than JSON, since a search reads hundreds.
[[nodiscard]] std::string packPersons(const std::vector<StatedPerson>& persons);
/// Takes any bytes; what is missing stays empty.
[[nodiscard]] std::vector<StatedPerson> unpackPersons(std::string_view packed);

} // namespace motcua
