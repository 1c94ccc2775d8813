// SPDX-License-Identifier: GPL-3.0-or-later
// Who is let in, whose turn it is, when the others come again: a city of clients in simulated time.
#include "core/base/random.h"
#include "sync/reference_portal/admission.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>
#include <functional>
#include <queue>

using namespace motcua;
using namespace motcua::portal;

namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// Workers that need a fixed time for each request, and clients who obey Retry-After as a counter does: that
/// long, and up to a fifth more.
class Office
{
public:
    explicit Office(int workers, std::int64_t cost) : m_cost(cost), m_admission(limitsFor(workers)) {}

    struct Client
    {
        std::string unit;
        Admission::Ticket ticket;
        std::int64_t inAt = 0;    ///< let in
        std::int64_t doneAt = -1; ///< answered
        int refusals = 0;
    };

    Client& comes(const std::string& unit, std::int64_t at)
    {
        Client& client = m_clients.emplace_back();
        client.unit = unit;
        at_(at, [this, &client] { knock(client); });
        return client;
    }
    /// A client that comes again as soon as it was answered, or refused.
    void insists(const std::string& unit, std::int64_t until)
    {
        Client& client = m_clients.emplace_back();
        client.unit = unit;
        m_insistent.push_back(&client);
        m_insistUntil = until;
        at_(0, [this, &client] { knock(client); });
    }
    void run()
    {
        while (!m_events.empty()) {
            const Event event = m_events.top();
            m_events.pop();
            m_now = event.at;
            event.act();
        }
    }
    [[nodiscard]] const std::deque<Client>& clients() const { return m_clients; }
    [[nodiscard]] std::int64_t now() const { return m_now; }
    Admission& admission() { return m_admission; }

private:
    struct Event
    {
        std::int64_t at;
        std::int64_t order;
        std::function<void()> act;
        bool operator<(const Event& other) const
        {
            return std::pair(at, order) > std::pair(other.at, other.order);
        }
    };
    static Admission::Limits limitsFor(int workers)
    {
        Admission::Limits limits;
        limits.workers = workers;
        return limits;
    }
    void at_(std::int64_t at, std::function<void()> act) { m_events.push({at, ++m_order, std::move(act)}); }

    void knock(Client& client)
    {
        client.ticket.owner = &client;
        const bool insists = std::find(m_insistent.begin(), m_insistent.end(), &client) != m_insistent.end();
        const auto seconds = m_admission.enter(client.ticket, client.unit, Load::Push, m_now);
        if (!seconds) {
            client.inAt = m_now;
            m_admission.wait(client.ticket, false, m_now);
            serve();
            return;
        }
        ++client.refusals;
        const auto wait = static_cast<double>(*seconds) * kSecond * (1 + 0.2 * m_dice.unit());
        const std::int64_t again = m_now + (insists ? kSecond / 100 : static_cast<std::int64_t>(wait));
        if (!insists || again < m_insistUntil) {
            at_(again, [this, &client] { knock(client); });
        }
    }
    void serve()
    {
        while (auto* ticket = m_admission.next(m_now)) {
            auto& client = *static_cast<Client*>(ticket->owner);
            at_(m_now + m_cost, [this, &client] { finish(client); });
        }
    }
    void finish(Client& client)
    {
        m_admission.done(client.ticket, m_cost);
        m_admission.leave(client.ticket);
        client.doneAt = m_now;
        const bool insists = std::find(m_insistent.begin(), m_insistent.end(), &client) != m_insistent.end();
        if (insists && m_now < m_insistUntil) {
            at_(m_now, [this, &client] { knock(client); });
        }
        serve();
    }

    std::int64_t m_cost;
    Admission m_admission;
    SeededRandom m_dice{1};
    std::int64_t m_now = 0;
    std::int64_t m_order = 0;
    std::priority_queue<Event> m_events;
    std::deque<Client> m_clients; ///< stay where they are
    std::vector<Client*> m_insistent;
    std::int64_t m_insistUntil = 0;
};

std::string unit(int number)
{
    return "H26." + std::to_string(number);
}

std::int64_t longestInside(const Office& office)
{
    std::int64_t longest = 0;
    for (const Office::Client& client : office.clients()) {
        longest = std::max(longest, client.doneAt - client.inAt);
    }
    return longest;
}

} // namespace

TEST_CASE("with room for all nobody is refused and nobody waits for long")
{
    Office office(4, 20'000);
    for (int i = 0; i < 60; ++i) {
        office.comes(unit(i), 0);
    }
    office.run();
    CHECK(office.admission().refused() == 0);
    CHECK(longestInside(office) <= kSecond / 2);
}

TEST_CASE("a herd at once: each is answered within a second of being let in, and told the truth before")
{
    // 1,260 batches at 20 ms with 4 workers are 6.3 s of work.
    Office office(4, 20'000);
    for (int i = 0; i < 1260; ++i) {
        office.comes(unit(i / 10), 0);
    }
    office.run();
    int more = 0;
    for (const Office::Client& client : office.clients()) {
        REQUIRE(client.doneAt >= 0);
        more += std::max(0, client.refusals - 1);
    }
    CHECK(longestInside(office) <= kSecond);
    CHECK(more < 1260 / 8);             // who came back as told seldom came in vain
    CHECK(office.now() < 13 * kSecond); // twice the work: nobody was sent away for longer than needed
}

TEST_CASE("guesses that are wrong at first are learned")
{
    Office office(2, 200'000); // ten times what is guessed
    for (int i = 0; i < 400; ++i) {
        office.comes(unit(i % 40), i * kSecond / 20); // twice what can be done
    }
    office.run();
    std::vector<std::int64_t> late;
    for (const Office::Client& client : office.clients()) {
        if (client.inAt > 5 * kSecond) {
            late.push_back(client.doneAt - client.inAt);
        }
    }
    REQUIRE_FALSE(late.empty());
    CHECK(*std::max_element(late.begin(), late.end()) <= 3 * kSecond / 2);
}

TEST_CASE("a unit that insists cannot crowd out the others")
{
    Office office(4, 20'000);
    for (int i = 0; i < 60; ++i) {
        office.insists("H26.1", 10 * kSecond); // without end, and without obeying
    }
    std::vector<const Office::Client*> others;
    for (int i = 0; i < 100; ++i) {
        others.push_back(&office.comes(unit(2 + i % 20), kSecond + i * kSecond / 20));
    }
    office.run();
    for (const Office::Client* client : others) {
        CHECK(client->refusals == 0);
        CHECK(client->doneAt - client->inAt <= kSecond / 5); // a turn or two, not the other's queue
    }
}

TEST_CASE("of those who are told to come back the small unit comes before the large one")
{
    Admission admission(Admission::Limits{.workers = 1, .patience = 0, .insideMax = 1});
    std::deque<Admission::Ticket> tickets(200);
    REQUIRE_FALSE(admission.enter(tickets[0], "H26.9", Load::Push, 0));
    std::int64_t large = 0;
    for (std::size_t i = 1; i <= 100; ++i) {
        large = *admission.enter(tickets[i], "H26.1", Load::Push, 0);
    }
    const std::int64_t small = *admission.enter(tickets[101], "H26.2", Load::Push, 0);
    CHECK(large >= 2);
    CHECK(small == 1);
    admission.leave(tickets[0]);
}

TEST_CASE("a body that comes slowly is no work as yet")
{
    Admission admission(Admission::Limits{.workers = 1, .patience = 100'000});
    std::deque<Admission::Ticket> tickets(20);
    std::size_t inside = 0;
    while (!admission.enter(tickets[inside], unit(static_cast<int>(inside)), Load::Push, 0)) {
        ++inside;
    }
    CHECK(inside >= 5); // expected at once: there is no room for more
    CHECK(admission.backlog(0) >= 100'000);
    CHECK(admission.backlog(kSecond) == 0);
    CHECK_FALSE(admission.enter(tickets[inside], "H26.50", Load::Push, kSecond));
    for (std::size_t i = 0; i <= inside; ++i) {
        admission.leave(tickets[i]);
    }
}

TEST_CASE("one unit has so many inside and no more, however slow their lines")
{
    Admission admission(Admission::Limits{.workers = 64, .insideOfLaneMax = 3});
    std::deque<Admission::Ticket> tickets(5);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK_FALSE(admission.enter(tickets[i], "H26.1", Load::Push, 0));
    }
    CHECK(admission.enter(tickets[3], "H26.1", Load::Push, 10 * kSecond));
    CHECK_FALSE(admission.enter(tickets[4], "H26.2", Load::Push, 10 * kSecond));
    admission.leave(tickets[0]);
    CHECK_FALSE(admission.enter(tickets[3], "H26.1", Load::Push, 10 * kSecond));
    for (const std::size_t i : {1U, 2U, 3U, 4U}) {
        admission.leave(tickets[i]);
    }
}

TEST_CASE("who waits for changes and looks again and again teaches the price of one look")
{
    Admission admission(Admission::Limits{.workers = 1});
    std::deque<Admission::Ticket> tickets(2);
    REQUIRE_FALSE(admission.enter(tickets[0], "H26.1", Load::Pull, 0));
    const std::int64_t guess = admission.backlog(0);
    admission.wait(tickets[0], true, 0); // who asks
    REQUIRE(admission.next(0) == &tickets[0]);
    admission.done(tickets[0], 0);
    for (int second = 0; second < 60; ++second) {
        admission.wait(tickets[0], false, second * kSecond);
        REQUIRE(admission.next(second * kSecond) == &tickets[0]);
        admission.done(tickets[0], guess);
    }
    admission.leave(tickets[0]);
    REQUIRE_FALSE(admission.enter(tickets[1], "H26.2", Load::Pull, 60 * kSecond));
    CHECK(admission.backlog(60 * kSecond) == guess);
    admission.leave(tickets[1]);
}

TEST_CASE("who gave up waiting is in nobody's way")
{
    Admission admission(Admission::Limits{.workers = 1});
    std::deque<Admission::Ticket> tickets(3);
    for (Admission::Ticket& ticket : tickets) {
        REQUIRE_FALSE(admission.enter(ticket, "H26.1", Load::Push, 0));
        admission.wait(ticket, false, 0);
    }
    CHECK(admission.next(0) == &tickets[0]);
    CHECK(admission.giveUp(tickets[1], kSecond) >= 1);
    admission.leave(tickets[1]);
    admission.done(tickets[0], 20'000);
    admission.leave(tickets[0]);
    CHECK(admission.next(0) == &tickets[2]);
    admission.done(tickets[2], 20'000);
    admission.leave(tickets[2]);
    CHECK(admission.backlog(kSecond) == 0);
    CHECK(admission.next(0) == nullptr);
}

TEST_CASE("a short turn goes before all others")
{
    Admission admission(Admission::Limits{.workers = 1});
    std::deque<Admission::Ticket> tickets(3);
    for (Admission::Ticket& ticket : tickets) {
        REQUIRE_FALSE(admission.enter(ticket, "H26.1", Load::Push, 0));
    }
    admission.wait(tickets[0], false, 0);
    admission.wait(tickets[1], false, 0);
    admission.wait(tickets[2], true, 0);
    CHECK(admission.next(0) == &tickets[2]);
    CHECK(admission.next(0) == nullptr);
    admission.done(tickets[2], 100);
    CHECK(admission.next(0) == &tickets[0]);
    admission.done(tickets[0], 100);
    CHECK(admission.next(0) == &tickets[1]);
    admission.done(tickets[1], 100);
    for (Admission::Ticket& ticket : tickets) {
        admission.leave(ticket);
    }
}
