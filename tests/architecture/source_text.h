// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace motcua::architecture {

/// An #include line.
struct Include
{
    std::string name; ///< what stands between the quotes or brackets
    bool quoted = false;
    int line = 0;
};

/// A piece of text with the line it stands in.
struct Piece
{
    std::string text;
    int line = 0;
};

/// A C++ file as the checks see it: comments are gone, literals stand apart, so that a word in a comment
/// or a message is never mistaken for code.
struct SourceText
{
    std::vector<Include> includes;
    std::vector<Piece> literals; ///< string literals without quotes and prefix, escapes left as written
    std::vector<Piece> words;    ///< identifiers of the code in order; "std::" stays with the word after it
};

/// Reads a C++ file. Never fails: an unfinished literal or comment ends with the file.
[[nodiscard]] SourceText readSource(std::string_view text);

} // namespace motcua::architecture
