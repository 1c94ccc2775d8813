// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/sheet_scale.h"

namespace motcua {

namespace {

void scaleBlocks(std::vector<Block>& blocks, double factor);

void scaleRows(std::vector<Row>& rows, double factor)
{
    for (Row& row : rows) {
        for (Cell& cell : row.cells) {
            scaleBlocks(cell.blocks, factor);
        }
    }
}

struct Scaling
{
    double factor;

    void operator()(Paragraph& paragraph) const
    {
        for (Run& run : paragraph.runs) {
            run.size *= factor;
        }
        paragraph.before *= factor;
        paragraph.after *= factor;
    }
    void operator()(Rule& rule) const
    {
        rule.before *= factor;
        rule.after *= factor;
    }
    void operator()(Space& space) const { space.height *= factor; }
    void operator()(Table& table) const
    {
        table.before *= factor;
        scaleRows(table.head, factor);
        scaleRows(table.rows, factor);
    }
    void operator()(Group& group) const { scaleBlocks(group.blocks, factor); }
    void operator()(Code& code) const { code.before *= factor; }
    void operator()(TickBox&) const {}
};

void scaleBlocks(std::vector<Block>& blocks, double factor)
{
    for (Block& block : blocks) {
        std::visit(Scaling{factor}, block.what);
    }
}

} // namespace

Sheet scaled(Sheet sheet, double factor)
{
    scaleBlocks(sheet.blocks, factor);
    return sheet;
}

} // namespace motcua
