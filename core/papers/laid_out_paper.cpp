// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/laid_out_paper.h"

#include "core/base/check.h"
#include "core/papers/markup.h"
#include "core/papers/pagination.h"
#include "core/papers/sheet_scale.h"
#include "core/papers/stock_setter.h"
#include "core/papers/typesetter.h"

#include <QPainter>
#include <cmath>

namespace motcua {

namespace {

constexpr std::size_t kMostPages = 60; ///< of one copy
constexpr std::size_t kMostTogether = 1'000;
constexpr double kShortEdge = 210 * kMm;
constexpr double kLongEdge = 297 * kMm;
constexpr double kMarkSize = 10;
constexpr double kScaleStep = 0.04;

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

constexpr QColor kStockInk(150, 130, 120);

/// One page where the sheet may be set small enough for one, else as many as it takes at its own size.
Result<std::vector<std::vector<Item>>> pagesOf(const Typesetter& typesetter, const Sheet& sheet,
                                               const QRectF& content)
{
    const auto strips = TRY(typesetter.set(sheet.blocks, content.width()));
    auto pages = paginate(strips, content.height());
    for (double factor = 1 - kScaleStep; pages.size() > 1 && factor >= sheet.least - 0.001;
         factor -= kScaleStep) {
        const Sheet smaller = scaled(sheet, factor);
        const auto tighter = TRY(typesetter.set(smaller.blocks, content.width()));
        if (auto fitted = paginate(tighter, content.height()); fitted.size() == 1) {
            return fitted;
        }
    }
    return pages;
}

struct Painting
{
    QPainter& painter;
    QColor ink = Qt::black;

    void operator()(const TextItem& item) const
    {
        painter.setPen(ink);
        item.text->lineAt(item.line).draw(&painter, item.at);
    }
    void operator()(const LineItem& item) const
    {
        QPen pen(ink, item.thickness, Qt::SolidLine, Qt::FlatCap);
        if (item.isDotted) {
            pen.setCapStyle(Qt::RoundCap);
            pen.setDashPattern({0.01, 4.0}); // in widths of the pen: round dots
        }
        painter.setPen(pen);
        painter.drawLine(item.line);
    }
    void operator()(const FrameItem& item) const
    {
        painter.setPen(QPen(ink, item.thickness, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(item.box);
    }
    void operator()(const SymbolItem& item) const { painter.fillPath(outline(item.symbol, item.box), ink); }
};

} // namespace

Result<void> LaidOutPaper::addStock(const Typesetter& typesetter, const Sheet& sheet, const QString& mark)
{
    StockPage page = TRY(setStock(typesetter, sheet));
    if (!mark.isEmpty()) {
        addMark(page.printed, typesetter, mark, contentBox(sheet));
    }
    m_isOnStock = true;
    m_pages.push_back(std::move(page.printed));
    m_stock.push_back(std::move(page.stock));
    return {};
}

Result<void> LaidOutPaper::addCopy(const Typesetter& typesetter, const Sheet& sheet, const QString& mark)
{
    const QRectF content = contentBox(sheet);
    int number = 0;
    for (const auto& items : TRY(pagesOf(typesetter, sheet, content))) {
        Page page;
        for (const Item& item : items) {
            page.push_back(moved(item, content.topLeft()));
        }
        addFurniture(page, typesetter, sheet, ++number);
        if (!mark.isEmpty()) {
            addMark(page, typesetter, mark, content);
        }
        m_pages.push_back(std::move(page));
    }
    return {};
}

Result<LaidOutPaper> LaidOutPaper::create(std::string name, std::vector<std::string> markup,
                                          const Marking& marking, const QString& fontFamily)
{
    const auto typesetter = TRY(Typesetter::create(fontFamily));
    const QString mark = markText(marking);
    LaidOutPaper paper;
    for (const std::string& source : markup) {
        const Sheet sheet = TRY(parseMarkup(source, name));
        const std::size_t before = paper.m_pages.size();
        if (sheet.isStock) {
            TRY(paper.addStock(typesetter, sheet, mark));
        } else {
            TRY(paper.addCopy(typesetter, sheet, mark));
        }
        const std::size_t grown = paper.m_pages.size() - before;
        if (grown > kMostPages || paper.m_pages.size() > kMostTogether) {
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

LaidOutPaper LaidOutPaper::calibrated(const Calibration& calibration) const
{
    LaidOutPaper moved = *this;
    moved.m_calibration = m_isOnStock ? calibration : Calibration{};
    return moved;
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
    painter.translate(m_calibration.right * kMm, m_calibration.down * kMm);
    painter.scale(m_calibration.across / 100, m_calibration.along / 100);
    painter.setBrush(Qt::NoBrush);
    for (const Item& item : m_pages[static_cast<std::size_t>(index)]) {
        std::visit(Painting{painter}, item);
    }
    painter.restore();
}

void LaidOutPaper::paintStock(QPainter& painter, int index, double dotsPerInch) const
{
    painter.save();
    painter.scale(dotsPerInch / kUnitsPerInch, dotsPerInch / kUnitsPerInch);
    painter.setBrush(Qt::NoBrush);
    for (const Item& item : m_stock[static_cast<std::size_t>(index)]) {
        std::visit(Painting{painter, kStockInk}, item);
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
    if (m_isOnStock) {
        paintStock(painter, index, dotsPerInch);
    }
    paintPage(painter, index, dotsPerInch);
    return image;
}

} // namespace motcua
