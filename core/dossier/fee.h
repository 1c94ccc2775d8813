// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/problem.h"
#include "core/catalogue/calendar.h"
#include "core/catalogue/fee_rule.h"

namespace motcua {

/// What a fee depends on.
struct FeeQuery
{
    Day on{}; ///< the day of receipt
    std::string channel = "counter";
    int pages = 1;              ///< of the original
    int copies = 1;             ///< of each original
    int count = 1;              ///< cases, documents
    bool late = false;          ///< said by the official; or found from `event`
    std::optional<Day> event{}; ///< day of birth or death, where the row has a duty
    std::string waiver{};       ///< the name of a waiver that the applicant proved
};

struct FeeLine
{
    std::string text; ///< Vietnamese
    std::int64_t amount;
};

/// A fee with its arithmetic: the lines add up to the amount. Without an amount the note says what to enter.
struct Fee
{
    std::optional<std::int64_t> amount{};
    std::vector<FeeLine> lines{};
    std::string note{};
};

/// The fee of a procedure by its rows. Chooses the row in force on the day, of the channel before one of all
/// channels, the newer before the older; adds rows of different codes. A waiver known to a row makes it free,
/// also where the province's rate is not known. Problem `fee-count` when a number is not positive or too
/// large.
[[nodiscard]] tl::expected<Fee, Problem> computeFee(const std::vector<FeeRule>& rules, const FeeQuery& query,
                                                    const Calendar& calendar);

} // namespace motcua
