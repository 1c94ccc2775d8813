// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace motcua {

// What rules can ask of a text.

/// `#` a digit, `@` a Latin letter, `?` either; anything else itself.
[[nodiscard]] bool hasShape(const std::string& text, const std::string& shape);
/// Letters of any script with their marks, and what minority names have between them: Ksor H'Bia, Y-Bham.
[[nodiscard]] bool hasNameLetters(const std::string& text);

} // namespace motcua
