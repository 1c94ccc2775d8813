// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/patch.h"
#include "core/register/field_changes.h"
#include "core/register/register.h"

#include <algorithm>

namespace motcua {

namespace {

const Json& valueAt(const Json& state, const std::string& pointer)
{
    static const Json kNull;
    const Json* value = findAt(state, pointer);
    return value == nullptr ? kNull : *value;
}

constexpr Millis kAhead{10 * 60 * 1'000}; ///< clocks of two computers are never quite equal

/// What the entry itself knows against its time, or else what the portal's receipt tells.
void tellDoubt(const Json& local, std::optional<Instant> confirmed, HistoryEntry& line)
{
    const Json& clock = at(local, "clock");
    const Json& offset = at(clock, "offsetMs");
    line.clockDoubt = stringAt(clock, "why");
    if (offset.is_number_integer()) {
        line.clockOffset = Millis{offset.get<std::int64_t>()};
    }
    if (line.clockDoubt.empty() && confirmed && line.at - *confirmed > kAhead) {
        line.clockDoubt = "ahead-of-portal";
        line.clockOffset = *confirmed - line.at;
    }
}

/// Walks through what happened to one dossier and keeps the state, so that "from" can be told.
class Storyteller
{
public:
    HistoryEntry ofEntry(std::int64_t seq, Instant at, const std::string& kind, const Json& entry,
                         const Json& local)
    {
        HistoryEntry line{seq, at, stringAt(entry, "official"), kind, {}, {}, {}, {}};
        const Json& body = motcua::at(entry, "body");
        if (kind == "dossier.received") {
            // A second one in the same place only gives another number.
            line.changes = m_state.is_null() ? std::vector<FieldChange>{} : fieldChanges(m_state, body);
            if (m_state.is_null() && stringAt(body, "status") == statusName(Status::Refused)) {
                line.changes.push_back({"/status", Json(), motcua::at(body, "status")});
            }
            line.note = stringAt(local, "refused");
            m_state = body;
        } else if (kind == "dossier.changed") {
            tellChange(motcua::at(body, "set"), line);
            line.note = stringAt(body, "reason");
        } else if (kind == "dossier.moved") {
            tellMove(body, at, line);
            line.note = stringAt(body, "note");
        } else {
            line.note = stringAt(body, "reason", stringAt(body, "note"));
            if (kind == "paper.printed") {
                line.note = stringAt(body, "paper") + ": " + stringAt(body, "outcome");
            }
        }
        return line;
    }

    HistoryEntry ofPortal(Instant at, const std::string& by, const Json& body)
    {
        HistoryEntry line{0, at, by, "portal.changed", {}, {}, {}, {}};
        line.changes = m_state.is_null() ? std::vector<FieldChange>{} : fieldChanges(m_state, body);
        m_state = body;
        return line;
    }

private:
    void tellChange(const Json& set, HistoryEntry& line)
    {
        for (auto member = set.begin(); member != set.end(); ++member) {
            line.changes.push_back({member.key(), valueAt(m_state, member.key()), member.value()});
        }
        if (auto changed = applyPatch(m_state, set, kAnswerRules)) {
            m_state = std::move(*changed);
        }
    }

    void tellMove(const Json& body, Instant at, HistoryEntry& line)
    {
        auto moved = applyMove(m_state, body, at, kAnswerRules);
        if (moved) {
            line.changes = fieldChanges(m_state, *moved);
            m_state = std::move(*moved);
        } else {
            line.changes.push_back({"/status", valueAt(m_state, "/status"), motcua::at(body, "to")});
        }
    }

    Json m_state;
};

} // namespace

Result<std::vector<HistoryEntry>> Register::history(std::int64_t id)
{
    // Both streams in the order in which they came to this register.
    auto query = TRY(m_connection.prepare(R"(
        SELECT 0 AS pulled, position AS place, position, at, kind, entry, local,
               (SELECT min(at) FROM receipt r WHERE r.position = journal.position AND r.result = 'applied')
        FROM journal WHERE dossier = :id
        UNION ALL
        SELECT 1, after, id, at, by, body, NULL, NULL FROM pulled WHERE dossier = :id AND body IS NOT NULL
        ORDER BY place, pulled, position
    )"));
    query.bind(":id", id);
    Storyteller story;
    std::vector<HistoryEntry> lines;
    while (TRY(query.step())) {
        const Instant when = fromMillis(query.integer(3));
        const Json body = TRY(parseJson(query.view(5)));
        if (query.integer(0) == 0) {
            const std::int64_t seq = Position{query.integer(2)}.seq();
            const Json local = query.isNull(6) ? Json() : TRY(parseJson(query.view(6)));
            lines.push_back(story.ofEntry(seq, when, query.text(4), body, local));
            lines.back().position = query.integer(2);
            const auto confirmed = query.optionalInteger(7);
            tellDoubt(local, confirmed ? std::optional(fromMillis(*confirmed)) : std::nullopt, lines.back());
        } else {
            lines.push_back(story.ofPortal(when, query.text(4), body));
            lines.back().position = query.integer(1);
        }
    }
    return lines;
}

std::string refusalReason(const std::vector<HistoryEntry>& history)
{
    std::string reason;
    for (const HistoryEntry& entry : history) {
        const bool refuses =
            std::any_of(entry.changes.begin(), entry.changes.end(), [](const FieldChange& change) {
                return change.pointer == "/status" && change.to == std::string(statusName(Status::Refused));
            });
        if (refuses && !entry.note.empty()) {
            reason = entry.note;
        }
    }
    return reason;
}

} // namespace motcua
