// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgres_server.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <iterator>
#include <libpq-fe.h>
#include <memory>
#include <pwd.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace motcua::test {

namespace fs = std::filesystem;

namespace {

constexpr auto kPatience = std::chrono::seconds{60};

/// The newest PostgreSQL of Debian's layout.
fs::path findPrograms()
{
    fs::path found;
    std::error_code none;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
        if (fs::exists(version.path() / "bin/initdb") && version.path() > found) {
            found = version.path();
        }
    }
    if (found.empty()) {
        throw std::runtime_error("no PostgreSQL under /usr/lib/postgresql: install Debian's postgresql");
    }
    return found / "bin";
}

/// Whom the server may run as: us, or with root a user without rights.
std::string serverUser()
{
    if (::geteuid() != 0) {
        return {};
    }
    return ::getpwnam("postgres") != nullptr ? "postgres" : "nobody";
}

/// In the child: becomes the user for good. Only what may be called between fork and exec.
void become(const passwd* who)
{
    if (who != nullptr &&
        (::setgroups(0, nullptr) != 0 || ::setgid(who->pw_gid) != 0 || ::setuid(who->pw_uid) != 0)) {
        ::_exit(126);
    }
}

struct CloseConnection
{
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
} // namespace

pid_t startProgram(const std::vector<std::string>& words, const std::string& user, const fs::path& log)
{
    const passwd* who = user.empty() ? nullptr : ::getpwnam(user.c_str());
    std::vector<char*> arguments;
    for (const std::string& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(out, STDERR_FILENO);
        become(who);
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT); // after the change of user, which takes it away
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        if (::getppid() == parent && ::chdir("/") == 0) {
            ::execv(arguments.front(), arguments.data());
        }
        ::_exit(127);
    }
    if (child < 0) {
        throw std::runtime_error("no process for " + words.front());
    }
    return child;
}

int waitForProgram(pid_t process)
{
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

PostgresServer::PostgresServer(Durability durability, const std::vector<std::string>& settings)
    : m_durability(durability), m_settings(settings), m_programs(findPrograms()), m_user(serverUser())
{
    SystemRandom random;
    m_folder = fs::temp_directory_path() / ("motcua-pg-" + random.hex(6));
    fs::create_directory(m_folder);
    if (const passwd* who = m_user.empty() ? nullptr : ::getpwnam(m_user.c_str())) {
        if (::chown(m_folder.c_str(), who->pw_uid, who->pw_gid) != 0) {
            throw std::runtime_error("cannot give a folder to " + m_user);
        }
    }
    makeCluster();
    start();
}

PostgresServer::~PostgresServer()
{
    kill();
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

PostgresServer& PostgresServer::the()
{
    static PostgresServer server(Durability::None);
    return server;
}

void PostgresServer::makeCluster() const
{
    run({program("initdb"), "--pgdata", (m_folder / "data").string(), "--username", "motcua", "--auth",
         "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"});
}

void PostgresServer::start()
{
    std::vector<std::string> command{program("postgres"), "-D", (m_folder / "data").string(), "-k",
                                     m_folder.string(),   "-c", "listen_addresses="};
    if (m_durability == Durability::None) {
        for (const char* setting : {"fsync=off", "full_page_writes=off", "shared_buffers=32MB"}) {
            command.insert(command.end(), {"-c", setting});
        }
    }
    for (const std::string& setting : m_settings) {
        command.insert(command.end(), {"-c", setting});
    }
    m_process = startProgram(command, m_user, m_folder / "log");
    waitUntilReady();
}

void PostgresServer::waitUntilReady() const
{
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (PQping(urlOf("postgres").c_str()) != PQPING_OK) {
        int status = 0;
        if (::waitpid(m_process, &status, WNOHANG) != 0 || std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("PostgreSQL does not start: " + words());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

void PostgresServer::kill()
{
    if (m_process > 0) {
        ::kill(m_process, SIGQUIT); // at once, without a checkpoint: what a crash leaves
        waitForProgram(m_process);
        m_process = -1;
    }
}

void PostgresServer::execute(const std::string& url, const char* statement)
{
    const std::unique_ptr<PGconn, CloseConnection> connection(PQconnectdb(url.c_str()));
    PGresult* result = PQexec(connection.get(), statement);
    const auto status = PQresultStatus(result);
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        throw std::runtime_error(statement + std::string(": ") + PQerrorMessage(connection.get()));
    }
}

std::string PostgresServer::newDatabase()
{
    const std::string name = "portal" + std::to_string(++m_databases);
    execute(urlOf("postgres"), ("CREATE DATABASE " + name + " TEMPLATE template0").c_str());
    return urlOf(name);
}

std::string PostgresServer::borrow()
{
    if (m_free.empty()) {
        return newDatabase();
    }
    std::string url = m_free.back();
    m_free.pop_back();
    return url;
}

void PostgresServer::giveBack(const std::string& url)
{
    execute(url, R"(
        DO $$ DECLARE tables text;
        BEGIN
            SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO tables FROM pg_tables
            WHERE schemaname LIKE 'motcua%' AND tablename NOT IN ('schema_version', 'facts');
            IF tables IS NOT NULL THEN EXECUTE 'TRUNCATE ' || tables; END IF;
        END $$)");
    m_free.push_back(url);
}

void PostgresServer::run(const std::vector<std::string>& words) const
{
    if (waitForProgram(startProgram(words, m_user, m_folder / "log")) != 0) {
        throw std::runtime_error(words.front() + ": " + this->words());
    }
}

std::string PostgresServer::urlOf(const std::string& database) const
{
    return "postgresql:///" + database + "?host=" + m_folder.string() +
           "&user=motcua&options=-cclient_min_messages%3Dwarning";
}

std::string PostgresServer::words() const
{
    std::ifstream in(m_folder / "log");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return text.substr(text.size() > 2000 ? text.size() - 2000 : 0);
}

} // namespace motcua::test
