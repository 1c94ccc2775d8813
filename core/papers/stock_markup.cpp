// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/stock_markup.h"

#include "core/papers/markup_cursor.h"

namespace motcua {

namespace {

class StockReader : private MarkupCursor
{
public:
    using MarkupCursor::MarkupCursor;

    [[nodiscard]] Result<Sheet> sheet();

private:
    [[nodiscard]] Result<Placed> placed(const MarkupStyle& base);
    [[nodiscard]] Result<void> box(Placed& placed);
    [[nodiscard]] Result<void> words(Placed& placed, const MarkupStyle& base);
};

Result<Sheet> StockReader::sheet()
{
    while (!m_xml.atEnd() && m_xml.readNext() != QXmlStreamReader::StartElement) {
        if (m_xml.isDTD()) {
            return error(QStringLiteral("a template declares no document type"));
        }
    }
    Sheet sheet;
    sheet.isStock = true;
    TRY(onlyStyleAnd({QStringLiteral("title"), QStringLiteral("landscape")}));
    sheet.title = text("title");
    sheet.landscape = TRY(yes("landscape", false));
    const MarkupStyle base = TRY(style({}));
    while (TRY(next(QStringLiteral("stock")))) {
        if (m_xml.isStartElement()) {
            sheet.placed.push_back(TRY(placed(base)));
        } else if (!m_xml.isWhitespace()) {
            return error(QStringLiteral("text on a stock stands in a <place>"));
        }
    }
    return sheet;
}

Result<Placed> StockReader::placed(const MarkupStyle& base)
{
    const auto name = m_xml.name();
    Placed placed;
    if (name == QLatin1String("place") || name == QLatin1String("printed")) {
        placed.kind = name == QLatin1String("place") ? Placed::Kind::Value : Placed::Kind::Printed;
        TRY(onlyStyleAnd({QStringLiteral("field"), QStringLiteral("x"), QStringLiteral("y"),
                          QStringLiteral("width"), QStringLiteral("height"), QStringLiteral("least")}));
        TRY(box(placed));
        TRY(words(placed, base));
        return placed;
    }
    placed.kind = name == QLatin1String("frame")    ? Placed::Kind::Frame
                  : name == QLatin1String("stroke") ? Placed::Kind::Stroke
                                                    : Placed::Kind::Dots;
    if (placed.kind == Placed::Kind::Dots && name != QLatin1String("dots")) {
        return error(QStringLiteral("<%1> is not known on a stock").arg(name));
    }
    TRY(only({QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("width"), QStringLiteral("height"),
              QStringLiteral("thickness")}));
    TRY(box(placed));
    placed.thickness = TRY(number("thickness", placed.thickness, {0.1, 6}));
    TRY(empty());
    return placed;
}

Result<void> StockReader::box(Placed& placed)
{
    placed.x = TRY(number("x", 0, kMillimetres));
    placed.y = TRY(number("y", 0, kMillimetres));
    placed.width = TRY(number("width", 0, kMillimetres));
    placed.height = TRY(number("height", 0, kMillimetres));
    return {};
}

Result<void> StockReader::words(Placed& placed, const MarkupStyle& base)
{
    const MarkupStyle own = TRY(style(base));
    placed.field = text("field");
    placed.least = TRY(number("least", placed.least, kTypeSize));
    placed.text.align = own.align;
    placed.text.leading = own.leading;
    const QString inside = m_xml.name().toString();
    if (placed.kind == Placed::Kind::Value &&
        (placed.field.isEmpty() || placed.width <= 0 || placed.height <= 0)) {
        return error(QStringLiteral("a <place> says its field, width and height"));
    }
    QString written;
    while (TRY(next(inside))) {
        if (m_xml.isStartElement()) {
            return error(QStringLiteral("<%1> holds text only").arg(inside));
        }
        written += m_xml.text();
    }
    placed.text.runs.push_back(Run{written.simplified(), own.size, own.bold, own.italic, false});
    return {};
}

} // namespace

bool isStockMarkup(std::string_view xml)
{
    const auto root = xml.find('<');
    return root != std::string_view::npos && xml.substr(root, 6) == "<stock";
}

Result<Sheet> parseStockMarkup(std::string_view xml, const std::string& name)
{
    return StockReader(xml, name).sheet();
}

} // namespace motcua
