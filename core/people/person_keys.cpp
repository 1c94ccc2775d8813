// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/person_keys.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kNameWordsMax = 16;
constexpr std::size_t kPlacePartsMax = 12;

/// A letter for the kind and fifty bits of FNV-1a, stirred: as little as keeps a million persons apart.
std::string hashed(char kind, std::string_view text)
{
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    hash ^= hash >> 31;
    hash *= 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
    constexpr std::string_view kAlphabet = "0123456789abcdefghijklmnopqrstuv";
    std::string key(1, kind);
    for (int i = 0; i < 10; ++i, hash >>= 5) {
        key += kAlphabet[hash & 31];
    }
    return key;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? "" : " ";
        text += word;
    }
    return text;
}

std::string initials(const std::vector<std::string>& words)
{
    std::string letters;
    for (const std::string& word : words) {
        letters += word.front();
    }
    std::ranges::sort(letters);
    return letters;
}

/// How many of the first words name a kind of unit of the lowest level: "xa", "thi tran".
std::size_t communeKind(const std::vector<std::string>& words)
{
    constexpr std::array<std::string_view, 4> kOneWord{"xa", "phuong", "p", "tt"};
    if (words.size() > 2 &&
        ((words[0] == "thi" && words[1] == "tran") || (words[0] == "dac" && words[1] == "khu"))) {
        return 2;
    }
    return words.size() > 1 && std::ranges::find(kOneWord, words[0]) != kOneWord.end() ? 1 : 0;
}

bool isUpperUnit(const std::vector<std::string>& words)
{
    constexpr std::array<std::string_view, 7> kOneWord{"tinh", "tp", "quan", "huyen", "tx", "q", "h"};
    const bool isTwoWords = words.size() > 2 && ((words[0] == "thanh" && words[1] == "pho") ||
                                                 (words[0] == "thi" && words[1] == "xa"));
    return isTwoWords || (words.size() > 1 && std::ranges::find(kOneWord, words[0]) != kOneWord.end());
}

using Parts = std::vector<std::vector<std::string>>;

Parts partsOf(std::string_view address)
{
    Parts parts;
    while (!address.empty() && parts.size() < kPlacePartsMax) {
        const std::size_t end = std::min(address.find_first_of(",;\n"), address.size());
        auto words = foldedWords(address.substr(0, end));
        if (!words.empty()) {
            parts.push_back(std::move(words));
        }
        address.remove_prefix(std::min(end + 1, address.size()));
    }
    return parts;
}

/// The part that names the commune: the last one that says so; else the one before the units above it, or
/// before the last one, which then is the province.
std::size_t communePart(const Parts& parts)
{
    for (std::size_t i = parts.size(); i > 0; --i) {
        if (communeKind(parts[i - 1]) > 0) {
            return i - 1;
        }
    }
    std::size_t end = parts.size();
    while (end > 0 && isUpperUnit(parts[end - 1])) {
        --end;
    }
    const bool hasUpper = end < parts.size();
    const std::size_t skipped = hasUpper ? 1 : 2;
    return end >= skipped ? end - skipped : parts.size();
}

} // namespace

std::vector<std::string> nameWords(std::string_view name)
{
    std::vector<std::string> words = foldedWords(name);
    words.resize(std::min(words.size(), kNameWordsMax));
    return words;
}

std::string nameKey(std::vector<std::string> words)
{
    std::ranges::sort(words);
    return joined(words);
}

WrittenPlace writtenPlace(std::string_view address)
{
    Parts parts = partsOf(address);
    const std::size_t commune = communePart(parts);
    WrittenPlace place;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == commune) {
            parts[i].erase(parts[i].begin(),
                           parts[i].begin() + static_cast<std::ptrdiff_t>(communeKind(parts[i])));
            place.commune = joined(parts[i]);
        } else if (commune < parts.size() && i > commune) {
            place.after += (place.after.empty() ? "" : " ") + joined(parts[i]);
        } else {
            place.before.insert(place.before.end(), parts[i].begin(), parts[i].end());
        }
    }
    return place;
}

std::string idKey(std::string_view number)
{
    return hashed('p', number);
}

std::string wholeNameKey(std::string_view nameKey)
{
    return hashed('n', nameKey);
}

std::string nameYearKey(std::string_view nameKey, int year)
{
    return hashed('y', std::string(nameKey) + '|' + std::to_string(year));
}

std::string namePlaceKey(std::string_view nameKey, std::string_view place)
{
    return hashed('c', std::string(nameKey) + '|' + std::string(place));
}

std::string initialsDayKey(const std::vector<std::string>& words, const BirthDate& day)
{
    return hashed('d', initials(words) + '|' + std::to_string((day.year * 100 + day.month) * 100 + day.day));
}

std::string initialsYearKey(const std::vector<std::string>& words, int year)
{
    return hashed('t', initials(words) + '|' + std::to_string(year));
}

std::string keysOf(const std::vector<StatedPerson>& persons)
{
    std::set<std::string> keys;
    for (const StatedPerson& person : persons) {
        for (const std::string* number : {&person.personalId, &person.oldId}) {
            if (!number->empty()) {
                keys.insert(idKey(*number));
            }
        }
        const std::vector<std::string> words = nameWords(person.name);
        if (words.empty()) {
            continue;
        }
        const std::string name = nameKey(words);
        keys.insert(wholeNameKey(name));
        const BirthDate birth = birthDateOf(person.birth);
        if (birth.isKnown()) {
            keys.insert(nameYearKey(name, birth.year));
            keys.insert(initialsYearKey(words, birth.year));
        }
        if (birth.hasDay()) {
            keys.insert(initialsDayKey(words, birth));
        }
        const WrittenPlace place = writtenPlace(person.address);
        if (!place.commune.empty()) {
            keys.insert(namePlaceKey(name, place.commune));
        }
    }
    return joined(std::vector<std::string>(keys.begin(), keys.end()));
}

} // namespace motcua
