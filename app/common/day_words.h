// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/day_status.h"

#include <string>

namespace motcua {

// The day's figures and the diary of the network in words, the same on the screen, on paper and on the
// command line. Vietnamese.

/// "Về được." or "Chưa: …": the answer, in one plain sentence.
[[nodiscard]] std::string verdictHeadline(const DayStatus& status);
/// What that means and what to do now.
[[nodiscard]] std::string verdictAdvice(const DayStatus& status);
/// Why what waits longest is still here; empty when nothing waits.
[[nodiscard]] std::string waitingReason(const DayStatus& status);
/// "Có mạng từ 13:05", as the last look at the portal said; where that is long ago, when it was.
[[nodiscard]] std::string networkWords(const DayStatus& status);
/// When this register was last read back from a backup, or that nobody knows of one.
[[nodiscard]] std::string backupWords(const DayStatus& status);

struct GapWords
{
    std::string what; ///< what does not agree
    std::string todo; ///< how to put it right
};
[[nodiscard]] GapWords gapWords(const DayDifference& difference);
/// The same for all of a kind, without an amount.
[[nodiscard]] std::string gapTitle(DayGap gap);

/// Whether a noted cause lies at the portal's end: the line is there, the portal is not.
[[nodiscard]] bool isPortalsFault(std::string_view detail);

/// "Mất mạng", "Không tới được cổng", "Bị chặn trước cổng" …
[[nodiscard]] std::string outageWords(const Outage& outage);
/// "T6 20/11 09:12 – 11:40, 2 giờ 28 phút", "T6 20/11 14:00 đến giờ, 1 giờ".
[[nodiscard]] std::string outageTime(const Outage& outage, Instant now);
/// How many waited, why it was, and what of it nobody saw.
[[nodiscard]] std::string outageExtent(const Outage& outage);
/// "T6 20/11", "CN 22/11".
[[nodiscard]] std::string shortDayName(Day day);

/// "2 giờ 10 phút", "3 ngày 4 giờ", "chưa đầy 1 phút".
[[nodiscard]] std::string spanText(Millis span);
/// "1001–1042" and the like: the running numbers of codes of one day, neighbours drawn together.
[[nodiscard]] std::string numberRanges(const std::vector<std::string>& codes);

} // namespace motcua
