// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/key_player.h"

#include <QApplication>
#include <QKeyEvent>
#include <QTimer>
#include <QWidget>

namespace motcua {

namespace {

constexpr int kBetweenMs = 2;
constexpr int kLookMs = 25;
constexpr int kPatienceMs = 20'000;

/// Whatever has the keyboard. Without a window manager no window is active after a dialog has closed; then it
/// is what had the keyboard in the window before.
QWidget* receiverOfKeys()
{
    if (QWidget* focus = QApplication::focusWidget()) {
        return focus;
    }
    QWidget* window = QApplication::activeModalWidget();
    for (QWidget* top : QApplication::topLevelWidgets()) {
        window = window == nullptr && top->isVisible() && !top->isHidden() ? top : window;
    }
    if (window == nullptr) {
        return nullptr;
    }
    window->activateWindow();
    return window->focusWidget() != nullptr ? window->focusWidget() : window;
}

void send(Qt::Key key, Qt::KeyboardModifiers modifiers, const QString& text)
{
    QWidget* receiver = receiverOfKeys();
    if (receiver == nullptr) {
        return;
    }
    // Posted, not sent: a key that opens a dialog must not hold up the player until the dialog closes.
    QApplication::postEvent(receiver, new QKeyEvent(QEvent::KeyPress, key, modifiers, text));
    QApplication::postEvent(receiver, new QKeyEvent(QEvent::KeyRelease, key, modifiers, text));
}

} // namespace

KeyPlayer::KeyPlayer(QObject* parent) : QObject(parent) {}

KeyPlayer& KeyPlayer::type(const QString& text)
{
    for (const QChar c : text) {
        const bool isAscii = c.unicode() >= Qt::Key_Space && c.unicode() <= Qt::Key_AsciiTilde;
        const auto key = isAscii ? static_cast<Qt::Key>(c.toUpper().unicode()) : Qt::Key_unknown;
        m_steps.push_back({[c, key] { send(key, Qt::NoModifier, QString(c)); }, {}, {}, 0});
    }
    return *this;
}

KeyPlayer& KeyPlayer::press(Qt::Key key, Qt::KeyboardModifiers modifiers, int times)
{
    const bool isLetter = modifiers == Qt::NoModifier && key >= Qt::Key_Space && key <= Qt::Key_AsciiTilde;
    const QString text = key == Qt::Key_Return ? QStringLiteral("\r")
                         : isLetter            ? QString(QChar(static_cast<char16_t>(key)))
                                               : QString();
    for (int i = 0; i < times; ++i) {
        m_steps.push_back({[key, modifiers, text] { send(key, modifiers, text); }, {}, {}, 0});
    }
    return *this;
}

KeyPlayer& KeyPlayer::waitFor(const QString& what, std::function<bool()> holds)
{
    m_steps.push_back({{}, std::move(holds), what, 0});
    return *this;
}

KeyPlayer& KeyPlayer::then(std::function<void()> act)
{
    m_steps.push_back({std::move(act), {}, {}, 0});
    return *this;
}

KeyPlayer& KeyPlayer::pause(int milliseconds)
{
    m_steps.push_back({{}, {}, {}, milliseconds});
    return *this;
}

void KeyPlayer::start()
{
    QTimer::singleShot(0, this, &KeyPlayer::next);
}

void KeyPlayer::next()
{
    if (m_steps.empty()) {
        emit finished();
        return;
    }
    const Step step = std::move(m_steps.front());
    m_steps.pop_front();
    if (step.holds) {
        wait(step, kPatienceMs);
        return;
    }
    if (step.act) {
        step.act();
    }
    QTimer::singleShot(step.pauseMs > 0 ? step.pauseMs : kBetweenMs, this, &KeyPlayer::next);
}

void KeyPlayer::wait(const Step& step, int leftMs)
{
    if (step.holds()) {
        QTimer::singleShot(kBetweenMs, this, &KeyPlayer::next);
    } else if (leftMs <= 0) {
        emit stuck(step.what);
    } else {
        QTimer::singleShot(kLookMs, this, [this, step, leftMs] { wait(step, leftMs - kLookMs); });
    }
}

} // namespace motcua
