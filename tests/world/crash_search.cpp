// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/crash_search.h"

#include "core/base/check.h"
#include "tests/world/crash_program.h"

#include <algorithm>
#include <cstring>

namespace motcua {

namespace {

constexpr const char* kPath = "/crash-state/register.db";
constexpr std::size_t kAllSubsetsUpTo = 12; // writes that are not sure: then every subset is a state
constexpr long kStartEvery = 1'500;
constexpr long kStartEveryNewContent = 25; // of those whose file is torn, and so is new each time
constexpr int kFullEvery = 8;
constexpr std::size_t kWrongsMost = 10;
constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kFrameBytes = 24 + 4096;
constexpr std::size_t kFrameCountAt = 16; // in the log's index

} // namespace

CrashSearch::CrashSearch(WorldStore& store, const CrashStory& story, const Orders& orders)
    : m_store(store), m_story(story), m_orders(orders), m_random(orders.seed), m_window(story)
{
    auto& disk = MemoryDisk::the();
    disk.setTracked(false);
    disk.remove(kPath);
    disk.remove(std::string(kPath) + "-wal");
    m_files = {disk.file(kPath), disk.file(std::string(kPath) + "-wal")};
    showSure();
    OpenOptions options;
    options.path = kPath;
    options.key = &store.dataKey();
    options.vfs = disk.name();
    auto opened = Connection::open(options);
    require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
    m_connection = std::make_unique<Connection>(std::move(*opened));
    m_digest = std::make_unique<RegisterDigest>(*m_connection);
    m_seen.reserve(static_cast<std::size_t>(orders.states) * 2);
}

CrashSums CrashSearch::run()
{
    // How much there is to choose at each moment decides how many of the states it gets.
    double weights = 0;
    {
        CrashWindow window(m_story);
        for (const auto& change : m_story.changes) {
            window.apply(change);
            weights += static_cast<double>(window.sectors().size());
        }
    }
    double due = 0;
    for (const auto& change : m_story.changes) {
        m_window.apply(change);
        ++m_point;
        while (m_mark + 1 < m_story.marks.size() && m_story.marks[m_mark + 1].changes <= m_point) {
            ++m_mark;
        }
        due +=
            static_cast<double>(m_window.sectors().size()) / weights * static_cast<double>(m_orders.states);
        explore(due - static_cast<double>(m_sums.states));
        if (isOver() && m_orders.untilFound) {
            break;
        }
    }
    // Where one moment had fewer states than were its due, the last ones make up for it; else the number is
    // what it is.
    m_sums.points = static_cast<long>(m_point);
    m_sums.contents = static_cast<long>(m_contents.size());
    return m_sums;
}

void CrashSearch::explore(double quota)
{
    const auto until = m_sums.states + std::max(2L, static_cast<long>(quota));
    CrashChoice none;
    none.arrived.assign(m_window.sectors().size(), 0);
    tryState(none);
    tryState(choiceOf(std::vector<bool>(m_window.writes().size(), true)));
    if (m_window.removedLog()) {
        tryRemovedLog();
    }
    if (m_window.writes().empty()) {
        return;
    }
    if (quota > 4) {
        tryTornNewest();
        tryWrites(quota);
    }
    trySampled(until);
}

/// Subsets of whole writes: all of them where they are few, else all but one or two, and only one.
void CrashSearch::tryWrites(double quota)
{
    const auto count = m_window.writes().size();
    const long until = m_sums.states + static_cast<long>(std::max(quota / 2, 1.0));
    std::vector<bool> chosen(count, true);
    if (count <= kAllSubsetsUpTo) {
        // Those without the newest write were states a moment ago.
        const bool isExhaustive = m_orders.states >= 500'000;
        for (std::uint32_t mask = 0; mask < (1U << (count - 1)) && (isExhaustive || m_sums.states < until);
             ++mask) {
            for (std::size_t i = 0; i + 1 < count; ++i) {
                chosen[i] = (mask >> i & 1U) != 0;
            }
            tryState(choiceOf(chosen));
        }
        return;
    }
    for (std::size_t i = 0; i < count && m_sums.states < until; ++i) {
        std::vector<bool> only(count, false);
        only[i] = true;
        only[count - 1] = true;
        tryState(choiceOf(only));
        chosen[i] = false;
        tryState(choiceOf(chosen));
        for (std::size_t j = i + 1; j + 1 < count && m_sums.states < until; ++j) {
            chosen[j] = false;
            tryState(choiceOf(chosen));
            chosen[j] = true;
        }
        chosen[i] = true;
    }
}

/// The newest write broke off: a beginning of it, or all but one sector; the others are there.
void CrashSearch::tryTornNewest()
{
    auto whole = choiceOf(std::vector<bool>(m_window.writes().size(), true));
    auto broken = whole;
    const auto& newest = m_window.writes().back();
    for (auto each = newest.rbegin(); each != newest.rend(); ++each) {
        const auto before = static_cast<std::uint16_t>(each->second - 1);
        broken.arrived[each->first] = before;
        for (const bool isCut : {false, true}) {
            broken.isCut = isCut;
            tryState(broken);
            auto without = whole;
            without.arrived[each->first] = before;
            without.isCut = isCut;
            tryState(without);
        }
    }
}

void CrashSearch::trySampled(long until)
{
    for (long tries = 3 * (until - m_sums.states); tries > 0 && m_sums.states < until; --tries) {
        tryState(drawn());
    }
}

CrashChoice CrashSearch::choiceOf(const std::vector<bool>& writes) const
{
    CrashChoice choice;
    choice.arrived.assign(m_window.sectors().size(), 0);
    for (std::size_t i = 0; i < writes.size(); ++i) {
        if (writes[i]) {
            for (const auto& [slot, version] : m_window.writes()[i]) {
                choice.arrived[slot] = version;
            }
        }
    }
    return choice;
}

/// Sectors by dice of different kinds: mostly lost, mostly there, anything, whole writes, up to a place.
CrashChoice CrashSearch::drawn()
{
    const auto& sectors = m_window.sectors();
    const auto kind = m_random.below(6);
    CrashChoice choice;
    if (kind == 0) {
        std::vector<bool> writes;
        for (std::size_t i = 0; i < m_window.writes().size(); ++i) {
            writes.push_back(m_random.below(2) == 0);
        }
        choice = choiceOf(writes);
    } else if (kind == 1) {
        choice = choiceOf(std::vector<bool>(m_window.writes().size(), true));
        for (auto lost = 1 + m_random.below(3); lost > 0; --lost) {
            auto& one = choice.arrived[m_random.below(sectors.size())];
            one = static_cast<std::uint16_t>(one == 0 ? 0 : m_random.below(one));
        }
    } else {
        const std::uint64_t sure = kind == 2 ? 1 : kind == 3 ? 7 : kind == 4 ? 31 : 0;
        const auto upTo = m_random.below(sectors.size() + 1);
        for (std::size_t i = 0; i < sectors.size(); ++i) {
            const auto most = sectors[i].versions.size() - 1;
            const bool isThere = kind == 5 ? i < upTo : m_random.below(sure + 1) != 0;
            const bool isAny = kind == 2 || (!isThere && m_random.below(2) == 0);
            choice.arrived.push_back(static_cast<std::uint16_t>(isAny     ? m_random.below(most + 1)
                                                                : isThere ? most
                                                                          : 0));
        }
    }
    choice.isCut = m_random.below(2) == 0;
    return choice;
}

void CrashSearch::tryState(const CrashChoice& choice)
{
    const auto hashes = m_window.hashes(choice);
    if (isOver() || !m_seen.insert(quickHash("state", hashes[0] * 3 + hashes[1])).second) {
        return;
    }
    showSure();
    show(choice);
    ++m_sums.states;
    const auto head = headText(*m_connection);
    const auto valid = kHeaderBytes + mxFrame() * kFrameBytes;
    const auto key = quickHash("content", hashes[0] * 5 + m_window.logHash(choice, valid) * 7 + mxFrame());
    const auto known = m_contents.find(key);
    if (known != m_contents.end() && (!head || *head != known->second.head)) {
        blame(Verdict::Torn, "the same bytes were recovered differently");
    }
    const bool isPlain =
        hashes[0] == m_window.hashes({std::vector<std::uint16_t>(choice.arrived.size(), 0), true})[0];
    judge(key, isPlain);
    takeBack(choice);
}

/// The log that was removed is back: its end was not sure yet.
void CrashSearch::tryRemovedLog()
{
    const auto& removed = *m_window.removedLog();
    const auto key = quickHash(removed, m_window.sure(CrashWindow::kDatabase).hash);
    if (removed.empty() || isOver() || !m_seen.insert(key).second) {
        return;
    }
    showSure();
    m_files[CrashWindow::kLog]->replace(removed);
    m_files[CrashWindow::kDatabase]->forgetSharedMemory();
    ++m_sums.states;
    judge(key, true);
    m_shown = 0;
}

void CrashSearch::showSure()
{
    if (m_shown == m_window.generation()) {
        return;
    }
    for (const int file : {CrashWindow::kDatabase, CrashWindow::kLog}) {
        m_files[static_cast<std::size_t>(file)]->replace(m_window.sure(file).bytes);
    }
    m_shown = m_window.generation();
}

void CrashSearch::show(const CrashChoice& choice)
{
    const auto& sectors = m_window.sectors();
    std::array<std::size_t, 2> lengths{};
    for (const int file : {CrashWindow::kDatabase, CrashWindow::kLog}) {
        const auto length = lengths[static_cast<std::size_t>(file)] = m_window.length(file, choice);
        if (length > m_window.sure(file).bytes.size()) {
            m_files[static_cast<std::size_t>(file)]->write(std::string_view("\0", 1), length - 1);
        }
    }
    for (std::size_t i = 0; i < sectors.size(); ++i) {
        const auto from = sectors[i].index * CrashWindow::kSector;
        const auto length = lengths[static_cast<std::size_t>(sectors[i].file)];
        if (choice.arrived[i] != 0 && from < length) {
            const auto& bytes = sectors[i].versions[choice.arrived[i]].bytes;
            m_files[static_cast<std::size_t>(sectors[i].file)]->write(
                {bytes.data(), std::min(bytes.size(), length - from)}, from);
        }
    }
    m_files[CrashWindow::kDatabase]->forgetSharedMemory();
}

void CrashSearch::takeBack(const CrashChoice& choice)
{
    const auto& sectors = m_window.sectors();
    for (std::size_t i = 0; i < sectors.size(); ++i) {
        const auto from = sectors[i].index * CrashWindow::kSector;
        const auto& sure = m_window.sure(sectors[i].file).bytes;
        if (choice.arrived[i] != 0 && from < sure.size()) {
            m_files[static_cast<std::size_t>(sectors[i].file)]->write(
                std::string_view(sure).substr(from, CrashWindow::kSector), from);
        }
    }
    for (const int file : {CrashWindow::kDatabase, CrashWindow::kLog}) {
        m_files[static_cast<std::size_t>(file)]->truncate(m_window.sure(file).bytes.size());
    }
}

std::size_t CrashSearch::mxFrame() const
{
    const char* index = m_files[CrashWindow::kDatabase]->region(0, 0, false);
    std::uint32_t frames = 0;
    if (index != nullptr) {
        std::memcpy(&frames, index + kFrameCountAt, sizeof frames);
    }
    return frames;
}

CrashSearch::Content CrashSearch::read()
{
    Content content;
    auto head = headText(*m_connection);
    auto digest = head ? m_digest->now() : tl::unexpected(head.error());
    if (!digest) {
        content.error = digest.error().detail;
        return content;
    }
    content.digest = *digest;
    content.head = *head;
    return content;
}

CrashSearch::Verdict CrashSearch::verdict(const Content& content, std::string& why) const
{
    if (!content.error.empty()) {
        why = "it does not open: " + content.error;
        return Verdict::Torn;
    }
    const auto& marks = m_story.marks;
    for (auto i = m_mark; i < marks.size() && i <= m_mark + 1; ++i) {
        if (marks[i].digest == content.digest && marks[i].head == content.head) {
            return Verdict::Good;
        }
    }
    for (std::size_t i = 0; i < m_mark; ++i) {
        if (marks[i].digest == content.digest) {
            why = "it stands as after \"" + marks[i].act + "\" (" + std::to_string(i) + ")";
            return Verdict::Lost;
        }
    }
    why = "it stands as after no act";
    return Verdict::Torn;
}

void CrashSearch::judge(std::uint64_t key, bool isPlain)
{
    auto known = m_contents.find(key);
    const bool isNew = known == m_contents.end();
    if (isNew) {
        known = m_contents.emplace(key, read()).first;
    }
    std::string why;
    const auto found = verdict(known->second, why);
    if (found != Verdict::Good) {
        blame(found, why);
        return;
    }
    const bool isTried = isNew && (isPlain || m_contents.size() % kStartEveryNewContent == 0);
    if (isTried || m_sums.states % kStartEvery == 0) {
        const auto wrong = startProgram();
        if (!wrong.empty()) {
            blame(Verdict::Torn, wrong);
        }
    }
}

std::string CrashSearch::startProgram()
{
    ++m_sums.starts;
    CrashedDisk disk{m_files[CrashWindow::kDatabase]->data(), m_files[CrashWindow::kLog]->data(), m_mark};
    return startAfterCut(m_store, m_story, disk,
                         m_sums.starts % kFullEvery == 0 ? Depth::Full : Depth::Chain);
}

void CrashSearch::blame(Verdict verdict, const std::string& why)
{
    ++(verdict == Verdict::Lost ? m_sums.lost : m_sums.torn);
    if (m_wrongs.size() < kWrongsMost) {
        const auto& next = m_story.marks[std::min(m_mark + 1, m_story.marks.size() - 1)];
        m_wrongs.push_back("after change " + std::to_string(m_point) + " of the disk, act " +
                           std::to_string(m_mark + 1) + " (" + next.act + "): " + why);
    }
}

} // namespace motcua
