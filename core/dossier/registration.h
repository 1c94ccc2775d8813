// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/catalogue/calendar.h"
#include "core/catalogue/form.h"

#include <string_view>

namespace motcua {

/// What kind of registration a dossier asks for, as books and statistics tell it apart (đúng hạn, quá hạn,
/// đăng ký lại). Late means: declared after the law's time for it (60 days after a birth, 15 after a death);
/// it has nothing to do with the day on which the office answers.
enum class RegistrationKind
{
    Plain, ///< no legal time for declaring it, or the day of the event is not known exactly enough
    OnTime,
    Late,
    Again,
};
[[nodiscard]] std::string_view registrationKindName(RegistrationKind kind); ///< "on-time"
[[nodiscard]] std::string_view registrationKindLabel(RegistrationKind kind); ///< "đúng hạn"; empty for Plain

/// By the form in force at receipt and the day of receipt.
[[nodiscard]] RegistrationKind registrationKind(const Form& form, const Json& dossier, Day received,
                                                const Calendar& calendar);

} // namespace motcua
