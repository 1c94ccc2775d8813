// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>

namespace motcua {

/// What somebody typed as a date, as the contract's EventDate: "1984", "6/1984", "21/6/1984", "21062026",
/// "062026", with dots, dashes or spaces between the parts. Null for an empty text. A text that is no date
/// stays as it was typed with precision "day", so that the rules name it and nothing typed is lost.
[[nodiscard]] Json eventDateFromText(const QString& typed);

/// The text that a field shows for an EventDate.
[[nodiscard]] QString textOfEventDate(const Json& date);

} // namespace motcua
