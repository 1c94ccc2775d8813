// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/form.h"
#include "core/desk/corrections.h"
#include "core/papers/paper_data.h"

#include <string>
#include <vector>

namespace motcua {

/// What a pointer of a dossier means to a person, by the form's labels: "Trẻ – số định danh". `form` null:
/// only what every dossier has. A pointer that nobody knows stands for itself.
[[nodiscard]] std::string pointerLabel(const Form* form, const std::string& pointer);

/// A value at that pointer as a person reads it; "(không ghi)" where there is none.
[[nodiscard]] std::string pointerValue(const Form* form, const std::string& pointer, const Json& value);

/// The corrections as the letter's template has them: a section for each, titled by its label, with a row for
/// what was sent and one for what is right.
[[nodiscard]] std::vector<PaperSection> correctionSections(const Form* form, const Corrections& corrections);

/// The reasons of the changes, a line each: what the official starts from.
[[nodiscard]] std::string correctionReason(const Corrections& corrections);

} // namespace motcua
