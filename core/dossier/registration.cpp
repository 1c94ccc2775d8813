// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/registration.h"

#include "core/dossier/deadline.h"
#include "core/dossier/patch.h"
#include "core/dossier/rules.h"

namespace motcua {

std::string_view registrationKindName(RegistrationKind kind)
{
    switch (kind) {
    case RegistrationKind::OnTime:
        return "on-time";
    case RegistrationKind::Late:
        return "late";
    case RegistrationKind::Again:
        return "again";
    case RegistrationKind::Plain:
        break;
    }
    return "plain";
}

std::string_view registrationKindLabel(RegistrationKind kind)
{
    switch (kind) {
    case RegistrationKind::OnTime:
        return "đúng hạn";
    case RegistrationKind::Late:
        return "quá hạn";
    case RegistrationKind::Again:
        return "đăng ký lại";
    case RegistrationKind::Plain:
        break;
    }
    return {};
}

RegistrationKind registrationKind(const Form& form, const Json& dossier, Day received,
                                  const Calendar& calendar)
{
    if (form.again) {
        return RegistrationKind::Again;
    }
    const Json* const event = form.duty.event.empty() ? nullptr : findAt(dossier, form.duty.event);
    const auto span = event == nullptr ? std::nullopt : spanOf(*event);
    if (!span) {
        return RegistrationKind::Plain;
    }
    const auto met = [&](std::chrono::sys_days day) {
        return isWithinDuty(Day{day}, form.duty.days, received, calendar);
    };
    if (met(span->first)) {
        return RegistrationKind::OnTime;
    }
    return met(span->last) ? RegistrationKind::Plain : RegistrationKind::Late;
}

} // namespace motcua
