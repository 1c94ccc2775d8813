// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// How the letters of an old ledger were written.
enum class LetterCode
{
    Unicode, ///< composed or decomposed
    Tcvn3,   ///< TCVN 5712 as the ABC fonts (.VnTime) use it: no capitals with a tone
    Vni,     ///< VNI for Windows: a letter, then a byte with its marks
    Vps,     ///< VPS fonts: fourteen capitals share the byte of the small letter
    Viscii,  ///< RFC 1456
    Cp1258,  ///< Windows Vietnamese: tones are bytes of their own behind the letter
    Utf8,    ///< UTF-8 that somebody read as Western text ("Nguyá»…n")
};
inline constexpr std::size_t kLetterCodes = 7;

/// "tcvn3" as in maps; for people "TCVN3 (ABC, .VnTime)".
[[nodiscard]] std::string_view letterCodeName(LetterCode code);
[[nodiscard]] std::string_view letterCodeLabel(LetterCode code);
[[nodiscard]] std::optional<LetterCode> parseLetterCode(std::string_view name);
[[nodiscard]] std::span<const LetterCode> allLetterCodes();

/// A converted text, in NFC.
struct Converted
{
    std::string text;
    /// What the code has no letter for: in `text` it is U+FFFD, here it stands as it was read, with its place
    /// (in characters, from 1).
    struct Odd
    {
        std::size_t place = 0;
        std::string was;
    };
    std::vector<Odd> odd;
};

/// Old ledgers come as bytes, or as characters that a program once made of such bytes (a sheet with a .VnTime
/// font holds "NguyÔn"). Both are kept as the latter: each byte as Windows-1252 shows it, the five that it
/// does not know as C1 controls. So that every byte comes back: westernText() and this are inverse.
[[nodiscard]] std::string westernText(std::string_view bytes);
/// The bytes behind such a text; nothing where a character is none of them. Also takes the characters in
/// which Windows-1258 differs, because a Vietnamese Windows read the bytes that way.
[[nodiscard]] std::optional<std::string> westernBytes(std::string_view text);

/// Reads `text` (UTF-8; other bytes count as odd) as written in `code`. With LetterCode::Unicode only NFC is
/// made.
[[nodiscard]] Converted convertLetters(std::string_view text, LetterCode code);

/// The same way back, for tests and samples: bytes of `code` for a Vietnamese text. Nothing where the code
/// has no such letter. Tcvn3 and Vps give the byte of the small letter where there is none of the capital.
[[nodiscard]] std::optional<std::string> legacyBytes(std::string_view text, LetterCode code);

/// Whether a capital was written with the byte of a small letter, or may have been: "NGUYễN".
[[nodiscard]] bool hasLostCase(std::string_view text);

} // namespace motcua
