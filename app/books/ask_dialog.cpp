// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/books/ask_dialog.h"

#include "app/widgets/dialog_frame.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kWidth = 540;

} // namespace

AskDialog::AskDialog(Theme& theme, const QString& title, const QString& lead,
                     const std::vector<AskField>& fields, const QString& action, QWidget* parent)
    : QDialog(parent), m_message(new MessageBar(theme)), m_column(beginDialog(*this, title, lead, kWidth)),
      m_fields(fields)
{
    m_column->addWidget(m_message);
    for (const AskField& field : m_fields) {
        add(field);
    }
    m_confirm = endDialog(*this, *m_column, action);
    connect(m_confirm, &QPushButton::clicked, this, &AskDialog::confirm);
}

void AskDialog::add(const AskField& field)
{
    QLabel* label = makeLineLabel(
        field.required || !field.choices.empty() ? field.label : tr("%1 (không bắt buộc)").arg(field.label),
        "label");
    m_column->addWidget(label);
    if (!field.choices.empty()) {
        auto* box = named(new QComboBox, "ask", field.label);
        box->setObjectName(QStringLiteral("ask:") + field.id);
        for (const auto& [value, words] : field.choices) {
            box->addItem(words, value);
        }
        box->setCurrentIndex(std::max(0, box->findData(field.value)));
        label->setBuddy(box);
        m_choices[field.id] = box;
        m_column->addWidget(box);
    } else {
        auto* line = named(new QLineEdit(field.value), "ask", field.label);
        line->setObjectName(QStringLiteral("ask:") + field.id);
        line->setMaxLength(2000);
        label->setBuddy(line);
        m_lines[field.id] = line;
        m_column->addWidget(line);
        if (m_lines.size() == 1) {
            line->setFocus();
            line->selectAll();
        }
    }
    if (!field.hint.isEmpty()) {
        m_column->addWidget(makeLabel(field.hint, "small"));
    }
}

QString AskDialog::value(const QString& id) const
{
    if (const auto line = m_lines.find(id); line != m_lines.end()) {
        return line->second->text().trimmed();
    }
    const auto box = m_choices.find(id);
    return box == m_choices.end() ? QString() : box->second->currentData().toString();
}

void AskDialog::focusOn(const QString& id)
{
    if (const auto line = m_lines.find(id); line != m_lines.end()) {
        line->second->setFocus();
    } else if (const auto box = m_choices.find(id); box != m_choices.end()) {
        box->second->setFocus();
    }
}

void AskDialog::confirm()
{
    std::map<QString, QString> values;
    for (const AskField& field : m_fields) {
        values[field.id] = value(field.id);
        if (field.required && values[field.id].isEmpty()) {
            m_message->show(Tone::Bad, tr("Chưa ghi: %1.").arg(field.label));
            focusOn(field.id);
            return;
        }
    }
    m_confirm->setEnabled(false); // a second press does nothing
    const QString wrong = m_act ? m_act(values) : QString();
    if (wrong.isEmpty()) {
        accept();
        return;
    }
    m_confirm->setEnabled(true);
    m_message->show(Tone::Bad, wrong);
}

} // namespace motcua
