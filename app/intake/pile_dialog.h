// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/intake_presenter.h"

#include <QDialog>

class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace motcua {

class MessageBar;
class SuggestionEdit;
class Theme;

/// A visitor's pile on one sheet: a row for each kind of document, its fee beside it, the sum below. Enter
/// goes on to the next field and makes a row at the end; Ctrl+Enter takes all of it in; Esc keeps what is
/// typed.
class PileDialog : public QDialog
{
    Q_OBJECT
public:
    PileDialog(Theme& theme, IntakePresenter& presenter, QStringList suggestions, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void done(int result) override;

private:
    struct Row
    {
        SuggestionEdit* document;
        QSpinBox* pages;
        QSpinBox* copies;
        QLabel* fee;
    };
    void addHead();
    void addRow(const PileRow& row);
    void addPapers(QVBoxLayout* column);
    void addButtons(QVBoxLayout* column);
    /// Rows, papers, buttons: a row that came later is not behind the buttons.
    void orderTabs();
    void goOn(QObject* from);
    void reckon();
    void confirm();
    /// Without rows that nobody named.
    [[nodiscard]] std::vector<PileRow> rows() const;

    IntakePresenter& m_presenter;
    QStringList m_suggestions;
    QGridLayout* m_grid;
    std::vector<Row> m_rows;
    std::vector<QWidget*> m_behindRows; ///< in the order of the tabulator
    MessageBar* m_message;
    QLabel* m_sums;
    QLabel* m_total;
    QPushButton* m_confirm;
};

} // namespace motcua
