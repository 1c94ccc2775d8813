// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/markup_cursor.h"

namespace motcua {

tl::unexpected<Error> MarkupCursor::error(const QString& what) const
{
    return fail(ErrorKind::Invalid,
                m_name + ", line " + std::to_string(m_xml.lineNumber()) + ": " + what.toStdString());
}

Result<bool> MarkupCursor::next(const QString& inside)
{
    for (;;) {
        switch (m_xml.readNext()) {
        case QXmlStreamReader::StartElement:
        case QXmlStreamReader::Characters:
            return true;
        case QXmlStreamReader::EndElement:
            return false;
        case QXmlStreamReader::Comment:
            break;
        case QXmlStreamReader::Invalid:
            return error(m_xml.errorString());
        default:
            return error(QStringLiteral("unexpected in <%1>: %2").arg(inside, m_xml.tokenString()));
        }
    }
}

bool MarkupCursor::isInline() const
{
    const auto name = m_xml.name();
    return name == QLatin1String("b") || name == QLatin1String("i") || name == QLatin1String("u") ||
           name == QLatin1String("text") || name == QLatin1String("br");
}

Result<void> MarkupCursor::only(const QStringList& known) const
{
    const auto attributes = m_xml.attributes();
    for (const auto& attribute : attributes) {
        if (!known.contains(attribute.qualifiedName().toString())) {
            return error(
                QStringLiteral("<%1> has no attribute '%2'").arg(m_xml.name(), attribute.qualifiedName()));
        }
    }
    return {};
}

Result<void> MarkupCursor::onlyStyleAnd(const QStringList& known) const
{
    return only(known + QStringList{QStringLiteral("size"), QStringLiteral("leading"), QStringLiteral("bold"),
                                    QStringLiteral("italic"), QStringLiteral("align")});
}

QString MarkupCursor::text(const char* name, const QString& otherwise) const
{
    const auto attributes = m_xml.attributes();
    const QLatin1String key(name);
    return attributes.hasAttribute(key) ? attributes.value(key).toString() : otherwise;
}

Result<double> MarkupCursor::number(const char* name, double otherwise, NumberBounds bounds) const
{
    const QString written = text(name);
    if (written.isEmpty()) {
        return otherwise;
    }
    bool isNumber = false;
    const double value = written.toDouble(&isNumber);
    if (!isNumber || !(value >= bounds.least && value <= bounds.most)) {
        return error(QStringLiteral("%1=\"%2\" must be a number from %3 to %4")
                         .arg(QLatin1String(name), written.left(20))
                         .arg(bounds.least)
                         .arg(bounds.most));
    }
    return value;
}

Result<std::vector<double>> MarkupCursor::numbers(const char* name) const
{
    std::vector<double> values;
    const auto parts = text(name).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        bool isNumber = false;
        const double value = part.toDouble(&isNumber);
        if (!isNumber || !(value >= 0 && value <= 1000) || values.size() == kMostColumns) {
            return error(QStringLiteral("%1=\"%2\" must be numbers with spaces between")
                             .arg(QLatin1String(name), text(name).left(60)));
        }
        values.push_back(value);
    }
    return values;
}

Result<bool> MarkupCursor::yes(const char* name, bool otherwise) const
{
    const QString written = text(name);
    if (written.isEmpty()) {
        return otherwise;
    }
    if (written != QLatin1String("yes") && written != QLatin1String("no")) {
        return error(QStringLiteral("%1 must be yes or no").arg(QLatin1String(name)));
    }
    return written == QLatin1String("yes");
}

Result<Align> MarkupCursor::align(Align otherwise) const
{
    const QString written = text("align");
    if (written.isEmpty()) {
        return otherwise;
    }
    if (written == QLatin1String("left")) {
        return Align::Left;
    }
    if (written == QLatin1String("center")) {
        return Align::Center;
    }
    if (written == QLatin1String("right")) {
        return Align::Right;
    }
    if (written == QLatin1String("justify")) {
        return Align::Justify;
    }
    return error(QStringLiteral("align must be left, center, right or justify"));
}

Result<MarkupStyle> MarkupCursor::style(MarkupStyle style) const
{
    style.size = TRY(number("size", style.size, kTypeSize));
    style.leading = TRY(number("leading", style.leading, {0.8, 3}));
    style.bold = TRY(yes("bold", style.bold));
    style.italic = TRY(yes("italic", style.italic));
    style.align = TRY(align(style.align));
    return style;
}

Result<void> MarkupCursor::empty()
{
    const QString inside = m_xml.name().toString();
    while (TRY(next(inside))) {
        if (m_xml.isStartElement() || !m_xml.isWhitespace()) {
            return error(QStringLiteral("<%1> holds nothing").arg(inside));
        }
    }
    return {};
}

} // namespace motcua
