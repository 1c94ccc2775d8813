// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

/// One counter and a portal that says anything it may say, in any order.
class Muddle
{
public:
    explicit Muddle(std::uint64_t seed) : m_counter(seed), m_portal(m_counter), m_random(seed) {}

    void step()
    {
        m_counter.clock.advance(std::chrono::minutes{7});
        const auto list = m_counter.desk->dossiers().list({});
        const bool any = list && !list->empty();
        const DossierRow row = any ? (*list)[m_random.below(list->size())] : DossierRow{};
        switch (any ? m_random.below(10) : 0) {
        case 0:
            REQUIRE(m_counter.desk->receive(
                m_counter.draft("Trần Văn " + std::string(1, 'A' + static_cast<char>(m_random.below(20))))));
            break;
        case 1:
        case 2:
            static_cast<void>(m_counter.desk->change(row.code, {{"/applicant/phone", phone()}}, "r"));
            break;
        case 3:
            static_cast<void>(
                m_counter.desk->move(row.code, kStatuses[m_random.below(kStatuses.size())], ""));
            break;
        case 4:
        case 5:
            m_portal.answerAll();
            break;
        case 6:
            m_portal.answerAll(m_random.below(2) == 0 ? "conflict" : "rejected",
                               m_random.below(2) == 0 ? "rev-mismatch" : "invalid-fields");
            break;
        case 7:
            m_portal.cityChanges(row.uid, {{m_random.below(2) == 0 ? "/note" : "/applicant/phone", phone()}});
            break;
        case 8:
            REQUIRE(m_counter.portal->mergeConflicts());
            break;
        case 9:
            withdrawSomething();
            break;
        }
    }

    std::vector<Finding> findings() { return m_counter.findings(); }

private:
    std::string phone() { return "09" + std::to_string(10'000'000 + m_random.below(89'999'999)); }
    void withdrawSomething()
    {
        const auto operations = m_counter.desk->queue().operations(false);
        if (operations && !operations->empty()) {
            static_cast<void>(
                m_counter.desk->withdrawOperation((*operations)[m_random.below(operations->size())].op, "r"));
        }
    }

    SmallCounter m_counter;
    PortalWords m_portal;
    SeededRandom m_random;
};

} // namespace

TEST_CASE("after any order of acts and answers the rows are what the facts give")
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        Muddle muddle(seed);
        for (int step = 0; step < 80; ++step) {
            muddle.step();
            if (step % 8 == 7) {
                INFO("step " << step);
                const auto findings = muddle.findings();
                INFO((findings.empty() ? std::string()
                                       : findings.front().kind + " " + std::to_string(findings.front().seq) +
                                             " " + findings.front().detail));
                REQUIRE(findings.empty());
            }
        }
    }
}
