// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/markup.h"

#include "core/papers/markup_cursor.h"
#include "core/papers/stock_markup.h"

namespace motcua {

namespace {

constexpr int kDeepest = 24;
constexpr NumberBounds kCount{1, 40};

class MarkupReader : private MarkupCursor
{
public:
    using MarkupCursor::MarkupCursor;

    [[nodiscard]] Result<Sheet> sheet();

private:
    using Blocks = std::vector<Block>;

    [[nodiscard]] Result<void> sheetAttributes(Sheet& sheet) const;
    [[nodiscard]] Result<Blocks> blocks(const MarkupStyle& style, int depth);
    [[nodiscard]] Result<Block> block(const MarkupStyle& style, int depth);
    [[nodiscard]] Result<Block> leaf(const QString& name);
    [[nodiscard]] Result<void> inlines(std::vector<Run>& runs, const MarkupStyle& style, int depth);
    [[nodiscard]] Result<void> inlineElement(std::vector<Run>& runs, const MarkupStyle& style, int depth);
    [[nodiscard]] Result<Paragraph> paragraph(const MarkupStyle& style, int depth);
    [[nodiscard]] Result<Rule> rule();
    [[nodiscard]] Result<Code> code(Code::Kind kind);
    [[nodiscard]] Result<Table> table(const MarkupStyle& style, int depth);
    [[nodiscard]] Result<void> tableParts(Table& table, const MarkupStyle& style, int depth);
    [[nodiscard]] Result<Table> columns(const MarkupStyle& style, int depth);
    [[nodiscard]] Result<Row> row(const MarkupStyle& style, int depth, QLatin1String cellName,
                                  int columnCount);
    [[nodiscard]] Result<Cell> cell(const MarkupStyle& style, int depth);
};

Result<Sheet> MarkupReader::sheet()
{
    while (!m_xml.atEnd() && m_xml.readNext() != QXmlStreamReader::StartElement) {
        if (m_xml.isDTD()) {
            return error(QStringLiteral("a template declares no document type"));
        }
    }
    if (m_xml.hasError() || m_xml.name() != QLatin1String("paper")) {
        return error(m_xml.hasError() ? m_xml.errorString()
                                      : QStringLiteral("a template begins with <paper>"));
    }
    Sheet sheet;
    TRY(sheetAttributes(sheet));
    const auto base = TRY(style({}));
    sheet.blocks = TRY(blocks(base, 0));
    while (!m_xml.atEnd()) {
        m_xml.readNext();
    }
    if (m_xml.hasError()) {
        return error(m_xml.errorString());
    }
    return sheet;
}

Result<void> MarkupReader::sheetAttributes(Sheet& sheet) const
{
    TRY(onlyStyleAnd({QStringLiteral("title"), QStringLiteral("copies"), QStringLiteral("margins"),
                      QStringLiteral("running"), QStringLiteral("landscape"), QStringLiteral("least")}));
    sheet.title = text("title");
    sheet.least = TRY(number("least", 1, {0.6, 1}));
    sheet.running = text("running");
    sheet.landscape = TRY(yes("landscape", false));
    const auto copies = text("copies").split(QLatin1Char(';'), Qt::SkipEmptyParts);
    for (const QString& copy : copies) {
        sheet.copies.push_back(copy.trimmed());
    }
    if (sheet.copies.size() > 5) {
        return error(QStringLiteral("at most five copies"));
    }
    const auto margins = TRY(numbers("margins"));
    if (!margins.empty() && margins.size() != 4) {
        return error(QStringLiteral("margins are four: top right bottom left"));
    }
    for (std::size_t i = 0; i < margins.size(); ++i) {
        if (margins[i] < 5 || margins[i] > 60) {
            return error(QStringLiteral("a margin is 5 to 60 mm"));
        }
        sheet.margins[i] = margins[i];
    }
    return {};
}

/// Loose text and inline elements between blocks make a paragraph of their own.
Result<std::vector<Block>> MarkupReader::blocks(const MarkupStyle& style, int depth)
{
    const QString inside = m_xml.name().toString();
    if (depth > kDeepest) {
        return error(QStringLiteral("<%1> lies too deep").arg(inside));
    }
    Blocks found;
    std::vector<Run> loose;
    const auto closeLoose = [&] {
        if (!loose.empty()) {
            found.push_back(Block{Paragraph{std::move(loose), style.align, style.leading}});
            loose.clear();
        }
    };
    while (TRY(next(inside))) {
        if (m_xml.isCharacters()) {
            if (!m_xml.isWhitespace() || !loose.empty()) {
                loose.push_back(
                    Run{m_xml.text().toString(), style.size, style.bold, style.italic, style.underline});
            }
        } else if (isInline()) {
            TRY(inlineElement(loose, style, depth + 1));
        } else {
            closeLoose();
            found.push_back(TRY(block(style, depth + 1)));
        }
    }
    closeLoose();
    return found;
}

Result<Block> MarkupReader::block(const MarkupStyle& style, int depth)
{
    const QString name = m_xml.name().toString();
    if (name == QLatin1String("p")) {
        auto made = TRY(paragraph(style, depth));
        return Block{std::move(made)};
    }
    if (name == QLatin1String("table")) {
        auto made = TRY(table(style, depth));
        return Block{std::move(made)};
    }
    if (name == QLatin1String("columns")) {
        auto made = TRY(columns(style, depth));
        return Block{std::move(made)};
    }
    if (name == QLatin1String("keep")) {
        TRY(onlyStyleAnd({}));
        const auto own = TRY(this->style(style));
        return Block{Group{TRY(blocks(own, depth))}};
    }
    return leaf(name);
}

/// Blocks that hold nothing.
Result<Block> MarkupReader::leaf(const QString& name)
{
    if (name == QLatin1String("rule")) {
        auto made = TRY(rule());
        return Block{std::move(made)};
    }
    if (name == QLatin1String("code128") || name == QLatin1String("qr")) {
        auto made = TRY(code(name == QLatin1String("qr") ? Code::Kind::Qr : Code::Kind::Code128));
        return Block{std::move(made)};
    }
    if (name == QLatin1String("space")) {
        TRY(only({QStringLiteral("height")}));
        const Space space
        {
            TRY(number("height", 5, {0, 200}))
        };
        TRY(empty());
        return Block{space};
    }
    if (name == QLatin1String("tickbox")) {
        TRY(only({QStringLiteral("size")}));
        const TickBox box
        {
            TRY(number("size", 4, {1, 30}))
        };
        TRY(empty());
        return Block{box};
    }
    return error(QStringLiteral("<%1> is not known here").arg(name));
}

Result<void> MarkupReader::inlines(std::vector<Run>& runs, const MarkupStyle& style, int depth)
{
    const QString inside = m_xml.name().toString();
    if (depth > kDeepest) {
        return error(QStringLiteral("<%1> lies too deep").arg(inside));
    }
    while (TRY(next(inside))) {
        if (m_xml.isCharacters()) {
            runs.push_back(
                Run{m_xml.text().toString(), style.size, style.bold, style.italic, style.underline});
        } else {
            TRY(inlineElement(runs, style, depth + 1));
        }
    }
    return {};
}

Result<void> MarkupReader::inlineElement(std::vector<Run>& runs, const MarkupStyle& style, int depth)
{
    const auto name = m_xml.name();
    MarkupStyle inner = style;
    if (name == QLatin1String("br")) {
        runs.push_back(Run{QString(QChar(QChar::LineSeparator)), style.size, false, false, false});
        return empty();
    }
    if (name == QLatin1String("text")) {
        TRY(only({QStringLiteral("size")}));
        inner.size = TRY(number("size", style.size, kTypeSize));
    } else if (name == QLatin1String("b")) {
        inner.bold = true;
    } else if (name == QLatin1String("i")) {
        inner.italic = true;
    } else if (name == QLatin1String("u")) {
        inner.underline = true;
    } else {
        return error(QStringLiteral("<%1> can't stand within a line of text").arg(name));
    }
    return inlines(runs, inner, depth);
}

Result<Paragraph> MarkupReader::paragraph(const MarkupStyle& style, int depth)
{
    TRY(onlyStyleAnd({QStringLiteral("before"), QStringLiteral("after"), QStringLiteral("indent"),
                      QStringLiteral("left"), QStringLiteral("keep"), QStringLiteral("leader")}));
    const MarkupStyle own = TRY(this->style(style));
    Paragraph paragraph;
    paragraph.align = own.align;
    paragraph.leading = own.leading;
    paragraph.before = TRY(number("before", 0, kGap));
    paragraph.after = TRY(number("after", 0, kGap));
    paragraph.indent = TRY(number("indent", 0, kIndent));
    paragraph.left = TRY(number("left", 0, {0, 80}));
    paragraph.keepWithNext = TRY(yes("keep", false));
    paragraph.leader = TRY(yes("leader", false));
    TRY(inlines(paragraph.runs, own, depth));
    if (paragraph.runs.empty()) { // an empty line has the height of its type
        paragraph.runs.push_back(Run{{}, own.size, own.bold, own.italic, false});
    }
    return paragraph;
}

Result<Rule> MarkupReader::rule()
{
    TRY(only({QStringLiteral("of-text"), QStringLiteral("width"), QStringLiteral("thickness"),
              QStringLiteral("before"), QStringLiteral("after"), QStringLiteral("align")}));
    Rule rule;
    rule.ofText = TRY(number("of-text", 0, {0, 1}));
    rule.width = TRY(number("width", 0, kMillimetres));
    rule.thickness = TRY(number("thickness", rule.thickness, {0.1, 6}));
    rule.before = TRY(number("before", 0, kGap));
    rule.after = TRY(number("after", 0, kGap));
    rule.align = TRY(align(Align::Center));
    TRY(empty());
    return rule;
}

Result<Code> MarkupReader::code(Code::Kind kind)
{
    TRY(only({QStringLiteral("text"), QStringLiteral("width"), QStringLiteral("height"),
              QStringLiteral("before"), QStringLiteral("align")}));
    Code code;
    code.kind = kind;
    code.text = text("text");
    code.width = TRY(number("width", kind == Code::Kind::Qr ? 22 : 66, {5, 180}));
    code.height = TRY(number("height", kind == Code::Kind::Qr ? code.width : 10, {3, 180}));
    code.before = TRY(number("before", 0, kGap));
    code.align = TRY(align(Align::Center));
    TRY(empty());
    return code;
}

Result<Table> MarkupReader::table(const MarkupStyle& style, int depth)
{
    TRY(onlyStyleAnd({QStringLiteral("widths"), QStringLiteral("lines"), QStringLiteral("padding"),
                      QStringLiteral("inner"), QStringLiteral("before"), QStringLiteral("keep")}));
    Table table;
    table.widths = TRY(numbers("widths"));
    if (table.widths.empty()) {
        return error(QStringLiteral("a table says its widths"));
    }
    const QStringList kinds{QStringLiteral("none"), QStringLiteral("rows"), QStringLiteral("all")};
    const auto lines = kinds.indexOf(text("lines", QStringLiteral("all")));
    if (lines < 0) {
        return error(QStringLiteral("lines must be all, rows or none"));
    }
    table.lines = static_cast<Table::Lines>(lines);
    table.padding = TRY(number("padding", 1.6, {0, 20}));
    table.inner = TRY(number("inner", 0.8, {0, 20}));
    table.before = TRY(number("before", 0, kGap));
    table.keepWithNext = TRY(yes("keep", false));
    const auto own = TRY(this->style(style));
    TRY(tableParts(table, own, depth));
    return table;
}

Result<void> MarkupReader::tableParts(Table& table, const MarkupStyle& style, int depth)
{
    const int columnCount = static_cast<int>(table.widths.size());
    const QLatin1String cellName("cell");
    while (TRY(next(QStringLiteral("table")))) {
        if (m_xml.isCharacters() && !m_xml.isWhitespace()) {
            return error(QStringLiteral("text in a table stands in a cell"));
        }
        if (m_xml.isCharacters()) {
            continue;
        }
        if (m_xml.name() == QLatin1String("row")) {
            table.rows.push_back(TRY(row(style, depth + 1, cellName, columnCount)));
        } else if (m_xml.name() == QLatin1String("head")) {
            TRY(onlyStyleAnd({}));
            const MarkupStyle head = TRY(this->style(style));
            while (TRY(next(QStringLiteral("head")))) {
                if (m_xml.isStartElement()) {
                    table.head.push_back(TRY(row(head, depth + 2, cellName, 0)));
                }
            }
        } else {
            return error(QStringLiteral("<%1> is not known in a table").arg(m_xml.name()));
        }
    }
    return {};
}

Result<Table> MarkupReader::columns(const MarkupStyle& style, int depth)
{
    TRY(onlyStyleAnd({QStringLiteral("widths"), QStringLiteral("padding"), QStringLiteral("gap"),
                      QStringLiteral("before")}));
    Table table;
    table.widths = TRY(numbers("widths"));
    table.gap = TRY(number("gap", 0, {0, 40}));
    table.padding = TRY(number("padding", 0, {0, 20}));
    table.before = TRY(number("before", 0, kGap));
    table.inner = 0;
    if (table.widths.empty()) {
        return error(QStringLiteral("columns say their widths"));
    }
    const int count = static_cast<int>(table.widths.size());
    const auto own = TRY(this->style(style));
    table.rows.push_back(TRY(row(own, depth + 1, QLatin1String("column"), count)));
    return table;
}

/// `columnCount` 0: a head, whose cells may reach over several rows and are counted when it is set.
Result<Row> MarkupReader::row(const MarkupStyle& style, int depth, QLatin1String cellName, int columnCount)
{
    const QString inside = m_xml.name().toString();
    MarkupStyle own = style;
    if (inside == QLatin1String("row")) {
        TRY(onlyStyleAnd({}));
        own = TRY(this->style(style));
    } else if (inside != QLatin1String("columns")) {
        return error(QStringLiteral("<%1> is not known in a table's head").arg(inside));
    }
    Row row;
    int used = 0;
    while (TRY(next(inside))) {
        if (m_xml.isWhitespace()) {
            continue;
        }
        if (m_xml.isCharacters()) {
            return error(QStringLiteral("text in a row stands in a <%1>").arg(cellName));
        }
        if (m_xml.name() != cellName) {
            return error(QStringLiteral("<%1> holds <%2>, not <%3>").arg(inside, cellName).arg(m_xml.name()));
        }
        row.cells.push_back(TRY(cell(own, depth + 1)));
        used += row.cells.back().span;
    }
    if (columnCount > 0 && used != columnCount) {
        return error(QStringLiteral("a row fills %1 of %2 columns").arg(used).arg(columnCount));
    }
    return row;
}

Result<Cell> MarkupReader::cell(const MarkupStyle& style, int depth)
{
    TRY(onlyStyleAnd({QStringLiteral("span"), QStringLiteral("rows"), QStringLiteral("middle")}));
    Cell cell;
    cell.span = static_cast<int>(TRY(number("span", 1, kCount)));
    cell.rows = static_cast<int>(TRY(number("rows", 1, kCount)));
    cell.middle = TRY(yes("middle", false));
    const auto own = TRY(this->style(style));
    cell.blocks = TRY(blocks(own, depth));
    return cell;
}

} // namespace

Result<Sheet> parseMarkup(std::string_view xml, const std::string& name)
{
    return isStockMarkup(xml) ? parseStockMarkup(xml, name) : MarkupReader(xml, name).sheet();
}

} // namespace motcua
