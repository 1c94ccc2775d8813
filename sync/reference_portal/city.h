// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "sync/reference_portal/portal.h"

#include <map>
#include <string>
#include <vector>

namespace motcua::portal {

/// What the city does with dossiers at its portal: for demonstrations, pilots and tests. Each act is one
/// transaction and one revision. Errors: NotFound, Refused (with the reasons), Duplicate.
class City
{
public:
    City(Portal& portal, const Clock& clock, Random& random)
        : m_portal(portal), m_clock(clock), m_random(random)
    {}

    struct Filed
    {
        Uid uid;
        std::string code;
        Rev rev;
    };

    /// New values for fields, by JSON pointer. /status moves, /officialCode gives the official code.
    [[nodiscard]] Result<Rev> set(const Uid& uid, const std::map<std::string, Json>& values);
    /// A decision: `move` is the contract's Move.
    [[nodiscard]] Result<Rev> move(const Uid& uid, const Json& move);
    /// At most once; empty: the portal's own code for this dossier.
    [[nodiscard]] Result<Rev> giveOfficialCode(const Uid& uid, const std::string& code);
    /// A citizen files a dossier online: what the draft leaves out (code, status, instants) the portal
    /// decides.
    [[nodiscard]] Result<Filed> fileOnline(const std::string& unit, Json draft);
    /// Takes the dossier away; its last state stays in the changes.
    [[nodiscard]] Result<Rev> takeAway(const Uid& uid);

private:
    /// A dossier, and the work on its unit that has begun: nobody else writes there until it ends.
    struct Opened
    {
        DossierStore::Work work;
        StoredDossier dossier;
    };
    [[nodiscard]] Result<StoredDossier> find(const Uid& uid);
    [[nodiscard]] Result<std::string> takeOnlineCode(const std::string& head);
    [[nodiscard]] Result<Opened> open(const Uid& uid);
    [[nodiscard]] Result<Rev> write(const StoredDossier& before, const Json& after, bool onlyOfficialCode,
                                    bool gone);
    [[nodiscard]] Result<Json> changed(const Json& before, const std::map<std::string, Json>& values);

    Portal& m_portal;
    const Clock& m_clock;
    Random& m_random;
};

} // namespace motcua::portal
