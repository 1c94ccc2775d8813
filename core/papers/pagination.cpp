// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/pagination.h"

namespace motcua {

namespace {

constexpr double kLineThickness = 0.5 * kPoint;
/// Sums of rounded heights may pass a page by less than can be seen.
constexpr double kTolerance = 2;

class Pages
{
public:
    explicit Pages(double height) : m_height(height) { m_pages.emplace_back(); }

    void place(const Strip& strip)
    {
        const bool goesOn = m_above != nullptr && m_above == strip.table.get();
        if (m_at + gap(strip) + strip.height > m_height + kTolerance && m_at > 0) {
            breakPage(strip, goesOn);
        }
        m_at += gap(strip);
        for (const Item& item : strip.items) {
            m_pages.back().push_back(moved(item, {0, m_at}));
        }
        m_at += strip.height;
        m_above = strip.table.get();
        m_isTop = false;
    }

    /// Whether strips of this height fit here; those which fit on no page break where they must.
    void makeRoom(const Strip& first, double height)
    {
        const double head = first.table && !first.isHead ? first.table->headHeight : 0;
        if (m_at > 0 && m_at + height > m_height + kTolerance && height + head <= m_height) {
            breakPage(first, m_above != nullptr && m_above == first.table.get());
        }
    }

    [[nodiscard]] std::vector<std::vector<Item>> take() { return std::move(m_pages); }

private:
    [[nodiscard]] double gap(const Strip& strip) const { return m_isTop ? 0 : strip.gap; }

    void breakPage(const Strip& next, bool goesOn)
    {
        if (goesOn && next.table->lined) {
            line(*next.table);
        }
        m_pages.emplace_back();
        m_at = 0;
        m_isTop = true;
        if (goesOn && !next.isHead) {
            m_pages.back() = next.table->head;
            m_at = next.table->headHeight;
            if (next.table->lined) {
                line(*next.table);
            }
        }
    }

    void line(const TableFrame& table)
    {
        m_pages.back().push_back(LineItem{{table.left, m_at, table.right, m_at}, kLineThickness});
    }

    double m_height;
    double m_at = 0;
    bool m_isTop = true;
    const TableFrame* m_above = nullptr;
    std::vector<std::vector<Item>> m_pages;
};

} // namespace

std::vector<std::vector<Item>> paginate(const Strips& strips, double pageHeight)
{
    Pages pages(pageHeight);
    for (std::size_t i = 0; i < strips.size();) {
        double height = strips[i].gap + strips[i].height;
        std::size_t end = i + 1;
        while (end < strips.size() && strips[end - 1].keepWithNext) {
            height += strips[end].gap + strips[end].height;
            ++end;
        }
        pages.makeRoom(strips[i], height);
        for (; i < end; ++i) {
            pages.place(strips[i]);
        }
    }
    return pages.take();
}

} // namespace motcua
