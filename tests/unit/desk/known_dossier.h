// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

namespace motcua {

/// A dossier that the portal has.
struct Known
{
    Known() : received(*counter.desk->receive(counter.draft())) { portal.answerAll(); }

    [[nodiscard]] std::vector<Outgoing> sendable() { return *counter.portal->sendable(50, 1 << 20); }
    [[nodiscard]] std::string rev() { return *counter.desk->dossiers().byUid(received.uid)->rev; }
    [[nodiscard]] Json shown() { return counter.desk->dossiers().byUid(received.uid)->dossier; }
    void change(const Json& set) { REQUIRE(counter.desk->change(received.code, set, "theo giấy")); }
    /// The portal's state of the dossier, as a page has it.
    [[nodiscard]] PulledChange page(std::int64_t seq, const std::string& rev, const Json& set)
    {
        PulledChange change;
        change.seq = seq;
        change.uid = received.uid;
        change.rev = rev;
        change.by = "Thành phố";
        change.dossier = shown();
        for (auto member = set.begin(); member != set.end(); ++member) {
            change.dossier[Json::json_pointer(member.key())] = member.value();
        }
        return change;
    }

    SmallCounter counter;
    PortalWords portal{counter};
    Received received;
};

} // namespace motcua
