// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include "core/base/check.h"
#include "core/base/text_internal.h"

#include <algorithm>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

namespace motcua {

namespace {

using text::appendCharacter;
using text::isCombiningLatin;
using text::isMark;
using text::isSpace;
using text::nextCharacter;
using text::plainLatin;

constexpr int kMarksMax = 8; // reliability: longer runs are floods, no script of the country needs four

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&))
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = get(status);
    require(U_SUCCESS(status) != 0 && found != nullptr, "ICU has its normalization data");
    return *found;
}

void appendSpace(std::string& out)
{
    if (!out.empty() && out.back() != ' ') {
        out.push_back(' ');
    }
}

/// Controls, bidi marks, zero-width and other invisible characters, noncharacters. White space is asked
/// first.
bool isInvisible(char32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD) {
        return true;
    }
    if (c < 0x300) {
        return false;
    }
    const auto point = static_cast<UChar32>(c);
    return U_IS_UNICODE_NONCHAR(point) || u_charType(point) == U_FORMAT_CHAR ||
           u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

/// Characters that stand for another one in the key though Unicode does not say so; 0 for none.
char lookAlike(char32_t c)
{
    switch (c) {
    case 0x2B9:
    case 0x2BB:
    case 0x2BC:
    case 0x2BD:
    case 0x2BE:
    case 0x2BF:
    case 0x2C8:
    case 0x2CA:
    case 0x2CB:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2035:
    case 0x2039:
    case 0x203A:
    case 0xA78C:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    default:
        return 0;
    }
}

enum class Depth
{
    First,
    FromIcu, ///< what ICU gave back is taken as it is where the tables do not know it
};

void foldInto(std::string& out, char32_t c, Depth depth);

void foldEach(std::string& out, const icu::UnicodeString& characters, Depth depth)
{
    for (std::int32_t i = 0; i < characters.length(); i = characters.moveIndex32(i, 1)) {
        foldInto(out, static_cast<char32_t>(characters.char32At(i)), depth);
    }
}

/// Everything the tables do not hold: other scripts, ligatures, full-width and mathematical forms. Taken
/// apart before case is folded, for a composed character must give what its parts give.
void foldByIcu(std::string& out, char32_t c)
{
    static const icu::Normalizer2& caseFolder = normalizer(icu::Normalizer2::getNFKCCasefoldInstance);
    static const icu::Normalizer2& decomposer = normalizer(icu::Normalizer2::getNFDInstance);
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString single(static_cast<UChar32>(c));
    const icu::UnicodeString parts = decomposer.normalize(single, status);
    if (parts != single) {
        foldEach(out, parts, Depth::First);
        return;
    }
    const icu::UnicodeString plain = decomposer.normalize(caseFolder.normalize(single, status), status);
    require(U_SUCCESS(status) != 0, "ICU folds one character");
    foldEach(out, plain, Depth::FromIcu);
}

void foldSpecial(std::string& out, char32_t c, Depth depth)
{
    if (const char alike = lookAlike(c)) {
        out.push_back(alike);
    } else if (c == 0xC6 || c == 0xE6) {
        out += "ae";
    } else if (c == 0x152 || c == 0x153) {
        out += "oe";
    } else if (c == 0xDE || c == 0xFE) {
        out += "th";
    } else if (c == 0xFFFD) {
        appendSpace(out);
    } else if (isInvisible(c) || isMark(c)) {
        return;
    } else if (depth == Depth::First) {
        foldByIcu(out, c);
    } else {
        appendCharacter(out, c);
    }
}

/// The one character that a character becomes; 0 where it takes more thought.
char plainKey(char32_t c)
{
    if (c >= 'A' && c <= 'Z') {
        return static_cast<char>(c + ('a' - 'A'));
    }
    if (c > 0x20 && c < 0x7F) {
        return c == '`' ? '\'' : static_cast<char>(c);
    }
    return isSpace(c) ? ' ' : plainLatin(c);
}

void foldInto(std::string& out, char32_t c, Depth depth)
{
    if (isCombiningLatin(c)) {
        return;
    }
    const char plain = plainKey(c);
    if (plain == ' ') {
        appendSpace(out);
    } else if (plain != 0) {
        out.push_back(plain);
    } else {
        foldSpecial(out, c, depth);
    }
}

/// True when the text is NFC for certain, by its lead bytes alone: ASCII, U+0080 to U+02FF, U+1E00 to U+1EFF.
bool isPlainlyNfc(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const auto follows = [&](std::size_t offset) {
            return i + offset < text.size() && (static_cast<unsigned char>(text[i + offset]) & 0xC0) == 0x80;
        };
        if (lead >= 0xC2 && lead <= 0xCB && follows(1)) {
            i += 2;
        } else if (lead == 0xE1 && follows(1) && follows(2) &&
                   static_cast<unsigned char>(text[i + 1]) >= 0xB8 &&
                   static_cast<unsigned char>(text[i + 1]) <= 0xBB) {
            i += 3;
        } else {
            return false;
        }
    }
    return true;
}

/// True when nothing is to be tidied for certain: printed ASCII and the letters of U+00C0 to U+02FF and
/// U+1E00 to U+1EFF, which are neither marks nor invisible, with single spaces between them. Nearly every
/// text is so.
bool isPlainlyTidy(std::string_view text)
{
    char last = ' ';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || byte == 0xC2 || (c == ' ' && last == ' ')) {
            return false;
        }
        last = c;
    }
    return last != ' ' && isPlainlyNfc(text);
}

/// Without what nobody sees. Done before composing, for a zero-width character keeps a mark from its letter.
std::string withoutInvisible(std::string_view text, Lines lines)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = nextCharacter(text, i);
        if (lines == Lines::Keep && (c == '\n' || c == 0x2028 || c == 0x2029)) {
            out.push_back('\n');
        } else if (isSpace(c)) {
            out.push_back(' ');
        } else if (!isInvisible(c)) {
            appendCharacter(out, c);
        }
    }
    return out;
}

/// White space collapsed and trimmed, mark runs bounded.
class Tidier
{
public:
    void take(char32_t c)
    {
        if (c == ' ' || c == '\n') {
            m_breaks += c == '\n' ? 1 : 0;
            m_gap = true;
            m_marks = 0;
            return;
        }
        m_marks = isMark(c) ? m_marks + 1 : 0;
        if (m_marks > kMarksMax) {
            return;
        }
        closeGap();
        appendCharacter(m_out, c);
    }
    [[nodiscard]] std::string result() && { return std::move(m_out); }

private:
    void closeGap()
    {
        if (m_gap && !m_out.empty()) {
            m_out += m_breaks == 0 ? " " : m_breaks == 1 ? "\n" : "\n\n";
        }
        m_gap = false;
        m_breaks = 0;
    }

    std::string m_out;
    bool m_gap = false;
    int m_breaks = 0;
    int m_marks = 0;
};

} // namespace

bool text::isMark(char32_t c)
{
    return isCombiningLatin(c) ||
           (c > 0x36F && (U_MASK(u_charType(static_cast<UChar32>(c))) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0);
}

std::u32string text::decomposed(std::string_view text)
{
    static const icu::Normalizer2& decomposer = normalizer(icu::Normalizer2::getNFDInstance);
    const auto source = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString plain = decomposer.normalize(source, status);
    require(U_SUCCESS(status) != 0, "ICU decomposes");
    std::u32string out;
    out.reserve(static_cast<std::size_t>(plain.length()));
    for (std::int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
        out.push_back(static_cast<char32_t>(plain.char32At(i)));
    }
    return out;
}

std::string fold(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        foldInto(out, nextCharacter(text, i), Depth::First);
    }
    if (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
    return out;
}

std::vector<std::string> foldedWords(std::string_view text)
{
    const std::string key = fold(text);
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i < key.size();) {
        const char32_t c = nextCharacter(key, i);
        const bool inWord = c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
                                     : (U_MASK(u_charType(static_cast<UChar32>(c))) &
                                        (U_GC_L_MASK | U_GC_N_MASK | U_GC_CO_MASK)) != 0;
        if (inWord) {
            appendCharacter(word, c);
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

std::string nfc(std::string_view text)
{
    if (isPlainlyNfc(text)) {
        return std::string(text);
    }
    static const icu::Normalizer2& composer = normalizer(icu::Normalizer2::getNFCInstance);
    const auto source = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString composed = composer.normalize(source, status);
    require(U_SUCCESS(status) != 0, "ICU composes");
    std::string out;
    composed.toUTF8String(out);
    return out;
}

std::string tidyText(std::string_view text, Lines lines)
{
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    const std::string_view core = text.substr(first, text.find_last_not_of(' ') + 1 - first);
    if (isPlainlyTidy(core)) {
        return std::string(core);
    }
    const std::string composed = nfc(withoutInvisible(text, lines));
    Tidier tidier;
    for (std::size_t i = 0; i < composed.size();) {
        tidier.take(nextCharacter(composed, i));
    }
    return std::move(tidier).result();
}

std::string upperVietnamese(std::string_view text)
{
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    const std::string composed = nfc(text);
    icu::CaseMap::utf8ToUpper("", 0, {composed.data(), static_cast<std::int32_t>(composed.size())}, sink,
                              nullptr, status);
    require(U_SUCCESS(status) != 0, "ICU makes capitals");
    return nfc(out);
}

} // namespace motcua
