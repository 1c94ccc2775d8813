// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/markup.h"

#include <QStringList>
#include <QXmlStreamReader>

namespace motcua {

/// What an element of paper markup hands down to the text inside.
struct MarkupStyle
{
    double size = 13;
    double leading = 1.15;
    bool bold = false;
    bool italic = false;
    bool underline = false;
    Align align = Align::Left;
};

struct NumberBounds
{
    double least;
    double most;
};

/// A place in paper markup: moves from token to token and reads attributes, each with its bounds. Knows no
/// element.
class MarkupCursor
{
public:
    MarkupCursor(std::string_view xml, const std::string& name)
        : m_xml(QByteArray(xml.data(), static_cast<qsizetype>(xml.size()))), m_name(name)
    {}

protected:
    static constexpr NumberBounds kTypeSize{6, 40}; ///< pt
    static constexpr NumberBounds kGap{-40, 200};   ///< pt
    static constexpr NumberBounds kMillimetres{0, 400};
    static constexpr NumberBounds kIndent{-80, 80}; ///< mm
    static constexpr int kMostColumns = 40;

    [[nodiscard]] tl::unexpected<Error> error(const QString& what) const;
    /// Moves on; false at the end of the element that we are in.
    [[nodiscard]] Result<bool> next(const QString& inside);
    /// Whether an element is one that stands within a line of text.
    [[nodiscard]] bool isInline() const;
    /// The end of an element that holds nothing.
    [[nodiscard]] Result<void> empty();
    [[nodiscard]] Result<void> only(const QStringList& known) const;
    /// As `only`, for elements that take the attributes of `style` too.
    [[nodiscard]] Result<void> onlyStyleAnd(const QStringList& known) const;

    [[nodiscard]] QString text(const char* name, const QString& otherwise = {}) const;
    [[nodiscard]] Result<double> number(const char* name, double otherwise, NumberBounds bounds) const;
    [[nodiscard]] Result<std::vector<double>> numbers(const char* name) const;
    [[nodiscard]] Result<bool> yes(const char* name, bool otherwise) const;
    [[nodiscard]] Result<Align> align(Align otherwise) const;
    [[nodiscard]] Result<MarkupStyle> style(MarkupStyle style) const;

    QXmlStreamReader m_xml;

private:
    std::string m_name;
};

} // namespace motcua
