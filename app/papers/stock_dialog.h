// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/papers/paper_press.h"

#include <QDialog>

#include <array>

class QDoubleSpinBox;
class QLabel;

namespace motcua {

class MessageBar;
class Theme;

/// Where one printer puts values onto one printed stock: a test sheet, what was measured on it, and the shift
/// and stretch that follow, which may also be set by hand; with the values over the stock's outline as they
/// will come out.
class StockDialog : public QDialog
{
    Q_OBJECT
public:
    /// `printer` "" is a PDF.
    StockDialog(Theme& theme, PaperPress& press, LaidOutPaper paper, QString printer, QWidget* parent);

private:
    [[nodiscard]] QWidget* makeSide();
    [[nodiscard]] QWidget* makeMeasured();
    [[nodiscard]] QDoubleSpinBox* makeBox(const char* id, const QString& spoken, double least, double most);
    [[nodiscard]] Calibration chosen() const;
    void show(const Calibration& calibration);
    void reckon();
    void showPreview();
    void printTestSheet();
    void keep();

    PaperPress& m_press;
    LaidOutPaper m_paper;
    QString m_printer;
    QLabel* m_preview;
    MessageBar* m_message;
    std::array<QDoubleSpinBox*, 4> m_measured{}; ///< upper left x, y; lower right x, y
    std::array<QDoubleSpinBox*, 4> m_values{};   ///< right, down, across, along
};

} // namespace motcua
