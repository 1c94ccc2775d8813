// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_rows.h"

#include <algorithm>
#include <limits>
#include <map>

namespace motcua {

namespace {

Result<FileRecord> recordOf(const Statement& row, int first)
{
    const auto hash = hashFromBytes(row.view(first + 1));
    const auto kind = fileKindOf(row.view(first + 3));
    if (!hash || !kind) {
        return fail(ErrorKind::Damaged, "a row about a file is not readable");
    }
    return FileRecord{row.integer(first), *hash, row.integer(first + 2), *kind};
}

void collect(const Json& json, std::vector<NamedFile>& files)
{
    if (!json.is_structured()) {
        return;
    }
    const Json& size = at(json, "size");
    const std::string sha256 = stringAt(json, "sha256");
    if (sha256.size() == 64 && fromHex(sha256) && size.is_number_integer()) {
        files.push_back({sha256, size.get<std::int64_t>(), stringAt(json, "type"), stringAt(json, "name")});
    }
    for (const Json& item : json) {
        collect(item, files);
    }
}

} // namespace

std::vector<NamedFile> filesNamedIn(const Json& json)
{
    std::vector<NamedFile> files;
    collect(json, files);
    return files;
}

Result<std::optional<FileRecord>> FileRows::find(const Hash& sha256)
{
    auto query = TRY(m_connection.prepare("SELECT id, sha256, size, type FROM file WHERE sha256 = :sha256"));
    query.bindBlob(":sha256", bytesOf(sha256));
    const bool found = TRY(query.step());
    return found ? std::optional(TRY(recordOf(query, 0))) : std::optional<FileRecord>();
}

Result<FileRecord> FileRows::add(const Digest& digest, FileKind kind, const Secret& key, Instant at)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO file(sha256, size, type, key, at, arrived)
        VALUES(:sha256, :size, :type, :key, :at, coalesce((SELECT max(position) FROM journal), 0))
    )"));
    insert.bindBlob(":sha256", bytesOf(digest.sha256)).bind(":size", digest.size);
    insert.bind(":type", mediaType(kind)).bindBlob(":key", key.bytes()).bind(":at", toMillis(at));
    TRY(insert.run());
    return FileRecord{m_connection.lastInsertRowid(), digest.sha256, digest.size, kind};
}

Result<void> FileRows::setBroughtIn(std::int64_t file, Instant at)
{
    auto update = TRY(m_connection.prepare("UPDATE file SET at = :at WHERE id = :id"));
    update.bind(":at", toMillis(at)).bind(":id", file);
    TRY(update.run());
    auto clear = TRY(m_connection.prepare(R"(
        UPDATE file_upload SET trouble = ''
        WHERE file = :id AND trouble IN ('missing', 'damaged', 'unreadable')
    )"));
    clear.bind(":id", file);
    return clear.run();
}

Result<Secret> FileRows::keyOf(std::int64_t file)
{
    auto query = TRY(m_connection.prepare("SELECT key FROM file WHERE id = :id"));
    query.bind(":id", file);
    const bool found = TRY(query.step());
    if (!found) {
        return fail(ErrorKind::NotFound, "a file that the register does not know");
    }
    return Secret(query.text(0));
}

Result<std::vector<FileRecord>> FileRows::all()
{
    std::vector<FileRecord> files;
    auto query = TRY(m_connection.prepare("SELECT id, sha256, size, type FROM file ORDER BY id"));
    while (TRY(query.step())) {
        files.push_back(TRY(recordOf(query, 0)));
    }
    return files;
}

Result<std::vector<FileRecord>> FileRows::unnamed(Instant before)
{
    std::vector<FileRecord> files;
    auto query = TRY(m_connection.prepare(R"(
        SELECT f.id, f.sha256, f.size, f.type FROM file f
        WHERE f.at < :before AND NOT EXISTS(SELECT 1 FROM operation_file n WHERE n.file = f.id)
        ORDER BY f.id
    )"));
    query.bind(":before", toMillis(before));
    while (TRY(query.step())) {
        files.push_back(TRY(recordOf(query, 0)));
    }
    return files;
}

Result<void> FileRows::remove(std::int64_t file)
{
    auto remove = TRY(m_connection.prepare("DELETE FROM file WHERE id = :id"));
    remove.bind(":id", file);
    return remove.run();
}

Result<void> FileRows::nameIn(std::int64_t position, const Json& body)
{
    for (const NamedFile& named : filesNamedIn(body)) {
        const std::string sha256 = fromHex(named.sha256).value_or("");
        auto name = TRY(m_connection.prepare(R"(
            INSERT INTO operation_file(position, file)
            SELECT :position, id FROM file WHERE sha256 = :sha256 AND arrived < :position
            ON CONFLICT DO NOTHING
        )"));
        name.bind(":position", position).bindBlob(":sha256", sha256);
        TRY(name.run());
        auto send = TRY(m_connection.prepare(R"(
            INSERT INTO file_upload(file)
            SELECT id FROM file WHERE sha256 = :sha256 AND arrived < :position AND NOT EXISTS(
                SELECT 1 FROM file_held h
                WHERE h.file = file.id AND h.id > coalesce((SELECT max(held) FROM file_doubt), 0))
            ON CONFLICT DO NOTHING
        )"));
        send.bind(":position", position).bindBlob(":sha256", sha256);
        TRY(send.run());
    }
    return {};
}

Result<void> FileRows::clearProjections()
{
    TRY(m_connection.execute("DELETE FROM file_upload"));
    return m_connection.execute("DELETE FROM operation_file");
}

Result<std::vector<FileOnItsWay>> FileRows::due(int count)
{
    std::vector<FileOnItsWay> files;
    auto query = TRY(m_connection.prepare(R"(
        SELECT f.id, f.sha256, f.size, f.type, u.sent, u.trouble,
               EXISTS(SELECT 1 FROM file_held h WHERE h.file = f.id)
        FROM file_upload u JOIN file f ON f.id = u.file
        WHERE EXISTS(
            SELECT 1 FROM operation_file n JOIN operation o ON o.position = n.position
            WHERE n.file = u.file AND o.state IN ('acknowledged', 'confirmed'))
        ORDER BY f.size, f.id LIMIT :count
    )"));
    query.bind(":count", count);
    while (TRY(query.step())) {
        FileOnItsWay file;
        file.file = TRY(recordOf(query, 0));
        file.sent = query.integer(4);
        file.trouble = query.text(5);
        file.wasComplete = query.integer(6) != 0;
        files.push_back(std::move(file));
    }
    return files;
}

Result<std::vector<FileRecord>> FileRows::carried(const std::vector<std::int64_t>& positions)
{
    std::map<std::int64_t, FileRecord> files;
    for (const FileOnItsWay& each : TRY(due(std::numeric_limits<int>::max()))) {
        if (!each.wasComplete) {
            files.emplace(each.file.id, each.file);
        }
    }
    auto query = TRY(m_connection.prepare(R"(
        SELECT f.id, f.sha256, f.size, f.type
        FROM operation_file n JOIN file_upload u ON u.file = n.file JOIN file f ON f.id = n.file
        WHERE n.position = :position
    )"));
    for (const std::int64_t position : positions) {
        query.reset();
        query.bind(":position", position);
        while (TRY(query.step())) {
            FileRecord file = TRY(recordOf(query, 0));
            files.emplace(file.id, std::move(file));
        }
    }
    std::vector<FileRecord> sorted;
    for (auto& [id, file] : files) {
        sorted.push_back(std::move(file));
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const FileRecord& a, const FileRecord& b) { return a.size < b.size; });
    return sorted;
}

Result<FilesWaiting> FileRows::waiting()
{
    // One whose operations were all withdrawn or superseded goes nowhere, and nobody waits for it.
    auto query = TRY(m_connection.prepare(R"(
        SELECT count(*), coalesce(sum(f.size - u.sent), 0),
               coalesce(sum(u.trouble IN ('missing', 'damaged', 'unreadable', 'not-allowed')), 0)
        FROM file_upload u JOIN file f ON f.id = u.file
        WHERE EXISTS(
            SELECT 1 FROM operation_file n JOIN operation o ON o.position = n.position
            WHERE n.file = u.file AND o.state NOT IN ('superseded', 'withdrawn'))
    )"));
    TRY(query.step());
    return FilesWaiting{query.integer(0), query.integer(1), query.integer(2)};
}

Result<std::vector<StuckFile>> FileRows::stuck()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT DISTINCT f.sha256, d.code, u.trouble
        FROM file_upload u JOIN file f ON f.id = u.file
        JOIN operation_file n ON n.file = u.file JOIN operation o ON o.position = n.position
        JOIN dossier d ON d.id = o.dossier
        WHERE u.trouble IN ('missing', 'damaged', 'unreadable', 'not-allowed')
          AND o.state NOT IN ('superseded', 'withdrawn')
        ORDER BY d.code, f.id
    )"));
    std::vector<StuckFile> files;
    while (TRY(query.step())) {
        files.push_back({toHex(query.view(0)), query.text(1), query.text(2)});
    }
    return files;
}

Result<std::vector<FileOnItsWay>> FileRows::onTheirWay()
{
    std::vector<FileOnItsWay> files;
    auto query = TRY(m_connection.prepare(R"(
        SELECT f.id, f.sha256, f.size, f.type, u.sent, coalesce(u.trouble, ''), u.file IS NULL, max(d.code),
               max(o.state NOT IN ('superseded', 'withdrawn'))
        FROM operation_file n JOIN file f ON f.id = n.file
        JOIN operation o ON o.position = n.position
        LEFT JOIN dossier d ON d.id = o.dossier
        LEFT JOIN file_upload u ON u.file = f.id
        GROUP BY f.id ORDER BY f.id
    )"));
    while (TRY(query.step())) {
        FileOnItsWay file;
        file.file = TRY(recordOf(query, 0));
        file.isComplete = query.integer(6) != 0;
        file.sent = file.isComplete ? file.file.size : query.integer(4);
        file.trouble = query.text(5);
        file.code = query.text(7);
        file.isWanted = query.integer(8) != 0;
        files.push_back(std::move(file));
    }
    return files;
}

Result<UploadState> FileRows::uploadOf(std::int64_t file)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT EXISTS(SELECT 1 FROM file_held
                      WHERE file = :file AND id > coalesce((SELECT max(held) FROM file_doubt), 0)),
               coalesce((SELECT sent FROM file_upload WHERE file = :file), 0),
               coalesce((SELECT trouble FROM file_upload WHERE file = :file), '')
    )"));
    query.bind(":file", file);
    TRY(query.step());
    return UploadState{query.integer(0) != 0, query.integer(1), query.text(2)};
}

Result<void> FileRows::setSent(std::int64_t file, std::int64_t sent, const std::string& trouble)
{
    auto update = TRY(
        m_connection.prepare("UPDATE file_upload SET sent = :sent, trouble = :trouble WHERE file = :file"));
    update.bind(":sent", sent).bind(":trouble", trouble).bind(":file", file);
    return update.run();
}

Result<void> FileRows::addHeld(std::int64_t file, const std::string& portalEpoch, Instant at)
{
    auto insert =
        TRY(m_connection.prepare("INSERT INTO file_held(file, epoch, at) VALUES(:file, :epoch, :at)"));
    insert.bind(":file", file).bind(":epoch", portalEpoch).bind(":at", toMillis(at));
    TRY(insert.run());
    auto done = TRY(m_connection.prepare("DELETE FROM file_upload WHERE file = :file"));
    done.bind(":file", file);
    return done.run();
}

Result<void> FileRows::addDoubt(const std::string& reason, Instant at)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO file_doubt(held, reason, at)
        VALUES((SELECT coalesce(max(id), 0) FROM file_held), :reason, :at)
    )"));
    insert.bind(":reason", reason).bind(":at", toMillis(at));
    TRY(insert.run());
    return m_connection.execute(R"(
        INSERT INTO file_upload(file) SELECT DISTINCT file FROM operation_file WHERE true
        ON CONFLICT DO UPDATE SET sent = 0, trouble = ''
    )");
}

Result<bool> FileRows::isDoubtedSince(Instant moment)
{
    auto query = TRY(m_connection.prepare("SELECT 1 FROM file_doubt WHERE at >= :moment LIMIT 1"));
    query.bind(":moment", toMillis(moment));
    return query.step();
}

} // namespace motcua
