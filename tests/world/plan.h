// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/world_mutant.h"
#include "tests/support/world_network.h"
#include "tests/support/world_store.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace motcua {

/// What can happen in a world. The first are what people do every day, the others fates: each world gets some
/// of them only, so that no rare one hides behind a frequent one.
enum class Event
{
    Receive,
    Change,
    Move,
    Withdraw,
    Decide,
    CityFiles,
    CityChanges,
    CityMoves,
    CityCodes,
    Engine, ///< one step of a counter's engine
    Wait,
    Kill,
    PortalKill,
    Network, ///< goes away or comes back
    Ghosts,
    Postpone,
    RotateKey,
    RotateToken,
    ClockJump, ///< a PC's clock is set wrong, forwards
    NewEpoch,  ///< the portal says that it was restored, and has lost nothing
    Backup,
    Restore,  ///< a counter goes back to its backup
    PowerCut, ///< of a counter, at some write; with the real SQLite only
    PortalPowerCut,
    Clone, ///< somebody starts a second machine from a copied disk
    PortalBackup,
    ClockBack,     ///< a PC's clock is set back, or right again
    PortalRestore, ///< the portal goes back to its backup, and has lost what came after
    Scan,          ///< scans come with a dossier, or to one that is there
    StickOut,      ///< what waits goes onto a stick
    StickToCity,   ///< a stick comes to the city, or is lost, spoiled, read once more
    StickBack,     ///< an answer's stick comes back, in time, late, twice, to the wrong counter, or never
};
inline constexpr std::size_t kEvents = 32;
[[nodiscard]] std::string_view eventName(Event act);

/// One step of a story. Everything that is left to chance in it comes from its own seed, so that it means the
/// same when steps before it are left out.
struct PlanStep
{
    Event act = Event::Engine;
    std::uint32_t counter = 0; ///< taken modulo what counters there are
    std::uint64_t seed = 0;
};

struct Plan
{
    std::uint64_t seed = 0;
    int counters = 2;
    Weather weather;
    std::vector<PlanStep> steps;
};

struct PlanOptions
{
    int steps = 200;
    StoreMode mode = StoreMode::Memory;
    std::vector<Event> always; ///< fates that are drawn in any case
};

/// Without these a missing safeguard would never be needed.
[[nodiscard]] std::vector<Event> fatesFor(Mutant mutant);

[[nodiscard]] Plan drawPlan(std::uint64_t seed, const PlanOptions& options);

} // namespace motcua
