// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/file_desk.h"
#include "app/papers/paper_desk.h"
#include "app/register/dossier_table_model.h"
#include "app/widgets/page.h"

#include <QTimer>

class QButtonGroup;
class QComboBox;
class QLabel;
class QLayout;
class QPushButton;
class QTableView;

namespace motcua {

class DossierPanel;
class DossierPresenter;
class Theme;
struct FieldHelp;

/// The register: a dense table with its filters, and the open dossier at the right. As the appointments page
/// the same table stands in the order in which things become late.
class RegisterPage : public Page
{
    Q_OBJECT
public:
    enum class Kind
    {
        Register,
        Appointments,
    };
    RegisterPage(Theme& theme, Workplace& place, PaperDesk& papers, PaperPress& press, FieldHelp help,
                 Kind kind, QWidget* parent = nullptr);
    ~RegisterPage() override;

    [[nodiscard]] QWidget* contextPanel() override;
    void arrive() override;
    void pressPrint() override;
    [[nodiscard]] bool goBack() override;

    void search(const QString& text);
    /// The next time the whole register stands here again.
    void forgetSearch();
    /// Opens a dossier beside the list.
    void showDossier(const QString& code);
    /// News came: what of the open dossier stands otherwise by now is shown, here and in its row. Nothing
    /// changes under somebody's hands: while they answer a question or hold a button, it waits.
    void refresh();
    void takeKeyboard();
    [[nodiscard]] DossierPanel& panel() { return *m_panel; }
    /// As somebody set them; empty as long as nobody did.
    [[nodiscard]] QByteArray columns() const;
    void setColumns(const QByteArray& state);

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void searchForgotten();
    void ledgerWanted(); ///< an old ledger is to be brought in

private:
    [[nodiscard]] QWidget* makeFilters();
    void addChip(QLayout* row, const QString& text, int id);
    [[nodiscard]] Result<TablePage> read(const TableQuery& query, std::int64_t offset);
    [[nodiscard]] TableQuery queryNow() const;
    void reload();
    void showCount();
    void makeOldRows(QLayout* row);
    void countOldRows();
    void showOldRows();
    void openCurrent();
    void makeTable();
    void fitToFont();

    Theme& m_theme;
    Workplace& m_place;
    Kind m_kind;
    DossierPresenter* m_presenter;
    FileDesk m_files;
    DossierPanel* m_panel;
    DossierTableModel* m_model;
    QTableView* m_table;
    QLabel* m_title;
    QLabel* m_count;
    QPushButton* m_oldRows = nullptr; ///< what the search found in old ledgers
    QButtonGroup* m_chips;
    QComboBox* m_procedure = nullptr;
    QString m_text;
    QTimer m_openSoon;
    QTimer m_refreshSoon;
    bool m_more = false;
    bool m_fitting = false;
    bool m_ownColumns = false; ///< somebody moved or pulled them: they stay as they are
};

} // namespace motcua
