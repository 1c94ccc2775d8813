// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/alarm_view.h"

#include "app/queue/alarm_words.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QLineEdit>

namespace motcua {

AlarmView::AlarmView(const Alarm& alarm, Role role, const QString& finding, QWidget* parent) : QWidget(parent)
{
    setProperty("role", QStringLiteral("page"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 2 * kGrid, 0);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(
        QStringLiteral("%1 · %2").arg(displayText(alarm.name), displayText(alarm.code)), "heading"));
    QFrame* notice = makeFrame("message-warning", 3 * kGrid, kGrid);
    columnOf(notice)->addWidget(makeLabel(alarmWords(alarm), "label"));
    columnOf(notice)->addWidget(makeLabel(alarmStep(alarm), "hint"));
    column->addWidget(notice);
    auto* open = makeButton(tr("&Mở hồ sơ"), "link", "openAlarmed");
    connect(open, &QPushButton::clicked, this, &AlarmView::dossierWanted);
    m_first = open;
    if (alarm.kind == AlarmKind::Renumbered) {
        addPaper(column, alarm);
    } else {
        addFinding(column, alarm, role, finding);
    }
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addStretch();
}

void AlarmView::addPaper(QVBoxLayout* column, const Alarm& alarm)
{
    auto* print =
        makeButton(alarm.paper == "refusal" ? tr("&In phiếu từ chối mới") : tr("&In giấy tiếp nhận mới"),
                   "primary", "printAnew");
    connect(print, &QPushButton::clicked, this, &AlarmView::paperWanted);
    column->addWidget(print, 0, Qt::AlignLeft);
    column->addWidget(makeLabel(tr("Giấy mới ra tốt, việc này tự hết."), "hint"));
    m_first = print;
}

void AlarmView::addFinding(QVBoxLayout* column, const Alarm& alarm, Role role, const QString& finding)
{
    const bool isLeaders = findingAct(alarm.kind) == Act::DecideIdentity;
    if (!mayDo(role, findingAct(alarm.kind))) {
        column->addWidget(makeLabel(isLeaders ? tr("Nhờ lãnh đạo đăng nhập và ghi kết luận ở đây.")
                                              : tr("Nhờ công chức một cửa đăng nhập và ghi ở đây."),
                                    "label"));
        return;
    }
    QLabel* label = makeLineLabel(
        isLeaders ? tr("&Kết luận: đã tìm hiểu được gì") : tr("&Kết luận: đã xử lý thế nào"), "label");
    auto* words = named(new QLineEdit(finding), "alarmFinding", tr("Kết luận"));
    words->setMaxLength(2000);
    label->setBuddy(words);
    auto* row = new QHBoxLayout;
    auto* settle = makeButton(tr("&Ghi kết luận"), "primary", "settleAlarm");
    row->addWidget(words, 1);
    row->addWidget(settle);
    column->addWidget(label);
    column->addLayout(row);
    const auto give = [this, words] { emit findingGiven(words->text().trimmed()); };
    connect(settle, &QPushButton::clicked, this, give);
    connect(words, &QLineEdit::returnPressed, this, give);
    connect(words, &QLineEdit::textChanged, this, &AlarmView::findingTyped);
    m_first = words;
}

void AlarmView::takeKeyboard()
{
    m_first->setFocus(Qt::OtherFocusReason);
}

} // namespace motcua
