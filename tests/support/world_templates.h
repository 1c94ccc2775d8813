// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/portal.h"
#include "tests/support/fake_clock.h"
#include "tests/support/world_store.h"

#include <array>
#include <filesystem>
#include <memory>
#include <string>

namespace motcua {

/// What is made once a process and copied into each world: a portal with ten enrolled counters, and their
/// registers, schema made, keys derived, portal bound. Real programs made them; the worlds only copy bytes.
class WorldTemplates
{
public:
    [[nodiscard]] static WorldTemplates& the();

    struct Register
    {
        std::filesystem::path home;
        std::string bytes;
        std::unique_ptr<RegisterFolder> folder;
        std::unique_ptr<Connection> pooled; ///< in memory mode it lives on from world to world
    };
    /// Of slot 0…9.
    [[nodiscard]] Register& counter(int slot);
    /// A folder of a machine that starts from a copied disk of this slot.
    [[nodiscard]] std::filesystem::path newMachine(int slot);

    [[nodiscard]] const std::string& portalHome() const { return m_portalHome; }
    /// The portal's files as they were when all were enrolled.
    void rewindPortal() const;
    [[nodiscard]] static SignIn signIn();

    WorldTemplates(const WorldTemplates&) = delete;
    WorldTemplates& operator=(const WorldTemplates&) = delete;
    ~WorldTemplates();

private:
    WorldTemplates();
    void enrolAll();
    void make(int slot);

    std::filesystem::path m_home;
    std::string m_portalHome;
    std::string m_portalDossiers;
    std::string m_portalKeys;
    std::array<Register, kWorldSlots> m_counters;
    int m_machines = 0;
};

} // namespace motcua
