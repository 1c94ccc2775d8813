// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <string_view>

namespace motcua {

/// Longest text that one field may put on a paper, the longest that the portal contract allows. What is
/// longer is cut with a visible mark, so that no single value can flood a print.
inline constexpr int kLongestPaperText = 4'000;

/// Makes text from outside fit to be set: NFC, line ends and other controls become spaces, invisible
/// format characters (bidi overrides, zero-width, byte order marks) and Unicode non-characters go, at
/// most three combining marks stay on a letter (a flood would cover the lines above), broken UTF-8
/// shows as U+FFFD. Nothing in the result has a meaning to the typesetter.
[[nodiscard]] QString printable(std::string_view utf8);

/// `printable` with the characters that XML gives a meaning written as entities.
[[nodiscard]] std::string escapedForMarkup(std::string_view utf8);

} // namespace motcua
