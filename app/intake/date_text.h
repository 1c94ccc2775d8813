// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/catalogue/lunar.h"

#include <QString>

#include <optional>

namespace motcua {

/// What somebody typed as a date, as the contract's EventDate: "1984", "6/1984", "21/6/1984", "21062026",
/// "062026", with dots, dashes or spaces between the parts. Null for an empty text. A text that is no date
/// stays as it was typed with precision "day", so that the rules name it and nothing typed is lost.
[[nodiscard]] Json eventDateFromText(const QString& typed);

/// What somebody typed as a lunar date, as families say the day of a death: "10/3 âl 2026", "10/3/2026 âm
/// lịch", "10 6 nhuan al 2025", "10/6n/2025 al". Nothing where it does not say that it is lunar, or is no day
/// of that year's calendar.
[[nodiscard]] std::optional<LunarDate> lunarDateFromText(const QString& typed);
/// The solar date that a lunar one fell on, as an EventDate: what registers keep. Null when the table of the
/// lunar calendar has no such day, or no such leap month.
[[nodiscard]] Json solarEventDate(const LunarDate& lunar, const LunarCalendar& calendar);
/// "10/3 âm lịch", "10/6 nhuận âm lịch năm 2025" for an exact EventDate; empty for any other. The year is
/// named where it is another than the solar one. With a warning where old calendars may differ.
[[nodiscard]] QString lunarWords(const Json& eventDate, const LunarCalendar& calendar);

/// The text that a field shows for an EventDate.
[[nodiscard]] QString textOfEventDate(const Json& date);

} // namespace motcua
