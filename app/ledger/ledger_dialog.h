// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ledger/ledger_jobs.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QPushButton;
class QVBoxLayout;

namespace motcua {

class ColumnTable;
class LedgerHead;
class LedgerProgress;
class MessageBar;
class PreviewTable;
class Theme;

/// Brings an old ledger in: choose a file, say what its columns are, look at the letters before and after,
/// then take it in. Reading and writing run beside the window; both can be stopped, and an import goes on
/// where it stopped.
class LedgerDialog : public QDialog
{
    Q_OBJECT
public:
    LedgerDialog(Theme& theme, Workplace& place, QWidget* parent = nullptr);
    ~LedgerDialog() override;

    /// As if it had been chosen.
    void openFile(const QString& file);
    void reject() override;

private:
    enum class State
    {
        NoFile,
        Busy,
        Mapping, ///< a file was looked at
        Half,    ///< of this file an import was begun; its map stands
        Done,
    };
    void addButtons(QVBoxLayout* column);
    void chooseFile();
    void survey(bool anew);
    void look(const SurveyOptions& options);
    void takeSurvey(Result<LedgerSurvey> survey);
    void takeStanding();
    void showMap(const LedgerMap& map);
    [[nodiscard]] LedgerMap mapNow() const;
    void refresh();
    void checkAll();
    void importAll();
    void takeOutcome(Result<LedgerOutcome> outcome);
    void saveProblems();
    void showImports();
    void takeWithdrawal(std::int64_t ledger);
    void begin(const QString& what);
    void end(State state);
    void tellError(const Error& error);
    void showState();

    Theme& m_theme;
    Workplace& m_place;
    State m_state = State::NoFile;
    State m_before = State::NoFile; ///< while busy
    std::shared_ptr<LedgerRun> m_run;
    std::optional<LedgerSurvey> m_survey;
    std::optional<ReadyMap> m_ready;
    QString m_file;
    std::int64_t m_ledger = 0;
    bool m_showing = false;

    MessageBar* m_message;
    LedgerHead* m_head;
    ColumnTable* m_columns;
    PreviewTable* m_preview;
    QCheckBox* m_seen;
    LedgerProgress* m_progress;
    QPushButton* m_stop = nullptr;
    QPushButton* m_imports = nullptr;
    QPushButton* m_problems = nullptr;
    QPushButton* m_check = nullptr;
    QPushButton* m_import = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace motcua
