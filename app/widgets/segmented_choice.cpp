// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/segmented_choice.h"

#include "app/theme/theme.h"
#include "app/widgets/labels.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>

namespace motcua {

SegmentedChoice::SegmentedChoice(std::vector<Option> options, QWidget* parent)
    : QWidget(parent), m_options(std::move(options)), m_group(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid);
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        const QString text = QStringLiteral("%1  %2").arg(i + 1).arg(m_options[i].label);
        auto* button = makeButton(text, "choice", "choice");
        button->setAccessibleName(m_options[i].label);
        button->setCheckable(true);
        button->installEventFilter(this);
        m_group->addButton(button, static_cast<int>(i));
        m_buttons.push_back(button);
        row->addWidget(button);
    }
    row->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, [this] {
        updateTabStop();
        emit changed();
    });
    setFocusPolicy(Qt::NoFocus);
    if (!m_buttons.empty()) {
        setFocusProxy(m_buttons.front());
    }
    updateTabStop();
}

std::optional<QString> SegmentedChoice::chosen() const
{
    const int index = m_group->checkedId();
    if (index < 0) {
        return std::nullopt;
    }
    return m_options[static_cast<std::size_t>(index)].value;
}

void SegmentedChoice::choose(const std::optional<QString>& value)
{
    m_group->setExclusive(false);
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        m_buttons[i]->setChecked(value && m_options[i].value == *value);
    }
    m_group->setExclusive(true);
    updateTabStop();
}

void SegmentedChoice::setSpokenName(const QString& name)
{
    setAccessibleName(name);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setAccessibleName(QStringLiteral("%1: %2").arg(name, m_options[i].label));
    }
}

bool SegmentedChoice::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        return QWidget::eventFilter(watched, event);
    }
    const int here = m_group->id(qobject_cast<QAbstractButton*>(watched));
    const int count = static_cast<int>(m_buttons.size());
    if (key->key() >= Qt::Key_1 && key->key() < Qt::Key_1 + count) {
        chooseIndex(key->key() - Qt::Key_1);
    } else if (key->key() == Qt::Key_Right || key->key() == Qt::Key_Down) {
        chooseIndex((here + 1) % count);
    } else if (key->key() == Qt::Key_Left || key->key() == Qt::Key_Up) {
        chooseIndex((here + count - 1) % count);
    } else if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        emit entered();
    } else if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
        choose(std::nullopt);
        emit changed();
    } else {
        return QWidget::eventFilter(watched, event);
    }
    return true;
}

void SegmentedChoice::chooseIndex(int index)
{
    QPushButton* button = m_buttons[static_cast<std::size_t>(index)];
    const bool isNew = !button->isChecked();
    button->setChecked(true);
    updateTabStop();
    button->setFocus(Qt::OtherFocusReason);
    if (isNew) {
        emit changed();
    }
}

void SegmentedChoice::updateTabStop()
{
    // The chosen one is the tab stop, else the first: as radio buttons behave.
    const int checked = m_group->checkedId();
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const bool stop = checked < 0 ? i == 0 : static_cast<int>(i) == checked;
        m_buttons[i]->setFocusPolicy(stop ? Qt::StrongFocus : Qt::ClickFocus);
        if (stop) {
            setFocusProxy(m_buttons[i]);
        }
    }
}

} // namespace motcua
