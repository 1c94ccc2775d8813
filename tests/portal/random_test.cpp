// SPDX-License-Identifier: GPL-3.0-or-later
// Random counters against the portal: operations lost, repeated, out of order, superseded and withdrawn. The
// seed is printed with each failure.
#include "core/dossier/schema.h"
#include "tests/portal/portal_world.h"

using namespace motcua;
using namespace motcua::test;

namespace {

/// Two counters that act at random on a few dossiers and send at random what they have.
class RandomDays
{
public:
    RandomDays(PortalWorld& world, std::uint64_t seed, bool cityActs)
        : m_world(world), m_random(seed),
          m_cityActs(cityActs), m_counters{TestCounter(world, 'a'), TestCounter(world, 'b')}
    {}

    struct Sent
    {
        std::size_t counter;
        Operation operation;
        std::optional<Outcome> final; ///< applied or cancelled, once it was answered so
        Receipt receipt;
        std::string jws;
    };

    void run(int steps)
    {
        for (int i = 0; i < steps; ++i) {
            if (m_random.below(3) == 0) {
                act();
            } else if (!m_sent.empty()) {
                send();
            }
        }
        for (int round = 0; round < 6; ++round) { // drain: everything again, often enough for the chains
            sendAll(0);
            sendAll(1);
        }
    }
    [[nodiscard]] const std::vector<Sent>& sent() const { return m_sent; }
    std::map<Outcome, int> met; ///< how often each result was given
    [[nodiscard]] TestCounter& counter(std::size_t i) { return m_counters[i]; }

private:
    void act()
    {
        const std::size_t who = m_random.below(2);
        TestCounter& counter = m_counters[who];
        const Uid uid = aUid(static_cast<int>(m_random.below(4)));
        auto& chain = m_chains[{who, uid.text()}];
        const std::optional<OpId> after = chain.empty() ? std::nullopt : std::optional(chain.back());
        switch (m_random.below(8)) {
        case 0:
        case 1: {
            Operation received = counter.received(uid, 1 + static_cast<int>(m_random.below(6)));
            received.after = after;
            add(who, received);
            chain.push_back(received.op);
            break;
        }
        case 2:
            if (m_cityActs && !counter.dossier(uid).is_null()) {
                REQUIRE(m_world.city().set(uid, {{"/note", std::to_string(m_random.below(1000))}}));
            }
            break;
        case 3:
            withdraw(who, uid);
            break;
        case 4:
            supersede(who);
            break;
        default: {
            const auto rev = m_random.below(2) == 0 || counter.dossier(uid).is_null()
                                 ? std::nullopt
                                 : std::optional(counter.revOf(uid));
            const Json set{{"/applicant/phone", std::to_string(m_random.below(100000))}};
            const Operation change = counter.changed(uid, set, after, rev);
            add(who, change);
            chain.push_back(change.op);
            break;
        }
        }
    }
    void withdraw(std::size_t who, const Uid& uid)
    {
        const auto& chain = m_chains[{who, uid.text()}];
        if (!chain.empty()) {
            add(who, m_counters[who].cancelled(uid, chain[m_random.below(chain.size())]));
        }
    }
    void supersede(std::size_t who)
    {
        const Sent* first = m_sent.empty() ? nullptr : &m_sent[m_random.below(m_sent.size())];
        if (first == nullptr || first->counter != who || first->operation.supersedes) {
            return;
        }
        Operation again = m_counters[who].superseding(first->operation, first->operation.op);
        if (again.kind == OpKind::Received) {
            again.body["code"] = m_counters[who].code(1 + static_cast<int>(m_random.below(50)));
        } else if (!m_counters[who].dossier(again.uid).is_null()) {
            again.baseRev = m_counters[who].revOf(again.uid);
        }
        add(who, again);
    }
    void add(std::size_t who, const Operation& operation) { m_sent.push_back({who, operation, {}, {}, {}}); }
    void send() { sendOne(m_random.below(m_sent.size())); }

    void sendOne(std::size_t i) { sendBatch(m_sent[i].counter, {i}); }
    void sendAll(std::size_t who)
    {
        std::vector<std::size_t> batch;
        for (std::size_t i = 0; i < m_sent.size(); ++i) {
            if (m_sent[i].counter == who) {
                batch.push_back(i);
            }
            if (batch.size() == kBatchLinesMax || (i + 1 == m_sent.size() && !batch.empty())) {
                sendBatch(who, batch);
                batch.clear();
            }
        }
    }
    void sendBatch(std::size_t who, const std::vector<std::size_t>& batch)
    {
        std::vector<Operation> operations;
        for (const std::size_t i : batch) {
            operations.push_back(m_sent[i].operation);
        }
        const std::vector<OpResult> results = m_counters[who].push(operations);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            note(m_sent[batch[i]], results[i]);
        }
    }
    void note(Sent& sent, const OpResult& result)
    {
        INFO(sent.operation.op.text() << " " << TestCounter::described(result));
        ++met[result.result];
        if (sent.final == Outcome::Applied) {
            CHECK(result.result == Outcome::Replayed);
            CHECK(result.receipt == sent.jws);
        } else if (sent.final == Outcome::Cancelled) {
            CHECK(result.result == Outcome::Cancelled);
        }
        CHECK(result.result != Outcome::Mismatch);
        if (result.result == Outcome::Applied || result.result == Outcome::Cancelled) {
            sent.final = result.result;
            sent.jws = result.receipt;
            const auto keys = m_world.portal().keys().keys();
            sent.receipt = *receiptFromJson(*parseJson(verifyJws(result.receipt, *keys)->payload));
        }
    }

    PortalWorld& m_world;
    SeededRandom m_random;
    bool m_cityActs;
    std::array<TestCounter, 2> m_counters;
    std::map<std::pair<std::size_t, std::string>, std::vector<OpId>> m_chains;
    std::vector<Sent> m_sent;
};

std::vector<Change> allChanges(PortalWorld& world, TestCounter& counter, const std::string& cursor)
{
    const auto reply = world.portal().changes(counter.device(), {cursor, 500});
    REQUIRE(reply);
    REQUIRE(*reply);
    return changesPageFromJson(*parseJson((*reply)->json))->changes;
}

} // namespace

TEST_CASE("whatever is lost, repeated or out of order: one effect an act, proven and seen in the changes")
{
    std::map<Outcome, int> met;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        INFO("seed " << seed);
        PortalWorld world;
        RandomDays days(world, seed, true);
        const auto begin = world.portal().changes(days.counter(0).device(), {{}, 1});
        REQUIRE(begin);
        const std::string cursor = changesPageFromJson(*parseJson((*begin)->json))->cursor;
        days.run(150);

        std::map<OpId, int> appliedInPlace;
        std::map<OpId, const RandomDays::Sent*> applied;
        std::array<std::int64_t, 2> held{};
        for (const auto& sent : days.sent()) {
            if (sent.final == Outcome::Applied) {
                ++held[sent.counter];
                const bool isWithdrawal = sent.operation.kind == OpKind::Cancelled;
                appliedInPlace[sent.operation.place()] += 1; // a withdrawal excludes the others too
                if (!isWithdrawal) {
                    applied[sent.operation.op] = &sent;
                }
            }
        }
        for (const auto& [place, count] : appliedInPlace) {
            INFO(place.text());
            CHECK(count == 1);
        }
        CHECK(world.portal().dossiers().appliedCount(days.counter(0).enrolment.unit,
                                                     days.counter(0).install) == held[0]);
        CHECK(world.portal().dossiers().appliedCount(days.counter(1).enrolment.unit,
                                                     days.counter(1).install) == held[1]);

        std::int64_t last = 0;
        std::size_t caused = 0;
        for (const Change& change : allChanges(world, days.counter(0), cursor)) {
            CHECK(change.seq > last);
            CHECK(validateDossier(change.dossier, kAnswerRules).empty());
            last = change.seq;
            if (change.op) {
                ++caused;
                REQUIRE(applied.contains(*change.op));
                CHECK(applied[*change.op]->receipt.seq == change.seq);
                CHECK(applied[*change.op]->receipt.rev == change.rev);
            }
        }
        CHECK(caused == applied.size());
        for (const auto& [outcome, count] : days.met) {
            met[outcome] += count;
        }
    }
    // The days were not quiet ones.
    for (const Outcome outcome : {Outcome::Applied, Outcome::Replayed, Outcome::Conflict, Outcome::Rejected,
                                  Outcome::Cancelled, Outcome::Blocked}) {
        INFO(outcomeName(outcome));
        CHECK(met[outcome] > 20);
    }
}

TEST_CASE("what was applied, sent in its order into an empty portal, gives the same dossiers and revisions")
{
    for (std::uint64_t seed = 100; seed < 104; ++seed) {
        INFO("seed " << seed);
        PortalWorld world;
        RandomDays days(world, seed, false);
        days.run(120);
        std::map<std::int64_t, const RandomDays::Sent*> inOrder;
        for (const auto& sent : days.sent()) {
            if (sent.final == Outcome::Applied && sent.receipt.seq) {
                inOrder[*sent.receipt.seq] = &sent;
            }
        }
        const auto before = world.portal().dossiers().allDossiers();
        REQUIRE(before);
        world.loseDossiers();
        REQUIRE(world.portal().keys().newEpoch());

        // Withdrawals first: what stood behind a withdrawn place must not wait for it.
        for (const auto& sent : days.sent()) {
            if (sent.final == Outcome::Applied && !sent.receipt.seq) {
                CHECK(days.counter(sent.counter).outcome(sent.operation) == "applied");
            }
        }
        for (const auto& [seq, sent] : inOrder) {
            INFO(sent->operation.op.text());
            CHECK(days.counter(sent->counter).outcome(sent->operation) == "applied");
        }
        const auto after = world.portal().dossiers().allDossiers();
        REQUIRE(after);
        REQUIRE(after->size() == before->size());
        for (std::size_t i = 0; i < after->size(); ++i) {
            CHECK((*after)[i].rev == (*before)[i].rev);
            CHECK((*after)[i].text == (*before)[i].text);
        }
    }
}
