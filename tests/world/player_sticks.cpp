// SPDX-License-Identifier: GPL-3.0-or-later
// Scans that belong to dossiers, and sticks that people carry between a counter and the city.
#include "core/base/check.h"
#include "tests/support/sample_files.h"
#include "tests/support/world_courier.h"
#include "tests/world/player.h"

namespace motcua {

namespace {

constexpr std::size_t kSticksMost = 6;
/// So small that a queue needs several volumes now and then.
constexpr std::int64_t kVolumeBytes = 30'000;
constexpr const char* kTemporary = "/tmp";

/// A byte of one of its files is another on the way.
void spoil(MemoryStick& stick, SeededRandom& dice)
{
    for (auto& [name, bytes] : stick.files) {
        bytes[dice.below(bytes.size())] ^= 4;
    }
}

} // namespace

/// Most are a page; some are so long that they go up in several pieces.
std::string Player::scanBytes()
{
    const bool isLong = dice().below(8) == 0;
    return samplePdf(200 + dice().below(isLong ? 150'000 : 6'000), 1 + static_cast<int>(dice().below(26)));
}

/// A dossier comes in with scans, or one that is there gets another.
void Player::scan()
{
    const auto row = dice().below(2) == 0 ? anyDossier() : std::nullopt;
    if (!row) {
        std::vector<std::string> scans{scanBytes()};
        if (dice().below(3) == 0) {
            scans.push_back(scanBytes());
        }
        return receive(scans);
    }
    const auto view = counter().desk().dossiers().byUid(row->uid);
    require(view.has_value(), "a listed dossier is there");
    Json components = at(view->dossier, "components");
    if (!components.is_array() || components.empty()) {
        return;
    }
    const auto file = counter().scan(scanBytes());
    if (!file) {
        return died();
    }
    components[0]["files"].push_back(*file);
    note(("attaches a scan to " + row->code).c_str(),
         counter().desk().change(row->code, {{"/components", components}}, "bổ sung bản quét"));
}

/// What waits goes onto a stick; the stick may lie about for days.
void Player::writeStick()
{
    Carried carried;
    carried.counter = m_at;
    const auto waiting = counter().desk().queue().operations(false);
    require(waiting.has_value(), "the queue is read");
    for (const auto& each : *waiting) {
        carried.operations.insert(each.op);
    }
    WorldCourier courier(counter(), dice().next(), kVolumeBytes);
    const auto written = courier.out.write(carried.stick, "Lan");
    note("writes a stick", written);
    if (!written || carried.stick.files.empty()) {
        return;
    }
    m_toCity.push_back(std::move(carried));
    if (m_toCity.size() > kSticksMost) {
        m_toCity.erase(m_toCity.begin()); // lost
    }
}

/// A stick comes to the city, in any order: or it was lost, or spoiled, or it comes once more.
void Player::takeStickToCity()
{
    if (m_toCity.empty() || !m_world.portal().isUp()) {
        return;
    }
    const auto which = dice().below(m_toCity.size());
    Carried carried = m_toCity[which];
    const auto misfortune = dice().below(10);
    if (misfortune > 2) { // else it lies about and comes again
        m_toCity.erase(m_toCity.begin() + static_cast<std::ptrdiff_t>(which));
    }
    m_at = carried.counter;
    if (misfortune == 9) {
        return tell("its stick is lost on the way to the city");
    }
    if (misfortune == 8) {
        spoil(carried.stick, dice());
    }
    Carried answers;
    answers.counter = carried.counter;
    portal::CourierStation station(m_world.portal().office(), m_world.portal().clock, kTemporary,
                                   kVolumeBytes);
    m_world.portal().noteLate(carried.operations);
    const auto reports = station.take(carried.stick, carried.stick.names(), answers.stick);
    require(reports.has_value(), reports ? "" : reports.error().detail.c_str());
    tell("its stick is read in the city", answers.stick.files.empty() ? "refused" : "");
    if (!answers.stick.files.empty()) {
        m_toCounters.push_back(std::move(answers));
    }
    if (m_toCounters.size() > kSticksMost) {
        m_toCounters.erase(m_toCounters.begin());
    }
}

/// An answer comes back: in time, late, twice, spoiled, to the wrong counter, or never.
void Player::readStick()
{
    if (m_toCounters.empty()) {
        return;
    }
    const auto which = dice().below(m_toCounters.size());
    Carried carried = m_toCounters[which];
    const auto misfortune = dice().below(10);
    if (misfortune > 2) {
        m_toCounters.erase(m_toCounters.begin() + static_cast<std::ptrdiff_t>(which));
    }
    m_at = misfortune == 7 ? m_at : carried.counter;
    if (misfortune == 9) {
        return tell("an answer's stick is lost on the way back");
    }
    if (misfortune == 8) {
        spoil(carried.stick, dice());
    }
    readAnswer(carried.stick);
}

void Player::readAnswer(MemoryStick& stick)
{
    if (!counter().isAlive()) {
        counter().start();
        m_oracles.afterDeath(m_at);
    }
    m_oracles.afterStep(m_at); // what the network brought is looked at before
    {
        WorldCourier courier(counter(), dice().next(), kVolumeBytes);
        note("reads an answer's stick", courier.read(stick));
    }
    if (counter().isAlive()) {
        m_oracles.afterStick(m_at);
    }
}

/// Weeks later, in a drawer: every stick that is left is read once more.
void Player::emptyDrawers()
{
    while (!m_toCity.empty()) {
        takeStickToCity();
    }
    while (!m_toCounters.empty()) {
        readStick();
    }
}

} // namespace motcua
