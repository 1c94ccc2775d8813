// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

/// A value in a condition: what stands at a pointer of the dossier, the day of receipt, a literal, a span
/// between two dates, or the first of several that is known.
struct Operand
{
    enum class Kind
    {
        Pointer, ///< text
        Today,
        Text, ///< text
        Number,
        Truth, ///< number is 0 or 1
        Date,  ///< day
        Days,  ///< operands: from, to
        Years, ///< operands: from, to; completed years
        Or,    ///< operands
    };
    Kind kind = Kind::Today;
    std::string text{};
    std::int64_t number = 0;
    Day day{};
    std::vector<Operand> operands{};
};

/// A statement about a dossier, as written in the files of the catalogue (resources/catalogue/README.md
/// describes the language). Compiled once when the catalogue is loaded, so that a bad one is found then
/// and not with a citizen at the counter; evaluated by core/dossier/rules.h.
struct Condition
{
    enum class Kind
    {
        All,
        Any,
        Not,
        Present, ///< operands: a pointer
        Equal,   ///< operands: left, right
        In,      ///< operands: the value, then the list
        Less,    ///< operands: left, right; numbers or dates
        AtMost,
        More,
        AtLeast,
        Shape,       ///< operands: a pointer; shape
        NameLetters, ///< operands: a pointer
        WithinDuty,  ///< operands: a date, a number of days; received within that duty of the law
        InUnit,      ///< operands: a pointer; the place lies in the unit that takes the dossier in
    };
    Kind kind = Kind::All;
    std::vector<Condition> conditions{};
    std::vector<Operand> operands{};
    std::string shape{};
};

[[nodiscard]] Result<Condition> conditionFromJson(const Source& source);

} // namespace motcua
