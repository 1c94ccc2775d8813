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

void FileDesk::enqueue(QObject* owner, Work work)
{
    m_jobs.push_back({owner, std::move(work)});
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
    // The folder and its key outlive this object; the rest is the thread's own.
    const RegisterFolder& folder = m_place.folder();
    const Clock& clock = m_place.systemClock();
    inBackground<std::function<void()>>(
        this,
        [&folder, &clock, work = job.work]() -> std::function<void()> {
            auto connection = folder.connect();
            if (!connection) {
                return {};
            }
            FolderShelf shelf = folder.shelf();
            FileStore store(*connection, shelf, folder.dataKey(), clock);
            return work(store);
        },
        [this, owner = job.owner](const std::function<void()>& then) {
            m_isBusy = false;
            if (!owner.isNull() && then) {
                then();
            }
            next();
        });
}

void FileDesk::attach(const QString& path, QObject* owner, std::function<void(Scanned<NamedFile>)> then)
{
    enqueue(owner, [file = toUtf8(path), then = std::move(then)](FileStore& store) {
        auto scanned = scanIn(file, {}, store);
        return [then, scanned = std::move(scanned)] { then(scanned); };
    });
}

void FileDesk::picture(const NamedFile& file, int longest, QObject* owner, std::function<void(QImage)> then)
{
    if (file.type == mediaType(FileKind::Pdf)) {
        then({});
        return;
    }
    enqueue(owner, [sha256 = file.sha256, longest, then = std::move(then)](FileStore& store) {
        const auto bytes = wholeOf(store, sha256);
        const QImage image = bytes ? decodedPicture(*bytes, longest) : QImage();
        return [then, image] { then(image); };
    });
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
    enqueue(owner, [sha256 = file.sha256, path = toUtf8(target), then = std::move(then)](FileStore& store) {
        const auto done = exported(store, sha256, path);
        return [then, done] { then(done); };
    });
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
    enqueue(owner, [sha256 = file.sha256, path = *path, then = std::move(then)](FileStore& store) {
        const auto done = exported(store, sha256, path);
        const auto out = done ? Result<QString>(toQString(path.string())) : tl::unexpected(done.error());
        return [then, out] { then(out); };
    });
}

} // namespace motcua
