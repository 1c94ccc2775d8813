// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/gate_card.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QLineEdit>
#include <QScrollArea>

namespace motcua {

namespace {

constexpr int kCardWidth = 440;

} // namespace

GateCard::GateCard(Theme& theme, const QString& title, const QString& lead, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_lead(makeLabel(lead, "hint")), m_message(new MessageBar(theme))
{
    setAccessibleName(title);
    auto* scroll = new QScrollArea;
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    auto* centre = new QVBoxLayout(page);
    QFrame* card = makeFrame("card", 8 * kGrid, 3 * kGrid);
    card->setFixedWidth(kCardWidth);
    centre->addStretch(2);
    // Not by alignment: the wrapped lines would be measured at the width of the page, and the card be too
    // low.
    auto* middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(card);
    middle->addStretch();
    centre->addLayout(middle);
    centre->addStretch(3);
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);

    m_column = columnOf(card);
    auto* head = new QHBoxLayout;
    head->setSpacing(3 * kGrid);
    auto* sign = makeLineLabel({});
    sign->setPixmap(QIcon(QStringLiteral(":/icons/motcua.svg")).pixmap(QSize(44, 44), devicePixelRatioF()));
    head->addWidget(sign);
    head->addWidget(makeLabel(title, "title"), 1, Qt::AlignVCenter);
    m_column->addLayout(head);
    m_column->addWidget(m_lead);
    m_column->addWidget(m_message);
}

void GateCard::showError(const QString& what, const QString& next)
{
    m_message->show(Tone::Bad, what, next);
}

void GateCard::clearError()
{
    m_message->dismiss();
}

void GateCard::setBusy(bool busy, const QString& doing)
{
    for (QLineEdit* field : findChildren<QLineEdit*>()) {
        field->setEnabled(!busy);
    }
    if (m_action != nullptr) {
        m_action->setEnabled(!busy);
        m_action->setText(busy ? doing : m_actionText);
    }
}

QLineEdit* GateCard::addField(const QString& label, const char* id, const QString& hint)
{
    auto* group = new QVBoxLayout;
    group->setSpacing(kGrid / 2);
    QLabel* name = makeLineLabel(label, "label");
    auto* field = named(new QLineEdit, id, label);
    field->setMaxLength(200);
    name->setBuddy(field);
    group->addWidget(name);
    group->addWidget(field);
    if (!hint.isEmpty()) {
        group->addWidget(makeLabel(hint, "small"));
    }
    m_column->addLayout(group);
    // Enter goes from field to field, and from the last one presses the button.
    connect(field, &QLineEdit::returnPressed, this, [this, field] {
        const QList<QLineEdit*> fields = findChildren<QLineEdit*>();
        const qsizetype next = fields.indexOf(field) + 1;
        if (next < fields.size()) {
            fields[next]->setFocus(Qt::TabFocusReason);
        } else if (m_action != nullptr) {
            m_action->click();
        }
    });
    return field;
}

QLineEdit* GateCard::addPassword(const QString& label, const char* id, const QString& hint)
{
    QLineEdit* field = addField(label, id, hint);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText);
    return field;
}

QPushButton* GateCard::addAction(const QString& text, const char* id)
{
    m_actionText = text + QStringLiteral("   Enter");
    m_action = makeButton(text, "primary", id, QStringLiteral("Enter"));
    m_action->setDefault(true);
    m_column->addSpacing(kGrid);
    m_column->addWidget(m_action);
    return m_action;
}

void GateCard::setLead(const QString& lead)
{
    m_lead->setText(displayText(lead));
}

Secret GateCard::takePassword(QLineEdit* field)
{
    Secret secret(toUtf8(field->text()));
    field->clear();
    return secret;
}

} // namespace motcua
