// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/key_map.h"

#include <QApplication>
#include <QKeyEvent>

namespace motcua {

KeyMap::KeyMap(QObject* parent) : QObject(parent)
{
    QApplication::instance()->installEventFilter(this);
}

void KeyMap::bind(QKeyCombination keys, std::function<void()> act)
{
    m_bindings.emplace_back(keys, std::move(act));
}

bool KeyMap::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType()) {
        return false;
    }
    if (QApplication::activeModalWidget() != nullptr || QApplication::activePopupWidget() != nullptr) {
        return false;
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
    const int code = key->key() == Qt::Key_Enter ? Qt::Key_Return : key->key();
    const QKeyCombination pressed(modifiers, static_cast<Qt::Key>(code));
    for (const auto& [keys, act] : m_bindings) {
        if (keys == pressed) {
            if (!key->isAutoRepeat()) {
                act();
            }
            return true;
        }
    }
    return false;
}

} // namespace motcua
