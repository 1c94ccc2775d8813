// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/file_desk.h"

#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "core/files/file_export.h"
#include "core/files/file_name.h"
#include "core/scans/picture.h"

#include <QStandardPaths>

namespace motcua {

namespace {

Result<FileRecord> recordOf(FileStore& store, const std::string& sha256)
{
    const auto found = TRY(store.find(sha256));
    return found ? Result<FileRecord>(*found) : fail(ErrorKind::NotFound, "the register has no such file");
}

Result<std::string> wholeOf(FileStore& store, const std::string& sha256)
{
    const FileRecord file = TRY(recordOf(store, sha256));
    return store.piece(file, 0, static_cast<std::size_t>(file.size));
}

Result<void> exported(FileStore& store, const std::string& sha256, const std::filesystem::path& target)
{
    return exportFile(store, TRY(recordOf(store, sha256)), target);
}

} // namespace

FileDesk::FileDesk(Workplace& place, QObject* parent) : QObject(parent), m_place(place) {}

template<class Answer>
void FileDesk::ask(QObject* owner, std::function<Answer(FileStore&)> work, std::function<void(Answer)> then)
{
    m_jobs.push_back(
        {owner, [work = std::move(work), then = std::move(then)](const Result<FileStore*>& store) {
             using Failed = tl::unexpected<typename Answer::error_type>;
             Answer answer = store ? work(**store) : Answer(Failed(store.error()));
             return [then, answer = std::move(answer)] { then(answer); };
         }});
    next();
}

void FileDesk::next()
{
    while (!m_jobs.empty() && m_jobs.front().owner.isNull()) {
        m_jobs.pop_front();
    }
    if (m_isBusy || m_jobs.empty()) {
        return;
    }
    m_isBusy = true;
    const Job job = std::move(m_jobs.front());
    m_jobs.pop_front();
    m_owner = job.owner;
    // The folder and its key outlive this object; the rest is the thread's own.
    const RegisterFolder& folder = m_place.folder();
    const Clock& clock = m_place.systemClock();
    inBackground<std::function<void()>>(
        this,
        [&folder, &clock, work = job.work] {
            auto connection = folder.connect();
            if (!connection) {
                return work(tl::unexpected(connection.error()));
            }
            FolderShelf shelf = folder.shelf();
            FileStore store(*connection, shelf, folder.dataKey(), clock);
            return work(&store);
        },
        [this](const std::function<void()>& then) { tell(then); });
}

void FileDesk::tell(const std::function<void()>& then)
{
    const QPointer<QObject> owner = m_owner;
    m_isBusy = false;
    next(); // first: whoever is told may take as long as a person takes
    if (!owner.isNull()) {
        const QPointer<FileDesk> self = this;
        then();
        if (self.isNull()) {
            return;
        }
    }
    if (!m_isBusy) {
        emit idle();
    }
}

void FileDesk::giveUp(QObject* owner)
{
    std::erase_if(m_jobs, [owner](const Job& job) { return job.owner == owner; });
    if (m_owner == owner) {
        m_owner = nullptr;
    }
}

void FileDesk::attach(const QString& path, QObject* owner, std::function<void(Scanned<NamedFile>)> then)
{
    ask<Scanned<NamedFile>>(
        owner, [file = toUtf8(path)](FileStore& store) { return scanIn(file, {}, store); }, std::move(then));
}

void FileDesk::picture(const NamedFile& file, int longest, QObject* owner,
                       std::function<void(Result<QImage>)> then)
{
    if (file.type == mediaType(FileKind::Pdf)) {
        then(QImage());
        return;
    }
    ask<Result<QImage>>(
        owner,
        [sha256 = file.sha256, longest](FileStore& store) -> Result<QImage> {
            const std::string bytes = TRY(wholeOf(store, sha256));
            QImage image = decodedPicture(bytes, longest);
            return image.isNull() ? Result<QImage>(fail(ErrorKind::Damaged, "not a picture any more"))
                                  : std::move(image);
        },
        std::move(then));
}

Result<void> FileDesk::recordLook(const NamedFile& file, const std::string& code)
{
    return m_place.desk().recordView("file.opened", {{"code", code}, {"sha256", file.sha256}});
}

void FileDesk::save(const NamedFile& file, const std::string& code, const QString& target, QObject* owner,
                    std::function<void(Result<void>)> then)
{
    // Written down first: what left the register is never unknown to it.
    if (const auto noted = m_place.desk().recordView("file.saved", {{"code", code}, {"sha256", file.sha256}});
        !noted) {
        then(noted);
        return;
    }
    ask<Result<void>>(
        owner,
        [sha256 = file.sha256, path = toUtf8(target)](FileStore& store) {
            return exported(store, sha256, path);
        },
        std::move(then));
}

void FileDesk::takeOut(const NamedFile& file, const std::string& code, QObject* owner,
                       std::function<void(Result<QString>)> then)
{
    if (!m_folder) {
        const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
        m_folder = std::make_unique<QTemporaryDir>(runtime + QStringLiteral("/motcua-XXXXXX"));
    }
    const auto kind = fileKindOf(file.type);
    const auto path = m_folder->isValid() && kind
                          ? freePath(toUtf8(m_folder->path()), file.name, *kind)
                          : Result<std::filesystem::path>(fail(ErrorKind::Storage, toUtf8(m_folder->path())));
    const auto noted = path ? recordLook(file, code) : Result<void>(tl::unexpected(path.error()));
    if (!noted) {
        then(tl::unexpected(noted.error()));
        return;
    }
    ask<Result<QString>>(
        owner,
        [sha256 = file.sha256, path = *path](FileStore& store) -> Result<QString> {
            TRY(exported(store, sha256, path));
            return toQString(path.string());
        },
        std::move(then));
}

} // namespace motcua
