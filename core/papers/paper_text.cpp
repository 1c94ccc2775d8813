// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_text.h"

#include <QChar>
#include <QList>

namespace motcua {

namespace {

constexpr int kMostMarks = 3;
constexpr char32_t kNoBreakSpace = 0x00A0;
constexpr char32_t kObjectReplacement = 0xFFFC;

bool isNonCharacter(char32_t c)
{
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

enum class Fate
{
    Keep,
    Space,
    Drop,
    Mark,
    Broken,
};

Fate fateOf(char32_t c)
{
    if (isNonCharacter(c) || c == kObjectReplacement) {
        return Fate::Drop;
    }
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return Fate::Space;
    case QChar::Separator_Space:
        return c == kNoBreakSpace ? Fate::Keep : Fate::Space;
    case QChar::Other_Format:
        return Fate::Drop;
    case QChar::Other_Surrogate:
        return Fate::Broken;
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
        return Fate::Mark;
    default:
        return Fate::Keep;
    }
}

} // namespace

QString printable(std::string_view utf8)
{
    // Cut before normalising, so that a flood costs nothing: four bytes a character is the most there is.
    const auto bytes = utf8.substr(0, std::size_t{kLongestPaperText} * 8);
    const auto points = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()))
                            .normalized(QString::NormalizationForm_C)
                            .toUcs4();
    QString text;
    int marks = 0;
    for (const char32_t c : points) {
        if (text.size() >= kLongestPaperText) {
            return text + QStringLiteral("… [đã cắt bớt]");
        }
        const Fate fate = fateOf(c);
        marks = fate == Fate::Mark ? marks + 1 : (fate == Fate::Drop ? marks : 0);
        if (fate == Fate::Keep || (fate == Fate::Mark && marks <= kMostMarks)) {
            text += QString::fromUcs4(&c, 1);
        } else if (fate == Fate::Space) {
            text += QLatin1Char(' ');
        } else if (fate == Fate::Broken) {
            text += QChar(QChar::ReplacementCharacter);
        }
    }
    return text;
}

std::string escapedForMarkup(std::string_view utf8)
{
    const std::string clean = printable(utf8).toStdString();
    std::string escaped;
    escaped.reserve(clean.size());
    for (const char c : clean) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped += c;
        }
    }
    return escaped;
}

} // namespace motcua
