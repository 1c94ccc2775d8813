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
/// next citizen. After a refusal: the reason, and form 03 to be looked at before it is printed.
class DoneStage : public QWidget
{
    Q_OBJECT
public:
    DoneStage(Theme& theme, PaperDesk& papers, PaperPress& press, QWidget* parent = nullptr);

    void open(const Received& received, const QString& citizen, const QString& fee);
    /// Several at once: the common sheet goes out instead of a slip for each.
    void openPile(const std::vector<Received>& all, const QString& citizen, const QString& fee);
    void openRefusal(const Received& refused, const QString& citizen, const QString& reason);
    [[nodiscard]] bool isRefusal() const { return m_refusal; }
    /// "Đã tiếp nhận H26.131-261121-1001"
    [[nodiscard]] QString headline() const;
    void printAgain();

signals:
    void nextWanted();
    void sameCitizenWanted(); ///< one more dossier for who was here just now
    void dossierWanted(const QString& code);
    void slipOut(); ///< the slip is out, on paper or in a file

private:
    void begin(const Received& received, const QString& citizen);
    void showKind();
    void printSlip();
    void pressed(const Result<PressEnd>& end);
    void record(const std::string& outcome);
    void showError(const Error& error);
    void showTrouble(const ErrorText& text);

    Theme& m_theme;
    PaperDesk& m_papers;
    PaperPress& m_press;
    bool m_refusal = false;
    bool m_pile = false;
    std::string m_code;
    std::optional<PrintJob> m_job;
    std::optional<PressEnd> m_end;
    QLabel* m_head;
    QLabel* m_codeLabel;
    QLabel* m_citizen;
    QLabel* m_due;
    QLabel* m_fee;
    QLabel* m_printing;
    MessageBar* m_message;
    OutcomeBar* m_outcome;
    QPushButton* m_next;
    QPushButton* m_again;
};

} // namespace motcua
