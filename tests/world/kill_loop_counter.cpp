// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/kill_loop_counter.h"

#include <set>

namespace motcua {

namespace {
constexpr int kSendRounds = 20;
constexpr int kLivesAtOnce = 20; ///< of the window, between two looks at the register

/// Starting and signing in, the first form, and several citizens: death comes in each as often.
int lifeOfWindow(Random& random)
{
    constexpr std::uint64_t kMost[] = {700, 2'500, 8'000};
    return static_cast<int>(random.below(kMost[random.below(3)]));
}
} // namespace

Ran KilledCounter::call(const QStringList& command, const std::string& input, int killAfter)
{
    const auto common =
        words("--json --user lan --lock-timeout 30 --register", {m_plan.home + QStringLiteral("/register")}) +
        words("--password-file", {m_plan.home + QStringLiteral("/password")});
    auto ran = run(m_plan.program, command + common, input, killAfter);
    if (killAfter >= 0 && !ran.killed) {
        m_fate.giveBack();
    }
    return ran;
}

bool KilledCounter::prepare(const QString& url, const QString& code)
{
    const auto made = call(words("init --unit H26.131 --admin lan --practice --quick-keys --slot") +
                           QStringList{QString::number(m_plan.slot), QStringLiteral("--unit-name"),
                                       QStringLiteral("UBND xã Phúc Thọ")});
    const auto bound = call(words("enrol --portal", {url}) + words("--code", {code}));
    if (made.exit != 0 || bound.exit != 0) {
        m_wrongs.add("a counter could not be prepared: " + made.err + bound.err);
    }
    if (!m_plan.window.isEmpty()) {
        m_window = std::make_unique<KilledWindow>(m_plan.window, m_plan.home,
                                                  QStringLiteral(KILL_LOOP_PASSWORD), m_plan.slot);
        if (!m_window->open()) {
            m_wrongs.add("the window does not open");
            return false;
        }
    }
    return made.exit == 0 && bound.exit == 0;
}

void KilledCounter::work()
{
    if (m_window) {
        workInWindow();
        return;
    }
    for (auto missing = whatIsMissing(); m_wrongs.count() < Wrongs::kEnough; missing = whatIsMissing()) {
        if (missing.empty() && m_fate.isOver() && m_portalFate.isOver()) {
            return;
        }
        receiveSome(missing);
        static_cast<void>(
            call(words("sync --until-empty --timeout 5 --backoff-base 20"), {}, deathAfter(1'500)));
    }
}

/// The window takes in and sends until it is killed; now and then the queue is filled by the command line.
void KilledCounter::workInWindow()
{
    while (m_wrongs.count() < Wrongs::kEnough && !(m_fate.isOver() && m_portalFate.isOver())) {
        receiveSome(whatIsMissing());
        for (int i = 0; i < kLivesAtOnce && m_fate.take(); ++i) {
            m_window->live(lifeOfWindow(m_random));
        }
        checkSlips();
    }
    while (!whatIsMissing().empty() && m_wrongs.count() < Wrongs::kEnough) {
        receiveSome(whatIsMissing());
    }
}

/// Nothing that has a slip is missing, and nobody was taken in twice.
void KilledCounter::checkSlips()
{
    const Json list = call(words("list")).json();
    std::set<std::string> codes;
    std::set<std::string> names;
    for (const auto& row : at(list, "dossiers")) {
        codes.insert(stringAt(row, "code"));
        const auto name = stringAt(row, "name");
        if (name.rfind("TRAN VAN ", 0) == 0 && !names.insert(name).second) {
            m_wrongs.add("taken in twice: " + name);
        }
    }
    for (const auto& code : m_window->slips()) {
        if (!codes.contains(code)) {
            m_wrongs.add("a slip without a dossier: " + code);
        }
    }
}

void KilledCounter::finish()
{
    if (m_window) {
        checkSlips();
    }
    for (int i = 0; i < kSendRounds; ++i) {
        if (call(words("sync --until-empty --timeout 60 --backoff-base 20")).exit == 0) {
            break;
        }
    }
    const auto verified = call(words("verify --full"));
    if (verified.exit != 0 || at(verified.json(), "ok") != true) {
        m_wrongs.add("verify: " + verified.out + verified.err);
    }
    const Json queue = call(words("queue")).json();
    if (!at(queue, "operations").is_array() || !at(queue, "operations").empty()) {
        m_wrongs.add("the queue is not empty: " + dumpJson(queue));
    }
}

std::map<std::string, KilledCounter::Kept> KilledCounter::dossiers()
{
    std::map<std::string, Kept> found;
    const Json list = call(words("list")).json();
    for (const auto& row : at(list, "dossiers")) {
        const auto ref = stringAt(row, "clientRef");
        if (ref.empty()) {
            continue; // pulled: another counter's
        }
        if (!found.emplace(ref, Kept{stringAt(row, "code"), stringAt(row, "uid")}).second) {
            m_wrongs.add("taken in twice: " + ref);
        }
    }
    return found;
}

/// A moment to die at within so many milliseconds, or never.
int KilledCounter::deathAfter(std::uint64_t within)
{
    return m_random.below(3) != 0 && m_fate.take() ? static_cast<int>(m_random.below(within)) : -1;
}

std::vector<std::string> KilledCounter::whatIsMissing()
{
    const auto there = dossiers();
    for (const auto& [ref, code] : m_promised) {
        const auto found = there.find(ref);
        if (found == there.end() || found->second.code != code) {
            m_wrongs.add("printed, and not in the register: " + code);
        }
    }
    std::vector<std::string> missing;
    for (int i = 0; i < m_plan.dossiers; ++i) {
        const auto ref = "q" + std::to_string(m_plan.slot) + "-" + std::to_string(i);
        if (there.find(ref) == there.end()) {
            missing.push_back(ref);
        }
    }
    return missing;
}

void KilledCounter::receiveSome(const std::vector<std::string>& missing)
{
    if (missing.empty()) {
        return;
    }
    const auto number = std::min<std::size_t>(missing.size(), 5 + m_random.below(60));
    std::string lines;
    for (std::size_t i = 0; i < number; ++i) {
        Json draft = m_plan.draft;
        draft["clientRef"] = missing[i];
        draft["applicant"]["name"] = "Nguyễn Văn " + missing[i].substr(1);
        lines += dumpJson(draft) + "\n";
    }
    const auto ran = call(words("accept --stream"), lines, deathAfter(500));
    readAnswers(ran);
    if (!ran.killed && ran.exit != 0) {
        m_wrongs.add("accept ended with " + std::to_string(ran.exit) + ": " + ran.err);
    }
}

void KilledCounter::readAnswers(const Ran& ran)
{
    std::size_t begin = 0;
    for (auto end = ran.out.find('\n'); end != std::string::npos; end = ran.out.find('\n', begin)) {
        const auto answer = parseJson(ran.out.substr(begin, end - begin)).value_or(Json());
        begin = end + 1;
        if (stringAt(answer, "code").empty()) {
            m_wrongs.add("a good draft was refused: " + dumpJson(answer));
        } else {
            m_promised[stringAt(answer, "clientRef")] = stringAt(answer, "code");
        }
    }
}

} // namespace motcua
