// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/message_bar.h"
#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/catalogue/procedure.h"
#include "core/dossier/checklist.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace motcua {

class FileDesk;
class PaperRowView;

/// The checklist of papers: there or not, how it came, how many originals and copies. One line a paper, by
/// keyboard: Space or a figure says how many, Enter goes to the next line.
class PapersView : public QWidget
{
    Q_OBJECT
public:
    explicit PapersView(FileDesk& files, QWidget* parent = nullptr);

    void build(const std::vector<Paper>& papers);
    /// The contract's `components` of the papers that are there.
    [[nodiscard]] Json components() const;
    void setComponents(const Json& components);
    /// What the answers of the form mean for each paper, by its code. One that is there stays in sight.
    void setAsked(const std::map<std::string, Asked>& asked);
    void focusFirst();
    /// What is wrong with the papers as a whole; soft problems ask for a reason.
    void showProblems(const Problems& problems, const QString& reason);
    void focusReason();
    /// Files that are still being taken in: what is received now would be without them.
    [[nodiscard]] int filesUnderWay() const;
    /// Gives them up.
    void stopFiles();
    /// Names of required papers that are not there.
    [[nodiscard]] QStringList missing() const;

signals:
    void edited();
    void focused();
    void finished();
    void reasonGiven(const QString& reason);
    void announced(motcua::Tone tone, const QString& what, const QString& next);

private:
    void askFor(PaperRowView* row);
    void goOnFrom(std::size_t index);

    FileDesk& m_files;
    QString m_folder; ///< where the last files came from
    std::vector<PaperRowView*> m_rows;
    QVBoxLayout* m_column;
    QLabel* m_problem;
    QLabel* m_reasonLabel;
    QLineEdit* m_reason;
};

} // namespace motcua
