// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

// Vietnamese text. Everything here is a pure function of its arguments, gives the same result on each
// machine (no locale is read), and takes any bytes: what is no UTF-8 becomes U+FFFD or a space.

/// The search key of a text: lower case, no marks (đ becomes d), so that any placement of the tone and any
/// composition of the letters fall together; white space collapsed and trimmed; zero-width, bidi and control
/// characters gone; look-alike quotes and dashes one; full-width and other compatibility forms plain.
/// Idempotent. A flood of combining marks costs its reading and leaves nothing.
[[nodiscard]] std::string fold(std::string_view text);

/// The words of the search key: runs of letters and digits ("H'Hen Niê" gives h, hen, nie), the same cut
/// that FTS5's unicode61 makes of the search key.
[[nodiscard]] std::vector<std::string> foldedWords(std::string_view text);

/// Normalization form C, the form in which text is stored.
[[nodiscard]] std::string nfc(std::string_view text);

enum class Lines
{
    Join, ///< line breaks become spaces: names, addresses, single fields
    Keep, ///< line breaks stay, at most one empty line in a row: notes
};

/// Text as it is stored: NFC, trimmed, white space collapsed, without control, bidi and zero-width
/// characters, at most eight combining marks on one letter. Letters themselves are never changed.
[[nodiscard]] std::string tidyText(std::string_view text, Lines lines = Lines::Join);

/// Capitals with their marks, as names stand on papers (đ to Đ, ư to Ư), by Unicode's rules without a locale.
[[nodiscard]] std::string upperVietnamese(std::string_view text);

/// A key whose bytes sort as names are listed: given name (the last word), surname (the first), middle words;
/// letters in the order a ă â b c d đ e ê … y (f, j, w, z at their Latin places), and only between names that
/// are otherwise equal the tones ngang, huyền, hỏi, ngã, sắc, nặng. Case and tone placement do not count.
/// For names that follow another order the official edits the name that the key is made from.
[[nodiscard]] std::string nameSortKey(std::string_view name);

/// By sort key, then by the bytes of the name, so that no order depends on chance.
[[nodiscard]] std::strong_ordering compareNames(std::string_view left, std::string_view right);

/// True when a word looks like Telex or VNI keys that no input method turned into letters: `Nguyeenx`,
/// `Nguye6n4`, `Ddoong`. A hint for a warning beside a name: foreign names
/// (Max, Rex) are sometimes hit, and so are house numbers (Ap2).
[[nodiscard]] bool looksLikeLeftoverTyping(std::string_view word);

/// The letters of a text that the Vietnamese alphabet does not have (f, j, w, z, other scripts, foreign
/// marks), each once, in order; for a warning, since minority and foreign names are right with them.
[[nodiscard]] std::string lettersOutsideVietnamese(std::string_view text);

enum class ZeroWord
{
    Linh,
    Le, ///< lẻ
};
enum class ThousandWord
{
    Nghin,
    Ngan, ///< ngàn
};
enum class FourWord
{
    Bon,
    Tu, ///< tư after mươi: hai mươi tư
};
enum class EarlyDayWord
{
    None,
    Mong, ///< mồng one to mồng mười
    Mung, ///< mùng
};

/// What a unit may choose about numbers in words. The defaults are the common written usage.
struct WordStyle
{
    ZeroWord zero = ZeroWord::Linh;
    ThousandWord thousand = ThousandWord::Nghin;
    FourWord four = FourWord::Bon;
    EarlyDayWord earlyDay = EarlyDayWord::None;
    bool sayEven = false; ///< "đồng chẵn"
    bool period = false;  ///< "." at the end
};

/// The largest number that is said in words.
inline constexpr std::int64_t kWordsMax = 1'000'000'000'000'000;

/// A number in words, lower case: "hai mươi mốt". Empty outside 0 to kWordsMax.
[[nodiscard]] std::string numberInWords(std::int64_t number, const WordStyle& style = {});
/// An amount as on papers: "Hai mươi mốt nghìn đồng". Empty outside 0 to kWordsMax.
[[nodiscard]] std::string amountInWords(std::int64_t dong, const WordStyle& style = {});
/// "21.000 đ".
[[nodiscard]] std::string formatDong(std::int64_t dong);

/// "Ngày mười lăm tháng tám năm hai nghìn không trăm hai mươi sáu"; month 4 is tháng tư, month 1 tháng một.
[[nodiscard]] std::string dateInWords(Day day, const WordStyle& style = {});
/// For events whose day, or day and month, are not known: "Tháng tám năm …", "Năm …".
[[nodiscard]] std::string monthInWords(std::chrono::year_month month, const WordStyle& style = {});
[[nodiscard]] std::string yearInWords(std::chrono::year year, const WordStyle& style = {});

} // namespace motcua
