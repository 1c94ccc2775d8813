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

class Typesetter;
struct Sheet;

/// What is stamped into the margin beside what the template says.
struct Marking
{
    int reprint = 0;       ///< 1 and more: "BẢN IN LẠI lần n"
    bool practice = false; ///< from a practice register: "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ"
};

/// How one printer puts things onto printed stock: found out with a test sheet.
struct Calibration
{
    double right = 0;    ///< mm; what is printed moves so far to the right
    double down = 0;     ///< mm
    double across = 100; ///< percent of the width
    double along = 100;  ///< percent of the height

    bool operator==(const Calibration&) const = default;
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
    /// The same paper moved and stretched as a printer needs it for stock; plain papers stay as they are.
    [[nodiscard]] LaidOutPaper calibrated(const Calibration& calibration) const;
    /// Whether it holds only values for a printed stock.
    [[nodiscard]] bool isOnStock() const { return m_isOnStock; }

    /// Page `index` on white, for a preview; of stock in grey what stands on the sheet already.
    [[nodiscard]] QImage renderPage(int index, int dotsPerInch) const;

private:
    using Page = std::vector<Item>;

    LaidOutPaper() = default;
    void paintStock(QPainter& painter, int index, double dotsPerInch) const;
    [[nodiscard]] Result<void> addCopy(const Typesetter& typesetter, const Sheet& sheet, const QString& mark);
    [[nodiscard]] Result<void> addStock(const Typesetter& typesetter, const Sheet& sheet,
                                        const QString& mark);

    std::string m_name;
    QString m_title;
    bool m_landscape = false;
    std::vector<std::string> m_markup;
    bool m_isOnStock = false;
    Calibration m_calibration;
    Marking m_marking;
    std::vector<Page> m_pages;
    std::vector<Page> m_stock; ///< as many as pages where there is stock, else none
};

} // namespace motcua
