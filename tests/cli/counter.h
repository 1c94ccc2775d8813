// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cli/program.h"

#include <filesystem>

namespace motcua::testing {

/// A folder of its own that is gone with the test.
class TemporaryFolder
{
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Writes a file and gives its name.
    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string name(const std::string& file) const { return (m_path / file).string(); }

private:
    std::filesystem::path m_path;
};

/// A practice register with quick keys and its administrator "lan", driven through the real program. Acts on
/// Monday 2026-11-23, 08:00 in Viet Nam, unless a test says another moment.
class Counter
{
public:
    static constexpr const char* kMoment = "2026-11-23T01:00:00.000Z";

    explicit Counter(const std::string& slot = "1");

    /// One command as lan, with --json, at kMoment.
    [[nodiscard]] Run operator()(std::vector<std::string> arguments, const std::string& input = {}) const;
    /// The same at another moment.
    [[nodiscard]] Run at(const std::string& moment, std::vector<std::string> arguments,
                         const std::string& input = {}) const;
    /// The same as somebody else.
    [[nodiscard]] Run as(const std::string& user, std::vector<std::string> arguments) const;
    /// Only the options that name register and person.
    [[nodiscard]] std::vector<std::string> signIn(const std::string& user = "lan") const;

    /// Receives a draft; its answer.
    [[nodiscard]] Json accept(const Json& draft) const;
    /// entries of the journal, as verify counts them: the measure of "nothing was written".
    [[nodiscard]] std::int64_t entries() const;
    void addUser(const std::string& name, const std::string& role) const;

    [[nodiscard]] std::string registerFolder() const { return folder.name("register"); }
    [[nodiscard]] std::string passwordFile(const std::string& user = "lan") const
    {
        return folder.name(user + ".pw");
    }

    TemporaryFolder folder;
};

/// Drafts that pass every rule on kMoment's day.
[[nodiscard]] Json copyDraft(const std::string& applicant = "Nguyễn Văn An");
[[nodiscard]] Json birthDraft(const std::string& child = "Trần Bảo Ngọc");

[[nodiscard]] bool hasProblem(const Json& answer, const std::string& pointer);
[[nodiscard]] bool hasRule(const Json& answer, const std::string& rule);

} // namespace motcua::testing
