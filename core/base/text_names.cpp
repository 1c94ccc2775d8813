// SPDX-License-Identifier: GPL-3.0-or-later
// The order of names (domain.md section 9), as an own key: the same on every machine, whatever locale data it
// has.
#include "core/base/text.h"
#include "core/base/text_internal.h"

#include <algorithm>
#include <unicode/uchar.h>

namespace motcua {

namespace {

using text::appendCharacter;
using text::decomposed;

// Bytes of a key. Ends sort before everything, so that a shorter part comes first.
constexpr char kPartEnd = 0x01;
constexpr char kWordEnd = 0x02;
constexpr char kApostrophe = 0x05;
constexpr char kHyphen = 0x06;
constexpr char kOtherSign = 0x07;
constexpr char kDigitZero = 0x10;
constexpr char kFirstLetter = 0x20;
constexpr char kNoTone = 0x10;

// The Vietnamese alphabet with f, j, w, z at their Latin places, for names of minorities and foreigners.
constexpr std::u32string_view kAlphabet = U"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

enum Mark : char32_t
{
    kGrave = 0x300,
    kAcute = 0x301,
    kCircumflex = 0x302,
    kTilde = 0x303,
    kBreve = 0x306,
    kHook = 0x309,
    kHorn = 0x31B,
    kDotBelow = 0x323,
};

char toneRank(char32_t mark)
{
    switch (mark) {
    case kGrave:
        return 1;
    case kHook:
        return 2;
    case kTilde:
        return 3;
    case kAcute:
        return 4;
    case kDotBelow:
        return 5;
    default:
        return 6; // a mark of another language; after all tones
    }
}

/// The letter that a base letter and a mark make in Vietnamese, or 0.
char32_t shaped(char base, char32_t mark)
{
    if (mark == kCircumflex) {
        return base == 'a' ? U'â' : base == 'e' ? U'ê' : base == 'o' ? U'ô' : 0;
    }
    if (mark == kHorn) {
        return base == 'o' ? U'ơ' : base == 'u' ? U'ư' : 0;
    }
    return mark == kBreve && base == 'a' ? U'ă' : 0;
}

/// One word's letters, and its tones wherever in the word they stand (hoà and hòa are the same).
struct WordKey
{
    std::string letters;
    std::string tones;
};

void takeSign(std::string& letters, const std::string& folded)
{
    for (const char c : folded) {
        if (c >= '0' && c <= '9') {
            letters.push_back(static_cast<char>(kDigitZero + (c - '0')));
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            letters.push_back(c); // other scripts: their UTF-8 bytes, after all Latin letters
        } else if (c >= 'a' && c <= 'z') {
            letters.push_back(static_cast<char>(kFirstLetter + kAlphabet.find(static_cast<char32_t>(c))));
        } else {
            letters.push_back(c == '\'' ? kApostrophe : c == '-' ? kHyphen : kOtherSign);
        }
    }
}

/// Takes the letter at `at` with its marks; gives the place behind them.
std::size_t takeLetter(WordKey& key, const std::u32string& word, std::size_t at)
{
    std::string alone;
    appendCharacter(alone, word[at]);
    const std::string folded = fold(alone);
    char32_t letter = folded == "d" && word[at] > 0x7F ? U'đ' : 0;
    std::size_t after = at + 1;
    for (; after < word.size() && text::isMark(word[after]); ++after) {
        const char32_t shape = folded.size() == 1 && letter == 0 ? shaped(folded[0], word[after]) : 0;
        if (shape != 0) {
            letter = shape;
        } else if (after - at <= 8) {
            key.tones.push_back(static_cast<char>(kNoTone + toneRank(word[after])));
        }
    }
    if (letter != 0) {
        key.letters.push_back(static_cast<char>(kFirstLetter + kAlphabet.find(letter)));
    } else {
        takeSign(key.letters, folded);
    }
    return after;
}

WordKey keyOfWord(const std::u32string& word)
{
    WordKey key;
    for (std::size_t i = 0; i < word.size();) {
        i = takeLetter(key, word, i);
    }
    if (key.tones.empty()) {
        key.tones.push_back(kNoTone);
    }
    return key;
}

std::vector<WordKey> keysOfWords(std::string_view name)
{
    const std::u32string letters = decomposed(tidyText(name));
    std::vector<WordKey> words;
    for (std::size_t begin = 0; begin < letters.size();) {
        const std::size_t end = std::min(letters.find(U' ', begin), letters.size());
        words.push_back(keyOfWord(letters.substr(begin, end - begin)));
        begin = end + 1;
    }
    return words;
}

bool isVietnameseLetter(char32_t base, const std::u32string& marks)
{
    if (marks.size() > 2) {
        return false;
    }
    char32_t letter = base;
    int tones = 0;
    for (const char32_t mark : marks) {
        const char32_t shape = letter < 0x80 ? shaped(static_cast<char>(letter), mark) : 0;
        if (shape != 0) {
            letter = shape;
        } else if (toneRank(mark) <= 5) {
            ++tones;
        } else {
            return false;
        }
    }
    const bool vowel = std::u32string_view(U"aăâeêioôơuưy").find(letter) != std::u32string_view::npos;
    const bool foreign = letter == U'f' || letter == U'j' || letter == U'w' || letter == U'z';
    return !foreign && kAlphabet.find(letter) != std::u32string_view::npos && tones <= (vowel ? 1 : 0);
}

} // namespace

std::string nameSortKey(std::string_view name)
{
    std::vector<WordKey> words = keysOfWords(name);
    if (words.empty()) {
        return {};
    }
    std::rotate(words.begin(), words.end() - 1, words.end()); // the given name, which is last, comes first
    std::string key;
    std::string tones;
    for (std::size_t i = 0; i < words.size(); ++i) {
        key += words[i].letters;
        key.push_back(i < 2 ? kPartEnd : kWordEnd);
        tones += words[i].tones;
        tones.push_back(kWordEnd);
    }
    key.push_back(kPartEnd);
    return key + tones;
}

std::strong_ordering compareNames(std::string_view left, std::string_view right)
{
    const auto byKey = nameSortKey(left) <=> nameSortKey(right);
    return std::is_neq(byKey) ? byKey : nfc(left) <=> nfc(right);
}

std::string lettersOutsideVietnamese(std::string_view text)
{
    const std::u32string letters = decomposed(tidyText(text));
    std::string found;
    for (std::size_t i = 0; i < letters.size();) {
        std::size_t after = i + 1;
        while (after < letters.size() && text::isMark(letters[after])) {
            ++after;
        }
        const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(letters[i])));
        const bool isLetter = u_isalpha(static_cast<UChar32>(small)) != 0;
        if (isLetter && !isVietnameseLetter(small, letters.substr(i + 1, after - i - 1))) {
            std::string whole;
            for (std::size_t k = i; k < after; ++k) {
                appendCharacter(whole, letters[k]);
            }
            whole = nfc(whole);
            found += found.find(whole) == std::string::npos ? whole : "";
        }
        i = after;
    }
    return found;
}

} // namespace motcua
