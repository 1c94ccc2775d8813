// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked at when a world has come to rest.
#include "core/base/check.h"
#include "tests/support/world.h"

#include <algorithm>
#include <map>
#include <set>

namespace motcua {

namespace {

bool isAcknowledged(OpState state)
{
    return state == OpState::Acknowledged || state == OpState::Confirmed;
}

std::string bodyOf(WorldCounter& counter, const QueuedOperation& operation)
{
    const auto& identity = counter.store().identity();
    const auto position = positionOf(identity.install, operation.op);
    require(position.has_value(), "an operation of this install");
    Journal journal(*counter.store().connection, identity.install, identity.epoch);
    const auto line = journal.line(*position);
    require(line.has_value(), "its line is there");
    return dumpJson(at(*parseJson(*line), "body"));
}

/// One counter against the portal.
class CounterCheck
{
public:
    CounterCheck(World& world, std::size_t which, std::set<std::size_t> yetToCome)
        : m_world(world), m_counter(world.counter(which)), m_which(which),
          m_who("counter " + std::to_string(which + 1) + ": "), m_yetToCome(std::move(yetToCome))
    {}

    std::vector<std::string> run(bool isVerified)
    {
        if (isVerified) {
            verify();
        }
        auto operations = m_counter.desk().queue().operations(true);
        require(operations.has_value(), "the queue is read");
        m_operations = std::move(*operations);
        for (const auto& operation : m_operations) {
            checkOperation(operation);
        }
        std::set<std::string> codes;
        for (const auto& row : m_counter.dossiers()) {
            // A portal that went back gives a number again that only it knew to be taken; and of what was
            // withdrawn before it arrived nobody but a copy of this disk could know the number.
            const bool isForgotten = m_world.isLostWithPortal(row.uid) || isOthersToBring(row.uid) ||
                                     (mayBeMissing(row.uid) && !m_world.portal().dossier(row.uid));
            if (!isForgotten && !codes.insert(row.code).second) {
                wrong("two dossiers bear " + row.code);
            }
            checkDossier(row);
        }
        for (const auto& file : m_counter.files()) {
            checkFile(file);
        }
        return std::move(m_wrongs);
    }

private:
    void wrong(const std::string& words) { m_wrongs.push_back(m_who + words); }

    void verify()
    {
        for (const auto& finding : m_counter.store().findings()) {
            wrong(finding.kind + " " + std::to_string(finding.seq) + " " + finding.detail);
        }
    }

    /// At rest each file that an applied operation names is at the portal, byte for byte. A machine that may
    /// not send any more promises nothing.
    void checkFile(const FileOnItsWay& file)
    {
        const auto sha256 = toHex(file.file.sha256);
        const auto* const there = m_world.portal().blobs().find(sha256);
        const bool isThere =
            there != nullptr && there->isComplete && toHex(motcua::sha256(there->bytes)) == sha256;
        if (file.isComplete && !isThere && !m_counter.engine().isStopped()) {
            wrong("file " + sha256 + " is complete here, but not at the portal");
        }
        const auto due = m_counter.store().portal->filesDue(1'000);
        require(due.has_value(), "the files are read");
        const bool isDue = std::any_of(due->begin(), due->end(), [&](const FileOnItsWay& each) {
            return each.file.id == file.file.id && each.trouble.empty();
        });
        if (isDue && !m_counter.engine().isStopped()) {
            wrong("file " + sha256 + " may go and does not");
        }
    }

    void checkOperation(const QueuedOperation& operation)
    {
        const auto there = m_world.portal().operation(operation.op);
        const bool isSame = there && there->digest == operation.digest;
        const bool applied = there && there->result == Outcome::Applied;
        if (isAcknowledged(operation.state) && !(applied && isSame)) {
            wrong(operation.op + " is " + std::string(opStateName(operation.state)) +
                  " here, but the portal " + (applied ? "applied other bytes" : "did not apply it") +
                  m_world.story(m_counter, operation.uid));
        }
        // A late copy of a request may reach a portal that went back, and fill a place that was decided anew:
        // what decided it then finds the place taken. Or it withdraws what the first portal had not let go.
        const bool isDoneWith =
            operation.state == OpState::Superseded ||
            (operation.state == OpState::Withdrawn && operation.kind == "dossier.cancelled");
        const bool isLateCopy =
            isDoneWith && m_world.portal().cameLate(operation.op) && !isPlaceShared(operation);
        if (applied && isSame && !isAcknowledged(operation.state) && !isLateCopy) {
            wrong(operation.op + " is " + std::string(opStateName(operation.state)) +
                  " here and applied at the portal" + m_world.story(m_counter, operation.uid));
        }
        // Bound without an effect, the name of what was withdrawn here harms nobody.
        const bool isBoundOnly = there && !there->result && operation.state == OpState::Withdrawn;
        if (there && !isSame && !isBoundOnly && !isNameTaken(operation)) {
            wrong(operation.op + " has other bytes at the portal" + m_world.story(m_counter, operation.uid));
        }
        if (!isFinal(operation.state)) {
            wrong(operation.op + " still waits: " + std::string(opStateName(operation.state)) + " " +
                  operation.lastError.value_or("") + m_world.story(m_counter, operation.uid));
        }
    }

    [[nodiscard]] bool mayBeMissing(const std::string& uid) const
    {
        // Only what was withdrawn before it ever arrived.
        return std::any_of(m_operations.begin(), m_operations.end(), [&](const QueuedOperation& each) {
            return each.uid == uid && each.kind == "dossier.received" && each.state == OpState::Withdrawn;
        });
    }

    /// A portal that went back lost it, and only a machine whose turn has not come yet has it to send again.
    [[nodiscard]] bool isOthersToBring(const std::string& uid) const
    {
        const auto holds = [&](std::size_t which) { return m_world.holds(which, uid); };
        return m_world.portal().hasDropped(uid) && !holds(m_which) &&
               std::any_of(m_yetToCome.begin(), m_yetToCome.end(), holds);
    }

    /// Another operation of its place was applied too: that is a double effect, whatever led to it.
    [[nodiscard]] bool isPlaceShared(const QueuedOperation& operation) const
    {
        const auto placeOf = [](const QueuedOperation& each) { return each.supersedes.value_or(each.op); };
        return std::any_of(m_operations.begin(), m_operations.end(), [&](const QueuedOperation& each) {
            const auto there = m_world.portal().operation(each.op);
            return each.op != operation.op && placeOf(each) == placeOf(operation) && there &&
                   each.kind != "dossier.cancelled" && there->result == Outcome::Applied;
        });
    }

    /// A machine with a copy of this disk gave the name before, and what this one wanted was said again under
    /// another: so says its journal, and only an operation that is done with may be so.
    [[nodiscard]] bool isNameTaken(const QueuedOperation& operation)
    {
        auto query = m_counter.store().connection->prepare(R"(
            SELECT 1 FROM journal WHERE kind = 'operation.name-taken' AND entry ->> '$.body.position' = :position
        )");
        require(query.has_value(), "the journal is read");
        query->bind(":position", operation.position);
        return query->step().value_or(false) &&
               (operation.state == OpState::Superseded || operation.state == OpState::Withdrawn);
    }

    void checkDossier(const DossierRow& row)
    {
        const auto here = m_counter.desk().dossiers().byUid(row.uid);
        require(here.has_value(), "a listed dossier is there");
        const auto there = m_world.portal().dossier(row.uid);
        if (!there) {
            if (!mayBeMissing(row.uid) && !m_world.isLostWithPortal(row.uid) && !isOthersToBring(row.uid)) {
                wrong(row.code + " is not at the portal");
            }
            return;
        }
        const auto theirs = *parseJson(there->text);
        if (here->dossier != theirs) {
            wrong(row.code + " differs from the portal's: " + dumpJson(Json::diff(here->dossier, theirs)) +
                  m_world.story(m_counter, row.uid));
        }
        if (here->rev != there->rev.text()) {
            wrong(row.code + " has another revision than the portal");
        }
    }

    World& m_world;
    WorldCounter& m_counter;
    std::size_t m_which;
    std::string m_who;
    std::set<std::size_t> m_yetToCome; ///< machines
    std::vector<QueuedOperation> m_operations;
    std::vector<std::string> m_wrongs;
};

} // namespace

bool World::holds(std::size_t which, const std::string& uid)
{
    // Looked for in the journal: what a queue lost by a fault of ours must not excuse that it lost it. What
    // was corrected before it was withdrawn is done with by the withdrawal of its place.
    auto query = m_counters[which]->store().connection->prepare(R"(
        SELECT 1 FROM journal j LEFT JOIN operation o ON o.position = j.position
        WHERE j.kind = 'dossier.received' AND j.entry ->> '$.uid' = :uid AND NOT EXISTS (
            SELECT 1 FROM operation w JOIN journal r ON r.position = w.position AND r.kind = j.kind
            WHERE w.place = o.place AND w.state = 'withdrawn')
    )");
    require(query.has_value(), "the journal is read");
    query->bind(":uid", uid);
    return query->step().value_or(false);
}

bool World::isLostWithPortal(const std::string& uid)
{
    if (!m_portal.hasDropped(uid)) {
        return false;
    }
    for (std::size_t which = 0; which < m_counters.size(); ++which) {
        if (holds(which, uid)) {
            return false;
        }
    }
    return true;
}

bool World::areTwins(std::size_t one, std::size_t other)
{
    return m_counters[one]->store().identity().install == m_counters[other]->store().identity().install;
}

std::vector<std::string> World::wrongsOf(std::size_t which, const std::set<std::size_t>& yetToCome)
{
    return CounterCheck(*this, which, yetToCome).run(true);
}

std::vector<std::string> World::wrongs(std::optional<std::size_t> verified)
{
    std::vector<std::string> wrongs;
    std::map<std::string, std::string> codes;
    for (const auto& dossier : m_portal.dossiers()) {
        if (const auto [found, fresh] = codes.emplace(dossier.code, dossier.uid.text()); !fresh) {
            wrongs.push_back("two dossiers at the portal bear " + dossier.code);
        }
    }
    for (std::size_t which = 0; which < m_counters.size(); ++which) {
        if (isOff(which)) {
            continue;
        }
        const bool isVerified = !verified || *verified == which;
        for (auto& wrong : CounterCheck(*this, which, {}).run(isVerified)) {
            wrongs.push_back(std::move(wrong));
        }
    }
    return wrongs;
}

std::string World::story(WorldCounter& counter, const std::string& uid)
{
    std::string told;
    const auto operations = counter.desk().queue().operations(true);
    require(operations.has_value(), "the queue is read");
    for (const auto& each : *operations) {
        if (each.uid != uid) {
            continue;
        }
        const auto there = m_portal.operation(each.op);
        told += "\n    " + each.op.substr(33) + " " + each.kind + " " + std::string(opStateName(each.state)) +
                " for " + each.supersedes.value_or("-") + " base " + each.baseRev.value_or("-").substr(0, 8) +
                " " + bodyOf(counter, each).substr(0, 200);
        for (const auto& receipt : counter.store().receipts(each.op)) {
            told += " " + receipt;
        }
        if (there) {
            told += " | portal: " + std::string(there->result ? outcomeName(*there->result) : "none") +
                    " seq " + std::to_string(there->portalSeq.value_or(0)) + " rev " +
                    (there->rev ? there->rev->text().substr(0, 8) : "-");
        }
    }
    return told;
}

} // namespace motcua
