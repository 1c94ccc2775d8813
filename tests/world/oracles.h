// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/world.h"
#include "tests/world/portal_model.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// What must be true of a world, whatever happens. Looks at the files themselves, with queries of its own:
/// what the programs say about themselves is not asked. README.md has the table of which rule is looked at
/// where.
class Oracles
{
public:
    explicit Oracles(World& world);

    /// The citizen has the slip in hand.
    void slipGiven(std::size_t counter, const Received& received);
    /// After each step, at the counter that acted and at the portal.
    void afterStep(std::size_t counter);
    /// Somebody starts again from what the disk has: every slip is looked up.
    void afterDeath(std::size_t counter);
    /// A counter goes back in time: what its disk alone knew is lost with it, and nothing else.
    void afterRestore(std::size_t counter, const DiskCopy& backup);
    void afterPortalRestore();
    /// What a stick brings may lie beyond the cursor of the network.
    void afterStick(std::size_t counter);
    /// A person had a machine go on in a new epoch; its journal goes on from what it has.
    void afterNewEpoch(std::size_t counter);
    /// A copied machine has brought all that it alone knew to the city, and is switched off for good.
    /// `yetToCome`: copied machines whose turn comes after it.
    void atClosing(std::size_t counter, const std::set<std::size_t>& yetToCome);
    /// Everything that is too slow for each step, of one counter.
    void lookThoroughly(std::size_t counter);
    /// At rest. In memory mode one counter a world is verified whole, which one the seed says.
    void atEnd(std::uint64_t seed);

    [[nodiscard]] const std::vector<std::string>& wrongs() const { return m_wrongs; }

private:
    struct Slip
    {
        std::size_t counter = 0;
        std::string code;
        bool isLostWithDisk = false;
        bool comesBack = false; ///< the disk was restored to before it; the portal has it
    };
    struct Seen
    {
        std::int64_t journal = 0;
        std::int64_t receipt = 0;
        std::optional<std::int64_t> pulled; ///< nothing: what its disk brought with it counts as seen
    };

    void wrong(std::size_t counter, const std::string& words);
    void departs(std::size_t counter, const Request& request);
    void checkJournal(std::size_t counter);
    void checkReceipts(std::size_t counter);
    void checkPulled(std::size_t counter);
    void checkPortal();
    [[nodiscard]] bool isKnown(const std::string& uid, const Slip& slip);
    void checkNumber(std::size_t counter, const std::string& code);
    void checkSlips(std::size_t counter, bool isAtRest);
    void checkCanaries();
    [[nodiscard]] Connection& disk(std::size_t counter)
    {
        return *m_world.counter(counter).store().connection;
    }
    Seen& seen(std::size_t counter);

    World& m_world;
    std::map<std::string, Slip> m_slips; ///< by uid
    std::vector<Seen> m_seen;
    std::int64_t m_portalSeen = 0;
    PortalModel m_model;
    std::map<std::pair<std::size_t, std::string>, std::string> m_numbers; ///< the last of a counter's day
    std::set<std::string> m_applied; ///< operations that had their effect
    std::vector<std::string> m_wrongs;
};

} // namespace motcua
