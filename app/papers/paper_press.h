// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/paperwork.h"
#include "app/common/print_queue.h"
#include "app/common/stock_settings.h"
#include "core/papers/laid_out_paper.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <optional>

namespace motcua {

/// What became of one attempt to bring a paper out.
struct PressEnd
{
    QString printer; ///< queue name, or "pdf"
    QString file;    ///< where a PDF was written; empty for a printer
    std::string sha256;
    int copies = 1;
    std::optional<QueueTrouble> trouble{}; ///< the printer did not take it
};

/// Brings laid-out papers to a printer or into a PDF, beside the window so that nothing waits for a spooler.
/// The printer that was chosen last is used again; where there is none, papers become files.
class PaperPress : public QObject
{
    Q_OBJECT
public:
    using Then = std::function<void(const Result<PressEnd>&)>;

    /// `folder` is where PDFs go; made when the first one is written.
    explicit PaperPress(std::filesystem::path folder, QObject* parent = nullptr);

    /// Asks the system each time: printers come and go.
    [[nodiscard]] QStringList printers() const;
    /// The chosen printer if it is still there, else the system's own; empty: papers become files.
    [[nodiscard]] QString usualPrinter() const;
    void setUsualPrinter(const QString& name) { m_usual = name; }
    [[nodiscard]] const QString& usualPrinterName() const { return m_usual; } ///< without asking the system
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    /// How each printer puts values onto printed stock.
    [[nodiscard]] StockSettings& stock() { return m_stock; }
    void setStock(StockSettings stock) { m_stock = std::move(stock); }

    /// On `printer`, or into a PDF named after `stem` where it is empty. `then` runs on this thread.
    void press(const LaidOutPaper& paper, const QString& stem, const QString& printer, Instant madeAt,
               Then then);

private:
    std::filesystem::path m_folder;
    StockSettings m_stock;
    QString m_usual;
};

} // namespace motcua
