// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/three_way.h"

#include "core/base/text.h"
#include "core/dossier/patch.h"
#include "core/dossier/status.h"

#include <array>
#include <map>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kLogMax = 4000; ///< characters of a remark, portal contract
constexpr std::array<const char*, 2> kCarried{"dueAt", "results"}; ///< of a dossier that a step may set

const Json& valueAt(const Json& dossier, const std::string& pointer)
{
    static const Json kNull;
    const Json* value = findAt(dossier, pointer);
    return value == nullptr ? kNull : *value;
}

std::string parentOf(const std::string& pointer)
{
    return pointer.substr(0, pointer.rfind('/'));
}

bool parentExists(const Json& dossier, const std::string& pointer)
{
    const Json* parent = findAt(dossier, parentOf(pointer));
    return parent != nullptr && parent->is_structured();
}

/// A list by the identities of its items, in their order; nothing where an item has none or shares it.
class ItemList
{
public:
    static std::optional<ItemList> of(const Json& list, const std::string& key)
    {
        ItemList items;
        if (!list.is_array() && !list.is_null()) {
            return std::nullopt;
        }
        for (const Json& item : list) {
            const std::string id = stringAt(item, key);
            if (id.empty() || !items.m_byId.emplace(id, &item).second) {
                return std::nullopt;
            }
            items.m_order.push_back(id);
        }
        return items;
    }
    [[nodiscard]] const Json* find(const std::string& id) const
    {
        const auto found = m_byId.find(id);
        return found == m_byId.end() ? nullptr : found->second;
    }
    [[nodiscard]] const std::vector<std::string>& order() const { return m_order; }

private:
    std::map<std::string, const Json*> m_byId;
    std::vector<std::string> m_order;
};

/// One item that both sides kept, member by member.
std::optional<Json> uniteItem(const Json& base, const Json& ours, const Json& theirs,
                              const std::string& pointer, const FieldRules& rules)
{
    Json united = Json::object();
    std::set<std::string> members;
    for (const Json* side : {&ours, &theirs}) {
        for (const auto& member : side->items()) {
            members.insert(member.key());
        }
    }
    for (const std::string& member : members) {
        auto value =
            unite(at(base, member), at(ours, member), at(theirs, member), pointer + "/" + member, rules);
        if (!value) {
            return std::nullopt;
        }
        if (!value->is_null()) {
            united[member] = std::move(*value);
        }
    }
    return united;
}

/// What remains of one item: nothing (outer) where a person must tell, null where it goes.
std::optional<Json> uniteOne(const Json* base, const Json* ours, const Json* theirs,
                             const std::string& pointer, const FieldRules& rules)
{
    if (ours != nullptr && theirs != nullptr) {
        static const Json kNone = Json::object();
        return *ours == *theirs ? *ours
                                : uniteItem(base == nullptr ? kNone : *base, *ours, *theirs, pointer, rules);
    }
    const Json& kept = ours != nullptr ? *ours : *theirs;
    if (base == nullptr) {
        return kept; // the other side never saw it, so it did not remove it
    }
    return kept == *base ? std::optional(Json()) : std::nullopt;
}

/// First what both knew, in its order, then what was added, by its identity: the same whoever asks.
std::optional<Json> uniteSets(const Json& base, const Json& ours, const Json& theirs,
                              const std::string& pointer, const FieldRules& rules)
{
    const std::string key = rules.rule(pointer).key;
    const auto before = ItemList::of(base, key);
    const auto here = ItemList::of(ours, key);
    const auto there = ItemList::of(theirs, key);
    if (!before || !here || !there) {
        return std::nullopt;
    }
    std::vector<std::string> order = before->order();
    std::set<std::string> added;
    for (const ItemList* side : {&*here, &*there}) {
        for (const std::string& id : side->order()) {
            if (before->find(id) == nullptr) {
                added.insert(id);
            }
        }
    }
    order.insert(order.end(), added.begin(), added.end());
    Json united = Json::array();
    for (const std::string& id : order) {
        if (here->find(id) == nullptr && there->find(id) == nullptr) {
            continue; // both removed it
        }
        auto item = uniteOne(before->find(id), here->find(id), there->find(id), pointer + "/*", rules);
        if (!item) {
            return std::nullopt;
        }
        if (!item->is_null()) {
            united.push_back(std::move(*item));
        }
    }
    return united;
}

std::vector<std::string> linesOf(const Json& text)
{
    std::vector<std::string> lines;
    if (!text.is_string() || text.get_ref<const std::string&>().empty()) {
        return lines;
    }
    lines.emplace_back();
    for (const char c : text.get_ref<const std::string&>()) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    return lines;
}

bool beginsWith(const std::vector<std::string>& lines, const std::vector<std::string>& beginning)
{
    return lines.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), lines.begin());
}

/// Lines that both sides only added: the city's first, because everybody has seen them there.
std::optional<Json> uniteLogs(const Json& base, const Json& ours, const Json& theirs)
{
    const auto before = linesOf(base);
    const auto here = linesOf(ours);
    const auto there = linesOf(theirs);
    if (!beginsWith(here, before) || !beginsWith(there, before)) {
        return std::nullopt;
    }
    std::vector<std::string> lines = there;
    std::multiset<std::string> known(there.begin() + static_cast<std::ptrdiff_t>(before.size()), there.end());
    for (std::size_t i = before.size(); i < here.size(); ++i) {
        if (const auto same = known.find(here[i]); same != known.end()) {
            known.erase(same); // both added it
        } else {
            lines.push_back(here[i]);
        }
    }
    std::string text;
    for (const std::string& line : lines) {
        text += (text.empty() ? "" : "\n") + line;
    }
    return codePoints(text) > kLogMax ? std::nullopt : std::optional<Json>(std::move(text));
}

/// What the rule makes of a field that differs on all three sides; nothing: a person.
std::optional<Json> settled(const Json& base, const Json& ours, const Json& theirs,
                            const std::string& pointer, const FieldRules& rules)
{
    switch (const FieldRule rule = rules.rule(pointer); rule.both) {
    case Settle::Portal:
    case Settle::Compute:
        return theirs;
    case Settle::Counter:
        return ours;
    case Settle::Union:
        return rule.kind == FieldClass::Set ? uniteSets(base, ours, theirs, pointer, rules)
                                            : uniteLogs(base, ours, theirs);
    case Settle::Person:
    case Settle::Moves:
        break;
    }
    return std::nullopt;
}

ConflictField conflictAt(const std::string& pointer, const Json& base, const Json& ours, const Json& theirs,
                         const FieldRules& rules)
{
    const FieldRule rule = rules.rule(pointer);
    ConflictField field;
    field.pointer = pointer;
    field.fieldClass = std::string(fieldClassName(rule.kind));
    field.base = base;
    field.ours = ours;
    field.theirs = theirs;
    field.needsReason = rule.needsReason;
    field.needsLeader = rule.needsLeader;
    field.needsPaper = rule.needsPaper;
    field.offersLater = rule.offersLater;
    return field;
}

void addChanges(const Json& before, const Json& after, const Json::json_pointer& pointer, Json& set)
{
    std::set<std::string> members;
    for (const Json* side : {&before, &after}) {
        for (const auto& member : side->items()) {
            members.insert(member.key());
        }
    }
    for (const std::string& member : members) {
        const Json& old = at(before, member);
        const Json& now = at(after, member);
        const Json::json_pointer below = pointer / member;
        const bool isWhole = isWrittenDate(old) || isWrittenDate(now);
        if (old.is_object() && now.is_object() && !isWhole) {
            addChanges(old, now, below, set);
        } else if (old != now && checkPatchPointers({{below.to_string(), now}}).empty()) {
            set[below.to_string()] = now;
        }
    }
}

} // namespace

bool isWrittenDate(const Json& value)
{
    return value.is_object() && value.contains("text") && value.contains("precision");
}

std::optional<Json> unite(const Json& base, const Json& ours, const Json& theirs, const std::string& pointer,
                          const FieldRules& rules)
{
    if (ours == theirs || theirs == base) {
        return ours;
    }
    return ours == base ? std::optional(theirs) : settled(base, ours, theirs, pointer, rules);
}

Merge mergeChange(const Json& base, const Json& set, const Json& theirs, const FieldRules& rules,
                  Automatic automatic)
{
    Merge merge;
    for (auto member = set.begin(); member != set.end(); ++member) {
        const std::string& pointer = member.key();
        const Json& before = valueAt(base, pointer);
        const Json& portal = valueAt(theirs, pointer);
        if (portal == member.value()) {
            continue;
        }
        const auto value = automatic == Automatic::Never || !parentExists(theirs, pointer)
                               ? std::nullopt
                               : unite(before, member.value(), portal, pointer, rules);
        if (!value) {
            merge.conflicts.push_back(conflictAt(pointer, before, member.value(), portal, rules));
        } else if (*value != portal) {
            merge.set[pointer] = *value;
        }
    }
    return merge;
}

Json carriedBy(const Json& move)
{
    Json set = Json::object();
    for (const char* member : kCarried) {
        if (move.contains(member)) {
            set[std::string("/") + member] = move[member];
        }
    }
    return set;
}

Json withCarried(Json move, const Json& set)
{
    for (const char* member : kCarried) {
        move.erase(member);
        if (const auto value = set.find(std::string("/") + member); value != set.end()) {
            move[member] = *value;
        }
    }
    return move;
}

Json corrections(const Json& first, const Json& later)
{
    Json set = Json::object();
    addChanges(first, later, Json::json_pointer(), set);
    return set;
}

MoveMerge mergeMove(std::string_view before, std::string_view to, std::string_view theirs)
{
    const auto there = parseStatus(theirs);
    const auto target = parseStatus(to);
    if (!there || !target) {
        return MoveMerge::Conflict;
    }
    if (*there == *target) {
        return *target == Status::Returned ? MoveMerge::HandedOver : MoveMerge::Done;
    }
    if (theirs == before) {
        return mayMove(*there, *target) ? MoveMerge::SendAgain : MoveMerge::Conflict;
    }
    const auto further = furtherOf(*there, *target);
    if (further == there) {
        return MoveMerge::Done;
    }
    return further == target && mayMove(*there, *target) ? MoveMerge::SendAgain : MoveMerge::Conflict;
}

Situation situationOf(const Json& base, const Json& theirs)
{
    // Not the code: a number that was taken already is replaced, and the operations behind it knew the old
    // one.
    for (const char* fixed : {"procedure", "channel", "receivedAt"}) {
        if (!at(base, fixed).is_null() && at(base, fixed) != at(theirs, fixed)) {
            return Situation::Altered;
        }
    }
    const auto before = parseStatus(stringAt(base, "status"));
    const auto now = parseStatus(stringAt(theirs, "status"));
    return now && isClosed(*now) && !(before && isClosed(*before)) ? Situation::Closed : Situation::Usual;
}

Json withParents(const Json& set, const Json& theirs)
{
    Json whole = Json::object();
    for (auto member = set.begin(); member != set.end(); ++member) {
        std::string pointer = member.key();
        Json value = member.value();
        while (!value.is_null() && pointer.rfind('/') != 0 && !parentExists(theirs, pointer)) {
            Json parent = Json::object();
            parent[pointerTokens(pointer)->back()] = std::move(value);
            value = std::move(parent);
            pointer = parentOf(pointer);
        }
        if (whole.contains(pointer) && whole[pointer].is_object() && value.is_object()) {
            whole[pointer].merge_patch(value);
        } else {
            whole[pointer] = std::move(value);
        }
    }
    return whole;
}

} // namespace motcua
