// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace motcua {

class MessageBar;
class Theme;

/// What stands before the work: one card in the middle of the window with the program's sign, a few fields
/// and one button. Signing in, making a register and the lock are such cards.
class GateCard : public QWidget
{
    Q_OBJECT
public:
    GateCard(Theme& theme, const QString& title, const QString& lead, QWidget* parent = nullptr);

    void showError(const QString& what, const QString& next);
    void clearError();
    /// While something long runs: fields closed, the button says what happens.
    void setBusy(bool busy, const QString& doing = {});

protected:
    [[nodiscard]] QLineEdit* addField(const QString& label, const char* id, const QString& hint = {});
    [[nodiscard]] QLineEdit* addPassword(const QString& label, const char* id, const QString& hint = {});
    QPushButton* addAction(const QString& text, const char* id);
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    [[nodiscard]] Theme& theme() { return m_theme; }
    void setLead(const QString& lead);
    /// Takes the text out of a password field and empties it.
    [[nodiscard]] static Secret takePassword(QLineEdit* field);

private:
    Theme& m_theme;
    QVBoxLayout* m_column;
    QLabel* m_lead;
    MessageBar* m_message;
    QPushButton* m_action = nullptr;
    QString m_actionText;
};

} // namespace motcua
