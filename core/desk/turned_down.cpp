// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/turned_down.h"

#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

namespace {

bool isBelow(std::string_view pointer, std::string_view above)
{
    return pointer.size() > above.size() && pointer.starts_with(above) && pointer[above.size()] == '/';
}

bool overlap(std::string_view a, std::string_view b)
{
    return a == b || isBelow(a, b) || isBelow(b, a);
}

Json valueAt(const Json& dossier, const std::string& pointer)
{
    const Json* value = findAt(dossier, pointer);
    return value == nullptr ? Json() : *value;
}

/// The pointers that an operation sets.
std::vector<std::string> pointersOf(const OperationRow& row, const Json& body)
{
    std::vector<std::string> pointers;
    const Json& set = at(body, "set");
    for (auto member = set.begin(); row.kind == "dossier.changed" && member != set.end(); ++member) {
        pointers.push_back(member.key());
    }
    for (const char* member : {"dueAt", "results"}) {
        if (row.kind == "dossier.moved" && body.contains(member)) {
            pointers.push_back(std::string("/") + member);
        }
    }
    return pointers;
}

bool isAmong(const std::string& pointer, const std::vector<std::string>& pointers)
{
    return std::any_of(pointers.begin(), pointers.end(),
                       [&](const std::string& other) { return overlap(pointer, other); });
}

/// Whether a later place waits to be judged, or for somebody.
bool waitsBehind(const OperationRow& row, const OperationRow& place)
{
    return place.place < row.place && !isFinal(row.state);
}

Result<std::vector<std::string>> pointersBehind(Projector& projector, const OperationRow& place,
                                                const std::vector<OperationRow>& rows)
{
    std::vector<std::string> behind;
    for (const OperationRow& row : rows) {
        if (waitsBehind(row, place)) {
            const auto pointers = pointersOf(row, TRY(projector.bodyOf(row.position)));
            behind.insert(behind.end(), pointers.begin(), pointers.end());
        }
    }
    return behind;
}

} // namespace

const OperationRow* turnedDown(const std::vector<OperationRow>& rows)
{
    const auto found = std::ranges::find_if(rows, [](const OperationRow& row) {
        return row.kind != "dossier.cancelled" && asksAPerson(row.state);
    });
    return found == rows.end() ? nullptr : &*found;
}

Result<Json> setOnceMore(Projector& projector, const OperationRow& place,
                         const std::vector<OperationRow>& rows, const Json& set)
{
    const auto behind = TRY(pointersBehind(projector, place, rows));
    const auto own = pointersOf(place, TRY(projector.bodyOf(place.position)));
    const bool hasBase = place.kind == "dossier.changed";
    const Standing base = hasBase ? TRY(projector.baseOf(place)) : Standing{};
    const Agreed agreed = TRY(projector.agreed(place.dossier));
    Json again = Json::object();
    for (auto member = set.begin(); member != set.end(); ++member) {
        const Json before = valueAt(base.dossier, member.key());
        const bool isPutBack = hasBase && agreed.dossier && !isAmong(member.key(), own) &&
                               before == member.value() && valueAt(*agreed.dossier, member.key()) != before;
        if (isPutBack || isAmong(member.key(), behind)) {
            again[member.key()] = member.value();
        }
    }
    return again;
}

Result<Json> withoutLaterWords(Projector& projector, const OperationRow& place, Json set)
{
    const auto rows = TRY(projector.operations().ofDossier(place.dossier));
    const auto behind = TRY(pointersBehind(projector, place, rows));
    for (auto member = set.begin(); member != set.end();) {
        member = isAmong(member.key(), behind) ? set.erase(member) : std::next(member);
    }
    return set;
}

Result<Json> decidedOnceMore(Projector& projector, const OperationRow& place, const Json& decided,
                             const Json& refused)
{
    Json again = Json::object();
    for (const OperationRow& row : TRY(projector.operations().ofDossier(place.dossier))) {
        if (!waitsBehind(row, place) || row.kind != "dossier.changed") {
            continue;
        }
        const Json body = TRY(projector.bodyOf(row.position));
        const Json& set = at(body, "set");
        for (auto member = set.begin(); member != set.end(); ++member) {
            const bool comesBack = refused.contains(member.key()) && refused[member.key()] == member.value();
            if (comesBack) {
                again[member.key()] = decided[member.key()];
            } else {
                again.erase(member.key()); // a later word on it, which nobody has refused
            }
        }
    }
    return again;
}

Json joinedSets(Json set, const Json& later)
{
    for (auto member = later.begin(); member != later.end(); ++member) {
        const std::string& pointer = member.key();
        Json* above = nullptr;
        std::string rest;
        for (auto old = set.begin(); old != set.end();) {
            if (isBelow(pointer, old.key())) {
                above = &old.value();
                rest = pointer.substr(old.key().size());
            }
            old = isBelow(old.key(), pointer) ? set.erase(old) : std::next(old);
        }
        const Json::json_pointer within(rest);
        const bool goesIn = above != nullptr && above->contains(within.parent_pointer()) &&
                            above->at(within.parent_pointer()).is_object();
        if (!goesIn) {
            set[pointer] = member.value();
        } else if (member.value().is_null()) {
            above->at(within.parent_pointer()).erase(within.back());
        } else {
            (*above)[within] = member.value();
        }
    }
    return set;
}

} // namespace motcua
