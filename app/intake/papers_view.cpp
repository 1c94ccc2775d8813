// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/papers_view.h"

#include "app/intake/paper_row_view.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

namespace motcua {

PapersView::PapersView(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    named(this, "papers", tr("Thành phần hồ sơ"));
}

void PapersView::build(const std::vector<Paper>& papers)
{
    clearLayout(m_column);
    m_rows.clear();
    if (papers.empty()) {
        m_column->addWidget(makeLabel(tr("Danh mục chưa ghi giấy tờ của thủ tục này."), "hint"));
    } else {
        m_column->addWidget(
            makeLabel(tr("Phím cách: có giấy này · 1–9: số bản chính · Enter: giấy tiếp theo"), "small"));
    }
    for (const Paper& paper : papers) {
        auto* row = new PaperRowView(paper, this);
        m_rows.push_back(row);
        m_column->addWidget(row);
        const std::size_t next = m_rows.size();
        connect(row, &PaperRowView::edited, this, &PapersView::edited);
        connect(row, &PaperRowView::focused, this, &PapersView::focused);
        connect(row, &PaperRowView::entered, this, [this, next] {
            if (next < m_rows.size()) {
                m_rows[next]->focusCheck();
            } else {
                emit finished();
            }
        });
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
        m_rows.front()->focusCheck();
    }
}

QStringList PapersView::missing() const
{
    QStringList names;
    for (const PaperRowView* row : m_rows) {
        if (row->paper().required && !row->isThere()) {
            names << displayText(row->paper().name);
        }
    }
    return names;
}

} // namespace motcua
