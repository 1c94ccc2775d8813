// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/symbol.h"

#include <QLineF>
#include <QPointF>
#include <QRectF>
#include <QTextLayout>
#include <memory>
#include <variant>
#include <vector>

namespace motcua {

// The inside of the typesetter. All lengths are twentieths of a point (1/1440 inch): every type size that
// occurs is then a whole number of units, so that a line breaks at the same word on each screen, printer
// and PDF, whatever their resolution.

inline constexpr double kUnitsPerInch = 1440;
inline constexpr double kPoint = 20;
inline constexpr double kMm = kUnitsPerInch / 25.4;

/// One line of a paragraph that was broken into lines.
struct TextItem
{
    std::shared_ptr<const QTextLayout> text;
    int line = 0;
    QPointF at;
};

struct LineItem
{
    QLineF line;
    double thickness = 10;
    bool isDotted = false;
};

struct FrameItem
{
    QRectF box;
    double thickness = 10;
};

struct SymbolItem
{
    Symbol symbol;
    QRectF box;
};

using Item = std::variant<TextItem, LineItem, FrameItem, SymbolItem>;

[[nodiscard]] Item moved(Item item, QPointF by);

/// What a page break inside of a table has to draw again.
struct TableFrame
{
    bool lined = false;
    double left = 0;
    double right = 0;
    double headHeight = 0;
    std::vector<Item> head;
};

/// A slice of a column that no page break cuts.
struct Strip
{
    double gap = 0; ///< above; falls away at the top of a page
    double height = 0;
    double baseline = 0; ///< of its text, from its top; 0 without text
    bool keepWithNext = false;
    bool isHead = false;
    std::vector<Item> items; ///< from the strip's upper left corner
    std::shared_ptr<const TableFrame> table;
};

using Strips = std::vector<Strip>;

[[nodiscard]] double heightOf(const Strips& strips);

} // namespace motcua
