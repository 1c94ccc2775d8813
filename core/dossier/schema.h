// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/problem.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace motcua {

/// What to do with members that the schema does not know (portal contract, "Operations"): operations
/// refuse them, answers of a newer portal may carry them.
enum class UnknownMembers
{
    Refused,
    Ignored,
};

/// How dates in a person's life are read. The contract takes the text of an old paper as it stands; at
/// the counter what is typed must be a real day, month or year of the calendar.
enum class LifeDates
{
    AsWritten,
    OfCalendar,
};

struct SchemaRules
{
    UnknownMembers unknown = UnknownMembers::Refused;
    LifeDates dates = LifeDates::AsWritten;
};

inline constexpr SchemaRules kContractRules{};
inline constexpr SchemaRules kAnswerRules{UnknownMembers::Ignored, LifeDates::AsWritten};
inline constexpr SchemaRules kCounterRules{UnknownMembers::Refused, LifeDates::OfCalendar};

inline constexpr std::size_t kFormBytesMax = std::size_t{128} << 10;
inline constexpr int kFormDepthMax = 8; ///< the form itself is depth 1

/// All that is wrong with a value, as a list; empty: it is valid. Pointers begin with `pointer`. The
/// schemas are those of contracts/portal-api.yaml, lengths counted in code points.
[[nodiscard]] Problems validateDossier(const Json& dossier, SchemaRules rules = kContractRules,
                                       const std::string& pointer = {});
[[nodiscard]] Problems validatePerson(const Json& person, SchemaRules rules = kCounterRules,
                                      const std::string& pointer = {});
[[nodiscard]] Problems validateEventDate(const Json& date, SchemaRules rules = kCounterRules,
                                         const std::string& pointer = {});
/// A single value at the form's own limits of size and depth.
[[nodiscard]] Problems validateForm(const Json& form, const std::string& pointer = {});
/// Bodies of operations: {set, reason} and {to, note, dueAt, results}, {reason}.
[[nodiscard]] Problems validatePatchBody(const Json& body, const std::string& pointer = {});
[[nodiscard]] Problems validateMoveBody(const Json& body, const std::string& pointer = {});
[[nodiscard]] Problems validateCancelBody(const Json& body, const std::string& pointer = {});

/// Texts with a form of their own.
[[nodiscard]] bool isDossierCode(std::string_view text); ///< "H26.131-261121-1001"
[[nodiscard]] bool isLowerHex(std::string_view text, std::size_t digits);
[[nodiscard]] bool isUid(std::string_view text); ///< a UUID in lower case
/// RFC 3339 in UTC with milliseconds, the one way in which operations write instants.
[[nodiscard]] bool isContractInstant(std::string_view text);
/// Whether `text` is a day, month or year (as `precision` says) that the calendar has.
[[nodiscard]] bool isCalendarDate(std::string_view text, std::string_view precision);
/// Length in Unicode code points; the text must be valid UTF-8.
[[nodiscard]] std::size_t codePoints(std::string_view text);
/// A member's name as part of a JSON pointer (RFC 6901): ~ and / escaped.
[[nodiscard]] std::string pointerToken(std::string_view name);

} // namespace motcua
