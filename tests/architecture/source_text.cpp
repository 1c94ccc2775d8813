// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_text.h"

#include <algorithm>
#include <cctype>

namespace motcua::architecture {

namespace {

bool isWordChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// One pass over a file, one thing at a time.
class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    SourceText read()
    {
        while (m_at < m_text.size())
            step();
        return std::move(m_result);
    }

private:
    void step()
    {
        const char c = m_text[m_at];
        if (startsWith("//")) {
            skipTo("\n", 0);
        } else if (startsWith("/*")) {
            skipTo("*/", 2);
        } else if (c == '#' && m_lineIsEmpty) {
            directive();
        } else if (c == '"') {
            literal();
        } else if (c == '\'') {
            character();
        } else if (isWordChar(c)) {
            word();
        } else {
            advance(1);
        }
    }

    [[nodiscard]] bool startsWith(std::string_view what) const
    {
        return m_text.substr(m_at).starts_with(what);
    }

    void advance(std::size_t count)
    {
        for (const std::size_t end = std::min(m_at + count, m_text.size()); m_at < end; ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n') {
                ++m_line;
                m_lineIsEmpty = true;
            } else if (c != ' ' && c != '\t') {
                m_lineIsEmpty = false;
            }
        }
    }

    void advanceTo(std::size_t position) { advance(std::min(position, m_text.size()) - m_at); }

    void skipTo(std::string_view end, std::size_t beyond)
    {
        const std::size_t found = m_text.find(end, m_at + beyond);
        advanceTo(found == std::string_view::npos ? m_text.size() : found + beyond);
    }

    /// An include is kept; of any other directive only the '#' is passed over: its words are code too.
    void directive()
    {
        const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        const std::string_view line = m_text.substr(m_at, end - m_at);
        const std::size_t keyword = line.find_first_not_of(" \t", 1);
        if (keyword == std::string_view::npos || !line.substr(keyword).starts_with("include"))
            return advance(1);
        const std::size_t open = line.find_first_of("\"<", keyword);
        const std::size_t close = open == std::string_view::npos ? open : line.find_first_of("\">", open + 1);
        if (close != std::string_view::npos) {
            m_result.includes.push_back(
                {std::string(line.substr(open + 1, close - open - 1)), line[open] == '"', m_line});
        }
        advanceTo(end);
    }

    void literal()
    {
        const int line = m_line;
        const std::size_t begin = m_at + 1;
        std::size_t end = begin;
        while (end < m_text.size() && m_text[end] != '"' && m_text[end] != '\n')
            end += m_text[end] == '\\' ? 2 : 1;
        end = std::min(end, m_text.size());
        m_result.literals.push_back({std::string(m_text.substr(begin, end - begin)), line});
        advanceTo(end + 1);
    }

    void rawLiteral()
    {
        const int line = m_line;
        const std::size_t open = std::min(m_text.find('(', m_at), m_text.size());
        const std::string close = ")" + std::string(m_text.substr(m_at + 1, open - m_at - 1)) + "\"";
        const std::size_t end = std::min(m_text.find(close, open), m_text.size());
        if (open < end)
            m_result.literals.push_back({std::string(m_text.substr(open + 1, end - open - 1)), line});
        advanceTo(end + close.size());
    }

    void character()
    {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != '\'' && m_text[end] != '\n')
            end += m_text[end] == '\\' ? 2 : 1;
        advanceTo(end + 1);
    }

    void word()
    {
        const int line = m_line;
        std::size_t end = m_at;
        // 1'000 is one word: a quote between digits separates them, it opens no character.
        const bool number = std::isdigit(static_cast<unsigned char>(m_text[m_at])) != 0;
        while (end < m_text.size() && (isWordChar(m_text[end]) || (number && m_text[end] == '\'')))
            ++end;
        std::string text(m_text.substr(m_at, end - m_at));
        advanceTo(end);
        if (text.ends_with('R') && text.size() <= 3 && startsWith("\""))
            return rawLiteral();
        if (text == "std" && startsWith("::")) {
            advance(2);
            m_afterStd = true;
            return;
        }
        m_result.words.push_back({(m_afterStd ? "std::" : "") + text, line});
        m_afterStd = false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    bool m_lineIsEmpty = true; ///< nothing but blanks so far in this line
    bool m_afterStd = false;
    SourceText m_result;
};

} // namespace

SourceText readSource(std::string_view text)
{
    return Reader(text).read();
}

} // namespace motcua::architecture
