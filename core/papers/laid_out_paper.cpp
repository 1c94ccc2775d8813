// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/laid_out_paper.h"

#include "core/base/check.h"
#include "core/papers/markup.h"
#include "core/papers/pagination.h"
#include "core/papers/typesetter.h"

#include <QPainter>
#include <cmath>

namespace motcua {

namespace {

constexpr std::size_t kMostPages = 60;
constexpr double kShortEdge = 210 * kMm;
constexpr double kLongEdge = 297 * kMm;
constexpr double kMarkSize = 10;

QSizeF sizeOf(bool landscape)
{
    return landscape ? QSizeF(kLongEdge, kShortEdge) : QSizeF(kShortEdge, kLongEdge);
}

/// The part of a page between its margins.
QRectF contentBox(const Sheet& sheet)
{
    const QSizeF page = sizeOf(sheet.landscape);
    const auto& [top, right, bottom, left] = sheet.margins;
    return {left * kMm, top * kMm, page.width() - (left + right) * kMm, page.height() - (top + bottom) * kMm};
}

QString markText(const Marking& marking)
{
    QStringList marks;
    if (marking.practice) {
        marks += QStringLiteral("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ");
    }
    if (marking.reprint > 0) {
        marks += QStringLiteral("BẢN IN LẠI lần %1").arg(marking.reprint);
    }
    return marks.join(QStringLiteral(" · "));
}

/// A frame around the mark at the very top, above the place of the page number.
void addMark(std::vector<Item>& page, const Typesetter& typesetter, const QString& mark,
             const QRectF& content)
{
    const double height = 6 * kMm;
    const double top = std::max(4 * kMm, content.top() - 14.5 * kMm);
    const QRectF line(content.left(), top, content.width() - 2 * kMm, height);
    TextItem text = typesetter.marginText(mark, kMarkSize, line, Align::Right, true);
    const QTextLine set = text.text->lineAt(0);
    const double width = set.naturalTextWidth();
    text.at.ry() += (height - set.ascent() - set.descent()) / 2;
    page.push_back(std::move(text));
    page.push_back(FrameItem{{line.right() - width - 2 * kMm, top, width + 4 * kMm, height}, 0.8 * kPoint});
}

/// Page number in the middle of the upper margin, not on the first page (Decree 30/2020, annex I).
void addFurniture(std::vector<Item>& page, const Typesetter& typesetter, const Sheet& sheet, int number)
{
    const QRectF content = contentBox(sheet);
    if (number > 1) {
        const QRectF head(content.left(), content.top() - 8 * kMm, content.width(), 6 * kMm);
        page.push_back(typesetter.marginText(QString::number(number), 13, head, Align::Center));
    }
    if (!sheet.running.isEmpty()) {
        const QRectF foot(content.left(), content.bottom() + 3 * kMm, content.width(), 6 * kMm);
        page.push_back(typesetter.marginText(sheet.running, 9, foot, Align::Right));
    }
}

struct Painting
{
    QPainter& painter;

    void operator()(const TextItem& item) const
    {
        painter.setPen(Qt::black);
        item.text->lineAt(item.line).draw(&painter, item.at);
    }
    void operator()(const LineItem& item) const
    {
        QPen pen(Qt::black, item.thickness, Qt::SolidLine, Qt::FlatCap);
        if (item.isDotted) {
            pen.setCapStyle(Qt::RoundCap);
            pen.setDashPattern({0.01, 4.0}); // in widths of the pen: round dots
        }
        painter.setPen(pen);
        painter.drawLine(item.line);
    }
    void operator()(const FrameItem& item) const
    {
        painter.setPen(QPen(Qt::black, item.thickness, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(item.box);
    }
    void operator()(const SymbolItem& item) const
    {
        painter.fillPath(outline(item.symbol, item.box), Qt::black);
    }
};

} // namespace

Result<LaidOutPaper> LaidOutPaper::create(std::string name, std::vector<std::string> markup,
                                          const Marking& marking, const QString& fontFamily)
{
    const auto typesetter = TRY(Typesetter::create(fontFamily));
    const QString mark = markText(marking);
    LaidOutPaper paper;
    for (const std::string& source : markup) {
        const Sheet sheet = TRY(parseMarkup(source, name));
        const QRectF content = contentBox(sheet);
        const auto strips = TRY(typesetter.set(sheet.blocks, content.width()));
        int number = 0;
        for (const auto& items : paginate(strips, content.height())) {
            Page page;
            for (const Item& item : items) {
                page.push_back(moved(item, content.topLeft()));
            }
            addFurniture(page, typesetter, sheet, ++number);
            if (!mark.isEmpty()) {
                addMark(page, typesetter, mark, content);
            }
            paper.m_pages.push_back(std::move(page));
        }
        if (paper.m_pages.size() > kMostPages) {
            return fail(ErrorKind::Invalid,
                        "the paper has more than " + std::to_string(kMostPages) + " pages");
        }
        paper.m_title = sheet.title;
        paper.m_landscape = sheet.landscape;
    }
    paper.m_name = std::move(name);
    paper.m_markup = std::move(markup);
    paper.m_marking = marking;
    return paper;
}

QPageLayout LaidOutPaper::pageLayout() const
{
    QPageLayout layout(QPageSize(QPageSize::A4), m_landscape ? QPageLayout::Landscape : QPageLayout::Portrait,
                       QMarginsF());
    layout.setMode(QPageLayout::FullPageMode);
    return layout;
}

void LaidOutPaper::paintPage(QPainter& painter, int index, double dotsPerInch) const
{
    require(index >= 0 && index < pageCount(), "a page that the paper has");
    painter.save();
    painter.scale(dotsPerInch / kUnitsPerInch, dotsPerInch / kUnitsPerInch);
    painter.setBrush(Qt::NoBrush);
    for (const Item& item : m_pages[static_cast<std::size_t>(index)]) {
        std::visit(Painting{painter}, item);
    }
    painter.restore();
}

QImage LaidOutPaper::renderPage(int index, int dotsPerInch) const
{
    const QSizeF size = sizeOf(m_landscape) * (dotsPerInch / kUnitsPerInch);
    QImage image(size.toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintPage(painter, index, dotsPerInch);
    return image;
}

} // namespace motcua
