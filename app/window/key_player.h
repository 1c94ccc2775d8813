// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <deque>
#include <functional>

namespace motcua {

/// Plays a list of steps on the real window: keys one at a time to whatever has the keyboard, waiting for a
/// condition, looking. Steps run from the event loop, so the program works between them as it does for a
/// person.
class KeyPlayer : public QObject
{
    Q_OBJECT
public:
    explicit KeyPlayer(QObject* parent = nullptr);

    KeyPlayer& type(const QString& text);
    KeyPlayer& press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, int times = 1);
    /// Goes on when `holds`; gives up after ten seconds, telling `what` was waited for.
    KeyPlayer& waitFor(const QString& what, std::function<bool()> holds);
    KeyPlayer& then(std::function<void()> act);
    KeyPlayer& pause(int milliseconds);
    void start();

signals:
    void finished();
    void stuck(const QString& what);

private:
    struct Step
    {
        std::function<void()> act;
        std::function<bool()> holds;
        QString what;
        int pauseMs = 0;
    };
    void next();
    void wait(const Step& step, int leftMs);

    std::deque<Step> m_steps;
};

} // namespace motcua
