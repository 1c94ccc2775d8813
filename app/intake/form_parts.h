// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/form.h"

#include <QString>

#include <string>
#include <vector>

namespace motcua {

/// How one value is typed in. A person of the form is taken apart into such leaves, so that each has its own
/// label, hint and problem.
enum class LeafKind
{
    Text,
    Lines,  ///< several lines
    Digits, ///< personal ids, phones
    Date,   ///< a day, month or year
    Place,
    Choice,
    Number,
    Money,
    YesNo,
    EthnicGroup,
};

/// One value of the form as it stands on the screen.
struct Leaf
{
    std::string pointer;
    QString label;
    QString hint;
    LeafKind kind = LeafKind::Text;
    bool required = false;
    std::vector<Choice> choices{};
    std::vector<std::string> suggestions{};
    int maxLength = 500;
    std::int64_t least = 0;
    std::int64_t most = 0;
    Json otherwise{};

    /// Short ones may stand two in a row.
    [[nodiscard]] bool isShort() const;
};

/// Leaves that belong together: a person, or the single fields between two persons.
struct LeafGroup
{
    QString title; ///< empty: no heading of its own
    std::vector<Leaf> leaves;
};

struct FormPart
{
    QString title;
    QString hint;
    std::vector<LeafGroup> groups;
    bool beside = false; ///< at the right of the part before it
};

/// The catalogue's form as the window shows it. `extendable` keeps the fields that only make sense where the
/// term can be extended.
[[nodiscard]] std::vector<FormPart> formParts(const Form& form, bool extendable);

/// Puts `value` at a pointer, making the objects on the way; null removes the member.
void putAt(Json& root, const std::string& pointer, const Json& value);
/// The value at a pointer, or null.
[[nodiscard]] Json valueAt(const Json& root, const std::string& pointer);

/// A value as a citizen reads it: choices by their label, dates and money as on papers.
[[nodiscard]] QString readable(const Leaf& leaf, const Json& value);

/// A part of the dossier as the citizen reads it.
struct ReadSection
{
    struct Row
    {
        std::string pointer;
        QString label;
        QString value;
    };
    QString title;
    std::vector<Row> rows;
};

/// What is filled in, section by section, every value in a row of its own.
[[nodiscard]] std::vector<ReadSection> readSections(const std::vector<FormPart>& parts, const Json& dossier);

} // namespace motcua
