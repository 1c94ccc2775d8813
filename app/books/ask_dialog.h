// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

#include <functional>
#include <map>
#include <vector>

class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace motcua {

class MessageBar;
class Theme;

/// One line of an AskDialog.
struct AskField
{
    QString id;
    QString label;
    QString value; ///< what stands there at first
    bool required = false;
    QString hint;
    std::vector<std::pair<QString, QString>> choices; ///< value and label: chosen, not typed
};

/// A small form before an act on a book: what will happen, a few lines, one button that does it once. Stays
/// open with what was typed until the act is done.
class AskDialog : public QDialog
{
    Q_OBJECT
public:
    AskDialog(Theme& theme, const QString& title, const QString& lead, const std::vector<AskField>& fields,
              const QString& action, QWidget* parent);

    /// Does the act; returns what stood in the way, empty when it is done.
    using Act = std::function<QString(const std::map<QString, QString>& values)>;
    void setAct(Act act) { m_act = std::move(act); }
    [[nodiscard]] QString value(const QString& id) const;

private:
    void add(const AskField& field);
    void confirm();
    void focusOn(const QString& id);

    MessageBar* m_message;
    QVBoxLayout* m_column;
    std::vector<AskField> m_fields;
    std::map<QString, QLineEdit*> m_lines;
    std::map<QString, QComboBox*> m_choices;
    QPushButton* m_confirm = nullptr;
    Act m_act;
};

} // namespace motcua
