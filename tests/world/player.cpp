// SPDX-License-Identifier: GPL-3.0-or-later
// What people and the city do. The fates are in player_fates.cpp, the end of a world in player_settle.cpp.
#include "tests/world/player.h"

#include "core/base/check.h"
#include "core/dossier/status.h"

namespace motcua {

namespace {

constexpr std::uint64_t kThoroughEvery = 150;

} // namespace

Player::Player(const Plan& plan, const PlayOptions& options)
    : m_plan(plan), m_world(plan.seed, WorldOptions{plan.counters, options.mode, options.mutant}),
      m_oracles(m_world)
{
    m_world.trace().tells = options.tells;
    m_world.setWeather(plan.weather);
}

Played Player::run()
{
    try {
        for (const auto& step : m_plan.steps) {
            ++m_played.steps;
            act(step);
            if (!m_oracles.wrongs().empty()) {
                break;
            }
        }
        if (m_oracles.wrongs().empty()) {
            settle();
            if (!m_toCity.empty() || !m_toCounters.empty()) {
                emptyDrawers();
                settle();
            }
            finish();
        }
        m_played.wrongs = m_oracles.wrongs();
    } catch (const WorldBroken& broken) {
        static_cast<void>(MemoryDisk::the().tookPowerCut());
        m_played.wrongs = m_oracles.wrongs();
        m_played.wrongs.push_back(broken.what);
    }
    m_played.trace = m_world.trace().value();
    m_played.story = std::move(m_world.trace().lines);
    return std::move(m_played);
}

void Player::act(const PlanStep& step)
{
    m_world.reseed(step.seed);
    m_world.trace().mix(static_cast<std::uint64_t>(step.act) + 1);
    m_at = step.counter % m_world.size();
    if (!counter().isAlive()) {
        counter().start();
        m_oracles.afterDeath(m_at);
    }
    if (step.act <= Event::Decide) {
        peopleAct(step);
    } else if (step.act <= Event::CityCodes) {
        cityActs(step);
    } else {
        fateActs(step);
    }
    m_oracles.afterStep(m_at);
    if (step.seed % kThoroughEvery == 0 && counter().isAlive()) {
        m_oracles.lookThoroughly(m_at);
    }
}

void Player::tell(const std::string& what, const std::string& more)
{
    if (m_world.trace().tells) {
        m_world.trace().tell("counter " + std::to_string(m_at + 1) + ": " + what +
                             (more.empty() ? "" : " (" + more + ")"));
    }
}

void Player::died()
{
    ++m_played.deaths;
    tell("dies");
}

std::string Player::name()
{
    return "Nguyễn Văn " + std::string(1, static_cast<char>('A' + dice().below(26)));
}

std::string Player::phone()
{
    return "09" + std::to_string(10'000'000 + dice().below(89'999'999));
}

std::optional<DossierRow> Player::anyDossier()
{
    const auto rows = counter().dossiers();
    return rows.empty() ? std::nullopt : std::optional(rows[dice().below(rows.size())]);
}

void Player::peopleAct(const PlanStep& step)
{
    switch (step.act) {
    case Event::Receive:
        return receive();
    case Event::Change:
        return change();
    case Event::Move:
        return move();
    case Event::Withdraw:
        return withdraw();
    default:
        static_cast<void>(decide(m_at, false));
    }
}

void Player::receive(const std::vector<std::string>& scans)
{
    const auto received = counter().takeIn(name(), scans);
    if (!received) {
        died();
        return;
    }
    m_oracles.slipGiven(m_at, *received);
    m_world.trace().add(received->code);
    tell("receives " + received->code, scans.empty() ? "" : "with scans");
}

// What a rule of the office forbids is refused, and that is as good as done.
void Player::change()
{
    const auto row = anyDossier();
    if (!row) {
        return;
    }
    const auto which = dice().below(3);
    const Json set = which == 0 ? Json{{"/applicant/phone", phone()}}
                     : which == 1
                         ? Json{{"/applicant/name", name()}}
                         : Json{{"/note", "ghi chú " + phone()}, {"/applicant/address", "thôn " + name()}};
    note(("changes " + row->code + " " + set.begin().key()).c_str(),
         counter().desk().change(row->code, set, "dân báo"));
}

void Player::move()
{
    const auto row = anyDossier();
    if (!row) {
        return;
    }
    const auto moves = movesFrom(row->status);
    if (!moves.empty()) {
        const auto to = moves[dice().below(moves.size())];
        note(("moves " + row->code + " to " + std::string(statusName(to))).c_str(),
             counter().desk().move(row->code, to, "bước"));
    }
}

void Player::withdraw()
{
    const auto operations = counter().desk().queue().operations(false);
    if (operations && !operations->empty()) {
        const auto& op = (*operations)[dice().below(operations->size())].op;
        note(("withdraws " + op.substr(33)).c_str(), counter().desk().withdrawOperation(op, "nhầm"));
    }
}

/// A person decides every open conflict of a counter. True: there was one. `givesIn`: who was in conflict
/// again and again takes what the portal has.
bool Player::decide(std::size_t which, bool givesIn)
{
    m_at = which;
    const auto conflicts = counter().desk().conflicts();
    require(conflicts.has_value(), "conflicts are listed");
    bool any = false;
    for (const auto& conflict : *conflicts) {
        std::map<std::string, Decision> decisions;
        for (const auto& field : conflict.fields) {
            decisions[field.pointer].take =
                dice().below(2) == 0 && !givesIn ? Decision::Take::Ours : Decision::Take::Theirs;
        }
        if (decisions.empty()) {
            continue;
        }
        const auto resolved = counter().desk().resolve(conflict.code, decisions, "đã xem giấy");
        any = any || resolved.has_value();
        note(("decides " + conflict.code).c_str(), resolved);
        if (!counter().isAlive()) {
            break;
        }
    }
    return any;
}

void Player::cityActs(const PlanStep& step)
{
    auto city = m_world.portal().city();
    const auto all = m_world.portal().dossiers();
    if (all.empty() || step.act == Event::CityFiles) {
        static_cast<void>(city.fileOnline("H26.131", {{"procedure", "1.001570"},
                                                      {"applicant", {{"name", name()}}},
                                                      {"form", {{"matter", "qua mạng"}}}}));
        tell("a citizen files online");
        return;
    }
    const auto& dossier = all[dice().below(all.size())];
    const auto status = parseStatus(stringAt(*parseJson(dossier.text), "status"));
    const auto moves = status ? movesFrom(*status) : std::vector<Status>{};
    if (step.act == Event::CityChanges) {
        const bool isPhone = dice().below(2) == 0;
        static_cast<void>(isPhone ? city.set(dossier.uid, {{"/applicant/phone", phone()}})
                                  : city.set(dossier.uid, {{"/note", "thành phố " + phone()}}));
        tell("the city changes " + dossier.code + (isPhone ? " phone" : " note"));
    } else if (step.act == Event::CityCodes) {
        static_cast<void>(city.giveOfficialCode(dossier.uid, "G" + phone()));
        tell("the city gives a code to " + dossier.code);
    } else if (!moves.empty()) {
        const auto to = statusName(moves[dice().below(moves.size())]);
        static_cast<void>(city.move(dossier.uid, {{"to", to}}));
        tell("the city moves " + dossier.code + " to " + std::string(to));
    }
}

void Player::finish()
{
    if (!m_isAtRest) {
        std::string what = "the world does not come to rest";
        for (const auto& wrong : m_world.wrongs(m_plan.seed % m_world.size())) {
            what += "\n    " + wrong;
        }
        throw WorldBroken{std::move(what)};
    }
    m_oracles.atEnd(m_plan.seed);
    m_played.dossiers = static_cast<std::int64_t>(m_world.portal().dossiers().size());
    for (std::size_t which = 0; which < m_world.size(); ++which) {
        m_played.calls += m_world.counter(which).network().calls;
        const auto head = m_world.counter(which).store().portal->head();
        m_world.trace().add(head ? bytesOf(head->chain) : std::string_view());
    }
}

Played play(const Plan& plan, const PlayOptions& options)
{
    if (options.begins) {
        options.begins(plan);
    }
    return Player(plan, options).run();
}

} // namespace motcua
