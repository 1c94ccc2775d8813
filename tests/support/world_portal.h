// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "sync/reference_portal/city.h"
#include "sync/reference_portal/portal_api.h"
#include "tests/support/small_counter.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// The real reference portal in this process: its routes and its files, no sockets. It can be killed and
/// started again from its files.
class WorldPortal
{
public:
    explicit WorldPortal(std::uint64_t seed);

    [[nodiscard]] Reply handle(const Request& request);
    [[nodiscard]] std::string newCode() const;

    void kill();
    void start();
    [[nodiscard]] bool isUp() const { return m_api != nullptr; }

    /// The city at work, over a connection of its own, as the administrator's commands are.
    [[nodiscard]] portal::City city() { return {*m_side, clock, random}; }
    [[nodiscard]] portal::KeyStore& keys() const { return m_side->keys(); }
    [[nodiscard]] std::vector<portal::StoredDossier> dossiers() const;
    [[nodiscard]] std::optional<portal::StoredDossier> dossier(const std::string& uid) const;
    [[nodiscard]] std::optional<portal::StoredOp> operation(const std::string& op) const;

    /// Next operations are answered `later`, for so many requests.
    int postponed = 0;
    FakeClock clock;
    SeededRandom random;

private:
    [[nodiscard]] portal::Portal open();

    TemporaryFolder m_home;
    std::unique_ptr<portal::PortalApi> m_api;
    std::unique_ptr<portal::Portal> m_side;
};

} // namespace motcua
