// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"

#include "core/base/check.h"
#include "core/base/hash.h"

#include <filesystem>
#include <sqlite3.h>

namespace motcua {

namespace {

/// Older ones have the WAL-reset fault: two connections of one process may lose commits.
constexpr int kOldestGoodVersion = 3051003;

int openFlags(OpenMode mode)
{
    switch (mode) {
    case OpenMode::ReadWrite:
        return SQLITE_OPEN_READWRITE;
    case OpenMode::Create:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case OpenMode::ReadOnly:
        return SQLITE_OPEN_READONLY;
    }
    return 0;
}

/// SQLite's NOFOLLOW refuses a symbolic link anywhere in the path. The file itself must be none; the folders
/// above it may well be: a home folder or a mounted stick is one on many a machine. Another VFS has names of
/// its own.
std::string realPath(const OpenOptions& options)
{
    const std::filesystem::path path(options.path);
    if (!options.vfs.empty() || !path.has_filename() || !path.has_parent_path()) {
        return options.path;
    }
    std::error_code error;
    const auto folder = std::filesystem::canonical(path.parent_path(), error);
    return error ? options.path : (folder / path.filename()).string();
}

ErrorKind kindOf(int extendedCode)
{
    switch (extendedCode) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return ErrorKind::Duplicate;
    default:
        break;
    }
    switch (extendedCode & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorKind::Locked;
    case SQLITE_NOTADB:
        return ErrorKind::WrongKey;
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
        return ErrorKind::Damaged;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return ErrorKind::Invalid;
    default:
        return ErrorKind::Storage;
    }
}

#if MOTCUA_ENCRYPTION
Result<void> giveKey(sqlite3* handle, const Secret& key)
{
    require(key.bytes().size() == 32, "a data key has 32 bytes");
    // AEGIS-256: authenticated, a fresh nonce and key for every page written, and with the processor's AES
    // instructions eight times as fast as the ChaCha20-Poly1305 of the same library, which is plain C. A save
    // encrypts about eighteen pages.
    if (sqlite3mc_config(handle, "cipher", sqlite3mc_cipher_index("aegis")) < 0) {
        return fail(ErrorKind::Unsupported, "this SQLite has no AEGIS");
    }
    std::string text = "raw:" + toHex(key.bytes());
    const int code = sqlite3_key_v2(handle, "main", text.data(), static_cast<int>(text.size()));
    sodium_memzero(text.data(), text.size());
    if (code != SQLITE_OK) {
        return fail(ErrorKind::Storage, "the key could not be set");
    }
    return {};
}
#else
// The configuration without encryption is announced by the programs at start.
Result<void> giveKey(sqlite3*, const Secret&)
{
    return {};
}
#endif

} // namespace

std::string sqliteVersion()
{
    return sqlite3_libversion();
}

Connection::Connection(sqlite3* handle, std::string path) : m_handle(handle), m_path(std::move(path)) {}

Connection::Connection(Connection&& other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr)), m_path(std::move(other.m_path)),
      m_prepared(std::move(other.m_prepared))
{}

Connection::~Connection()
{
    m_prepared.clear();
    if (m_handle != nullptr) {
        require(sqlite3_close(m_handle) == SQLITE_OK, "no statement outlives its connection");
    }
}

Result<Connection> Connection::open(const OpenOptions& options)
{
#if MOTCUA_ENCRYPTION
    require(sqlite3_libversion_number() >= kOldestGoodVersion, "the linked SQLite is new enough");
#else
    static_cast<void>(kOldestGoodVersion);
#endif
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(realPath(options).c_str(), &handle,
                                     openFlags(options.mode) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
                                         SQLITE_OPEN_EXRESCODE,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    Connection connection(handle, options.path);
    if (code != SQLITE_OK) {
        return tl::unexpected(connection.lastError("open " + options.path));
    }
    TRY(connection.configure(options));
    return connection;
}

Result<void> Connection::configure(const OpenOptions& options)
{
    sqlite3_busy_timeout(m_handle, static_cast<int>(options.busyTimeout.count()));
    if (options.key != nullptr) {
        TRY(giveKey(m_handle, *options.key));
    }
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    // Else a statement with a bound LIMIT or LIKE is compiled anew each time that the value is another one.
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 0);
    // The first read is where a wrong key or a foreign file shows.
    TRY(execute("SELECT count(*) FROM sqlite_schema"));
    if (options.mode != OpenMode::ReadOnly) {
        TRY(execute("PRAGMA journal_mode=WAL"));
    }
    return execute(R"(
        PRAGMA synchronous=FULL;
        PRAGMA cell_size_check=ON;
        PRAGMA mmap_size=0;
        PRAGMA temp_store=MEMORY;
        PRAGMA secure_delete=FAST;
        PRAGMA cache_size=-32768;
        PRAGMA journal_size_limit=67108864;
    )");
}

Result<Statement> Connection::prepare(std::string_view sql)
{
    std::string text(sql);
    auto found = m_prepared.find(text);
    if (found == m_prepared.end()) {
        sqlite3_stmt* handle = nullptr;
        const int code = sqlite3_prepare_v3(m_handle, text.data(), static_cast<int>(text.size()),
                                            SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
        if (code != SQLITE_OK) {
            const Error error = lastError(sql);
            require((code & 0xff) != SQLITE_ERROR, error.detail.c_str());
            return tl::unexpected(error);
        }
        found =
            m_prepared.emplace(std::move(text), std::make_unique<detail::PreparedStatement>(handle)).first;
    }
    return Statement(*this, *found->second);
}

Result<void> Connection::execute(const char* script)
{
    if (sqlite3_exec(m_handle, script, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(lastError(script));
    }
    return {};
}

std::int64_t Connection::lastInsertRowid() const
{
    return sqlite3_last_insert_rowid(m_handle);
}
std::int64_t Connection::changes() const
{
    return sqlite3_changes64(m_handle);
}
bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

Result<void> Connection::checkpoint()
{
    const int code =
        sqlite3_wal_checkpoint_v2(m_handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) {
        return tl::unexpected(lastError("checkpoint"));
    }
    return {};
}

Result<std::vector<std::string>> Connection::integrityProblems()
{
    std::vector<std::string> problems;
    auto check = TRY(prepare("PRAGMA integrity_check(100)"));
    while (TRY(check.step())) {
        if (check.view(0) != "ok") {
            problems.push_back(check.text(0));
        }
    }
    return problems;
}

Result<void> Connection::backupTo(const std::string& path, const Secret* key, const std::string& vfs)
{
    sqlite3* target = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &target,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                                           SQLITE_OPEN_EXRESCODE,
                                       vfs.empty() ? nullptr : vfs.c_str());
    Connection copy(target, path);
    if (opened != SQLITE_OK) {
        return tl::unexpected(copy.lastError("open " + path));
    }
    if (key != nullptr) {
        TRY(giveKey(target, *key));
    }
    sqlite3_backup* backup = sqlite3_backup_init(target, "main", m_handle, "main");
    if (backup == nullptr) {
        return tl::unexpected(copy.lastError("backup to " + path));
    }
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
        return tl::unexpected(copy.lastError("backup to " + path));
    }
    return {};
}

Error Connection::lastError(std::string_view during) const
{
    if (m_handle == nullptr) {
        return {ErrorKind::Storage, "out of memory"};
    }
    const int code = sqlite3_extended_errcode(m_handle);
    return {kindOf(code), std::string(sqlite3_errmsg(m_handle)) + " (" + std::to_string(code) +
                              ") at: " + std::string(during.substr(0, 160))};
}

} // namespace motcua
