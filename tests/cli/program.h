// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <string>
#include <utility>
#include <vector>

namespace motcua::testing {

/// How a program ended, and what it said.
struct Run
{
    int exit = -1;
    std::string out;
    std::string err;

    /// Standard output as one JSON document; fails the test when it is anything else.
    [[nodiscard]] Json json() const;
    /// Standard output, one JSON document a line.
    [[nodiscard]] std::vector<Json> jsonLines() const;
};

using Environment = std::vector<std::pair<std::string, std::string>>;

/// Runs one of the real programs to its end, with nothing of this process's MOTCUA_ variables but what is
/// given.
[[nodiscard]] Run runProgram(const std::string& name, const std::vector<std::string>& arguments,
                             const std::string& input = {}, const Environment& environment = {});
/// The same with motcuactl.
[[nodiscard]] Run runCtl(const std::vector<std::string>& arguments, const std::string& input = {},
                         const Environment& environment = {});

/// A program that is still running, spoken to line by line.
class RunningProgram
{
public:
    RunningProgram(const std::string& name, const std::vector<std::string>& arguments);
    RunningProgram(const RunningProgram&) = delete;
    RunningProgram& operator=(const RunningProgram&) = delete;
    ~RunningProgram();

    void say(const std::string& line);
    /// Its next line; fails the test when it ends before or is silent for a minute.
    [[nodiscard]] std::string hear();
    /// No more input; waits for the end.
    [[nodiscard]] int finish();
    /// Ends it without warning, as a power cut does.
    void kill();
    [[nodiscard]] int processId() const { return m_process; }

private:
    int m_process = -1;
    int m_in = -1;
    int m_out = -1;
    std::string m_heard;
};

} // namespace motcua::testing
