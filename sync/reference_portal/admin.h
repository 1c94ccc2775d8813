// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace motcua::portal {

/// Exit status of the program, as of contracts/cli.md.
enum ExitStatus : int
{
    kExitDone = 0,
    kExitRefused = 1,
    kExitUsage = 2,
    kExitStore = 3,
};

/// Options by name ("--data"), the rest in order. Options may stand anywhere.
struct Arguments
{
    std::vector<std::pair<std::string, std::string>> options;
    std::vector<std::string> words;
    std::string fault; ///< what cannot be understood; empty: nothing

    [[nodiscard]] const std::string* option(const std::string& name) const;
};

/// `valued` take a value ("--data DIR" or "--data=DIR"), `flags` do not.
[[nodiscard]] Arguments readArguments(const std::vector<std::string>& texts,
                                      const std::vector<std::string>& valued,
                                      const std::vector<std::string>& flags);

/// `motcua-portal admin …`: everything the city's administrator does, also while the server runs.
class Admin
{
public:
    Admin(const Clock& clock, Random& random, std::ostream& out, std::ostream& err)
        : m_clock(clock), m_random(random), m_out(out), m_err(err)
    {}
    /// The words behind "admin".
    [[nodiscard]] int run(const std::vector<std::string>& texts);
    static const char* usage();

private:
    const Clock& m_clock;
    Random& m_random;
    std::ostream& m_out;
    std::ostream& m_err;
};

} // namespace motcua::portal
