// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/portal_desk.h"

#include <map>
#include <optional>
#include <vector>

namespace motcua {

/// Operations that came back unsettled and let others go first. Each time doubles the pause (the engine's
/// retry table), so that one poisonous operation holds nobody. Kept in memory only: sending again is always
/// safe. What an answer put off is in the register as well.
class SteppedAside
{
public:
    /// How often this one came back before.
    [[nodiscard]] int losses(Position position) const
    {
        const auto found = m_entries.find(position.value);
        return found == m_entries.end() ? 0 : found->second.losses;
    }

    void put(Position position, Millis until)
    {
        auto& entry = m_entries[position.value];
        ++entry.losses;
        entry.until = until;
    }

    void settled(Position position) { m_entries.erase(position.value); }

    /// A person wants it now: the pauses end, the counts stay.
    void endPauses()
    {
        for (auto& [position, entry] : m_entries) {
            entry.until = Millis{0};
        }
    }

    [[nodiscard]] int waiting(Millis now) const
    {
        int number = 0;
        for (const auto& [position, entry] : m_entries) {
            number += entry.until > now ? 1 : 0;
        }
        return number;
    }

    [[nodiscard]] std::optional<Millis> nextDue(Millis now) const
    {
        std::optional<Millis> next;
        for (const auto& [position, entry] : m_entries) {
            if (entry.until > now && (!next || entry.until < *next)) {
                next = entry.until;
            }
        }
        return next;
    }

    /// Takes out who waits, with whatever stands behind it in its dossier's chain, and cuts the rest to a
    /// batch.
    [[nodiscard]] std::vector<Outgoing> pick(std::vector<Outgoing>&& sendable, Millis now, int count,
                                             std::size_t bytes) const;

private:
    struct Entry
    {
        int losses = 0;
        Millis until{0};
    };
    std::map<std::int64_t, Entry> m_entries;
};

} // namespace motcua
