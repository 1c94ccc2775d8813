// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/db/statement.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;

namespace motcua {

enum class OpenMode
{
    ReadWrite, ///< the file must exist
    Create,    ///< made when missing
    ReadOnly,
};

struct OpenOptions
{
    std::string path;
    OpenMode mode = OpenMode::ReadWrite;
    const Secret* key = nullptr; ///< 32 bytes; none: the file is plain (the reference portal, tests)
    std::chrono::milliseconds busyTimeout{5000};
    std::string vfs; ///< empty: the platform's; tests put a failing disk here
};

/// One connection to one SQLite file. Write-ahead log, synchronous=FULL: what commit() reported is on the
/// disk. Belongs to one thread; a second thread opens a connection of its own.
///
/// Errors: WrongKey (not readable with this key, or no database at all), Damaged, Locked, Storage, Duplicate
/// (a UNIQUE or PRIMARY KEY constraint), Invalid (any other constraint).
class Connection
{
public:
    [[nodiscard]] static Result<Connection> open(const OpenOptions& options);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&&) = delete;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// A prepared statement of the program's own text, kept for the next time. The handle resets it when it
    /// goes out of scope, so that no open read keeps the log from being checkpointed. A text that does not
    /// compile is a broken invariant unless the file itself is at fault. Do not nest two uses of one text.
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);

    /// Runs a script of constant text (pragmas, migrations); never text with values in it.
    [[nodiscard]] Result<void> execute(const char* script);

    [[nodiscard]] std::int64_t lastInsertRowid() const;
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] const std::string& path() const { return m_path; }

    /// Moves the write-ahead log into the file as far as no reader needs it; for quiet moments.
    [[nodiscard]] Result<void> checkpoint();
    /// Every page and index. An empty list is good.
    [[nodiscard]] Result<std::vector<std::string>> integrityProblems();
    /// A consistent copy of the whole file at `path` with the same key, through SQLite's backup interface.
    [[nodiscard]] Result<void> backupTo(const std::string& path, const Secret* key,
                                        const std::string& vfs = {});

    /// The error of the last call as one of ours.
    [[nodiscard]] Error lastError(std::string_view during) const;

private:
    explicit Connection(sqlite3* handle, std::string path);
    [[nodiscard]] Result<void> configure(const OpenOptions& options);

    sqlite3* m_handle;
    std::string m_path;
    std::unordered_map<std::string, std::unique_ptr<detail::PreparedStatement>> m_prepared;
};

/// The version of the SQLite that is linked in, "3.53.4".
[[nodiscard]] std::string sqliteVersion();

} // namespace motcua
