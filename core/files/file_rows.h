// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/secret.h"
#include "core/base/time.h"
#include "core/db/connection.h"
#include "core/files/file_digest.h"
#include "core/files/file_kind.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// A file that lies beside the register.
struct FileRecord
{
    std::int64_t id = 0;
    Hash sha256{}; ///< of its plain bytes
    std::int64_t size = 0;
    FileKind kind = FileKind::Pdf;
};

/// How far a file is on its way to the portal.
struct FileOnItsWay
{
    FileRecord file;
    std::int64_t sent = 0;    ///< what the portal last said that it holds
    bool isComplete = false;  ///< the portal holds all of it
    bool wasComplete = false; ///< it said so once, before that was in doubt
    std::string trouble;  ///< why it does not go on by itself, in a word; empty: nothing stands in the way
    std::string code;     ///< of one dossier that names it
    bool isWanted = true; ///< an operation that the portal took, or that waits, names it
};

/// How far one file is.
struct UploadState
{
    bool isComplete = false; ///< the portal holds all of it
    std::int64_t sent = 0;   ///< what the portal last said that it holds
    std::string trouble;
};

/// What waits to be sent, in one line.
struct FilesWaiting
{
    std::int64_t count = 0;
    std::int64_t bytes = 0; ///< still to be sent, as far as we know
    std::int64_t stuck = 0; ///< of `count`: what does not go by itself; see FileRows::stuck()

    [[nodiscard]] std::int64_t toSend() const { return count - stuck; }
};

/// A file that the portal will not get by itself, and a dossier that once named it.
struct StuckFile
{
    std::string sha256; ///< 64 hex digits
    std::string code;
    std::string trouble;
};

/// A file as a dossier or an operation names it (portal contract, File).
struct NamedFile
{
    std::string sha256; ///< 64 hex digits
    std::int64_t size = 0;
    std::string type;
    std::string name;
};

/// Every File that stands anywhere in a dossier or in the body of an operation. Pure.
[[nodiscard]] std::vector<NamedFile> filesNamedIn(const Json& json);

/// The register's rows about files: what they are, which operation names them, what the portal has of them.
/// Writing must run inside the transaction that wrote the fact.
class FileRows
{
public:
    explicit FileRows(Connection& connection) : m_connection(connection) {}

    [[nodiscard]] Result<std::optional<FileRecord>> find(const Hash& sha256);
    /// Duplicate: one of these bytes is there already.
    [[nodiscard]] Result<FileRecord> add(const Digest& digest, FileKind kind, const Secret& key, Instant at);
    [[nodiscard]] Result<Secret> keyOf(std::int64_t file);
    [[nodiscard]] Result<std::vector<FileRecord>> all();
    /// It was brought in once more and lies here whole: what was wrong with its bytes is over. What the
    /// portal says of it stays.
    [[nodiscard]] Result<void> setBroughtIn(std::int64_t file, Instant at);
    /// Files that no operation names, last brought in before `before`.
    [[nodiscard]] Result<std::vector<FileRecord>> unnamed(Instant before);
    /// Only one that no operation names can be removed.
    [[nodiscard]] Result<void> remove(std::int64_t file);

    /// An operation was written whose body may name files of ours: they are to be sent.
    [[nodiscard]] Result<void> nameIn(std::int64_t position, const Json& body);
    /// Before everything is computed anew from facts.
    [[nodiscard]] Result<void> clearProjections();

    /// What may go now, smallest first: the portal took an operation that names it.
    [[nodiscard]] Result<std::vector<FileOnItsWay>> due(int count);
    /// What a stick carries beside the operations at `positions`, smallest first, each once: files that they
    /// name, and those that are due, of which the portal does not hold all. One that it held before it was
    /// restored is due only over the network, where asking costs nothing.
    [[nodiscard]] Result<std::vector<FileRecord>> carried(const std::vector<std::int64_t>& positions);
    [[nodiscard]] Result<FilesWaiting> waiting();
    /// Spoiled or gone here, or refused by the portal: somebody must scan it again, or ask why. Each once for
    /// every dossier that an operation names it for.
    [[nodiscard]] Result<std::vector<StuckFile>> stuck();
    /// All that operations name, oldest first.
    [[nodiscard]] Result<std::vector<FileOnItsWay>> onTheirWay();
    [[nodiscard]] Result<UploadState> uploadOf(std::int64_t file);

    /// Worth knowing, no fact: may be forgotten, the portal knows.
    [[nodiscard]] Result<void> setSent(std::int64_t file, std::int64_t sent, const std::string& trouble);
    /// A fact: the portal said that it holds all of it.
    [[nodiscard]] Result<void> addHeld(std::int64_t file, const std::string& portalEpoch, Instant at);
    /// A fact: nothing that the portal said of files before counts any more; each is asked about again.
    [[nodiscard]] Result<void> addDoubt(const std::string& reason, Instant at);
    /// At that moment or later.
    [[nodiscard]] Result<bool> isDoubtedSince(Instant moment);

private:
    Connection& m_connection;
};

} // namespace motcua
