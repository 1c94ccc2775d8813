// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/needs_you_page.h"

#include "app/common/error_text.h"
#include "app/intake/form_parts.h"
#include "app/theme/theme.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/segmented_choice.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QScrollArea>

#include <algorithm>

namespace motcua {

namespace {

const QString kOurs = QStringLiteral("ours");
const QString kTheirs = QStringLiteral("theirs");

QString shown(const Json& value)
{
    if (value.is_null()) {
        return NeedsYouPage::tr("(trống)");
    }
    if (value.is_object() && value.contains("text")) {
        return displayText(stringAt(value, "text"));
    }
    return displayText(value.is_string() ? value.get<std::string>() : dumpJson(value));
}

} // namespace

NeedsYouPage::NeedsYouPage(Theme& theme, Desk& desk, QWidget* parent)
    : Page(parent), m_theme(theme), m_desk(desk), m_model(new ActionListModel(this)),
      m_list(new ActionListView(theme, m_model)), m_detail(new QScrollArea)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Cần bạn quyết định"), "title"));
    column->addWidget(makeLabel(
        tr("Ở đây chỉ có những chỗ mà máy không được phép tự chọn. Hồ sơ khác vẫn gửi bình thường."),
        "hint"));
    auto* row = new QHBoxLayout;
    row->setSpacing(4 * kGrid);
    m_list->setMinimumWidth(360);
    m_list->setMaximumWidth(460);
    row->addWidget(named(m_list, "caseList", tr("Những việc cần bạn")), 2);
    m_detail->setWidgetResizable(true);
    m_detail->setFocusPolicy(Qt::NoFocus);
    row->addWidget(m_detail, 3);
    column->addLayout(row, 1);
    connect(m_list, &ActionListView::currentKeyChanged, this, &NeedsYouPage::showDetail);
    connect(m_list, &ActionListView::triggered, this, [this] {
        if (!m_choices.empty()) {
            m_choices.begin()->second->setFocus();
        }
    });
}

void NeedsYouPage::arrive()
{
    refresh();
    if (m_cases.empty()) {
        setFocus();
    } else {
        m_list->setFocus();
    }
}

void NeedsYouPage::refresh()
{
    auto cases = m_desk.conflicts();
    if (!cases) {
        const ErrorText text = explain(cases.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.next));
        return;
    }
    const QString before = m_list->currentKey();
    m_open = nullptr;
    m_cases = std::move(*cases);
    std::vector<ActionLine> lines;
    int marked = 0;
    for (const ConflictCase& conflict : m_cases) {
        ActionLine line;
        line.title = toQString(conflict.code);
        line.text = conflict.fields.empty()
                        ? displayText(conflict.problem)
                        : tr("%1 chỗ khác nhau giữa quầy và cổng").arg(conflict.fields.size());
        line.icon = QStringLiteral("needs-you");
        line.ink = ActionLine::Ink::Bad;
        line.key = toQString(conflict.op);
        marked = line.key == before ? static_cast<int>(lines.size()) : marked;
        lines.push_back(std::move(line));
    }
    m_model->setLines(std::move(lines));
    m_list->setVisible(!m_cases.empty());
    m_list->setCurrentIndex(m_model->index(marked));
    showDetail(m_list->currentKey());
}

void NeedsYouPage::showCase(const QString& code)
{
    for (std::size_t i = 0; i < m_cases.size(); ++i) {
        if (m_cases[i].code == toUtf8(code)) {
            m_list->setCurrentIndex(m_model->index(static_cast<int>(i)));
        }
    }
}

QString NeedsYouPage::labelOf(const ConflictCase& conflict, const std::string& pointer)
{
    const auto view = m_desk.dossiers().byCode(conflict.code);
    const Procedure* procedure =
        view ? m_desk.catalogue().find(view->row.procedure, dayInVietnam(view->row.received)) : nullptr;
    if (procedure != nullptr) {
        for (const FormPart& part :
             formParts(m_desk.catalogue().form(*procedure, dayInVietnam(view->row.received)), true)) {
            for (const LeafGroup& group : part.groups) {
                for (const Leaf& leaf : group.leaves) {
                    if (leaf.pointer == pointer) {
                        return QStringLiteral("%1 · %2").arg(part.title, leaf.label);
                    }
                }
            }
        }
    }
    return displayText(pointer);
}

void NeedsYouPage::showDetail(const QString& op)
{
    const auto it = std::find_if(m_cases.begin(), m_cases.end(),
                                 [&](const ConflictCase& c) { return toQString(c.op) == op; });
    m_open = it == m_cases.end() ? nullptr : &*it;
    m_choices.clear();
    m_reason = nullptr;
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 2 * kGrid, 0);
    column->setSpacing(3 * kGrid);
    if (m_open == nullptr) {
        column->addWidget(makeLabel(tr("Không có gì cần bạn quyết định."), "good"));
        column->addWidget(
            makeLabel(tr("Khi quầy và cổng cùng sửa một chỗ, chỗ đó hiện ở đây để bạn chọn."), "hint"));
    } else if (m_open->fields.empty()) {
        addRefused(column, *m_open);
    } else {
        if (!m_open->problem.empty()) {
            column->addWidget(makeLabel(displayText(m_open->problem)));
        }
        for (const ConflictField& field : m_open->fields) {
            addField(column, field, labelOf(*m_open, field.pointer));
        }
        QLabel* label = makeLineLabel(tr("Lý do chọn như vậy"), "label");
        m_reason = named(new QLineEdit, "decisionReason", tr("Lý do chọn như vậy"));
        m_reason->setMaxLength(2000);
        label->setBuddy(m_reason);
        column->addWidget(label);
        column->addWidget(m_reason);
        auto* button = makeButton(tr("&Ghi quyết định"), "primary", "decide", QStringLiteral("Ctrl+Enter"));
        connect(button, &QPushButton::clicked, this, &NeedsYouPage::decide);
        column->addWidget(button, 0, Qt::AlignLeft);
    }
    column->addStretch();
    m_detail->setWidget(page);
}

void NeedsYouPage::addField(QVBoxLayout* column, const ConflictField& field, const QString& label)
{
    QFrame* card = makeFrame("card", 4 * kGrid, 2 * kGrid);
    columnOf(card)->addWidget(makeLabel(label, "label"));
    auto* grid = new QGridLayout;
    grid->setColumnMinimumWidth(0, 100);
    grid->setColumnStretch(1, 1);
    const std::pair<QString, const Json*> rows[] = {
        {tr("Trước đó"), &field.base}, {tr("Ở quầy"), &field.ours}, {tr("Ở cổng"), &field.theirs}};
    int line = 0;
    for (const auto& [name, value] : rows) {
        grid->addWidget(makeLabel(name, "small"), line, 0);
        grid->addWidget(makeLabel(shown(*value), line == 0 ? "hint" : ""), line, 1);
        ++line;
    }
    columnOf(card)->addLayout(grid);
    auto* choice = new SegmentedChoice({{kOurs, tr("Giữ của quầy")}, {kTheirs, tr("Lấy của cổng")}});
    choice->setSpokenName(label);
    columnOf(card)->addWidget(choice);
    m_choices[field.pointer] = choice;
    connect(choice, &SegmentedChoice::entered, this, [this] {
        if (m_reason != nullptr) {
            m_reason->setFocus();
        }
    });
    column->addWidget(card);
}

void NeedsYouPage::addRefused(QVBoxLayout* column, const ConflictCase& conflict)
{
    column->addWidget(makeLabel(tr("Cổng không nhận việc này"), "heading"));
    column->addWidget(makeLabel(displayText(conflict.problem)));
    column->addWidget(
        makeLabel(tr("Mở hồ sơ, sửa chỗ sai; việc sửa sẽ được gửi thay. Hồ sơ ở quầy vẫn nguyên."), "hint"));
    auto* open = makeButton(tr("&Mở hồ sơ"), "primary", "openRefused");
    connect(open, &QPushButton::clicked, this,
            [this, code = toQString(conflict.code)] { emit dossierWanted(code); });
    column->addWidget(open, 0, Qt::AlignLeft);
}

void NeedsYouPage::decide()
{
    if (m_open == nullptr || m_choices.empty() || m_reason == nullptr) {
        return;
    }
    std::map<std::string, Decision> decisions;
    for (const auto& [pointer, choice] : m_choices) {
        const auto chosen = choice->chosen();
        if (!chosen) {
            emit announced(Tone::Warning, tr("Còn chỗ chưa chọn."),
                           tr("Chọn “Giữ của quầy” hoặc “Lấy của cổng” cho từng chỗ."));
            choice->setFocus();
            return;
        }
        decisions[pointer].take = *chosen == kOurs ? Decision::Take::Ours : Decision::Take::Theirs;
    }
    if (m_reason->text().trimmed().isEmpty()) {
        emit announced(Tone::Warning, tr("Chưa ghi lý do."), {});
        m_reason->setFocus();
        return;
    }
    const auto answer = m_desk.resolve(m_open->code, decisions, toUtf8(m_reason->text().trimmed()));
    if (!answer) {
        QString what = toQString(explain(answer.error().error).happened);
        for (const Problem& problem : answer.error().problems) {
            what = displayText(problem.message);
        }
        emit announced(Tone::Bad, what, {});
        return;
    }
    emit announced(Tone::Good,
                   tr("Đã ghi quyết định cho %1; máy sẽ gửi lên cổng.").arg(toQString(m_open->code)), {});
    emit registerChanged();
    refresh();
}

} // namespace motcua
