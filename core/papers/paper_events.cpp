// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_events.h"

#include "core/dossier/status.h"

#include <algorithm>

namespace motcua {

namespace {

std::optional<Instant> instantOf(const Json& value)
{
    if (!value.is_string()) {
        return std::nullopt;
    }
    const auto instant = parseRfc3339(value.get_ref<const std::string&>());
    return instant ? std::optional(*instant) : std::nullopt;
}

const FieldChange* changeOf(const HistoryEntry& entry, std::string_view pointer)
{
    const auto found = std::find_if(entry.changes.begin(), entry.changes.end(),
                                    [&](const FieldChange& change) { return change.pointer == pointer; });
    return found == entry.changes.end() ? nullptr : &*found;
}

void note(const HistoryEntry& entry, const std::string& name, PaperEvents& events)
{
    events.names.insert(name);
    events.reasons[name] = entry.note;
    events.positions[name] = entry.position;
    events.at = entry.at;
}

void takeMove(const HistoryEntry& entry, PaperEvents& events)
{
    const FieldChange* status = changeOf(entry, "/status");
    const auto to = status == nullptr || !status->to.is_string()
                        ? std::nullopt
                        : parseStatus(status->to.get_ref<const std::string&>());
    if (to) {
        events.steps.push_back({entry.at, std::string(statusLabel(*to)), entry.official, entry.note});
    }
    if (to == Status::Supplementing || to == Status::Stopped) {
        note(entry, std::string(statusName(*to)), events);
    }
    // A later appointment after papers were brought is no fault of the office: it asks no pardon.
    const FieldChange* due = changeOf(entry, "/dueAt");
    const bool wasWaiting = status != nullptr && status->from == statusName(Status::Supplementing);
    if (due == nullptr || wasWaiting) {
        return;
    }
    const auto from = instantOf(due->from);
    const auto until = instantOf(due->to);
    if (from && until && *until > *from) {
        note(entry, "extension", events);
        events.oldDue = from;
        events.newDue = until;
    }
}

std::string timeOrNothing(const std::optional<Instant>& instant)
{
    return instant ? toDisplayTime(*instant) : std::string();
}

} // namespace

PaperEvents paperEvents(const std::vector<HistoryEntry>& history)
{
    PaperEvents events;
    for (const HistoryEntry& entry : history) {
        if (entry.kind == "dossier.received") {
            events.steps.push_back({entry.at, "Tiếp nhận", entry.official, {}});
        } else if (entry.kind == "dossier.moved" || entry.kind == "dossier.changed") {
            takeMove(entry, events);
        } else if (entry.kind == "book.cancelled") {
            events.positions["cancelled"] = entry.position;
        }
    }
    return events;
}

Json eventValues(const PaperEvents& events)
{
    Json steps = Json::array();
    for (const PaperStep& step : events.steps) {
        steps.push_back({{"number", std::to_string(steps.size() + 1)},
                         {"at", toDisplayTime(step.at)},
                         {"what", step.what},
                         {"official", step.official},
                         {"note", step.note}});
    }
    Json event = {{"at", timeOrNothing(events.at)},
                  {"oldDue", timeOrNothing(events.oldDue)},
                  {"newDue", timeOrNothing(events.newDue)}};
    return {{"event", std::move(event)}, {"steps", std::move(steps)}};
}

} // namespace motcua
