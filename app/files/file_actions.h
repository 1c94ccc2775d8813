// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/file_desk.h"
#include "app/widgets/message_bar.h"

#include <QWidget>

namespace motcua {

/// Where somebody wants to look at or save a file: asks what has to be asked, and says what came of it.
class FileActions : public QObject
{
    Q_OBJECT
public:
    /// `window`: dialogs stand over it.
    FileActions(FileDesk& desk, QWidget* window) : QObject(window), m_desk(desk), m_window(window) {}

    /// A picture is shown here; a document only by another program, after a warning.
    void look(const NamedFile& file, const std::string& code);
    /// Asks where to; the name is one that every file system bears.
    void save(const NamedFile& file, const std::string& code);

signals:
    void announced(motcua::Tone tone, const QString& what, const QString& next);

private:
    void lookOutside(const NamedFile& file, const std::string& code);
    void tellFailed(const Error& error);

    FileDesk& m_desk;
    QWidget* m_window;
    bool m_isLooking = false; ///< a picture is being fetched; a second press is the same wish
};

} // namespace motcua
