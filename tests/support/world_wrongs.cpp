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
    CounterCheck(World& world, WorldCounter& counter, std::string who, bool isCloned)
        : m_world(world), m_counter(counter), m_who(std::move(who)), m_isCloned(isCloned)
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
            // A portal that went back gives a number again that only it knew to be taken.
            const bool isForgotten = m_world.isLostWithPortal(row.uid);
            if (!isForgotten && !codes.insert(row.code).second && !m_isCloned) {
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
            if (m_isCloned && finding.kind == "state") {
                continue; // its queue is not at rest, see tests/world/README.md, "known gaps"
            }
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
        if (file.isComplete && !isThere && !m_isCloned && !m_counter.engine().isStopped()) {
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
        // Where a copied disk was at work, a portal that went back may have taken the other machine's since.
        const bool isDisputed = m_isCloned && m_world.portal().wasRestored();
        if (isAcknowledged(operation.state) && !(applied && isSame) && !isDisputed) {
            wrong(operation.op + " is " + std::string(opStateName(operation.state)) +
                  " here, but the portal " + (applied ? "applied other bytes" : "did not apply it") +
                  m_world.story(m_counter, operation.uid));
        }
        if (m_isCloned) {
            return; // the other machine's acts stand under the same names, and a person has to look
        }
        // A late copy of a request may reach a portal that went back, and fill a place that was decided anew.
        const bool isLateCopy = operation.state == OpState::Superseded && m_world.portal().wasRestored();
        if (applied && !isAcknowledged(operation.state) && !isLateCopy) {
            wrong(operation.op + " is " + std::string(opStateName(operation.state)) +
                  " here and applied at the portal");
        }
        if (there && !isSame) {
            wrong(operation.op + " has other bytes at the portal");
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

    void checkDossier(const DossierRow& row)
    {
        if (m_isCloned) {
            return;
        }
        const auto here = m_counter.desk().dossiers().byUid(row.uid);
        require(here.has_value(), "a listed dossier is there");
        const auto there = m_world.portal().dossier(row.uid);
        if (!there) {
            if (!mayBeMissing(row.uid) && !m_world.isLostWithPortal(row.uid)) {
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
    std::string m_who;
    bool m_isCloned;
    std::vector<QueuedOperation> m_operations;
    std::vector<std::string> m_wrongs;
};

} // namespace

bool World::isLostWithPortal(const std::string& uid)
{
    // Two machines from one disk send nothing until a person has decided: what they alone have waits for
    // that.
    const auto holds = [&](std::size_t which) {
        const auto operations = m_counters[which]->desk().queue().operations(true);
        require(operations.has_value(), "the queue is read");
        return std::any_of(operations->begin(), operations->end(), [&](const QueuedOperation& operation) {
            return !isCloned(which) && operation.uid == uid && operation.kind == "dossier.received" &&
                   operation.state != OpState::Withdrawn;
        });
    };
    bool isHeld = false;
    for (std::size_t which = 0; which < m_counters.size(); ++which) {
        isHeld = isHeld || holds(which);
    }
    return m_portal.wasRestored() && !isHeld;
}

bool World::isCloned(std::size_t which)
{
    const auto& install = m_counters[which]->store().identity().install;
    return std::count_if(m_counters.begin(), m_counters.end(),
                         [&](const auto& each) { return each->store().identity().install == install; }) > 1;
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
        const auto who = "counter " + std::to_string(which + 1) + ": ";
        const bool isVerified = !verified || *verified == which;
        for (auto& wrong : CounterCheck(*this, *m_counters[which], who, isCloned(which)).run(isVerified)) {
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
