// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/stock_setter.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr double kSizeStep = 0.5; ///< pt
constexpr double kTightLeading = 1.0;
/// A line's box is higher than its letters; what stands over the box is white.
constexpr double kTolerance = 0.6 * kMm;

Result<Strips> setAt(const Typesetter& typesetter, const Placed& placed, double size)
{
    Paragraph text = placed.text;
    const bool isShrunk = size < text.runs.front().size;
    for (Run& run : text.runs) {
        run.size = size;
    }
    text.leading = isShrunk ? std::min(text.leading, kTightLeading) : text.leading;
    return typesetter.set({Block{std::move(text)}}, placed.width * kMm);
}

/// A word that is longer than its line would be broken in two: on a legal paper that is another word.
bool cutsWord(const Strips& strips)
{
    for (std::size_t i = 0; i + 1 < strips.size(); ++i) {
        for (const Item& item : strips[i].items) {
            const auto* text = std::get_if<TextItem>(&item);
            if (text == nullptr) {
                continue;
            }
            const QTextLine line = text->text->lineAt(text->line);
            const QString all = text->text->text();
            if (!all.at(line.textStart() + line.textLength() - 1).isSpace()) {
                return true;
            }
        }
    }
    return false;
}

Result<Strips> fitted(const Typesetter& typesetter, const Placed& placed)
{
    const double asked = placed.text.runs.front().size;
    for (double size = asked; size >= std::min(placed.least, asked) - 0.01; size -= kSizeStep) {
        auto strips = TRY(setAt(typesetter, placed, size));
        if (heightOf(strips) <= placed.height * kMm + kTolerance && !cutsWord(strips)) {
            return strips;
        }
    }
    return fail(ErrorKind::Invalid,
                "“" + placed.field.toStdString() + "” dài quá ô của nó trên phôi: “" +
                    placed.text.runs.front().text.left(60).toStdString() +
                    "…”. Giấy chưa in; hãy in trên giấy trắng hoặc nới ô trong mẫu phôi.");
}

void putText(const Strips& strips, QPointF at, std::vector<Item>& items)
{
    for (const Strip& strip : strips) {
        at.ry() += strip.gap;
        for (const Item& item : strip.items) {
            items.push_back(moved(item, at));
        }
        at.ry() += strip.height;
    }
}

Result<void> setOne(const Typesetter& typesetter, const Placed& placed, StockPage& page)
{
    const QPointF corner(placed.x * kMm, placed.y * kMm);
    const QSizeF size(placed.width * kMm, placed.height * kMm);
    const double thickness = placed.thickness * kPoint;
    switch (placed.kind) {
    case Placed::Kind::Value: {
        if (placed.text.runs.front().text.isEmpty()) {
            return {};
        }
        const Strips strips = TRY(fitted(typesetter, placed));
        putText(strips, corner + QPointF(0, std::max(0.0, size.height() - heightOf(strips))), page.printed);
        return {};
    }
    case Placed::Kind::Printed: {
        const Strips strips = TRY(setAt(typesetter, placed, placed.text.runs.front().size));
        putText(strips, corner, page.stock);
        return {};
    }
    case Placed::Kind::Frame:
        page.stock.push_back(FrameItem{QRectF(corner, size), thickness});
        return {};
    case Placed::Kind::Dots: {
        LineItem dots{{corner, corner + QPointF(size.width(), 0)}, 0.9 * kPoint};
        dots.isDotted = true;
        page.stock.push_back(dots);
        return {};
    }
    case Placed::Kind::Stroke:
        page.printed.push_back(LineItem{{corner, corner + QPointF(size.width(), size.height())}, thickness});
        return {};
    }
    return {};
}

} // namespace

Result<StockPage> setStock(const Typesetter& typesetter, const Sheet& sheet)
{
    StockPage page;
    for (const Placed& placed : sheet.placed) {
        TRY(setOne(typesetter, placed, page));
    }
    return page;
}

} // namespace motcua
