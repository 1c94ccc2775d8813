// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/key_player.h"

#include <QObject>
#include <QStringList>

namespace motcua {

class Application;

/// A counter's day, played by keys on the real window of a practice register: a birth is taken in, its slip
/// and check sheet made, the register searched, a dossier moved on, the queue looked at, the month's report
/// exported. Leaves papers and pictures in a folder and ends the program: status 0 when all of it was done.
class Tour : public QObject
{
    Q_OBJECT
public:
    explicit Tour(Application& application);

private:
    void begin();
    void intake();
    void receiveIt();
    void lookAround();
    void reports();
    void gates();
    void end();
    void fill(const QStringList& values);
    void pressButton(const char* name);
    void picture(const QString& name);
    void rename(const QString& pattern, const QString& name);
    [[nodiscard]] bool hasFile(const QString& pattern) const;
    void giveUp(const QString& what);

    Application& m_application;
    KeyPlayer m_player;
    QString m_folder;
    QString m_birth; ///< of the child, as it is typed
    int m_pictures = 0;
    int m_pointSize = 0; ///< before the pictures of other sizes
};

} // namespace motcua
