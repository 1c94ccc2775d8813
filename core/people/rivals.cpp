// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/rivals.h"

#include <algorithm>

namespace motcua {

namespace {

// Before anybody was counted: years over which most people at a counter are spread, and communes they come
// from.
constexpr double kYears = 50;
constexpr double kCommunes = 3;

double namesakes(Likeness::Name kind, double others)
{
    switch (kind) {
    case Likeness::Name::Exact:
    case Likeness::Name::WithoutMarks:
        return others + 0.5;
    case Likeness::Name::OtherOrder:
        return others + 1;
    case Likeness::Name::OneLetter:
    case Likeness::Name::FewerWords:
        return 20 * others + 50; // of whom nobody counted how they are called
    case Likeness::Name::Different:
    case Likeness::Name::Unknown:
        break;
    }
    return 1e5;
}

double birthShare(Likeness::Birth kind, double ofYear)
{
    switch (kind) {
    case Likeness::Birth::SameDay:
        return ofYear / 365;
    case Likeness::Birth::SameMonth:
        return ofYear / 12;
    case Likeness::Birth::SameYear:
        return ofYear;
    case Likeness::Birth::Swapped:
        return ofYear / 180;
    case Likeness::Birth::NearlySame:
        return ofYear / 18;
    case Likeness::Birth::NearYear:
        return 3 * ofYear;
    case Likeness::Birth::Different:
        return 50;
    case Likeness::Birth::Unknown:
        break;
    }
    return 1;
}

double placeShare(Likeness::Place kind, double ofPlace)
{
    switch (kind) {
    case Likeness::Place::SameDetail:
        return 0.15 * ofPlace;
    case Likeness::Place::Same:
        return ofPlace;
    case Likeness::Place::Former:
        return std::min(1.0, 1.5 * ofPlace);
    case Likeness::Place::Different:
        return 4; // people move
    case Likeness::Place::Unknown:
        break;
    }
    return 1;
}

} // namespace

double rivalsBy(const Likeness& likeness, const Namesakes& others)
{
    const auto count = [](std::size_t number) { return static_cast<double>(number); };
    const double ofYear = std::min(1.0, (count(others.ofYear) + 1) / (count(others.all) + kYears));
    const double ofPlace = std::min(1.0, (count(others.ofPlace) + 1) / (count(others.all) + kCommunes));
    const double rivals = namesakes(likeness.name, count(others.all)) * birthShare(likeness.birth, ofYear) *
                          placeShare(likeness.place, ofPlace) * (likeness.genderDiffers ? 100 : 1);
    // A number decides, unless nothing else agrees.
    const bool otherName = likeness.name == Likeness::Name::Different;
    switch (likeness.number) {
    case Likeness::Number::Same:
        return otherName ? 1e-3 : 1e-9 * std::min(rivals, 1.0);
    case Likeness::Number::SameOld: // provinces gave the nine figures out, some of them twice
        return otherName ? 1e-2 : 1e-7 * std::min(rivals, 1.0);
    case Likeness::Number::NearlySame:
        return rivals * 0.05;
    case Likeness::Number::Different:
        return rivals * 1000;
    case Likeness::Number::Unknown:
        break;
    }
    return rivals;
}

} // namespace motcua
