// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/run_ctl.h"

#include "core/base/check.h"
#include "core/base/file.h"

#include <chrono>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace motcua::ledger {

namespace {

std::filesystem::path ctlPath()
{
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "motcuactl";
}

std::chrono::milliseconds timeOf(const timeval& time)
{
    return std::chrono::milliseconds(time.tv_sec * 1000 + time.tv_usec / 1000);
}

/// In the child: standard output into a file; a timer that outlives exec and whose signal nobody catches.
[[noreturn]] void become(const std::string& program, std::vector<char*>& words, const std::string& out,
                         long killAfter)
{
    const int file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    if (killAfter > 0) {
        const itimerval timer{{0, 0}, {killAfter / 1000, killAfter % 1000 * 1000}};
        ::setitimer(ITIMER_PROF, &timer, nullptr);
        ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
    }
    ::execv(program.c_str(), words.data());
    ::_exit(127);
}

} // namespace

CtlRun runCtl(const std::filesystem::path& folder, const std::vector<std::string>& arguments, long killAfter)
{
    const std::string program = ctlPath().string();
    const std::string out = (folder / "answer.json").string();
    std::vector<std::string> words{program,  "--json", "--register",      (folder / "register").string(),
                                   "--user", "lan",    "--password-file", (folder / "lan.pw").string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    require(child >= 0, "a program can be started");
    if (child == 0) {
        become(program, pointers, out, killAfter);
    }
    int status = 0;
    rusage usage{};
    require(::wait4(child, &status, 0, &usage) == child, "the program ended");
    CtlRun run;
    run.killed = WIFSIGNALED(status);
    run.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    run.processor = timeOf(usage.ru_utime) + timeOf(usage.ru_stime);
    run.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
    const auto text = readFile(out, std::size_t{512} << 20);
    const auto json =
        text ? parseJson(*text, {std::size_t{512} << 20, 32}) : fail(ErrorKind::Invalid, "no answer");
    run.answer = json ? *json : Json();
    return run;
}

} // namespace motcua::ledger
