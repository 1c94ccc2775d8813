// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/scans/scan.h"

#include <QImage>
#include <QObject>
#include <QPointer>
#include <QTemporaryDir>

#include <deque>
#include <functional>
#include <memory>

namespace motcua {

/// Files of dossiers in the window: taking them in, showing, opening and saving them. All reading, decoding
/// and writing happens beside the window, one thing after the other, over a connection of its own.
///
/// Nothing of a file stands in plain text on the disk but where a person saved it, or had it opened by
/// another program: then in a folder of this user alone that is removed when the register is closed.
class FileDesk : public QObject
{
    Q_OBJECT
public:
    explicit FileDesk(Workplace& place, QObject* parent = nullptr);

    /// Takes a local file into the store. `then` runs on this thread while `owner` lives.
    void attach(const QString& path, QObject* owner, std::function<void(Scanned<NamedFile>)> then);
    /// A picture of at most `longest` dots; null for a document. Damaged where it is none any more.
    void picture(const NamedFile& file, int longest, QObject* owner,
                 std::function<void(Result<QImage>)> then);
    /// Writes it where somebody answered for it; journalled with the dossier's code.
    void save(const NamedFile& file, const std::string& code, const QString& target, QObject* owner,
              std::function<void(Result<void>)> then);
    /// A copy in the private folder, for another program to open; journalled.
    void takeOut(const NamedFile& file, const std::string& code, QObject* owner,
                 std::function<void(Result<QString>)> then);
    /// That somebody looked at a file, for the journal.
    [[nodiscard]] Result<void> recordLook(const NamedFile& file, const std::string& code);
    /// Nothing more is done for `owner`; what runs just now ends without its being told.
    void giveUp(QObject* owner);

signals:
    void idle(); ///< all that was asked for is done

private:
    /// With the store, or with why it could not be opened.
    using Work = std::function<std::function<void()>(const Result<FileStore*>&)>;
    /// `work` runs beside the window; what it answers is told here, while `owner` lives. Where the store does
    /// not open, its error is the answer.
    template<class Answer>
    void ask(QObject* owner, std::function<Answer(FileStore&)> work, std::function<void(Answer)> then);
    void next();
    void tell(const std::function<void()>& then);

    struct Job
    {
        QPointer<QObject> owner;
        Work work;
    };
    Workplace& m_place;
    std::deque<Job> m_jobs;
    bool m_isBusy = false;
    QPointer<QObject> m_owner; ///< of what runs
    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace motcua
