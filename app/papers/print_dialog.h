// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/papers/paper_press.h"

#include <QDialog>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;

namespace motcua {

class MessageBar;
class OutcomeBar;
class Theme;

/// What the dialog brings out.
struct PrintJob
{
    LaidOutPaper paper;
    QString stem;
    Instant madeAt;
    /// Writes how it ended into the journal; empty for a paper of a draft, which has no dossier yet.
    std::function<Answer<void>(const PressEnd& end, const std::string& outcome)> record;
    /// Gives it its number, where it bears one, before the first sheet; the paper that goes out. Empty: as it
    /// is.
    std::function<Answer<LaidOutPaper>()> issue{};
    /// The job anew, for a paper whose number a spoiled sheet used up. Empty: the same sheet may come out
    /// again.
    std::function<Result<PrintJob>()> again{};
};

/// Preview, printer or PDF, and how it came out.
class PrintDialog : public QDialog
{
    Q_OBJECT
public:
    PrintDialog(Theme& theme, PaperPress& press, PrintJob job, QWidget* parent);
    ~PrintDialog() override;

signals:
    void broughtOut(const QString& file);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void reject() override;

private:
    [[nodiscard]] QWidget* makePreview();
    void showPages();
    [[nodiscard]] bool giveNumber();
    [[nodiscard]] LaidOutPaper paperForPrinter() const;
    void alignStock();
    [[nodiscard]] QWidget* makeSide();
    void start();
    void show(const Result<PressEnd>& end);
    void finish(const QString& outcome);
    /// False: it could not be written, and the dialog says why.
    bool record(const std::string& outcome);
    [[nodiscard]] bool makeAnew();
    void explainTrouble(const Error& error);
    void letPrint();

    Theme& m_theme;
    PaperPress& m_press;
    PrintJob m_job;
    std::optional<PressEnd> m_open; ///< printed, and not yet said how it came out
    QWidget* m_pages = nullptr;
    QPushButton* m_align = nullptr; ///< only for stock
    QComboBox* m_printer = nullptr;
    QPushButton* m_print = nullptr;
    MessageBar* m_message = nullptr;
    OutcomeBar* m_outcome = nullptr;
};

} // namespace motcua
