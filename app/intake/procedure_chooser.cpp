// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/procedure_chooser.h"

#include "app/theme/theme.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kDraftsShown = 3;

QString nameIn(const Json& draft)
{
    for (const char* pointer : {"/form/child/name", "/applicant/name"}) {
        const Json name = valueAt(draft, pointer);
        if (name.is_string()) {
            return displayText(name.get<std::string>());
        }
    }
    return ProcedureChooser::tr("chưa ghi tên");
}

ActionLine lineOf(const Procedure& procedure)
{
    ActionLine line;
    line.title = displayText(procedure.name);
    line.text = QStringLiteral("%1 · %2 · %3")
                    .arg(toQString(procedure.code), displayText(procedure.field),
                         displayText(termText(procedure.term.spanFor("counter"))));
    line.key = toQString(procedure.code);
    return line;
}

} // namespace

ProcedureChooser::ProcedureChooser(Theme& theme, IntakePresenter& presenter, QWidget* parent)
    : QWidget(parent), m_presenter(presenter), m_draftBox(new QWidget), m_drafts(new ActionListModel(this)),
      m_draftList(new ActionListView(theme, m_drafts)),
      m_text(named(new QLineEdit, "procedureText", tr("Thủ tục"))), m_procedures(new ActionListModel(this)),
      m_list(new ActionListView(theme, m_procedures))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 5 * kGrid, 6 * kGrid, 5 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Tiếp nhận hồ sơ"), "title"));

    auto* drafts = new QVBoxLayout(m_draftBox);
    drafts->setContentsMargins(0, 0, 0, 2 * kGrid);
    drafts->setSpacing(kGrid);
    drafts->addWidget(makeLabel(tr("Đang làm dở"), "label"));
    drafts->addWidget(named(m_draftList, "draftList", tr("Tờ khai đang làm dở")));
    column->addWidget(m_draftBox);

    QLabel* label = makeLineLabel(tr("Công dân cần làm gì?"), "label");
    label->setBuddy(m_text);
    column->addWidget(label);
    m_text->setProperty("role", QStringLiteral("big"));
    m_text->setPlaceholderText(tr("Ví dụ: khai sinh, doc than, sao y, 1.001193"));
    m_text->setMaxLength(120);
    m_text->installEventFilter(this);
    column->addWidget(m_text);
    column->addWidget(
        makeLabel(tr("Gõ có dấu hay không dấu đều được · ↑ ↓ chọn dòng · Enter bắt đầu"), "small"));
    column->addWidget(named(m_list, "procedureList", tr("Danh sách thủ tục")), 1);
    m_list->setFocusPolicy(Qt::ClickFocus);

    connect(m_text, &QLineEdit::textChanged, this, &ProcedureChooser::narrow);
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        if (const Procedure* procedure = current()) {
            emit chosen(procedure);
        }
    });
    connect(m_list, &ActionListView::currentKeyChanged, this, [this] { emit highlighted(current()); });
    connect(m_list, &ActionListView::triggered, this, [this] { emit chosen(current()); });
    connect(m_list, &QListView::doubleClicked, this, [this] { emit chosen(current()); });
    connect(m_draftList, &ActionListView::triggered, this,
            [this](const QString& key) { emit draftChosen(key.toLongLong()); });
}

void ProcedureChooser::refresh()
{
    showDrafts();
    m_text->clear();
    narrow({});
    m_text->setFocus();
}

void ProcedureChooser::showDrafts()
{
    std::vector<ActionLine> lines;
    for (const DraftRow& row : m_presenter.drafts()) {
        const auto found = m_presenter.search(toQString(row.procedure));
        ActionLine line;
        line.title = found.empty() ? toQString(row.procedure) : displayText(found.front()->name);
        line.text = tr("%1 · lần ghi cuối %2").arg(nameIn(row.body), longTime(row.updated));
        line.action = tr("Làm tiếp");
        line.key = QString::number(row.id);
        lines.push_back(std::move(line));
    }
    m_draftBox->setVisible(!lines.empty());
    const int shown = std::min(static_cast<int>(lines.size()), kDraftsShown);
    m_drafts->setLines(std::move(lines));
    m_draftList->setFixedHeight(shown * std::max(m_draftList->sizeHintForRow(0), 40) + 4);
    if (m_drafts->rowCount() > 0) {
        m_draftList->setCurrentIndex(m_drafts->index(0));
    }
}

void ProcedureChooser::narrow(const QString& text)
{
    m_found = m_presenter.search(text);
    std::vector<ActionLine> lines;
    lines.reserve(m_found.size());
    for (const Procedure* procedure : m_found) {
        lines.push_back(lineOf(*procedure));
    }
    m_procedures->setLines(std::move(lines));
    m_list->setCurrentIndex(m_procedures->index(0));
    emit highlighted(current());
}

const Procedure* ProcedureChooser::current() const
{
    const auto row = static_cast<std::size_t>(m_list->currentIndex().row());
    return m_list->currentIndex().isValid() && row < m_found.size() ? m_found[row] : nullptr;
}

bool ProcedureChooser::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
        if (step != 0 && m_procedures->rowCount() > 0) {
            const int row = std::clamp(m_list->currentIndex().row() + step, 0, m_procedures->rowCount() - 1);
            m_list->setCurrentIndex(m_procedures->index(row));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace motcua
