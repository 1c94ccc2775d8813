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

std::string beginning(std::string_view word)
{
    return std::string(word.substr(0, kWordBytesMax));
}

std::string joined(const std::vector<std::string>& beginnings)
{
    std::string expression;
    for (const std::string& word : beginnings) {
        expression += (expression.empty() ? "\"" : " AND \"") + word + "\"*";
    }
    return expression;
}

bool hasWordWith(std::string_view words, std::string_view beginning)
{
    for (std::size_t found = words.find(beginning); found != std::string_view::npos;
         found = words.find(beginning, found + 1)) {
        if (found == 0 || words[found - 1] == ' ') {
            return true;
        }
    }
    return false;
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

SearchTerms::SearchTerms(std::string_view typed)
{
    const std::string folded = fold(typed.substr(0, 400));
    for (std::size_t begin = 0; begin < folded.size() && m_parts.size() < kTypedWordsMax;) {
        const std::size_t end = std::min(folded.find(' ', begin), folded.size());
        const std::string_view token = std::string_view(folded).substr(begin, end - begin);
        begin = end + 1;
        Beginnings words = foldedWords(token);
        if (words.empty()) {
            continue;
        }
        std::ranges::transform(words, words.begin(), beginning);
        Part part;
        if (std::ranges::any_of(token, isDigit)) {
            const std::string plain = compact(token);
            part = {{beginning(plain)}, {beginning(backwards(plain))}};
        }
        if (part.empty() || words.size() > 1) {
            part.push_back(std::move(words));
        }
        m_parts.push_back(std::move(part));
    }
}

std::string SearchTerms::expression() const
{
    std::string expression;
    for (const Part& part : m_parts) {
        expression += expression.empty() ? "(" : " AND (";
        for (std::size_t i = 0; i < part.size(); ++i) {
            expression += (i == 0 ? "(" : " OR (") + joined(part[i]) + ")";
        }
        expression += ")";
    }
    return expression;
}

bool SearchTerms::match(std::string_view words) const
{
    const auto all = [&](const Beginnings& beginnings) {
        return std::ranges::all_of(beginnings, [&](const auto& each) { return hasWordWith(words, each); });
    };
    return std::ranges::all_of(m_parts, [&](const Part& part) { return std::ranges::any_of(part, all); });
}

} // namespace motcua
