// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/suggestion_edit.h"

#include <QKeyEvent>

namespace motcua {

SuggestionEdit::SuggestionEdit(QWidget* parent) : QLineEdit(parent)
{
    // textEdited comes only with committed letters, so that a syllable being composed never jumps.
    connect(this, &QLineEdit::textEdited, this, &SuggestionEdit::refresh);
}

void SuggestionEdit::refresh()
{
    if (!m_source || (text().trimmed().isEmpty() && !m_opensEmpty)) {
        m_offered.clear();
    } else {
        m_offered = m_source(text());
    }
    if (!m_popup) {
        m_popup = new SuggestionPopup(this);
        connect(m_popup, &SuggestionPopup::picked, this, &SuggestionEdit::take);
        connect(this, &QObject::destroyed, m_popup, &QObject::deleteLater);
    }
    m_popup->offer(m_offered);
    if (m_marksFirst && !m_offered.empty() && !text().trimmed().isEmpty()) {
        m_popup->mark(0);
    }
}

void SuggestionEdit::take(int row)
{
    if (row < 0 || row >= static_cast<int>(m_offered.size())) {
        return;
    }
    const Suggestion suggestion = m_offered[static_cast<std::size_t>(row)];
    setText(suggestion.text);
    m_popup->hide();
    emit picked(suggestion);
}

bool SuggestionEdit::isOpen() const
{
    return m_popup && m_popup->isVisible();
}

bool SuggestionEdit::handleOpenKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
        m_popup->moveBy(1);
        return true;
    case Qt::Key_Up:
        m_popup->moveBy(-1);
        return true;
    case Qt::Key_Escape:
        m_popup->hide();
        return true;
    case Qt::Key_Tab:
        take(m_popup->marked());
        return false;
    default:
        return false;
    }
}

void SuggestionEdit::keyPressEvent(QKeyEvent* event)
{
    if (isOpen() && handleOpenKey(event->key())) {
        event->accept();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        if (isOpen()) {
            take(m_popup->marked());
        }
        event->accept();
        emit entered();
        return;
    }
    if (event->key() == Qt::Key_Down && !isOpen()) {
        refresh();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SuggestionEdit::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    if (m_opensEmpty && text().isEmpty() && event->reason() != Qt::ActiveWindowFocusReason) {
        refresh();
    }
}

void SuggestionEdit::focusOutEvent(QFocusEvent* event)
{
    if (m_popup) {
        m_popup->hide();
    }
    QLineEdit::focusOutEvent(event);
}

} // namespace motcua
