// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace motcua {

struct Form;

/// What a field of a dossier is, for the question what happens when the counter and the city both changed it
/// (reliability rules K1 to K10). Fields that no rule names are `Form`.
enum class FieldClass
{
    Fixed,    ///< K1: given at intake; a difference is an alarm
    Portal,   ///< K2: the portal owns it
    Counter,  ///< K3: the counter owns it
    Contact,  ///< K4: phone, address, e-mail
    Identity, ///< K5: names, births, personal numbers
    Money,    ///< K6: fees, and who need not pay them
    Workflow, ///< K7: where the dossier stands, appointments
    Set,      ///< K8: papers, files
    Log,      ///< K9: remarks
    Derived,  ///< K10: computed from the rest
    Form,     ///< everything else that was declared
};
[[nodiscard]] std::string_view fieldClassName(FieldClass fieldClass);

/// What happens when both sides changed a field to different values.
enum class Settle
{
    Person,
    Portal,
    Counter,
    Union, ///< what either side added; what cannot be united is a person's
    Moves, ///< the further one by the table of legal moves; else a person's
    Compute,
};

struct FieldRule
{
    FieldClass kind = FieldClass::Form;
    Settle both = Settle::Person;
    bool needsReason = false;
    bool needsLeader = false; ///< the role of a leader
    bool needsPaper = false;  ///< which document says so
    bool offersLater = false; ///< the value written later stands chosen at first; never without a person
    std::string key{};        ///< of a set: the member that identifies an item
};

/// The rules of all fields of one form. An immutable value. Read from field-rules*.json and the form
/// definitions; whatever they say, the floor in the code holds: what is fixed, a person's identity and money
/// are never settled without a person and a reason, and the portal's own fields stand.
class FieldRules
{
public:
    /// The floor itself: nothing is settled without a person but what the portal owns.
    FieldRules();

    /// Adds a file's classes and fields. Fails with the place of what lies below the floor.
    [[nodiscard]] Result<void> read(const Source& source);
    /// The same rules with those of a form's own fields.
    [[nodiscard]] FieldRules with(const Form& form) const;

    /// For any pointer into the dossier, also one above or below those that the rules name: the nearest one
    /// above counts; where it holds several of different kinds, the strictest of them.
    [[nodiscard]] FieldRule rule(std::string_view pointer) const;
    /// After so many merges of one dossier without a person, and without the portal taking anything of it,
    /// the next conflict is a person's: a portal that always answers "conflict" is not answered for ever.
    [[nodiscard]] int mergesInARow() const { return m_mergesInARow; }

private:
    struct Pattern
    {
        std::vector<std::string> tokens; ///< "*" stands for any one
        FieldClass kind = FieldClass::Form;
        std::string key;
    };

    [[nodiscard]] Result<void> readClass(const Source& source);
    [[nodiscard]] Result<void> readField(const Source& source);
    void add(std::string_view pointer, FieldClass kind, std::string key = {});
    [[nodiscard]] FieldRule ruleOf(FieldClass kind) const;

    std::vector<FieldRule> m_classes; ///< one of each class, in the order of the enumeration
    int m_mergesInARow = 5;
    std::vector<Pattern> m_patterns; ///< a later one replaces an equal earlier one
};

/// The class that a field of a form has when neither it nor a rule says one, by its kind.
[[nodiscard]] std::optional<FieldClass> parseFieldClass(std::string_view name);

} // namespace motcua
