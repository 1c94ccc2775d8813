// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/corrections.h"

#include "core/desk/three_way.h"
#include "core/dossier/schema.h"
#include "core/outbox/operations.h"

#include <algorithm>
#include <map>
#include <set>

namespace motcua {

namespace {

/// An object whose members are told one by one.
bool isWhole(const Json& value)
{
    return value.is_object() && !isWrittenDate(value);
}

class Collector
{
public:
    void add(const std::string& pointer, const Json& before, const Json& after)
    {
        const bool spreads = (isWhole(before) || isWhole(after)) && (isWhole(before) || before.is_null()) &&
                             (isWhole(after) || after.is_null());
        if (!spreads) {
            put(pointer, before, after);
            return;
        }
        std::set<std::string> names;
        for (const Json* side : {&before, &after}) {
            for (const auto& member : side->items()) {
                names.insert(member.key());
            }
        }
        for (const std::string& name : names) {
            add(pointer + "/" + pointerToken(name), at(before, name), at(after, name));
        }
    }

    void addReason(const std::string& reason)
    {
        if (!reason.empty() && std::ranges::find(m_reasons, reason) == m_reasons.end()) {
            m_reasons.push_back(reason);
        }
    }

    void forget()
    {
        m_values.clear();
        m_reasons.clear();
    }

    [[nodiscard]] Corrections finished() const
    {
        Corrections corrections;
        for (const auto& [pointer, values] : m_values) {
            if (values.first != values.second) {
                corrections.changes.push_back({pointer, values.first, values.second});
            }
        }
        if (!corrections.changes.empty()) {
            corrections.reasons = m_reasons;
        }
        return corrections;
    }

private:
    void put(const std::string& pointer, const Json& before, const Json& after)
    {
        const auto [place, isNew] = m_values.try_emplace(pointer, before, after);
        if (!isNew) {
            place->second.second = after;
        }
    }

    std::map<std::string, std::pair<Json, Json>> m_values;
    std::vector<std::string> m_reasons;
};

/// Places in the journal of changes that stand on something the portal has, and still count.
Result<std::set<std::int64_t>> changesBehindSending(Connection& connection, std::int64_t id)
{
    std::set<std::int64_t> places;
    bool isSent = false;
    for (const OperationRow& row : TRY(Operations(connection).ofDossier(id))) {
        const bool counts = row.state != OpState::Superseded && row.state != OpState::Withdrawn;
        isSent = isSent || row.baseRev.has_value();
        if (row.kind == "dossier.changed" && isSent && counts) {
            places.insert(row.position.value);
        }
    }
    return places;
}

bool isLetterOut(const Json& body)
{
    const std::string outcome = stringAt(body, "outcome");
    return stringAt(body, "paper") == kCorrectionPaper &&
           (outcome == "good" || outcome == "file" || outcome == "unknown");
}

} // namespace

Result<Corrections> correctionsOf(Connection& connection, Register& dossiers, std::int64_t id)
{
    const auto places = TRY(changesBehindSending(connection, id));
    if (places.empty()) {
        return Corrections{};
    }
    std::vector<HistoryEntry> told = TRY(dossiers.history(id));
    std::erase_if(told, [](const HistoryEntry& line) { return line.seq == 0; });
    auto query = TRY(connection.prepare(
        "SELECT position, kind, entry -> '$.body' FROM journal WHERE dossier = :id ORDER BY position"));
    query.bind(":id", id);
    Collector collector;
    for (std::size_t i = 0; i < told.size() && TRY(query.step()); ++i) {
        if (places.contains(query.integer(0))) {
            for (const FieldChange& change : told[i].changes) {
                collector.add(change.pointer, change.from, change.to);
            }
            collector.addReason(told[i].note);
        } else if (query.view(1) == "paper.printed" && isLetterOut(TRY(parseJson(query.view(2))))) {
            collector.forget();
        }
    }
    return collector.finished();
}

} // namespace motcua
