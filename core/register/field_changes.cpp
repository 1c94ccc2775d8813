// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/register/field_changes.h"

#include <set>

namespace motcua {

namespace {

std::string escaped(std::string_view member)
{
    std::string text;
    for (const char c : member) {
        if (c == '~') {
            text += "~0";
        } else if (c == '/') {
            text += "~1";
        } else {
            text += c;
        }
    }
    return text;
}

void compare(const Json& before, const Json& after, const std::string& pointer,
             std::vector<FieldChange>& changes)
{
    if (before == after) {
        return;
    }
    const bool descend = (before.is_object() || before.is_null()) && (after.is_object() || after.is_null()) &&
                         (before.is_object() || after.is_object());
    if (!descend) {
        changes.push_back({pointer, before, after});
        return;
    }
    std::set<std::string> members;
    for (const Json* side : {&before, &after}) {
        for (auto member = side->begin(); side->is_object() && member != side->end(); ++member) {
            members.insert(member.key());
        }
    }
    for (const std::string& member : members) {
        compare(at(before, member), at(after, member), pointer + "/" + escaped(member), changes);
    }
}

} // namespace

std::vector<FieldChange> fieldChanges(const Json& before, const Json& after)
{
    std::vector<FieldChange> changes;
    compare(before, after, {}, changes);
    return changes;
}

} // namespace motcua
