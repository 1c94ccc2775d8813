// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/field_rules.h"

#include "core/catalogue/form.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::int64_t kMergesMost = 50;

struct ClassRow
{
    FieldClass kind;
    std::string_view name;
    int strictness;                ///< which of several counts for a group that holds them
    std::array<Settle, 2> allowed; ///< the floor: how two changes may be settled at all
    bool needsReason;              ///< the floor
};

// The code's floor. A unit's files choose within it. In the order of the enumeration.
constexpr std::array kClasses{
    ClassRow{FieldClass::Fixed, "fixed", 10, {Settle::Person, Settle::Person}, true},
    ClassRow{FieldClass::Portal, "portal", 2, {Settle::Portal, Settle::Portal}, false},
    ClassRow{FieldClass::Counter, "counter", 1, {Settle::Counter, Settle::Person}, false},
    ClassRow{FieldClass::Contact, "contact", 6, {Settle::Person, Settle::Person}, false},
    ClassRow{FieldClass::Identity, "identity", 8, {Settle::Person, Settle::Person}, true},
    ClassRow{FieldClass::Money, "money", 9, {Settle::Person, Settle::Person}, true},
    ClassRow{FieldClass::Workflow, "workflow", 7, {Settle::Person, Settle::Moves}, true},
    ClassRow{FieldClass::Set, "set", 4, {Settle::Union, Settle::Person}, false},
    ClassRow{FieldClass::Log, "log", 3, {Settle::Union, Settle::Person}, false},
    ClassRow{FieldClass::Derived, "derived", 0, {Settle::Compute, Settle::Compute}, false},
    ClassRow{FieldClass::Form, "form", 5, {Settle::Person, Settle::Person}, false},
};

struct SettleRow
{
    Settle settle;
    std::string_view name;
};
constexpr std::array kSettles{
    SettleRow{Settle::Person, "person"},   SettleRow{Settle::Portal, "portal"},
    SettleRow{Settle::Counter, "counter"}, SettleRow{Settle::Union, "union"},
    SettleRow{Settle::Moves, "moves"},     SettleRow{Settle::Compute, "compute"},
};

struct Pinned
{
    std::string_view pointer;
    FieldClass kind;
};

// What these are is not a matter of opinion: the contract fixes them, or they say who somebody is and what
// was paid.
constexpr std::array kPinned{
    Pinned{"/code", FieldClass::Fixed},
    Pinned{"/procedure", FieldClass::Fixed},
    Pinned{"/channel", FieldClass::Fixed},
    Pinned{"/receivedAt", FieldClass::Fixed},
    Pinned{"/catalogue", FieldClass::Fixed},
    Pinned{"/officialCode", FieldClass::Portal},
    Pinned{"/status", FieldClass::Workflow},
    Pinned{"/finishedAt", FieldClass::Workflow},
    Pinned{"/returnedAt", FieldClass::Workflow},
    Pinned{"/fees", FieldClass::Money},
    Pinned{"/applicant/name", FieldClass::Identity},
    Pinned{"/applicant/birth", FieldClass::Identity},
    Pinned{"/applicant/gender", FieldClass::Identity},
    Pinned{"/applicant/personalId", FieldClass::Identity},
    Pinned{"/applicant/oldId", FieldClass::Identity},
    Pinned{"/form/*/name", FieldClass::Identity},
    Pinned{"/form/*/birth", FieldClass::Identity},
    Pinned{"/form/*/gender", FieldClass::Identity},
    Pinned{"/form/*/personalId", FieldClass::Identity},
    Pinned{"/form/*/oldId", FieldClass::Identity},
};

const ClassRow& rowOf(FieldClass kind)
{
    return kClasses[static_cast<std::size_t>(kind)];
}

std::vector<std::string> tokensOf(std::string_view pointer)
{
    std::vector<std::string> tokens;
    for (const char c : pointer) {
        if (c == '/') {
            tokens.emplace_back();
        } else if (!tokens.empty()) {
            tokens.back() += c;
        }
    }
    return tokens;
}

bool matches(const std::string& pattern, const std::string& token)
{
    return pattern == "*" || pattern == token;
}

/// How many tokens both have that agree from the beginning on.
std::size_t agreeing(const std::vector<std::string>& pattern, const std::vector<std::string>& tokens)
{
    std::size_t count = 0;
    while (count < pattern.size() && count < tokens.size() && matches(pattern[count], tokens[count])) {
        ++count;
    }
    return count;
}

/// No "*" among the first tokens: what stands for any name does not make a group of each of them.
bool isNamed(const std::vector<std::string>& pattern, std::size_t count)
{
    return std::find(pattern.begin(), pattern.begin() + static_cast<std::ptrdiff_t>(count), "*") ==
           pattern.begin() + static_cast<std::ptrdiff_t>(count);
}

} // namespace

std::string_view fieldClassName(FieldClass fieldClass)
{
    return rowOf(fieldClass).name;
}

std::optional<FieldClass> parseFieldClass(std::string_view name)
{
    for (const ClassRow& row : kClasses) {
        if (row.name == name) {
            return row.kind;
        }
    }
    return std::nullopt;
}

FieldRules::FieldRules()
{
    for (const ClassRow& row : kClasses) {
        FieldRule rule;
        rule.kind = row.kind;
        rule.both = row.allowed.front();
        if (row.allowed[1] == Settle::Person) {
            rule.both = Settle::Person;
        }
        rule.needsReason = row.needsReason;
        m_classes.push_back(std::move(rule));
    }
    for (const Pinned& pinned : kPinned) {
        add(pinned.pointer, pinned.kind);
    }
}

void FieldRules::add(std::string_view pointer, FieldClass kind, std::string key)
{
    Pattern pattern{tokensOf(pointer), kind, std::move(key)};
    const auto same = std::find_if(m_patterns.begin(), m_patterns.end(),
                                   [&](const Pattern& other) { return other.tokens == pattern.tokens; });
    if (same == m_patterns.end()) {
        m_patterns.push_back(std::move(pattern));
    } else {
        *same = std::move(pattern);
    }
}

Result<void> FieldRules::read(const Source& source)
{
    TRY(source.onlyMembers({"mergesInARow", "classes", "fields"}));
    const std::int64_t merges = TRY(source.integerOr("mergesInARow", m_mergesInARow));
    if (merges < 1 || merges > kMergesMost) {
        return source.wrong("mergesInARow is 1 to " + std::to_string(kMergesMost));
    }
    m_mergesInARow = static_cast<int>(merges);
    for (const Source& item : TRY(source.items("classes"))) {
        TRY(readClass(item));
    }
    for (const Source& item : TRY(source.items("fields"))) {
        TRY(readField(item));
    }
    return {};
}

Result<void> FieldRules::readClass(const Source& source)
{
    TRY(source.onlyMembers({"class", "both", "reason", "leader", "paper", "offer"}));
    const auto kind = parseFieldClass(TRY(source.text("class")));
    if (!kind) {
        return source.wrong("unknown class");
    }
    const std::string both = TRY(source.text("both"));
    const auto* const settle = std::find_if(kSettles.begin(), kSettles.end(),
                                            [&](const SettleRow& row) { return row.name == both; });
    const ClassRow& floor = rowOf(*kind);
    if (settle == kSettles.end() ||
        (settle->settle != floor.allowed[0] && settle->settle != floor.allowed[1])) {
        return source.wrong("two changes of a field of class \"" + std::string(floor.name) +
                            "\" may not be settled by \"" + both + "\"");
    }
    const std::string offer = TRY(source.textOr("offer", "nothing"));
    if (offer != "nothing" && offer != "later") {
        return source.wrong("offer must be nothing or later");
    }
    FieldRule& rule = m_classes[static_cast<std::size_t>(*kind)];
    rule.both = settle->settle;
    rule.needsReason = TRY(source.truthOr("reason", false));
    rule.needsLeader = TRY(source.truthOr("leader", false));
    rule.needsPaper = TRY(source.truthOr("paper", false));
    rule.offersLater = offer == "later";
    if (floor.needsReason && !rule.needsReason) {
        return source.wrong("a field of class \"" + std::string(floor.name) + "\" needs a reason");
    }
    return {};
}

Result<void> FieldRules::readField(const Source& source)
{
    TRY(source.onlyMembers({"pointer", "class", "key"}));
    const std::string pointer = TRY(source.text("pointer"));
    const auto kind = parseFieldClass(TRY(source.text("class")));
    const std::string key = TRY(source.textOr("key", {}));
    if (pointer.front() != '/' || pointer.back() == '/') {
        return source.wrong("a pointer begins with / and ends with a name or *");
    }
    if (!kind) {
        return source.wrong("unknown class");
    }
    if ((*kind == FieldClass::Set) == key.empty()) {
        return source.wrong("a set, and nothing else, has a key");
    }
    for (const Pinned& pinned : kPinned) {
        const auto tokens = tokensOf(pointer);
        const auto fixed = tokensOf(pinned.pointer);
        const bool isIt = agreeing(fixed, tokens) == fixed.size() || agreeing(tokens, fixed) == tokens.size();
        if (isIt && pinned.kind != *kind && tokens.size() >= fixed.size()) {
            return source.wrong(pointer + " is always of class \"" +
                                std::string(fieldClassName(pinned.kind)) + "\"");
        }
    }
    add(pointer, *kind, key);
    return {};
}

FieldRules FieldRules::with(const Form& form) const
{
    FieldRules rules = *this;
    for (const Section& section : form.sections) {
        for (const Field& field : section.fields) {
            if (field.fieldClass) {
                rules.add(field.pointer, *field.fieldClass);
            } else if (field.pointer == form.inputs.waiver || field.kind == FieldKind::Money) {
                rules.add(field.pointer, FieldClass::Money);
            } else if (field.kind == FieldKind::EthnicGroup || field.kind == FieldKind::Person) {
                rules.add(field.pointer, FieldClass::Identity);
            }
        }
    }
    return rules;
}

FieldRule FieldRules::ruleOf(FieldClass kind) const
{
    return m_classes[static_cast<std::size_t>(kind)];
}

FieldRule FieldRules::rule(std::string_view pointer) const
{
    const auto tokens = tokensOf(pointer);
    const Pattern* above = nullptr;
    const Pattern* strictest = nullptr; // of those below
    for (const Pattern& pattern : m_patterns) {
        const std::size_t common = agreeing(pattern.tokens, tokens);
        if (common == pattern.tokens.size() &&
            (above == nullptr || pattern.tokens.size() >= above->tokens.size())) {
            above = &pattern;
        } else if (common == tokens.size() && common < pattern.tokens.size() &&
                   isNamed(pattern.tokens, common) &&
                   (strictest == nullptr ||
                    rowOf(pattern.kind).strictness > rowOf(strictest->kind).strictness)) {
            strictest = &pattern;
        }
    }
    FieldRule rule = ruleOf(above == nullptr ? FieldClass::Form : above->kind);
    rule.key = above == nullptr ? std::string() : above->key;
    if (strictest != nullptr && rowOf(strictest->kind).strictness > rowOf(rule.kind).strictness) {
        rule = ruleOf(strictest->kind);
    }
    return rule;
}

} // namespace motcua
