// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/register/search_words.h"

#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kWordsMax = 300;
constexpr std::size_t kWordBytesMax = 40;
constexpr std::size_t kTypedWordsMax = 12;
constexpr int kDepthMax = 6;

bool isWordChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string compact(std::string_view folded)
{
    std::string text;
    std::ranges::copy_if(folded, std::back_inserter(text), isWordChar);
    return text;
}

std::string backwards(std::string_view text)
{
    std::string turned = "x";
    turned.append(text.rbegin(), text.rend());
    return turned;
}

/// Collects each word once; the order does not matter to the index.
class Words
{
public:
    void addText(std::string_view text)
    {
        for (std::string& word : foldedWords(text)) {
            add(std::move(word));
        }
    }
    void addNumber(std::string_view number)
    {
        const std::string plain = compact(fold(number));
        if (!plain.empty()) {
            add(backwards(plain));
            add(plain);
        }
    }
    [[nodiscard]] std::string joined() const
    {
        std::string text;
        for (const std::string& word : m_words) {
            text += text.empty() ? "" : " ";
            text += word;
        }
        return text;
    }

private:
    void add(std::string word)
    {
        if (m_words.size() < kWordsMax) {
            word.resize(std::min(word.size(), kWordBytesMax));
            m_words.insert(std::move(word));
        }
    }
    std::set<std::string> m_words;
};

void addPerson(const Json& person, Words& words)
{
    words.addText(stringAt(person, "name"));
    words.addText(stringAt(person, "address"));
    words.addNumber(stringAt(person, "personalId"));
    words.addNumber(stringAt(person, "oldId"));
    words.addNumber(stringAt(person, "phone"));
}

/// A form's persons are recognised by their name, wherever the form's definition put them.
void addPersons(const Json& value, Words& words, int depth)
{
    if (!value.is_structured() || depth > kDepthMax) {
        return;
    }
    if (value.is_object() && at(value, "name").is_string()) {
        addPerson(value, words);
    }
    for (const Json& member : value) {
        addPersons(member, words, depth + 1);
    }
}

std::string quotedPrefix(std::string_view word)
{
    return "\"" + std::string(word.substr(0, kWordBytesMax)) + "\"*";
}

std::string joinedPrefixes(const std::vector<std::string>& words)
{
    std::string expression;
    for (const std::string& word : words) {
        expression += (expression.empty() ? "" : " AND ") + quotedPrefix(word);
    }
    return expression;
}

/// A typed word with digits may be a part of an address, or the beginning or end of a number.
std::string numberExpression(std::string_view token)
{
    const std::string plain = compact(token);
    std::string expression = "(" + quotedPrefix(plain) + " OR " + quotedPrefix(backwards(plain));
    const auto parts = foldedWords(token);
    if (parts.size() > 1) {
        expression += " OR (" + joinedPrefixes(parts) + ")";
    }
    return expression + ")";
}

} // namespace

std::string searchWords(const Json& dossier)
{
    Words words;
    words.addNumber(stringAt(dossier, "code"));
    words.addNumber(stringAt(dossier, "officialCode"));
    addPerson(at(dossier, "applicant"), words);
    addPersons(at(dossier, "form"), words, 0);
    return words.joined();
}

std::string searchExpression(std::string_view typed)
{
    const std::string folded = fold(typed.substr(0, 400));
    std::string expression;
    std::size_t taken = 0;
    for (std::size_t begin = 0; begin < folded.size() && taken < kTypedWordsMax;) {
        const std::size_t end = std::min(folded.find(' ', begin), folded.size());
        const std::string_view token = std::string_view(folded).substr(begin, end - begin);
        begin = end + 1;
        std::string part = std::ranges::any_of(token, isDigit) ? numberExpression(token)
                                                               : joinedPrefixes(foldedWords(token));
        if (!part.empty()) {
            expression += (expression.empty() ? "" : " AND ") + part;
            ++taken;
        }
    }
    return expression;
}

} // namespace motcua
