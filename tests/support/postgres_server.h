// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace motcua::test {

/// A program and its arguments, run as `user` when we are root (PostgreSQL refuses to run as root). It ends
/// with us, whatever happens to us. Returns its process id.
[[nodiscard]] pid_t startProgram(const std::vector<std::string>& words, const std::string& user,
                                 const std::filesystem::path& log);
/// Its exit status, once it has ended; -1 when a signal ended it.
int waitForProgram(pid_t process);

/// A PostgreSQL of our own in a temporary folder, on a Unix socket only. Needs Debian's `postgresql`; what
/// cannot be started throws std::runtime_error with the server's own words.
class PostgresServer
{
public:
    enum class Durability
    {
        None, ///< for tests: nothing outlives the test
        Real, ///< fsync and synchronous_commit as they come
    };
    explicit PostgresServer(Durability durability, const std::vector<std::string>& settings = {});
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    /// One for all tests of a program, started when first asked for.
    static PostgresServer& the();

    /// The URL of a new, empty database.
    [[nodiscard]] std::string newDatabase();
    /// Runs a constant statement in a database, as an administrator would.
    static void execute(const std::string& url, const char* statement);
    /// The URL of a database without a row that nobody else uses, and back with it: making one takes long.
    [[nodiscard]] std::string borrow();
    void giveBack(const std::string& url);

    [[nodiscard]] std::string program(const std::string& name) const { return (m_programs / name).string(); }
    /// Runs one of PostgreSQL's programs ("pg_dump") and waits. Throws when it fails.
    void run(const std::vector<std::string>& words) const;
    /// Ends the server as a power cut would, or starts it again on what it left.
    void kill();
    void start();
    [[nodiscard]] pid_t process() const { return m_process; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

private:
    void makeCluster() const;
    void waitUntilReady() const;
    [[nodiscard]] std::string urlOf(const std::string& database) const;
    [[nodiscard]] std::string words() const; ///< the end of the server's log

    Durability m_durability;
    std::vector<std::string> m_settings;
    std::filesystem::path m_programs;
    std::filesystem::path m_folder;
    std::string m_user;
    pid_t m_process = -1;
    int m_databases = 0;
    std::vector<std::string> m_free;
};

} // namespace motcua::test
