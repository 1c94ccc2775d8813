// SPDX-License-Identifier: GPL-3.0-or-later
// Finds keys of Telex and VNI that no input method turned into letters: the word is no Vietnamese syllable as
// it stands, and becomes one when the keys are taken for what they mean.
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

// Longer ones first, so that the first that fits is the one meant.
constexpr std::array<std::string_view, 28> kOnsets{
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d",
    "g",   "h",  "k",  "l",  "m",  "n",  "p",  "q",  "r",  "s",  "t",  "v", "x", ""};

// Without marks. Those before the bar stand alone, those behind it may be closed by a consonant.
constexpr std::array<std::string_view, 26> kOpenVowels{
    "ai", "ao", "au",  "ay",  "eo", "eu",  "ia",  "ieu", "iu",  "oai", "oao", "oay", "oeo",
    "oi", "ua", "uai", "uay", "ui", "uoi", "uou", "uu",  "uya", "uyu", "yeu", "oeu", "ie"};
constexpr std::array<std::string_view, 17> kClosableVowels{
    "a", "e", "i", "o", "u", "y", "ie", "oa", "oe", "uo", "ua", "ue", "uy", "uye", "ye", "ya", "ia"};
constexpr std::array<std::string_view, 8> kCodas{"c", "ch", "m", "n", "ng", "nh", "p", "t"};

template<std::size_t N> bool holds(const std::array<std::string_view, N>& list, std::string_view word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isRhyme(std::string_view rhyme)
{
    if (holds(kOpenVowels, rhyme) || holds(kClosableVowels, rhyme)) {
        return true;
    }
    const std::size_t coda = rhyme.find_first_not_of("aeiouy");
    if (coda == std::string_view::npos || coda == 0) {
        return false;
    }
    const std::string_view vowels = rhyme.substr(0, coda);
    const std::string_view end = rhyme.substr(coda);
    // xoong, boong: the only doubled vowel of the script.
    return holds(kCodas, end) &&
           (holds(kClosableVowels, vowels) || (vowels == "oo" && (end == "ng" || end == "c")));
}

bool isSyllable(std::string_view word)
{
    if (word == "gi") {
        return true;
    }
    for (const std::string_view onset : kOnsets) {
        if (word.starts_with(onset) && isRhyme(word.substr(onset.size()))) {
            return true;
        }
    }
    return false;
}

bool isVowel(char c)
{
    return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

bool hasVowel(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), isVowel);
}

/// Takes the keys of VNI out: 1 to 8 after a vowel of the syllable, 9 after d.
std::string withoutVniKeys(std::string_view word)
{
    std::string out;
    for (const char c : word) {
        const bool markKey = c >= '1' && c <= '8' && hasVowel(out);
        const bool barKey = c == '9' && out.find('d') != std::string::npos;
        if (!markKey && !barKey) {
            out.push_back(c);
        }
    }
    return out;
}

/// Takes the keys of Telex out: a doubled a, e, o or d, a w, and s f r x j behind the vowels.
std::string withoutTelexKeys(std::string_view word)
{
    std::string out;
    for (const char c : word) {
        const bool doubled =
            (c == 'a' || c == 'e' || c == 'o' || c == 'd') && !out.empty() && out.back() == c;
        const bool toneKey = std::string_view("sfrxj").find(c) != std::string_view::npos && hasVowel(out);
        const bool horn = c == 'w' && !out.empty() && isVowel(out.back());
        if (c == 'w' && !horn) {
            out.push_back('u'); // w alone types ư
        } else if (!doubled && !toneKey && !horn) {
            out.push_back(c);
        }
    }
    return out;
}

} // namespace

bool looksLikeLeftoverTyping(std::string_view word)
{
    constexpr std::size_t kLongest = 14; // the longest syllable with all its keys; bounds the work too
    const std::string key = fold(word.substr(0, 64));
    if (key.size() < 3 || key.size() > kLongest || key[0] < 'a' || key[0] > 'z') {
        return false;
    }
    const bool plain = std::all_of(key.begin(), key.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    if (!plain || isSyllable(key)) {
        return false;
    }
    const bool digits = key.find_first_of("0123456789") != std::string::npos;
    const std::string meant = digits ? withoutVniKeys(key) : withoutTelexKeys(key);
    return meant != key && meant.size() >= 2 && isSyllable(meant);
}

} // namespace motcua
