// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/people/place_reader.h"
#include "core/people/stated_person.h"

#include <string>
#include <vector>

namespace motcua {

/// A stated person made ready to be compared with many.
struct Probe
{
    explicit Probe(StatedPerson stated);

    StatedPerson person;
    std::vector<std::string> words; ///< of the name
    std::string name;               ///< nameKey()
    BirthDate birth;
    WrittenPlace place;
};

/// What speaks for and against two statements being about one person. Pure; says nothing about how much that
/// weighs.
struct Likeness
{
    enum class Number
    {
        Unknown, ///< one of them has none
        Same,
        SameOld,    ///< the former card's
        NearlySame, ///< one figure differs, or two stand the other way round
        Different,
    };
    enum class Name
    {
        Unknown,
        Exact,
        WithoutMarks,
        OtherOrder,
        OneLetter,  ///< one letter in one word, or two words written as one
        FewerWords, ///< one word is missing
        Different,
    };
    enum class Birth
    {
        Unknown,
        SameDay,
        SameMonth, ///< and no more is stated by one of them
        SameYear,
        Swapped,    ///< day and month the other way round
        NearlySame, ///< one figure differs
        NearYear,   ///< only years are stated, and they are one apart
        Different,
    };
    enum class Place
    {
        Unknown,
        SameDetail, ///< house, hamlet or street too
        Same,       ///< commune
        Former,
        Different,
    };
    Number number = Number::Unknown;
    Name name = Name::Unknown;
    Birth birth = Birth::Unknown;
    Place place = Place::Unknown;
    bool genderDiffers = false;
    std::string currentUnit{}; ///< with Place::Former
    bool askedIsFormer = false;
};

/// `places` none: only communes of one name are the same.
[[nodiscard]] Likeness liken(const Probe& asked, const Probe& known, const PlaceReader* places);

/// For an official: "cùng số định danh", "cùng năm sinh 1984", "địa chỉ cũ: Tích Giang nay thuộc Xã Phúc
/// Thọ".
[[nodiscard]] std::vector<std::string> reasonsFor(const Likeness& likeness, const Probe& asked,
                                                  const Probe& known);

} // namespace motcua
