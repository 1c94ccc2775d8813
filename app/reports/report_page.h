// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "app/widgets/page.h"
#include "core/report/report_output.h"

#include <filesystem>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace motcua {

class ReportModel;
class Theme;

/// Reports of a period: on the screen, and as XLSX, PDF or CSV. Made beside the window on a connection of its
/// own, can be given up; what was on the screen stays until the new one is there.
class ReportPage : public Page
{
    Q_OBJECT
public:
    ReportPage(Theme& theme, Workplace& place, std::filesystem::path folder, QWidget* parent = nullptr);

    void arrive() override;
    void pressContinue() override { make(); }
    [[nodiscard]] bool goBack() override;

signals:
    void shown();
    void exported(const QString& file);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QWidget* makePeriod();
    [[nodiscard]] QLineEdit* addDay(QHBoxLayout* row, const QString& label, const char* id);
    void addMaking(QHBoxLayout* row);
    void fitColumns();
    [[nodiscard]] QWidget* makeExports();
    void choosePeriod(int which);
    void make();
    void show(const Result<ReportTable>& table);
    void setBusy(bool busy);
    void exportAs(ReportFormat format, const char* ending);

    Workplace& m_place;
    std::filesystem::path m_folder;
    ReportModel* m_model;
    QComboBox* m_report = nullptr;
    QLineEdit* m_from = nullptr;
    QLineEdit* m_to = nullptr;
    QPushButton* m_make = nullptr;
    QPushButton* m_stop = nullptr;
    QProgressBar* m_progress = nullptr;
    QWidget* m_exports = nullptr;
    QLabel* m_title;
    QLabel* m_notes;
    QTableView* m_table;
    int m_run = 0;  ///< which making is wanted; older ones are dropped when they end
    QString m_made; ///< "ii06a-20261101-20261130", of what is on the screen
};

} // namespace motcua
