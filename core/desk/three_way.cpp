// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/three_way.h"

#include "core/desk/desk_support.h"
#include "core/dossier/patch.h"
#include "core/dossier/status.h"

namespace motcua {

namespace {

const Json& valueAt(const Json& dossier, const std::string& pointer)
{
    static const Json kNull;
    const Json* value = findAt(dossier, pointer);
    return value == nullptr ? kNull : *value;
}

bool parentExists(const Json& dossier, const std::string& pointer)
{
    const auto slash = pointer.rfind('/');
    const Json* parent = findAt(dossier, pointer.substr(0, slash));
    return parent != nullptr && parent->is_structured();
}

} // namespace

Merge mergeChange(const Json& base, const Json& set, const Json& theirs)
{
    Merge merge;
    for (auto member = set.begin(); member != set.end(); ++member) {
        const std::string& pointer = member.key();
        const Json& before = valueAt(base, pointer);
        const Json& portal = valueAt(theirs, pointer);
        const FieldClass kind = fieldClass(pointer);
        if (portal == member.value() || kind == FieldClass::Portal) {
            continue;
        }
        if (portal == before && parentExists(theirs, pointer)) {
            merge.set[pointer] = member.value();
        } else {
            merge.conflicts.push_back(
                {pointer, std::string(fieldClassName(kind)), before, member.value(), portal});
        }
    }
    return merge;
}

MoveMerge mergeMove(std::string_view before, std::string_view to, std::string_view theirs)
{
    if (theirs == to) {
        return MoveMerge::Done;
    }
    const auto from = parseStatus(theirs);
    const auto target = parseStatus(to);
    // Moved on by somebody else to where our step is legal too is not what our official saw.
    const bool legal = from && target && theirs == before && mayMove(*from, *target);
    return legal ? MoveMerge::SendAgain : MoveMerge::Conflict;
}

} // namespace motcua
