// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/syllable.h"

#include "core/import/letter_tables.h"

#include <algorithm>
#include <array>
#include <string>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unordered_map>
#include <vector>

namespace motcua {

namespace {

constexpr std::array<std::string_view, 28> kOnsets{
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c", "d",
    "đ",   "g",  "h",  "k",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v", "x", ""};

// Rhymes of the spelling in use. Words of minority languages have others; they are few in a column.
constexpr std::string_view kRhymes = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân "
                                     "âng âp ât âu ây e ec em en eng eo ep et ê "
                                     "êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in "
                                     "inh ip it iu o oa oac oach oai oam oan oang "
                                     "oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on "
                                     "ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt "
                                     "ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung "
                                     "uôc uôi uôm uôn uông uôt up ut uơ uy uya "
                                     "uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn "
                                     "ương ươp ươt ươu ưt ưu y ych yêm yên yêng "
                                     "yêt yêu ym yn ynh yt";

// Rhymes with a tone (0 none, 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng) in names of communes, old and new, and of
// people: counted there, the most frequent and the next.
constexpr std::string_view kVeryFrequent =
    "a4 am0 inh0 ân0 ư4 ương2 a0 a2 ai0 ai3 ai5 an0 ang0 anh0 anh1 anh2 anh5 i0 i5 inh2 inh4 inh5 iên0 oa2 "
    "ong0 u1 ung0 "
    "uyên0 uyên4 uyên5 uân0 y4 yên0 ân1 ân2 âp5 ô1 ôc5 ôn0 ông0 ông2 ơn0 ưc1 ưng0 ươc1 ương0";
constexpr std::string_view kFrequent = "a1 a5 ac5 ach5 ai1 am5 an5 ang2 ang3 ao0 ao2 ao3 ao5 ap1 at1 au0 ia0 "
                                       "ia4 ich1 im0 inh3 iên1 iên2 iên5 iêng2 iêp5 "
                                       "iêt5 iêu5 o5 oa0 oa1 oai2 oang2 oc5 om1 on2 u0 u2 u4 ua3 uc1 ung2 "
                                       "ung4 uy0 uy3 uân5 y0 y1 y2 ynh2 âm0 âm3 âm5 ân5 "
                                       "ât1 âu0 âu2 ây0 ê0 ê1 ô0 ô2 ô3 ô4 ôi5 ôt5 ăc1 ăn0 ăng0 ăng1 ăng2 ơi1 "
                                       "ơi5 ơp5 ư0 ưu4 ương5 a3 ac1 ach1 ai2 ai4 am1 "
                                       "am2 an1 an2 an3 ang1 ang4 ang5 anh4 ao1 ao4 at5 au2 ay0 e0 e2 en0 i1 "
                                       "i2 ich5 in1 in2 inh1 iêm0 iên3 iên4 iêng0 "
                                       "iêt1 iêu0 iêu1 iêu2 o0 o2 o3 o4 oan0 oan2 oanh0 oc1 on0 ong5 u3 u5 "
                                       "ua2 uc5 ui2 um5 ung3 ung5 uy5 uân1 uât1 uôi1 "
                                       "uông0 yên1 yêt1 âm2 âp1 âu5 ê2 ê4 ê5 ên1 êt1 ô5 ôc1 ôi0 ôn2 ông1 "
                                       "ông5 ăc5 ăng5 ơ0 ơ2 ơ3 ơ5 ư1 ư2 ư3 ư5 ưa2 ưa3 "
                                       "ưc5 ưu0 ưu5";

void addAll(std::string_view list, int weight, std::unordered_map<std::string, int>& weights)
{
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        weights[std::string(list.substr(0, end))] = weight;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

const std::unordered_map<std::string, int>& weights()
{
    static const auto all = [] {
        std::unordered_map<std::string, int> made;
        addAll(kRhymes, 1, made);
        addAll(kFrequent, 2, made);
        addAll(kVeryFrequent, 3, made);
        return made;
    }();
    return all;
}

/// A word in small letters without its tone, and the tone.
struct Toneless
{
    std::string letters;
    int tone = 0;
    bool isWord = true;
};

int toneOf(UChar32 c)
{
    constexpr std::array<UChar32, 5> kTones{0x301, 0x300, 0x309, 0x303, 0x323};
    const auto* const found = std::find(kTones.begin(), kTones.end(), c);
    return found == kTones.end() ? 0 : static_cast<int>(found - kTones.begin()) + 1;
}

/// One letter of the composed word, its tone taken off.
struct Split
{
    UChar32 letter = 0;
    int tone = 0;
};
Split splitLetter(UChar32 c)
{
    if (c < 0x80) {
        return {c, 0};
    }
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2* const composing = icu::Normalizer2::getNFCInstance(status);
    icu::UnicodeString parts;
    if (!composing->getRawDecomposition(c, parts)) {
        return {c, 0};
    }
    const UChar32 base = parts.char32At(0);
    const UChar32 mark = parts.char32At(parts.length() - 1);
    if (const int tone = toneOf(mark); tone != 0) {
        return {base, tone};
    }
    const Split below = splitLetter(base); // ậ is ạ with a circumflex
    const UChar32 composed = below.tone == 0 ? c : composing->composePair(below.letter, mark);
    return {composed, below.tone};
}

/// The same for the letters that words are made of, looked up: a ledger has millions.
Split splitKnown(UChar32 c)
{
    constexpr UChar32 kLast = 0x1EFF;
    static const std::vector<Split> known = [] {
        std::vector<Split> all;
        for (UChar32 each = 0; each <= kLast; ++each) {
            all.push_back(splitLetter(u_tolower(each)));
        }
        return all;
    }();
    return c >= 0 && c <= kLast ? known[static_cast<std::size_t>(c)] : splitLetter(u_tolower(c));
}

Toneless toneless(std::string_view word, Case letters)
{
    Toneless result;
    bool small = false;
    for (std::size_t at = 0; at < word.size();) {
        bool isText = true;
        const auto c = static_cast<UChar32>(nextLetter(word, at, isText));
        const Split split = splitKnown(c);
        result.isWord = result.isWord && isText && u_isalpha(c) != 0 && !(small && u_isupper(c) != 0);
        const bool mayBeCapital = letters == Case::Lost && split.tone != 0;
        small = small || (u_islower(c) != 0 && !mayBeCapital);
        result.isWord = result.isWord && (split.tone == 0 || result.tone == 0);
        result.tone += split.tone;
        appendCharacter(result.letters, static_cast<char32_t>(split.letter));
    }
    return result;
}

bool endsInStop(std::string_view rhyme)
{
    return rhyme.ends_with('c') || rhyme.ends_with("ch") || rhyme.ends_with('p') || rhyme.ends_with('t');
}

int rhymeWeight(const std::string& rhyme, int tone)
{
    if (!weights().contains(rhyme) || (endsInStop(rhyme) && tone != 1 && tone != 5)) {
        return 0;
    }
    const auto found = weights().find(rhyme + static_cast<char>('0' + tone));
    return found == weights().end() ? 1 : found->second;
}

} // namespace

int syllableWeight(std::string_view word, Case letters)
{
    constexpr std::size_t kLongest = 24; // bytes: "nghiêng" with room
    if (word.empty() || word.size() > kLongest) {
        return 0;
    }
    const Toneless plain = toneless(word, letters);
    if (!plain.isWord || plain.tone > 5) {
        return 0;
    }
    int best = 0;
    for (const std::string_view onset : kOnsets) {
        if (std::string_view(plain.letters).starts_with(onset)) {
            best = std::max(best, rhymeWeight(plain.letters.substr(onset.size()), plain.tone));
        }
    }
    return best;
}

} // namespace motcua
