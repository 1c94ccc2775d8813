// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/form.h"
#include "core/papers/paper_data.h"

#include <string>
#include <vector>

namespace motcua {

/// The form's fields in its own order with their values as a person reads them, a row for each fact about a
/// person; empty ones left out.
[[nodiscard]] std::vector<PaperSection> readableForm(const Form& form, const Json& dossier);

/// One value as a person reads it: a choice by its label, a person in one line, "Có" for true.
[[nodiscard]] std::string readableValue(const Field& field, const Json& value);

} // namespace motcua
