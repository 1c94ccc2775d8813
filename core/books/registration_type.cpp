// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/books/registration_type.h"

#include "core/dossier/registration.h"

#include <algorithm>

namespace motcua {

std::optional<std::string> registrationType(const BookKind& kind, const Form& form, const Json& dossier,
                                            const Calendar& calendar)
{
    if (kind.types.empty()) {
        return std::nullopt;
    }
    const std::string procedure = stringAt(dossier, "procedure");
    for (const RegistrationType& type : kind.types) {
        if (std::ranges::find(type.procedures, procedure) != type.procedures.end()) {
            return type.value;
        }
    }
    const auto received = parseRfc3339(stringAt(dossier, "receivedAt"));
    if (!received) {
        return std::nullopt;
    }
    const RegistrationKind found = registrationKind(form, dossier, dayInVietnam(*received), calendar);
    if (found == RegistrationKind::Plain) {
        return form.duty.event.empty() ? std::optional(kind.types.front().value) : std::nullopt;
    }
    return std::string(registrationKindName(found));
}

std::string registrationTypeLabel(const BookKind& kind, const std::string& type)
{
    const auto found = std::ranges::find(kind.types, type, &RegistrationType::value);
    return found == kind.types.end() ? type : found->label;
}

} // namespace motcua
