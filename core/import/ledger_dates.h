// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <optional>
#include <string_view>

namespace motcua {

/// A day as old ledgers write it: "21/06/1984", "5-3-1984", "06/1984", "1984", "khoảng 1950", "ngày 5 tháng 3
/// năm 1984", "1984-06-21". As an EventDate with its precision, and `approximate` where the ledger says so.
/// Nothing where it is none of these, where the calendar does not have it, or where its year has two digits:
/// nobody guesses a century.
[[nodiscard]] std::optional<Json> ledgerDate(std::string_view text);

/// "12", "Số 012", "12/2005" (then with its year). Letters behind the figures stay: "12a".
struct EntryNumber
{
    std::string number; ///< without leading zeros
    std::optional<int> year;
};
[[nodiscard]] std::optional<EntryNumber> ledgerNumber(std::string_view text);

/// A year from 1800 to 2100.
[[nodiscard]] std::optional<int> ledgerYear(std::string_view text);

} // namespace motcua
