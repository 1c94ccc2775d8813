// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <array>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

namespace motcua {

/// A sheet as a template describes it, before anything is measured. Lengths as written: points for type and
/// gaps, millimetres for places on the paper. The words are explained in resources/papers/README.md.

enum class Align
{
    Left,
    Center,
    Right,
    Justify,
};

struct Run
{
    QString text;
    double size = 13;
    bool bold = false;
    bool italic = false;
    bool underline = false;
};

struct Paragraph
{
    std::vector<Run> runs;
    Align align = Align::Left;
    double leading = 1.15;
    double before = 0;
    double after = 0;
    double indent = 0; ///< of the first line, mm; negative hangs
    double left = 0;   ///< mm
    bool keepWithNext = false;
    bool leader = false; ///< dots after the text to the edge
};

struct Rule
{
    double ofText = 0; ///< as a part of the text above, 1 = just as long; 0: `width` counts
    double width = 0;  ///< mm; 0 with ofText 0: the whole column
    double thickness = 0.6;
    double before = 0;
    double after = 0;
    Align align = Align::Center;
};

struct Code
{
    enum class Kind
    {
        Code128,
        Qr,
    };
    Kind kind = Kind::Code128;
    QString text;
    double width = 0;  ///< mm
    double height = 0; ///< mm
    double before = 0;
    Align align = Align::Center;
};

struct Space
{
    double height = 0; ///< mm
};

/// An empty box to be ticked by hand; no text font has the glyph.
struct TickBox
{
    double size = 4; ///< mm
};

struct Block;

struct Cell
{
    std::vector<Block> blocks;
    int span = 1;
    int rows = 1; ///< only in a head
    bool middle = false;
};

struct Row
{
    std::vector<Cell> cells;
};

struct Table
{
    enum class Lines
    {
        None,
        Rows,
        All,
    };
    std::vector<double> widths; ///< shares, any sum
    Lines lines = Lines::None;
    double padding = 1; ///< mm, left and right of each cell
    double gap = 0;     ///< mm, right of each cell but the last
    double inner = 0.6; ///< mm, above and below
    double before = 0;
    bool keepWithNext = false; ///< its last two rows with what follows: signatures never stand alone
    std::vector<Row> head;     ///< stands again at the top of each page
    std::vector<Row> rows;
};

/// Stays on one page where it fits on one.
struct Group
{
    std::vector<Block> blocks;
};

struct Block
{
    std::variant<Paragraph, Rule, Code, Space, TickBox, Table, Group> what;
};

/// Something at a place of its own on a printed stock, in millimetres from the sheet's upper left corner.
struct Placed
{
    enum class Kind
    {
        Value,   ///< printed; set smaller until it fits, or else an error that names the field
        Printed, ///< stands on the stock already: seen in the preview, never printed
        Frame,   ///< as Printed: an edge of the stock's design
        Dots,    ///< as Printed: a dotted line to write on
        Stroke,  ///< printed: a line of a test sheet
    };
    Kind kind = Kind::Value;
    QString field; ///< its name for people, in errors
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double least = 7.5;     ///< pt: no smaller
    double thickness = 0.3; ///< pt
    Paragraph text;
};

struct Sheet
{
    bool isStock = false; ///< only `placed`, no blocks
    std::vector<Placed> placed;
    QString title;   ///< for the list of papers and the PDF; never printed by itself
    QString running; ///< small line at the foot of each page
    std::vector<QString> copies;
    bool landscape = false;
    double least = 1; ///< may be set so much smaller that it stays on one page; 1: never
    std::array<double, 4> margins{20, 15, 20, 30}; ///< mm: top, right, bottom, left
    std::vector<Block> blocks;
};

/// Reads paper markup: a small closed vocabulary of XML. Anything outside of it, an entity declaration or a
/// length out of bounds is an error that names the line; nothing is ever fetched.
[[nodiscard]] Result<Sheet> parseMarkup(std::string_view xml, const std::string& name);

} // namespace motcua
