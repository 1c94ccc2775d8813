// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/markup.h"
#include "core/papers/strip.h"

#include <QFont>

namespace motcua {

/// Breaks the blocks of a sheet into strips of a given width. Deterministic: depends on the font files and
/// nothing else of the machine.
class Typesetter
{
public:
    /// Fails with Unsupported when the font family is not installed or lacks Vietnamese letters: another
    /// font in its place would break lines elsewhere and may show empty boxes.
    [[nodiscard]] static Result<Typesetter> create(const QString& family);

    [[nodiscard]] Result<Strips> set(const std::vector<Block>& blocks, double width) const;
    /// One line of small text, for what stands in the margins.
    [[nodiscard]] TextItem marginText(const QString& text, double points, QRectF box, Align align,
                                      bool bold = false) const;

private:
    explicit Typesetter(QString family) : m_family(std::move(family)) {}

    struct Column; ///< what a rule must know of the line above it

    [[nodiscard]] QFont font(const Run& run) const;
    [[nodiscard]] Result<void> setOne(const Block& block, double width, Column& column) const;
    [[nodiscard]] Strips setParagraph(const Paragraph& paragraph, double width, Column& column) const;
    [[nodiscard]] Result<Strips> setCode(const Code& code, double width) const;
    [[nodiscard]] Result<Strips> setTable(const Table& table, double width) const;

    QString m_family;
};

/// A table's rows as strips; `set` breaks the contents of a cell.
class TableSetter
{
public:
    TableSetter(const Typesetter& typesetter, const Table& table, double width);
    [[nodiscard]] Result<Strips> set() const;

private:
    struct Placed
    {
        const Cell* cell = nullptr;
        int column = 0;
        int row = 0;
        Strips strips;
    };

    [[nodiscard]] double edge(int column) const { return m_edges[static_cast<std::size_t>(column)]; }
    [[nodiscard]] Result<Placed> place(const Cell& cell, int row, int column) const;
    [[nodiscard]] Result<Strip> head() const;
    [[nodiscard]] Result<std::vector<Placed>> placeHead() const;
    [[nodiscard]] Result<Strips> bodyRow(const Row& row, bool isFirst) const;
    static void alignFirstLines(std::vector<Placed>& cells);
    [[nodiscard]] Strip slice(std::vector<Placed>& cells, double heightMax, double above) const;
    void fill(Strip& strip, const Placed& placed, const QRectF& inside) const;
    void drawEdges(Strip& strip, const QRectF& box) const;

    const Typesetter& m_typesetter;
    const Table& m_table;
    std::vector<double> m_edges;
};

} // namespace motcua
