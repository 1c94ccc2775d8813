// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/typesetter.h"

#include <algorithm>
#include <numeric>

namespace motcua {

namespace {

constexpr double kLineThickness = 0.5 * kPoint;
constexpr double kHairline = 0.3 * kPoint;
/// A row that is higher is cut into slices of this height, so that a page break may pass through it.
constexpr double kTallestRow = 90 * kMm;

} // namespace

TableSetter::TableSetter(const Typesetter& typesetter, const Table& table, double width)
    : m_typesetter(typesetter), m_table(table)
{
    const double sum = std::max(std::accumulate(table.widths.begin(), table.widths.end(), 0.0), 0.001);
    double reached = 0;
    m_edges.push_back(0);
    for (const double share : table.widths) {
        reached += share;
        m_edges.push_back(width * reached / sum);
    }
}

Result<Strips> TableSetter::set() const
{
    auto frame = std::make_shared<TableFrame>();
    frame->lined = m_table.lines == Table::Lines::All;
    frame->right = m_edges.back();
    Strips strips;
    if (!m_table.head.empty()) {
        Strip top = TRY(head());
        frame->head = top.items;
        frame->headHeight = top.height;
        strips.push_back(std::move(top));
    }
    for (const Row& row : m_table.rows) {
        auto slices = TRY(bodyRow(row, strips.empty()));
        std::move(slices.begin(), slices.end(), std::back_inserter(strips));
    }
    for (Strip& strip : strips) {
        strip.table = frame;
    }
    if (!strips.empty()) {
        strips.front().gap += m_table.before * kPoint;
        strips.back().keepWithNext = m_table.keepWithNext;
    }
    if (strips.size() > 1 && m_table.keepWithNext) {
        strips[strips.size() - 2].keepWithNext = true;
    }
    return strips;
}

Result<TableSetter::Placed> TableSetter::place(const Cell& cell, int row, int column) const
{
    const int last = column + cell.span;
    if (last >= static_cast<int>(m_edges.size())) {
        return fail(ErrorKind::Invalid, "a row of a table has more columns than the table");
    }
    const bool isLast = last + 1 == static_cast<int>(m_edges.size());
    const double inside =
        edge(last) - edge(column) - (2 * m_table.padding + (isLast ? 0 : m_table.gap)) * kMm;
    return Placed
    {
        &cell, column, row, TRY(m_typesetter.set(cell.blocks, std::max(inside, kMm)))
    };
}

/// Finds the column of each cell of a head, whose cells may reach down over several rows.
Result<std::vector<TableSetter::Placed>> TableSetter::placeHead() const
{
    const auto columns = m_edges.size() - 1;
    std::vector<std::vector<bool>> taken(m_table.head.size(), std::vector<bool>(columns, false));
    std::vector<Placed> cells;
    for (std::size_t row = 0; row < m_table.head.size(); ++row) {
        std::size_t column = 0;
        for (const Cell& cell : m_table.head[row].cells) {
            while (column < columns && taken[row][column]) {
                ++column;
            }
            if (row + static_cast<std::size_t>(cell.rows) > m_table.head.size()) {
                return fail(ErrorKind::Invalid, "a cell reaches below the head of its table");
            }
            cells.push_back(TRY(place(cell, static_cast<int>(row), static_cast<int>(column))));
            for (std::size_t r = row; r < row + static_cast<std::size_t>(cell.rows); ++r) {
                for (std::size_t c = column; c < column + static_cast<std::size_t>(cell.span); ++c) {
                    taken[r][c] = true;
                }
            }
        }
    }
    return cells;
}

/// The whole head is one strip: it is short, and stands again on each page.
Result<Strip> TableSetter::head() const
{
    const auto cells = TRY(placeHead());
    const double inner = m_table.inner * kMm;
    std::vector<double> heights(m_table.head.size(), 0);
    for (int span = 1; span <= static_cast<int>(heights.size()); ++span) {
        for (const Placed& placed : cells) {
            if (placed.cell->rows != span) {
                continue;
            }
            const auto first = heights.begin() + placed.row;
            const double have = std::accumulate(first, first + span, 0.0);
            *(first + span - 1) += std::max(0.0, heightOf(placed.strips) + 2 * inner - have);
        }
    }
    Strip strip;
    strip.isHead = true;
    strip.keepWithNext = true;
    strip.height = std::accumulate(heights.begin(), heights.end(), 0.0);
    for (const Placed& placed : cells) {
        const double top = std::accumulate(heights.begin(), heights.begin() + placed.row, 0.0);
        const double bottom =
            std::accumulate(heights.begin(), heights.begin() + placed.row + placed.cell->rows, 0.0);
        const QRectF box(QPointF(edge(placed.column), top),
                         QPointF(edge(placed.column + placed.cell->span), bottom));
        fill(strip, placed, box.adjusted(0, inner, 0, -inner));
        drawEdges(strip, box);
        if (m_table.lines != Table::Lines::None) {
            strip.items.push_back(LineItem{{box.topLeft(), box.topRight()}, kLineThickness});
            strip.items.push_back(LineItem{{box.bottomLeft(), box.bottomRight()}, kLineThickness});
        }
    }
    return strip;
}

Result<Strips> TableSetter::bodyRow(const Row& row, bool isFirst) const
{
    std::vector<Placed> cells;
    int column = 0;
    for (const Cell& cell : row.cells) {
        cells.push_back(TRY(place(cell, 0, column)));
        column += cell.span;
    }
    alignFirstLines(cells);
    double tallest = 0;
    for (const Placed& placed : cells) {
        tallest = std::max(tallest, heightOf(placed.strips));
    }
    const bool isCut = tallest > kTallestRow;
    Strips strips;
    const auto isLeft = [](const Placed& placed) { return !placed.strips.empty(); };
    do {
        strips.push_back(
            slice(cells, isCut ? kTallestRow : tallest, strips.empty() ? m_table.inner * kMm : 0));
    } while (std::any_of(cells.begin(), cells.end(), isLeft));
    const QLineF top({edge(0), 0.0}, {m_edges.back(), 0.0});
    if (m_table.lines == Table::Lines::All && isFirst) {
        strips.front().items.push_back(LineItem{top, kLineThickness});
    }
    if (m_table.lines != Table::Lines::None) {
        const double thickness = m_table.lines == Table::Lines::All ? kLineThickness : kHairline;
        strips.back().items.push_back(LineItem{top.translated(0, strips.back().height), thickness});
    }
    return strips;
}

/// The first lines of a row stand on one baseline, whatever their sizes.
void TableSetter::alignFirstLines(std::vector<Placed>& cells)
{
    double lowest = 0;
    for (const Placed& placed : cells) {
        lowest = std::max(
            lowest, placed.strips.empty() ? 0 : placed.strips.front().gap + placed.strips.front().baseline);
    }
    for (Placed& placed : cells) {
        if (!placed.cell->middle && !placed.strips.empty() && placed.strips.front().baseline > 0) {
            placed.strips.front().gap = lowest - placed.strips.front().baseline;
        }
    }
}

/// Takes from each cell what fits into `heightMax`, at least one strip of each; `above` stays free.
Strip TableSetter::slice(std::vector<Placed>& cells, double heightMax, double above) const
{
    std::vector<Placed> taken;
    double height = 0;
    bool isLast = true;
    for (Placed& placed : cells) {
        Placed part{placed.cell, placed.column, 0, {}};
        double used = 0;
        std::size_t count = 0;
        while (count < placed.strips.size()) {
            const double more = placed.strips[count].gap + placed.strips[count].height;
            if (count > 0 && used + more > heightMax + 1) {
                break;
            }
            used += more;
            ++count;
        }
        const auto end = placed.strips.begin() + static_cast<std::ptrdiff_t>(count);
        std::move(placed.strips.begin(), end, std::back_inserter(part.strips));
        placed.strips.erase(placed.strips.begin(), end);
        height = std::max(height, used);
        isLast = isLast && placed.strips.empty();
        taken.push_back(std::move(part));
    }
    Strip strip;
    strip.height = above + height + (isLast ? m_table.inner * kMm : 0);
    for (const Placed& placed : taken) {
        const QRectF box(edge(placed.column), 0,
                         edge(placed.column + placed.cell->span) - edge(placed.column), strip.height);
        fill(strip, placed, QRectF(box.left(), above, box.width(), height));
        drawEdges(strip, box);
    }
    return strip;
}

/// Puts the contents of a cell into `inside`, the cell without what is free above and below.
void TableSetter::fill(Strip& strip, const Placed& placed, const QRectF& inside) const
{
    const double free = std::max(0.0, inside.height() - heightOf(placed.strips));
    QPointF at = inside.topLeft() + QPointF(m_table.padding * kMm, placed.cell->middle ? free / 2 : 0);
    for (const Strip& part : placed.strips) {
        at.ry() += part.gap;
        for (const Item& item : part.items) {
            strip.items.push_back(moved(item, at));
        }
        at.ry() += part.height;
    }
}

void TableSetter::drawEdges(Strip& strip, const QRectF& box) const
{
    if (m_table.lines == Table::Lines::All) {
        strip.items.push_back(LineItem{{box.topLeft(), box.bottomLeft()}, kLineThickness});
        strip.items.push_back(LineItem{{box.topRight(), box.bottomRight()}, kLineThickness});
    }
}

} // namespace motcua
