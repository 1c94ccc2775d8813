// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_survey.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace motcua {

/// What comes in and where it belongs: the file with its sheet and the row of its titles, and the book with
/// the year and volume that the file itself does not say.
class LedgerHead : public QWidget
{
    Q_OBJECT
public:
    explicit LedgerHead(QWidget* parent = nullptr);

    enum class Use
    {
        Nothing, ///< something runs
        File,    ///< another file or sheet may be chosen; what the map says stands
        All,
    };
    void allow(Use use);
    void showFile(const LedgerSurvey& survey);
    void showMap(const LedgerMap& map);
    /// Writes the book, year and volume that stand here into `map`.
    void fill(LedgerMap& map) const;
    /// The chosen sheet, and the row of titles if it is still the sheet that was looked at.
    [[nodiscard]] SurveyOptions options(const LedgerSurvey& before) const;
    void takeKeyboard();

signals:
    void fileWanted();
    void partChosen(); ///< another sheet, or another row of titles
    void bookChanged();

private:
    void addFileLine(QVBoxLayout* column);
    void addBookLine(QVBoxLayout* column);

    QLabel* m_name;
    QPushButton* m_choose = nullptr;
    QComboBox* m_sheet;
    QSpinBox* m_header;
    QComboBox* m_book;
    QLineEdit* m_year;
    QLineEdit* m_volume;
    std::int64_t m_headerLooked = 0; ///< the row of titles by which the file was read
};

} // namespace motcua
