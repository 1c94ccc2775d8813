// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/papers/strip.h"

#include <QImage>
#include <QPageLayout>
#include <string>
#include <vector>

class QPainter;

namespace motcua {

/// What is stamped into the margin beside what the template says.
struct Marking
{
    int reprint = 0;       ///< 1 and more: "BẢN IN LẠI lần n"
    bool practice = false; ///< from a practice register: "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ"
};

/// A paper whose every line has its place: pages that look the same on each printer, screen and PDF.
/// A value; knows neither templates nor dossiers any more. Copies share their lines: paint in one thread at a
/// time.
class LaidOutPaper
{
public:
    /// One source of markup a copy ("liên"), in order, each beginning on a page of its own. Invalid when the
    /// markup is broken or grows beyond 60 pages; Unsupported when the font is missing.
    [[nodiscard]] static Result<LaidOutPaper>
    create(std::string name, std::vector<std::string> markup, const Marking& marking = {},
           const QString& fontFamily = QStringLiteral("Liberation Serif"));

    [[nodiscard]] const std::string& name() const { return m_name; } ///< "slip"
    [[nodiscard]] const QString& title() const { return m_title; }   ///< "Giấy tiếp nhận hồ sơ …"
    [[nodiscard]] const std::vector<std::string>& markup() const { return m_markup; }
    [[nodiscard]] const Marking& marking() const { return m_marking; }
    [[nodiscard]] int pageCount() const { return static_cast<int>(m_pages.size()); }
    /// How many lines, rules and codes page `index` has.
    [[nodiscard]] int itemCount(int index) const
    {
        return static_cast<int>(m_pages[static_cast<std::size_t>(index)].size());
    }
    [[nodiscard]] int copyCount() const { return static_cast<int>(m_markup.size()); }
    /// A4 without margins: the margins are part of the pages.
    [[nodiscard]] QPageLayout pageLayout() const;

    /// Paints page `index` (from 0) onto a painter whose unit is a pixel of `dotsPerInch`.
    void paintPage(QPainter& painter, int index, double dotsPerInch) const;
    /// Page `index` on white, for a preview.
    [[nodiscard]] QImage renderPage(int index, int dotsPerInch) const;

private:
    using Page = std::vector<Item>;

    LaidOutPaper() = default;

    std::string m_name;
    QString m_title;
    bool m_landscape = false;
    std::vector<std::string> m_markup;
    Marking m_marking;
    std::vector<Page> m_pages;
};

} // namespace motcua
