// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/typesetter.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QRawFont>
#include <QTextOption>
#include <algorithm>
#include <cmath>

namespace motcua {

namespace {

/// Letters that fonts without full Vietnamese lack.
constexpr char16_t kHardLetters[] = u"ẰẲẴẶẦẨẪẬỀỂỄỆỒỔỖỘỜỞỠỢỪỬỮỰỲỶỸỴđĐơưẹọụỵ";

Qt::Alignment qtAlignment(Align align)
{
    switch (align) {
    case Align::Left:
        return Qt::AlignLeft;
    case Align::Center:
        return Qt::AlignHCenter;
    case Align::Right:
        return Qt::AlignRight;
    case Align::Justify:
        return Qt::AlignJustify;
    }
    return Qt::AlignLeft;
}

double alignedLeft(Align align, double free)
{
    return align == Align::Center ? free / 2 : (align == Align::Right ? free : 0);
}

bool isSpace(QChar c)
{
    return c == QLatin1Char(' ') || c == QLatin1Char('\n') || c == QLatin1Char('\t') ||
           c == QLatin1Char('\r');
}

Strips setTickBox(const TickBox& box)
{
    const QRectF square(kPoint / 2, kPoint, box.size * kMm, box.size * kMm);
    Strip strip;
    strip.height = square.bottom() + kPoint;
    strip.items.push_back(FrameItem{square, 0.8 * kPoint});
    return {std::move(strip)};
}

/// Runs joined as in HTML: white space collapses, none at either end of a line.
std::vector<Run> collapsed(const std::vector<Run>& runs)
{
    std::vector<Run> result;
    bool afterSpace = true;
    for (const Run& run : runs) {
        Run clean = run;
        clean.text.clear();
        for (const QChar c : run.text) {
            if (!isSpace(c)) {
                clean.text += c;
                afterSpace = c == QChar(QChar::LineSeparator);
            } else if (!afterSpace) {
                clean.text += QLatin1Char(' ');
                afterSpace = true;
            }
        }
        result.push_back(std::move(clean));
    }
    while (!result.empty() && result.back().text.endsWith(QLatin1Char(' '))) {
        result.back().text.chop(1);
    }
    return result;
}

double widestLine(const QTextLayout& layout)
{
    double widest = 0;
    for (int i = 0; i < layout.lineCount(); ++i) {
        widest = std::max(widest, layout.lineAt(i).naturalTextWidth());
    }
    return widest;
}

/// Breaks into lines within `breakWidth`, centred or justified within `width`.
void breakLines(QTextLayout& layout, const Paragraph& paragraph, double width, double breakWidth)
{
    layout.beginLayout();
    double offset = paragraph.left * kMm + std::max(0.0, paragraph.indent * kMm);
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLeadingIncluded(false);
        line.setLineWidth(std::max(breakWidth - offset, kMm));
        line.setPosition(QPointF(offset + (width - breakWidth) / 2, 0));
        offset = paragraph.left * kMm - std::min(0.0, paragraph.indent * kMm);
    }
    layout.endLayout();
}

/// Whether a line ends within a word, because the word alone is longer than the line.
bool cutsWord(const QTextLayout& layout)
{
    const QString text = layout.text();
    for (int i = 0; i + 1 < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        const QChar last = text.at(line.textStart() + line.textLength() - 1);
        if (!last.isSpace() && last != QChar(QChar::LineSeparator)) {
            return true;
        }
    }
    return false;
}

/// Centred lines look best when they are about equally long: the narrowest measure that needs no line more.
void balance(QTextLayout& layout, const Paragraph& paragraph, double width)
{
    if (cutsWord(layout)) {
        return;
    }
    const int count = layout.lineCount();
    double tooNarrow = width / 4;
    double enough = width;
    while (enough - tooNarrow > kPoint) {
        const double middle = (tooNarrow + enough) / 2;
        breakLines(layout, paragraph, width, middle);
        (layout.lineCount() > count || cutsWord(layout) ? tooNarrow : enough) = middle;
    }
    breakLines(layout, paragraph, width, enough);
}

/// Dots from the end of the text to the edge, for what is filled in by hand.
void addLeader(Strip& strip, const QTextLine& line, double width)
{
    const double from = line.x() + line.naturalTextWidth() + 2 * kPoint;
    if (from < width - kMm) {
        LineItem dots{{from, strip.baseline, width, strip.baseline}, 0.9 * kPoint};
        dots.isDotted = true;
        strip.items.push_back(dots);
    }
}

/// The lines of a broken paragraph, each a strip, so that a page may end between them.
Strips lineStrips(const std::shared_ptr<const QTextLayout>& layout, const Paragraph& paragraph)
{
    Strips strips;
    const int count = layout->lineCount();
    for (int i = 0; i < count; ++i) {
        const QTextLine line = layout->lineAt(i);
        const double natural = line.ascent() + line.descent();
        Strip strip;
        strip.height = natural * paragraph.leading;
        const double top = (strip.height - natural) / 2;
        strip.baseline = top + line.ascent();
        // No line of a paragraph stands alone at the foot or at the head of a page.
        strip.keepWithNext = i == 0 ? count > 1 : i == count - 2;
        strip.items.push_back(TextItem{layout, i, {0, top}});
        strips.push_back(std::move(strip));
    }
    if (!strips.empty()) {
        strips.front().gap = paragraph.before * kPoint;
        strips.back().height += paragraph.after * kPoint;
        strips.back().keepWithNext = paragraph.keepWithNext;
    }
    return strips;
}

} // namespace

Item moved(Item item, QPointF by)
{
    if (auto* text = std::get_if<TextItem>(&item)) {
        text->at += by;
    } else if (auto* line = std::get_if<LineItem>(&item)) {
        line->line.translate(by);
    } else if (auto* frame = std::get_if<FrameItem>(&item)) {
        frame->box.translate(by);
    } else if (auto* symbol = std::get_if<SymbolItem>(&item)) {
        symbol->box.translate(by);
    }
    return item;
}

double heightOf(const Strips& strips)
{
    double height = 0;
    for (const Strip& strip : strips) {
        height += strip.gap + strip.height;
    }
    return height;
}

struct Typesetter::Column
{
    Strips strips;
    double textWidth = 0; ///< of the widest line of the last paragraph

    void append(Strips more) { std::move(more.begin(), more.end(), std::back_inserter(strips)); }

    /// A rule never begins a page without the line that it stands under.
    void addRule(const Rule& rule, double width)
    {
        if (!strips.empty()) {
            strips.back().keepWithNext = true;
        }
        const double full = rule.width > 0 ? std::min(rule.width * kMm, width) : width;
        const double length = rule.ofText > 0 ? rule.ofText * textWidth : full;
        const double left = alignedLeft(rule.align, width - length);
        const double thickness = rule.thickness * kPoint;
        Strip strip;
        strip.gap = rule.before * kPoint;
        strip.height = thickness + rule.after * kPoint;
        strip.items.push_back(LineItem{{left, thickness / 2, left + length, thickness / 2}, thickness});
        append({std::move(strip)});
    }
};

Result<Typesetter> Typesetter::create(const QString& family)
{
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()) == nullptr) {
        return fail(ErrorKind::Unsupported, "papers need a QGuiApplication"); // Qt would abort instead
    }
    QFont probe(family);
    if (!QFontDatabase::families().contains(family) || QFontInfo(probe).family() != family) {
        return fail(ErrorKind::Unsupported, "the font '" + family.toStdString() + "' is not installed");
    }
    const QRawFont raw = QRawFont::fromFont(probe);
    for (const char16_t letter : std::u16string_view(kHardLetters)) {
        if (!raw.supportsCharacter(QChar(letter))) {
            return fail(ErrorKind::Unsupported,
                        "the font '" + family.toStdString() + "' lacks Vietnamese letters");
        }
    }
    return Typesetter(family);
}

QFont Typesetter::font(const Run& run) const
{
    QFont font(m_family);
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(run.size * kPoint))));
    font.setBold(run.bold);
    font.setItalic(run.italic);
    font.setUnderline(run.underline);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

Result<Strips> Typesetter::set(const std::vector<Block>& blocks, double width) const
{
    Column column;
    for (const Block& block : blocks) {
        TRY(setOne(block, width, column));
    }
    return std::move(column.strips);
}

Result<void> Typesetter::setOne(const Block& block, double width, Column& column) const
{
    if (const auto* paragraph = std::get_if<Paragraph>(&block.what)) {
        column.append(setParagraph(*paragraph, width, column));
    } else if (const auto* rule = std::get_if<Rule>(&block.what)) {
        column.addRule(*rule, width);
    } else if (const auto* code = std::get_if<Code>(&block.what)) {
        column.append(TRY(setCode(*code, width)));
    } else if (const auto* space = std::get_if<Space>(&block.what)) {
        Strip strip;
        strip.gap = space->height * kMm;
        column.append({std::move(strip)});
    } else if (const auto* box = std::get_if<TickBox>(&block.what)) {
        column.append(setTickBox(*box));
    } else if (const auto* table = std::get_if<Table>(&block.what)) {
        column.append(TRY(setTable(*table, width)));
    } else if (const auto* group = std::get_if<Group>(&block.what)) {
        auto strips = TRY(set(group->blocks, width));
        for (std::size_t i = 0; i + 1 < strips.size(); ++i) {
            strips[i].keepWithNext = true;
        }
        column.append(std::move(strips));
    }
    return {};
}

Result<Strips> Typesetter::setCode(const Code& code, double width) const
{
    const bool isQr = code.kind == Code::Kind::Qr;
    auto symbol = TRY(isQr ? qrCode(code.text) : code128(code.text));
    const double across = std::min(code.width * kMm, width);
    Strip strip;
    strip.gap = code.before * kPoint;
    strip.height = isQr ? across : code.height * kMm;
    const QRectF box(alignedLeft(code.align, width - across), 0, across, strip.height);
    strip.items.push_back(SymbolItem{std::move(symbol), box});
    return Strips{std::move(strip)};
}

Strips Typesetter::setParagraph(const Paragraph& paragraph, double width, Column& column) const
{
    auto layout = std::make_shared<QTextLayout>();
    QString text;
    QList<QTextLayout::FormatRange> formats;
    for (const Run& run : collapsed(paragraph.runs)) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(text.size());
        range.length = static_cast<int>(run.text.size());
        range.format.setFont(font(run));
        formats.append(range);
        text += run.text;
    }
    QTextOption option(qtAlignment(paragraph.align));
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    layout->setText(text);
    layout->setFont(font(paragraph.runs.front()));
    layout->setFormats(formats);
    layout->setTextOption(option);

    breakLines(*layout, paragraph, width, width);
    if (paragraph.align == Align::Center && layout->lineCount() > 1) {
        balance(*layout, paragraph, width);
    }
    Strips strips = lineStrips(layout, paragraph);
    column.textWidth = widestLine(*layout);
    if (paragraph.leader && !strips.empty()) {
        addLeader(strips.back(), layout->lineAt(layout->lineCount() - 1), width);
    }
    return strips;
}

Result<Strips> Typesetter::setTable(const Table& table, double width) const
{
    return TableSetter(*this, table, width).set();
}

TextItem Typesetter::marginText(const QString& text, double points, QRectF box, Align align, bool bold) const
{
    auto layout = std::make_shared<QTextLayout>(text);
    QTextOption option(qtAlignment(align));
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::NoWrap);
    option.setUseDesignMetrics(true);
    layout->setFont(font(Run{text, points, bold}));
    layout->setTextOption(option);
    layout->beginLayout();
    QTextLine line = layout->createLine();
    line.setLineWidth(box.width());
    layout->endLayout();
    return TextItem{std::move(layout), 0, box.topLeft()};
}

} // namespace motcua
