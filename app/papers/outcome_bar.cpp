// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/papers/outcome_bar.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QHBoxLayout>

namespace motcua {

OutcomeBar::OutcomeBar(QWidget* parent)
    : QFrame(parent), m_question(makeLabel({}, "label")),
      m_good(makeButton(tr("In &tốt"), "primary", "printGood", QStringLiteral("Enter")))
{
    setProperty("role", QStringLiteral("message-note"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(m_question);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    auto* jammed = makeButton(tr("&Kẹt giấy, in lại"), "", "printJammed");
    auto* spoiled = makeButton(tr("&Hỏng, in lại"), "", "printSpoiled");
    row->addWidget(m_good);
    row->addWidget(jammed);
    row->addWidget(spoiled);
    row->addStretch();
    column->addLayout(row);
    m_good->setDefault(true);
    m_good->setAutoDefault(true);
    connect(m_good, &QPushButton::clicked, this, [this] { answer("good"); });
    connect(jammed, &QPushButton::clicked, this, [this] { answer("jammed"); });
    connect(spoiled, &QPushButton::clicked, this, [this] { answer("spoiled"); });
}

void OutcomeBar::ask(const QString& question)
{
    m_open = true;
    m_question->setText(displayText(question));
    show();
}

void OutcomeBar::focusGood()
{
    m_good->setFocus(Qt::TabFocusReason);
}

void OutcomeBar::answer(const char* outcome)
{
    if (m_open) {
        m_open = false;
        hide();
        emit answered(QLatin1String(outcome));
    }
}

} // namespace motcua
