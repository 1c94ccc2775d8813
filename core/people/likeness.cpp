// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/likeness.h"

#include "core/base/text.h"

#include <algorithm>

namespace motcua {

namespace {

/// One letter put in, left out or changed, or two neighbours swapped.
bool isOneEditApart(std::string_view left, std::string_view right)
{
    if (left.size() > right.size()) {
        std::swap(left, right);
    }
    if (right.size() - left.size() > 1) {
        return false;
    }
    std::size_t same = 0;
    while (same < left.size() && left[same] == right[same]) {
        ++same;
    }
    const std::string_view a = left.substr(same);
    const std::string_view b = right.substr(same);
    if (a.size() < b.size()) {
        return a == b.substr(1);
    }
    const bool isSwapped = a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
    return a.empty() || a.substr(1) == b.substr(1) || isSwapped;
}

Likeness::Number likenNumbers(const StatedPerson& asked, const StatedPerson& known)
{
    using Number = Likeness::Number;
    if (!asked.personalId.empty() && asked.personalId == known.personalId) {
        return Number::Same;
    }
    if (!asked.oldId.empty() && asked.oldId == known.oldId) {
        return Number::SameOld;
    }
    if (asked.personalId.empty() || known.personalId.empty()) {
        return Number::Unknown;
    }
    return asked.personalId.size() == known.personalId.size() &&
                   isOneEditApart(asked.personalId, known.personalId)
               ? Number::NearlySame
               : Number::Different;
}

/// The words of `left` that `right` does not have, each as often as it is missing.
std::vector<std::string> missingIn(const std::vector<std::string>& right, std::vector<std::string> left)
{
    for (const std::string& word : right) {
        if (const auto found = std::ranges::find(left, word); found != left.end()) {
            left.erase(found);
        }
    }
    return left;
}

Likeness::Name likenNames(const Probe& asked, const Probe& known)
{
    using Name = Likeness::Name;
    if (asked.words.empty() || known.words.empty()) {
        return Name::Unknown;
    }
    if (asked.words == known.words) {
        const bool isExact = upperVietnamese(asked.person.name) == upperVietnamese(known.person.name);
        return isExact ? Name::Exact : Name::WithoutMarks;
    }
    if (asked.name == known.name) {
        return Name::OtherOrder;
    }
    const auto more = missingIn(known.words, asked.words);
    const auto less = missingIn(asked.words, known.words);
    if (more.size() == 1 && less.size() == 1) {
        return isOneEditApart(more[0], less[0]) ? Name::OneLetter : Name::Different;
    }
    const bool isJoined = (more.size() == 2 && less.size() == 1 && more[0] + more[1] == less[0]) ||
                          (less.size() == 2 && more.size() == 1 && less[0] + less[1] == more[0]);
    if (isJoined) {
        return Name::OneLetter;
    }
    const bool isShorter =
        more.size() + less.size() == 1 && std::min(asked.words.size(), known.words.size()) > 1;
    return isShorter ? Name::FewerWords : Name::Different;
}

int figuresThatDiffer(std::string_view left, std::string_view right)
{
    int count = left.size() == right.size() ? 0 : 99;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        count += left[i] == right[i] ? 0 : 1;
    }
    return count;
}

Likeness::Birth likenBirths(const Probe& asked, const Probe& known)
{
    using Birth = Likeness::Birth;
    const BirthDate& a = asked.birth;
    const BirthDate& b = known.birth;
    if (!a.isKnown() || !b.isKnown()) {
        return Birth::Unknown;
    }
    if (a.hasDay() && b.hasDay()) {
        if (a == b) {
            return Birth::SameDay;
        }
        if (a.year == b.year && a.day == b.month && a.month == b.day) {
            return Birth::Swapped;
        }
        return figuresThatDiffer(asked.person.birth, known.person.birth) == 1 ? Birth::NearlySame
                                                                              : Birth::Different;
    }
    if (a.hasMonth() && b.hasMonth()) {
        return a.year == b.year && a.month == b.month ? Birth::SameMonth : Birth::Different;
    }
    if (a.year == b.year) {
        return Birth::SameYear;
    }
    return std::abs(a.year - b.year) == 1 ? Birth::NearYear : Birth::Different;
}

void likenPlaces(const Probe& asked, const Probe& known, const PlaceReader* places, Likeness& likeness)
{
    using Place = Likeness::Place;
    static const PlaceReader kNoMergers;
    const PlaceLikeness found = (places == nullptr ? kNoMergers : *places).liken(asked.place, known.place);
    const bool sameDetail = !asked.place.before.empty() && asked.place.before == known.place.before;
    switch (found.kind) {
    case PlaceLikeness::Kind::Unknown:
        likeness.place =
            sameDetail && asked.place.commune == known.place.commune ? Place::SameDetail : Place::Unknown;
        break;
    case PlaceLikeness::Kind::Same:
        likeness.place = sameDetail ? Place::SameDetail : Place::Same;
        break;
    case PlaceLikeness::Kind::Former:
        likeness.place = Place::Former;
        likeness.currentUnit = found.current;
        likeness.askedIsFormer = found.leftIsFormer;
        break;
    case PlaceLikeness::Kind::Different:
        likeness.place = Place::Different;
        break;
    }
}

bool isSex(const std::string& gender)
{
    return gender == "male" || gender == "female";
}

/// The part of an address that names the commune, as it was written.
std::string communeAsWritten(const Probe& probe)
{
    std::string_view rest = probe.person.address;
    std::string part;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(",;\n"), rest.size());
        const std::string candidate = tidyText(rest.substr(0, end));
        const std::string words = ' ' + fold(candidate);
        if (words.ends_with(' ' + probe.place.commune)) {
            part = candidate;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return part.empty() ? probe.place.commune : part;
}

std::string numberReason(Likeness::Number number)
{
    switch (number) {
    case Likeness::Number::Same:
        return "cùng số định danh";
    case Likeness::Number::SameOld:
        return "cùng số CMND cũ";
    case Likeness::Number::NearlySame:
        return "số định danh chỉ khác một chữ số";
    case Likeness::Number::Different:
        return "khác số định danh";
    case Likeness::Number::Unknown:
        break;
    }
    return {};
}

std::string nameReason(Likeness::Name name, const Probe& known)
{
    switch (name) {
    case Likeness::Name::Exact:
        return "cùng họ tên";
    case Likeness::Name::WithoutMarks:
        return "cùng họ tên không dấu";
    case Likeness::Name::OtherOrder:
        return "cùng các chữ trong họ tên, khác thứ tự: " + known.person.name;
    case Likeness::Name::OneLetter:
        return "họ tên chỉ khác một chữ cái: " + known.person.name;
    case Likeness::Name::FewerWords:
        return "họ tên hơn kém một chữ: " + known.person.name;
    case Likeness::Name::Different:
        return "khác họ tên: " + known.person.name;
    case Likeness::Name::Unknown:
        break;
    }
    return {};
}

std::string birthReason(Likeness::Birth birth, const Probe& known)
{
    switch (birth) {
    case Likeness::Birth::SameDay:
        return "cùng ngày sinh " + known.person.birth;
    case Likeness::Birth::SameMonth:
        return "cùng tháng sinh " + known.person.birth;
    case Likeness::Birth::SameYear:
        return "cùng năm sinh " + std::to_string(known.birth.year);
    case Likeness::Birth::Swapped:
        return "ngày và tháng sinh đảo chỗ: " + known.person.birth;
    case Likeness::Birth::NearlySame:
        return "ngày sinh chỉ khác một chữ số: " + known.person.birth;
    case Likeness::Birth::NearYear:
        return "năm sinh lệch một năm: " + known.person.birth;
    case Likeness::Birth::Different:
        return "khác ngày sinh: " + known.person.birth;
    case Likeness::Birth::Unknown:
        break;
    }
    return {};
}

std::string placeReason(const Likeness& likeness, const Probe& asked, const Probe& known)
{
    switch (likeness.place) {
    case Likeness::Place::SameDetail:
        return "cùng địa chỉ";
    case Likeness::Place::Same:
        return "cùng " + communeAsWritten(known);
    case Likeness::Place::Former:
        return "địa chỉ cũ: " + communeAsWritten(likeness.askedIsFormer ? asked : known) + " nay thuộc " +
               likeness.currentUnit;
    case Likeness::Place::Different:
    case Likeness::Place::Unknown:
        break;
    }
    return {};
}

} // namespace

Probe::Probe(StatedPerson stated)
    : person(std::move(stated)), words(nameWords(person.name)), name(nameKey(words)),
      birth(birthDateOf(person.birth)), place(writtenPlace(person.address))
{}

Likeness liken(const Probe& asked, const Probe& known, const PlaceReader* places)
{
    Likeness likeness;
    likeness.number = likenNumbers(asked.person, known.person);
    likeness.name = likenNames(asked, known);
    likeness.birth = likenBirths(asked, known);
    likeness.genderDiffers = isSex(asked.person.gender) && isSex(known.person.gender) &&
                             asked.person.gender != known.person.gender;
    likenPlaces(asked, known, places, likeness);
    return likeness;
}

std::vector<std::string> reasonsFor(const Likeness& likeness, const Probe& asked, const Probe& known)
{
    std::vector<std::string> reasons;
    for (std::string reason :
         {numberReason(likeness.number), nameReason(likeness.name, known), birthReason(likeness.birth, known),
          placeReason(likeness, asked, known), std::string(likeness.genderDiffers ? "khác giới tính" : "")}) {
        if (!reason.empty()) {
            reasons.push_back(std::move(reason));
        }
    }
    return reasons;
}

} // namespace motcua
