// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/stepped_aside.h"

#include "core/base/json.h"

#include <set>

namespace motcua {

namespace {

/// Withdraws a place. The text cannot stand inside a JSON string: its quotes would be escaped there.
bool isCancelling(const Outgoing& outgoing)
{
    return outgoing.line.find("\"kind\":\"dossier.cancelled\"") != std::string::npos;
}

/// The places that are not to be overtaken. An operation names the place before it (`after`) and, when it is
/// not the first, its own (`supersedes`).
class HeldPlaces
{
public:
    void hold(const Outgoing& outgoing)
    {
        const auto line = parseJson(outgoing.line).value_or(Json());
        const auto place = stringAt(line, "supersedes");
        m_places.insert(place.empty() ? outgoing.op : place);
    }
    [[nodiscard]] bool stand(const Outgoing& before) const
    {
        if (m_places.empty()) {
            return false; // the usual case: nobody's line has to be read
        }
        const auto line = parseJson(before.line).value_or(Json());
        const auto after = stringAt(line, "after");
        return !after.empty() && m_places.count(after) != 0;
    }

private:
    std::set<std::string> m_places;
};

} // namespace

std::vector<Outgoing> SteppedAside::pick(std::vector<Outgoing>&& sendable, Millis now, int count,
                                         std::size_t bytes) const
{
    std::vector<Outgoing> batch;
    HeldPlaces held;
    std::size_t used = 0;
    for (auto& each : sendable) {
        const auto found = m_entries.find(each.position.value);
        const bool waits = found != m_entries.end() && found->second.until > now;
        if (waits || held.stand(each)) {
            held.hold(each);
            continue;
        }
        used += each.line.size() + 1;
        if (static_cast<int>(batch.size()) == count || (used > bytes && !batch.empty())) {
            break;
        }
        if (isCancelling(each)) {
            // Was the place applied after all? Only the answer tells, and the place's own receipt comes
            // before those of what stands behind it.
            held.hold(each);
        }
        batch.push_back(std::move(each));
    }
    return batch;
}

} // namespace motcua
