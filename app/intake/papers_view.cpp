// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/papers_view.h"

#include "app/intake/paper_files.h"
#include "app/intake/paper_row_view.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>

#include <numeric>

namespace motcua {

PapersView::PapersView(FileDesk& files, QWidget* parent)
    : QWidget(parent), m_files(files), m_column(new QVBoxLayout), m_problem(makeLabel({}, "problem")),
      m_reasonLabel(makeLineLabel(tr("Lý do vẫn nhận"), "label")),
      m_reason(named(new QLineEdit, "reason:/components", tr("Lý do vẫn nhận khi thiếu giấy tờ")))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(kGrid);
    m_column->setSpacing(0);
    outer->addLayout(m_column);
    outer->addWidget(m_problem);
    outer->addWidget(m_reasonLabel);
    outer->addWidget(m_reason);
    m_reason->setMaxLength(1000);
    m_reasonLabel->setBuddy(m_reason);
    named(this, "papers", tr("Thành phần hồ sơ"));
    connect(m_reason, &QLineEdit::textEdited, this, &PapersView::reasonGiven);
    connect(m_reason, &QLineEdit::returnPressed, this, &PapersView::finished);
    showProblems({}, {});
}

void PapersView::showProblems(const Problems& problems, const QString& reason)
{
    QStringList lines;
    bool soft = false;
    for (const Problem& problem : problems) {
        lines << displayText(problem.message);
        soft = soft || problem.severity == Severity::Soft;
    }
    m_problem->setText(lines.join(QLatin1Char('\n')));
    m_problem->setVisible(!problems.empty());
    setStyleProperty(m_problem, "role", soft ? "soft-problem" : "problem");
    m_reasonLabel->setVisible(soft);
    m_reason->setVisible(soft);
    if (m_reason->text() != reason) {
        m_reason->setText(reason);
    }
}

void PapersView::focusReason()
{
    if (m_reason->isHidden()) {
        focusFirst();
    } else {
        m_reason->setFocus(Qt::TabFocusReason);
    }
}

void PapersView::build(const std::vector<Paper>& papers)
{
    clearLayout(m_column);
    m_rows.clear();
    if (papers.empty()) {
        m_column->addWidget(makeLabel(tr("Danh mục chưa ghi giấy tờ của thủ tục này."), "hint"));
    } else {
        m_column->addWidget(makeLabel(tr("Phím cách: có giấy này · 1–9: số bản chính · Insert: đính kèm tệp, "
                                         "hoặc kéo tệp thả vào giấy · "
                                         "Enter: giấy tiếp theo"),
                                      "small"));
    }
    for (const Paper& paper : papers) {
        auto* row = new PaperRowView(paper, m_files, this);
        m_rows.push_back(row);
        m_column->addWidget(row);
        const std::size_t next = m_rows.size();
        connect(row, &PaperRowView::edited, this, &PapersView::edited);
        connect(row, &PaperRowView::focused, this, &PapersView::focused);
        connect(row, &PaperRowView::attachWanted, this, [this, row] { askFor(row); });
        connect(row, &PaperRowView::announced, this, &PapersView::announced);
        connect(row, &PaperRowView::entered, this, [this, next] { goOnFrom(next); });
    }
}

void PapersView::goOnFrom(std::size_t index)
{
    while (index < m_rows.size() && m_rows[index]->isHidden()) {
        ++index;
    }
    if (index < m_rows.size()) {
        m_rows[index]->focusCheck();
    } else if (!m_reason->isHidden()) {
        focusReason();
    } else {
        emit finished();
    }
}

void PapersView::setAsked(const std::map<std::string, Asked>& asked)
{
    for (PaperRowView* row : m_rows) {
        const auto found = asked.find(row->paper().code);
        const Asked state = found == asked.end() ? Asked::Maybe : found->second;
        row->setVisible(state != Asked::No || row->isThere());
        row->setAsked(state);
    }
}

void PapersView::askFor(PaperRowView* row)
{
    const QStringList paths =
        QFileDialog::getOpenFileNames(window(), tr("Đính kèm tệp: %1").arg(displayText(row->paper().name)),
                                      m_folder, tr("PDF và ảnh (*.pdf *.jpg *.jpeg *.png)"));
    if (paths.isEmpty()) {
        return;
    }
    m_folder = QFileInfo(paths.front()).absolutePath();
    row->attach(paths);
}

int PapersView::filesUnderWay() const
{
    return std::accumulate(m_rows.begin(), m_rows.end(), 0,
                           [](int sum, const PaperRowView* row) { return sum + row->files().underWay(); });
}

void PapersView::stopFiles()
{
    for (const PaperRowView* row : m_rows) {
        row->files().stop();
    }
}

Json PapersView::components() const
{
    Json list = Json::array();
    for (const PaperRowView* row : m_rows) {
        if (row->isThere()) {
            list.push_back(row->component());
        }
    }
    return list;
}

void PapersView::setComponents(const Json& components)
{
    for (PaperRowView* row : m_rows) {
        const QSignalBlocker quiet(row);
        Json mine;
        if (components.is_array()) {
            for (const Json& component : components) {
                if (stringAt(component, "code") == row->paper().code) {
                    mine = component;
                }
            }
        }
        row->setComponent(mine);
    }
}

void PapersView::focusFirst()
{
    if (m_rows.empty()) {
        emit finished();
    } else {
        goOnFrom(0);
    }
}

QStringList PapersView::missing() const
{
    QStringList names;
    for (const PaperRowView* row : m_rows) {
        if (row->asked() == Asked::Required && !row->isThere()) {
            names << displayText(row->paper().name);
        }
    }
    return names;
}

} // namespace motcua
