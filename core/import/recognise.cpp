// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/recognise.h"

#include "core/import/letter_tables.h"
#include "core/import/syllable.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace motcua {

namespace {

constexpr std::size_t kWordsMax = 3000;
constexpr std::size_t kWordBytesMax = 40;
constexpr std::size_t kSampleBytesMax = 400;
constexpr double kFits = 0.55;  ///< words that must read well for a code to be recognised
constexpr double kClear = 0.08; ///< by which it must be better than the next
constexpr std::size_t kFewWords = 4;

bool isMarked(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool isBreak(char c)
{
    return static_cast<unsigned char>(c) < 0x80 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

/// Calls `use` for each word: what stands between ASCII signs and digits. Bytes above ASCII belong to words,
/// because in older codes signs and letters share them.
template<class Use> void forWords(std::string_view text, const Use& use)
{
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || isBreak(text[i])) {
            if (i > begin) {
                use(text.substr(begin, i - begin));
            }
            begin = i + 1;
        }
    }
}

/// Quotes and dashes around a word are none of its letters.
std::string_view bare(std::string_view word)
{
    constexpr std::array<std::string_view, 9> kSigns{"“", "”", "‘", "’", "–", "—", "…", " ", "«"};
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view sign : kSigns) {
            if (word.starts_with(sign)) {
                word.remove_prefix(sign.size());
                again = true;
            }
            if (word.ends_with(sign) && !word.empty()) {
                word.remove_suffix(sign.size());
                again = true;
            }
        }
    }
    return word;
}

/// TCVN3 has no capitals with a tone, VPS lacks fourteen: a ledger that writes names in capitals shows as
/// many words with one small letter as it has words, and each of them is good Vietnamese.
Case caseIn(LetterCode code)
{
    return code == LetterCode::Tcvn3 || code == LetterCode::Vps ? Case::Lost : Case::Kept;
}

struct WordReading
{
    double weight = 0;
    bool isRead = false;
};

WordReading readWord(std::string_view word, LetterCode code)
{
    const Converted converted = convertLetters(word, code);
    if (!converted.odd.empty()) {
        return {};
    }
    const std::string_view plain = bare(converted.text);
    if (plain.empty()) {
        return {0.5, true};
    }
    const int weight = syllableWeight(plain, caseIn(code));
    return {weight == 0 ? 0 : 0.7 + 0.1 * weight, weight > 0};
}

struct TextReading
{
    int marked = 0;
    int read = 0;
};
TextReading readMarkedWords(std::string_view text, Case letters = Case::Kept)
{
    TextReading reading;
    forWords(text, [&](std::string_view word) {
        if (isMarked(word)) {
            ++reading.marked;
            reading.read += syllableWeight(bare(word), letters) > 0 ? 1 : 0;
        }
    });
    return reading;
}

bool readsWell(const Converted& converted, Case letters = Case::Kept)
{
    const TextReading reading = readMarkedWords(converted.text, letters);
    return converted.odd.empty() && reading.marked == reading.read;
}

/// Letters that only Unicode has: no older code was ever shown with them.
bool hasUnicodeLetters(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        bool isText = true;
        const char32_t c = nextLetter(text, at, isText);
        if (c >= 0x1EA0 && c <= 0x1EF9) {
            return true;
        }
    }
    return false;
}

Recognition judged(const ColumnLetters& column, const ColumnLetters::Scores& scores)
{
    const auto font = column.font(scores);
    std::array<LetterCode, kLetterCodes> order{};
    std::copy(allLetterCodes().begin(), allLetterCodes().end(), order.begin());
    const auto weight = [&](LetterCode code) { return scores[static_cast<std::size_t>(code)].weight; };
    std::stable_sort(order.begin(), order.end(),
                     [&](LetterCode a, LetterCode b) { return weight(a) > weight(b); });
    const LetterCode best = font.value_or(order[0]);
    const bool fits = weight(best) >= kFits;
    const bool clear = order[0] == best && weight(order[0]) - weight(order[1]) >= kClear &&
                       column.words() >= static_cast<std::int64_t>(kFewWords);
    Recognition result = column.sampleOf(best);
    result.percent = static_cast<int>(scores[static_cast<std::size_t>(best)].read * 100 + 0.5);
    result.sure = column.isPlain()          ? Recognition::Sure::Plain
                  : fits && (clear || font) ? Recognition::Sure::Yes
                                            : Recognition::Sure::No;
    return result;
}

} // namespace

void ColumnLetters::addWord(std::string_view word)
{
    if (!isMarked(word) || word.size() > kWordBytesMax) {
        return;
    }
    if (m_words.size() < kWordsMax) {
        ++m_words[std::string(word)];
    } else if (const auto known = m_words.find(std::string(word)); known != m_words.end()) {
        ++known->second;
    }
}

void ColumnLetters::add(const SheetCell& cell)
{
    if (cell.kind != CellKind::Text && cell.kind != CellKind::Formula) {
        return;
    }
    m_capitalsFont += cell.capitalsFont ? 1 : 0;
    if (!isMarked(cell.text)) {
        return;
    }
    ++m_marked;
    m_fonts[static_cast<std::size_t>(cell.font.value_or(LetterCode::Unicode))] += 1;
    if (m_sample.empty() && cell.text.size() <= kSampleBytesMax) {
        m_sample = cell.text;
    }
    forWords(cell.text, [&](std::string_view word) { addWord(word); });
}

std::array<ColumnLetters::Score, kLetterCodes> ColumnLetters::scores() const
{
    std::array<Score, kLetterCodes> scores{};
    double all = 0;
    for (const auto& [word, count] : m_words) {
        // A word that stands there a thousand times says more than one that stands there once (a slip, a
        // stray sign: a long ledger has hundreds of those), but not a thousand times as much.
        const double times = 1 + std::log2(count);
        all += times;
        for (const LetterCode code : allLetterCodes()) {
            const WordReading reading = readWord(word, code);
            scores[static_cast<std::size_t>(code)].weight += times * reading.weight;
            scores[static_cast<std::size_t>(code)].read += times * (reading.isRead ? 1 : 0);
        }
    }
    for (Score& score : scores) {
        score.weight /= all == 0 ? 1 : all;
        score.read /= all == 0 ? 1 : all;
    }
    return scores;
}

std::optional<LetterCode> ColumnLetters::font(const Scores& scores) const
{
    for (const LetterCode code : {LetterCode::Tcvn3, LetterCode::Vni, LetterCode::Vps}) {
        const std::int64_t cells = m_fonts[static_cast<std::size_t>(code)];
        // A font is a hint only as far as the letters agree: Unicode text is often left in an old font.
        if (cells * 2 > m_marked && scores[static_cast<std::size_t>(code)].weight >= kFits) {
            return code;
        }
    }
    return std::nullopt;
}

Recognition ColumnLetters::sampleOf(LetterCode code) const
{
    Recognition result;
    result.code = code;
    result.words = words();
    result.lostCase =
        m_capitalsFont > 0 ||
        (caseIn(code) == Case::Lost && std::any_of(m_words.begin(), m_words.end(), [&](const auto& word) {
             return hasLostCase(convertLetters(word.first, code).text);
         }));
    result.before = m_sample;
    result.after = convertLetters(m_sample, code).text;
    return result;
}

std::vector<Recognition> recognise(const std::vector<ColumnLetters>& columns)
{
    std::vector<Recognition> found;
    std::vector<ColumnLetters::Scores> all;
    std::array<std::int64_t, kLetterCodes> sure{};
    for (const ColumnLetters& column : columns) {
        all.push_back(column.scores());
        found.push_back(judged(column, all.back()));
        if (found.back().sure == Recognition::Sure::Yes) {
            sure[static_cast<std::size_t>(found.back().code)] += found.back().words;
        }
    }
    const auto* const most = std::max_element(sure.begin(), sure.end());
    const std::int64_t words = std::accumulate(sure.begin(), sure.end(), std::int64_t{0});
    if (words == 0 || *most * 4 < words * 3) { // nothing is sure, or the file is in several codes
        return found;
    }
    const auto usual = static_cast<LetterCode>(most - sure.begin());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (found[i].sure != Recognition::Sure::No) {
            continue;
        }
        const ColumnLetters::Scores& scores = all[i];
        const ColumnLetters::Score& score = scores[static_cast<std::size_t>(usual)];
        const bool nearBest = std::all_of(scores.begin(), scores.end(), [&](const auto& other) {
            return other.weight <= score.weight + kClear * 3;
        });
        if (score.weight >= kFits && nearBest) {
            found[i] = columns[i].sampleOf(usual);
            found[i].percent = static_cast<int>(score.read * 100 + 0.5);
            found[i].sure = Recognition::Sure::Likely;
        }
    }
    return found;
}

CellLetters readCellLetters(std::string_view text, LetterCode code)
{
    CellLetters cell;
    if (code != LetterCode::Unicode && !isMarked(text)) {
        cell.converted = convertLetters(text, LetterCode::Unicode);
        return cell;
    }
    cell.converted = convertLetters(text, code);
    if (code == LetterCode::Unicode) {
        const TextReading own = readMarkedWords(cell.converted.text);
        if (own.marked == 0 || own.read * 2 > own.marked) {
            return cell;
        }
        for (const LetterCode other : {LetterCode::Tcvn3, LetterCode::Vni, LetterCode::Vps,
                                       LetterCode::Viscii, LetterCode::Cp1258, LetterCode::Utf8}) {
            if (readsWell(convertLetters(text, other), caseIn(other))) {
                cell.isMixed = true;
                cell.other = other;
                return cell;
            }
        }
        return cell;
    }
    const Converted plain = convertLetters(text, LetterCode::Unicode);
    const bool surelyUnicode = hasUnicodeLetters(text);
    if (surelyUnicode || (!readsWell(cell.converted, caseIn(code)) && readsWell(plain))) {
        cell.isMixed = true;
        cell.converted = surelyUnicode || !cell.converted.odd.empty() ? plain : cell.converted;
    }
    return cell;
}

} // namespace motcua
