// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/simulation.h"

#include "core/base/check.h"
#include "core/dossier/status.h"
#include "tests/support/world.h"

namespace motcua {

namespace {

constexpr int kSettleRounds = 12;

/// The people, the city and the fates of one world.
class Fates
{
public:
    Fates(std::uint64_t seed, int steps)
        : m_random(seed * 7919 + 13), m_world(seed, 1 + static_cast<int>(SeededRandom(seed).below(3)))
    {
        m_result.counters = static_cast<int>(m_world.size());
        m_result.steps = steps;
        m_world.setWeather(drawWeather());
    }

    Simulated run()
    {
        for (int i = 0; i < m_result.steps; ++i) {
            act();
            hash(std::to_string(i));
        }
        settle();
        finish();
        return std::move(m_result);
    }

private:
    /// Another mix for each world, so that no rare fault hides behind a frequent one.
    Weather drawWeather()
    {
        if (m_random.below(4) == 0) {
            return kStorm;
        }
        const auto some = [this](int most) {
            return m_random.below(3) == 0 ? static_cast<int>(m_random.below(static_cast<std::uint64_t>(most)))
                                          : 0;
        };
        return {.loseAnswer = some(25),
                .cutAnswer = some(10),
                .reset = some(25),
                .ghost = some(12),
                .twice = some(10),
                .busy = some(10),
                .bare503 = some(8),
                .error500 = some(10),
                .captive = some(5),
                .redirect = some(5),
                .forged = some(4),
                .portalDies = some(4),
                .counterDies = some(8)};
    }

    WorldCounter& anyCounter()
    {
        auto& counter = m_world.counter(m_random.below(m_world.size()));
        if (!counter.isAlive()) {
            counter.start();
        }
        return counter;
    }

    void act()
    {
        const auto dice = m_random.below(100);
        auto& counter = anyCounter();
        if (dice < 14) {
            counter.receive(name());
        } else if (dice < 22) {
            change(counter);
        } else if (dice < 30) {
            move(counter);
        } else if (dice < 33) {
            withdraw(counter);
        } else if (dice < 36) {
            decide(counter);
        } else if (dice < 44) {
            cityActs();
        } else if (dice < 47) {
            fate(counter);
        } else if (dice < 60) {
            m_world.runFor(Millis{static_cast<std::int64_t>(m_random.below(60'000))});
        } else if (dice < 62) {
            m_world.runFor(Millis{static_cast<std::int64_t>(m_random.below(3 * 3'600'000))});
        } else {
            stepEngine(counter);
        }
    }

    void stepEngine(WorldCounter& counter)
    {
        if (!m_world.portal().isUp() && m_random.below(4) == 0) {
            m_world.portal().start();
        }
        EngineStep done;
        if (!counter.step(done)) {
            ++m_result.deaths;
            return;
        }
        hash(std::string(didName(done.did)));
        const auto pause = done.until - counter.store().clock.monotonic();
        if (done.did == Did::Waiting && pause > Millis{0}) {
            m_world.advance(pause);
        }
    }

    void fate(WorldCounter& counter)
    {
        switch (m_random.below(6)) {
        case 0:
            counter.kill();
            ++m_result.deaths;
            break;
        case 1:
            m_world.portal().kill();
            ++m_result.deaths;
            break;
        case 2:
            counter.network().isDown = !counter.network().isDown;
            break;
        case 3:
            counter.network().deliverGhosts();
            break;
        case 4:
            m_world.portal().postponed = static_cast<int>(m_random.below(3));
            break;
        case 5:
            rotate(counter);
            break;
        }
    }

    void rotate(WorldCounter& counter)
    {
        auto& keys = m_world.portal().keys();
        const auto which = m_random.below(3);
        const auto done = which == 0   ? keys.rotateKey()
                          : which == 1 ? keys.rotateToken(counter.store().identity().install)
                                       : Result<void>{};
        require(done.has_value(), "keys rotate");
    }

    std::string name() { return "Nguyễn Văn " + std::string(1, static_cast<char>('A' + m_random.below(26))); }
    std::string phone() { return "09" + std::to_string(10'000'000 + m_random.below(89'999'999)); }

    std::optional<DossierRow> anyDossier(WorldCounter& counter)
    {
        const auto rows = counter.dossiers();
        return rows.empty() ? std::nullopt : std::optional(rows[m_random.below(rows.size())]);
    }

    // What a rule of the office forbids is refused, and that is as good as done.
    void change(WorldCounter& counter)
    {
        const auto row = anyDossier(counter);
        if (!row) {
            return;
        }
        const auto which = m_random.below(3);
        const Json set =
            which == 0   ? Json{{"/applicant/phone", phone()}}
            : which == 1 ? Json{{"/applicant/name", name()}}
                         : Json{{"/note", "ghi chú " + phone()}, {"/applicant/address", "thôn " + name()}};
        static_cast<void>(counter.desk().change(row->code, set, "dân báo"));
    }

    void move(WorldCounter& counter)
    {
        const auto row = anyDossier(counter);
        if (!row) {
            return;
        }
        const auto moves = movesFrom(row->status);
        if (!moves.empty()) {
            static_cast<void>(counter.desk().move(row->code, moves[m_random.below(moves.size())], "bước"));
        }
    }

    void withdraw(WorldCounter& counter)
    {
        const auto operations = counter.desk().queue().operations(false);
        if (operations && !operations->empty()) {
            static_cast<void>(counter.desk().withdrawOperation(
                (*operations)[m_random.below(operations->size())].op, "nhầm"));
        }
    }

    /// A person decides every open conflict of a counter. True: there was one.
    bool decide(WorldCounter& counter)
    {
        const auto conflicts = counter.desk().conflicts();
        require(conflicts.has_value(), "conflicts are listed");
        bool any = false;
        for (const auto& conflict : *conflicts) {
            std::map<std::string, Decision> decisions;
            for (const auto& field : conflict.fields) {
                decisions[field.pointer].take =
                    m_random.below(2) == 0 ? Decision::Take::Ours : Decision::Take::Theirs;
            }
            any =
                !decisions.empty() && counter.desk().resolve(conflict.code, decisions, "đã xem giấy") && true;
        }
        return any;
    }

    void cityActs()
    {
        auto city = m_world.portal().city();
        const auto all = m_world.portal().dossiers();
        if (all.empty() || m_random.below(8) == 0) {
            const auto draft = m_world.counter().store().catalogue.find(
                "1.004837", dayInVietnam(m_world.portal().clock.now()));
            require(draft != nullptr, "the procedure is there");
            static_cast<void>(city.fileOnline("H26.131", {{"procedure", "1.004837"},
                                                          {"applicant", {{"name", name()}}},
                                                          {"form", {{"matter", "qua mạng"}}}}));
            return;
        }
        const auto& dossier = all[m_random.below(all.size())];
        const auto status = parseStatus(stringAt(*parseJson(dossier.text), "status"));
        switch (m_random.below(4)) {
        case 0:
            static_cast<void>(city.set(dossier.uid, {{"/applicant/phone", phone()}}));
            break;
        case 1:
            static_cast<void>(city.set(dossier.uid, {{"/note", "thành phố " + phone()}}));
            break;
        case 2:
            static_cast<void>(city.giveOfficialCode(dossier.uid, "G" + phone()));
            break;
        case 3:
            if (status && !movesFrom(*status).empty()) {
                const auto moves = movesFrom(*status);
                static_cast<void>(
                    city.move(dossier.uid, {{"to", statusName(moves[m_random.below(moves.size())])}}));
            }
            break;
        }
    }

    /// Good weather, and people who clear their lists: conflicts are decided, what the portal refused is
    /// withdrawn.
    void settle()
    {
        for (int round = 0; round < kSettleRounds; ++round) {
            static_cast<void>(m_world.comesToRest());
            bool busy = false;
            for (std::size_t which = 0; which < m_world.size(); ++which) {
                auto& counter = m_world.counter(which);
                busy = decide(counter) || busy;
                const auto operations = counter.desk().queue().operations(false);
                for (const auto& each : *operations) {
                    const bool stuck = each.state == OpState::NeedsYou || each.state == OpState::Conflict;
                    busy = busy || stuck;
                    if (stuck && round > 0) {
                        static_cast<void>(counter.desk().withdrawOperation(each.op, "cổng không nhận"));
                    }
                }
            }
            if (!busy) {
                return;
            }
        }
    }

    void finish()
    {
        if (!m_world.comesToRest()) {
            m_result.wrongs.push_back("the world does not come to rest");
        }
        for (auto& wrong : m_world.wrongs()) {
            m_result.wrongs.push_back(std::move(wrong));
        }
        m_result.dossiers = static_cast<std::int64_t>(m_world.portal().dossiers().size());
        for (std::size_t which = 0; which < m_world.size(); ++which) {
            m_result.calls += m_world.counter(which).network().calls;
            hash(toHex(m_world.counter(which).store().portal->head()->chain));
        }
        m_result.trace = m_trace;
    }

    void hash(const std::string& event) { m_trace = toHex(sha256(m_trace, event)); }

    SeededRandom m_random;
    World m_world;
    Simulated m_result;
    std::string m_trace;
};

} // namespace

Simulated simulate(std::uint64_t seed, int steps)
{
    return Fates(seed, steps).run();
}

} // namespace motcua
