// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/day/figure_card.h"

#include "app/theme/theme.h"
#include "app/widgets/labels.h"

#include <QGridLayout>

namespace motcua {

FigureCard::FigureCard(const QString& title, QWidget* parent) : QFrame(parent), m_grid(new QGridLayout)
{
    setProperty("role", QStringLiteral("card"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * kGrid, 3 * kGrid, 5 * kGrid, 3 * kGrid);
    column->setSpacing(kGrid);
    column->addWidget(makeLineLabel(title, "label"));
    m_grid->setHorizontalSpacing(3 * kGrid);
    m_grid->setVerticalSpacing(kGrid);
    m_grid->setColumnStretch(2, 1);
    column->addLayout(m_grid);
    column->addStretch();
}

int FigureCard::add(const QString& label, const char* id)
{
    const int line = static_cast<int>(m_lines.size());
    auto* value = named(makeLineLabel({}, "label"), id, label);
    value->setAlignment(Qt::AlignRight | Qt::AlignTop);
    auto* note = makeLabel({}, "small");
    m_grid->addWidget(makeLineLabel(label), line, 0, Qt::AlignTop);
    m_grid->addWidget(value, line, 1, Qt::AlignTop);
    m_grid->addWidget(note, line, 2);
    m_lines.push_back({value, note, label});
    return line;
}

void FigureCard::set(int line, const QString& value, const QString& note, const char* role)
{
    Line& shown = m_lines[static_cast<std::size_t>(line)];
    shown.value->setText(value);
    shown.value->setAccessibleName(QStringLiteral("%1: %2. %3").arg(shown.label, value, note));
    shown.note->setText(note);
    setStyleProperty(shown.note, "role", role);
}

} // namespace motcua
