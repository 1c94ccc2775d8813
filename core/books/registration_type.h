// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/catalogue/book_kind.h"
#include "core/catalogue/calendar.h"
#include "core/catalogue/form.h"

#include <optional>
#include <string>

namespace motcua {

/// "Loại đăng ký" of a dossier in a book, as far as it follows from the dossier: the procedure's own type,
/// else what its form of the day of receipt says (core/dossier/registration.h). Nothing where a person must
/// say it: no date, or one so vague that both are possible.
[[nodiscard]] std::optional<std::string> registrationType(const BookKind& kind, const Form& form,
                                                          const Json& dossier, const Calendar& calendar);

/// The label of a type; the value itself where the kind has none.
[[nodiscard]] std::string registrationTypeLabel(const BookKind& kind, const std::string& type);

} // namespace motcua
