// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/papers/paper_desk.h"
#include "core/desk/desk.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace motcua {

class MessageBar;
class OutcomeBar;
class Theme;

/// After the receipt: the code, large; the slip goes out by itself and how it came out is asked; F2 is the
/// next citizen.
class DoneStage : public QWidget
{
    Q_OBJECT
public:
    DoneStage(Theme& theme, PaperDesk& papers, PaperPress& press, QWidget* parent = nullptr);

    void open(const Received& received, const QString& citizen, const QString& fee);
    void printAgain();

signals:
    void nextWanted();
    void dossierWanted(const QString& code);
    void slipOut(); ///< the slip is out, on paper or in a file

private:
    void printSlip();
    void pressed(const Result<PressEnd>& end);
    void record(const std::string& outcome);
    void showError(const Error& error);
    void showTrouble(const ErrorText& text);

    Theme& m_theme;
    PaperDesk& m_papers;
    PaperPress& m_press;
    std::string m_code;
    std::optional<PrintJob> m_job;
    std::optional<PressEnd> m_end;
    QLabel* m_codeLabel;
    QLabel* m_citizen;
    QLabel* m_due;
    QLabel* m_fee;
    QLabel* m_printing;
    MessageBar* m_message;
    OutcomeBar* m_outcome;
    QPushButton* m_next;
};

} // namespace motcua
