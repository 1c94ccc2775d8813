// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/desk/desk.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"
#include "core/desk/verify.h"
#include "tests/support/fake_clock.h"
#include "tests/support/plain_draft.h"
#include "tests/support/practice_register.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <unistd.h>

namespace motcua {

/// A folder that is gone when the test is over.
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        static std::atomic<int> count{0};
        m_path = std::filesystem::temp_directory_path() /
                 ("motcua-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(m_path);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// One counter with a real register in a temporary folder, a fake clock and seeded random numbers.
class SmallCounter
{
public:
    explicit SmallCounter(std::uint64_t seed = 1, int slot = 1, const std::string& vfs = {})
        : random(seed), catalogue(*Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue"))
    {
        auto opened =
            RegisterFolder::create(home.path(), practiceRegister(slot), practiceSignIn(vfs), clock, random);
        require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
        folder = std::make_unique<RegisterFolder>(std::move(*opened));
        connect();
    }

    /// The program ends, however it ends, and is started again.
    [[nodiscard]] Result<void> restart(const std::string& vfs = {})
    {
        stop();
        auto opened = RegisterFolder::open(home.path(), practiceSignIn(vfs), clock);
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        folder = std::make_unique<RegisterFolder>(std::move(*opened));
        connect();
        return {};
    }
    void stop()
    {
        portal.reset();
        desk.reset();
        connection.reset();
        folder.reset();
    }

    /// What a full verification finds; empty is good.
    [[nodiscard]] std::vector<Finding> findings()
    {
        auto verified = verifyRegister(*connection, folder->identity(), fieldOf(catalogue), Depth::Full);
        require(verified.has_value(), verified ? "" : verified.error().detail.c_str());
        return verified->findings;
    }

    /// A dossier by the plain form with all its papers: nothing wrong with it.
    [[nodiscard]] Json draft(const std::string& name = "Nguyễn Văn Hà") const
    {
        return plainDraft(catalogue, dayInVietnam(clock.now()), name);
    }

    TemporaryFolder home;
    FakeClock clock;
    SeededRandom random;
    Catalogue catalogue;
    std::unique_ptr<RegisterFolder> folder;
    std::unique_ptr<Connection> connection;
    std::unique_ptr<Desk> desk;
    std::unique_ptr<PortalDesk> portal;

private:
    void connect()
    {
        auto made = folder->connect();
        require(made.has_value(), made ? "" : made.error().detail.c_str());
        connection = std::make_unique<Connection>(std::move(*made));
        desk = std::make_unique<Desk>(*connection, folder->identity(), folder->actor(), catalogue, clock,
                                      random);
        portal = std::make_unique<PortalDesk>(*connection, folder->identity(), fieldOf(catalogue), clock,
                                              fieldRulesOf(catalogue));
    }
};

} // namespace motcua
