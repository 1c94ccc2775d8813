// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/program.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace motcua::testing {

namespace {

constexpr int kSilenceMaxMillis = 120'000; // a busy machine, never a sleep of ours

struct Child
{
    int process = -1;
    int in = -1;
    int out = -1;
    int err = -1;
};

std::vector<std::string> environmentWith(const Environment& given)
{
    std::vector<std::string> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        if (std::strncmp(*entry, "MOTCUA_", 7) != 0) {
            environment.emplace_back(*entry);
        }
    }
    for (const auto& [name, value] : given) {
        environment.push_back(name + '=' + value);
    }
    return environment;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

std::array<int, 2> makePipe()
{
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    return ends;
}

Child start(const std::string& name, const std::vector<std::string>& arguments, const Environment& given)
{
    std::vector<std::string> words{MOTCUA_BINARY_DIR "/" + name};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> environment = environmentWith(given);
    const auto argv = pointersTo(words);
    const auto envp = pointersTo(environment);
    const auto in = makePipe();
    const auto out = makePipe();
    const auto err = makePipe();
    const int process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    ::close(err[1]);
    return {process, in[1], out[0], err[0]};
}

int waitFor(int process)
{
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Reads what is there; false at the end.
bool take(int& descriptor, std::string& into)
{
    std::array<char, 65536> piece{};
    const ssize_t got = ::read(descriptor, piece.data(), piece.size());
    if (got > 0) {
        into.append(piece.data(), static_cast<std::size_t>(got));
        return true;
    }
    ::close(descriptor);
    descriptor = -1;
    return false;
}

/// Feeds and drains at once, so that neither side waits for the other for ever.
void converse(Child& child, const std::string& input, Run& run)
{
    std::size_t fed = 0;
    while (child.out >= 0 || child.err >= 0) {
        if (child.in >= 0 && fed == input.size()) {
            ::close(child.in);
            child.in = -1;
        }
        std::array<pollfd, 3> ready{{{child.in, POLLOUT, 0}, {child.out, POLLIN, 0}, {child.err, POLLIN, 0}}};
        REQUIRE(::poll(ready.data(), ready.size(), kSilenceMaxMillis) > 0);
        if (child.in >= 0 && ready[0].revents != 0) {
            const std::size_t piece = std::min<std::size_t>(input.size() - fed, 4096);
            const ssize_t sent = ::write(child.in, input.data() + fed, piece);
            fed = sent < 0 ? input.size() : fed + static_cast<std::size_t>(sent);
        }
        if (child.out >= 0 && ready[1].revents != 0) {
            take(child.out, run.out);
        }
        if (child.err >= 0 && ready[2].revents != 0) {
            take(child.err, run.err);
        }
    }
    if (child.in >= 0) {
        ::close(child.in);
    }
}

} // namespace

Json Run::json() const
{
    const auto document = parseJson(out);
    INFO("exit " << exit << "\nout: " << out << "\nerr: " << err);
    REQUIRE(document);
    return *document;
}

std::vector<Json> Run::jsonLines() const
{
    std::vector<Json> lines;
    std::istringstream stream(out);
    for (std::string line; std::getline(stream, line);) {
        const auto document = parseJson(line);
        INFO(line);
        REQUIRE(document);
        lines.push_back(*document);
    }
    return lines;
}

Run runProgram(const std::string& name, const std::vector<std::string>& arguments, const std::string& input,
               const Environment& environment)
{
    std::signal(SIGPIPE, SIG_IGN); // a program that refuses its arguments does not read its input
    Child child = start(name, arguments, environment);
    Run run;
    converse(child, input, run);
    run.exit = waitFor(child.process);
    return run;
}

Run runCtl(const std::vector<std::string>& arguments, const std::string& input,
           const Environment& environment)
{
    return runProgram("motcuactl", arguments, input, environment);
}

RunningProgram::RunningProgram(const std::string& name, const std::vector<std::string>& arguments)
{
    std::signal(SIGPIPE, SIG_IGN);
    const Child child = start(name, arguments, {});
    ::close(child.err);
    m_process = child.process;
    m_in = child.in;
    m_out = child.out;
}

RunningProgram::~RunningProgram()
{
    kill();
    ::close(m_out);
}

void RunningProgram::say(const std::string& line)
{
    const std::string whole = line + '\n';
    REQUIRE(::write(m_in, whole.data(), whole.size()) == static_cast<ssize_t>(whole.size()));
}

std::string RunningProgram::hear()
{
    std::size_t end = 0;
    while ((end = m_heard.find('\n')) == std::string::npos) {
        pollfd ready{m_out, POLLIN, 0};
        REQUIRE(::poll(&ready, 1, kSilenceMaxMillis) > 0);
        REQUIRE(take(m_out, m_heard));
    }
    const std::string line = m_heard.substr(0, end);
    m_heard.erase(0, end + 1);
    return line;
}

int RunningProgram::finish()
{
    ::close(m_in);
    m_in = -1;
    return waitFor(std::exchange(m_process, -1));
}

void RunningProgram::kill()
{
    if (m_in >= 0) {
        ::close(std::exchange(m_in, -1));
    }
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        waitFor(std::exchange(m_process, -1));
    }
}

} // namespace motcua::testing
