// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/crash_window.h"

#include "core/base/check.h"
#include "tests/world/crash_digest.h"

#include <algorithm>
#include <cstring>

namespace motcua {

namespace {

/// Zeros count nothing, so that a sector that is not there and one of zeros differ by the length alone.
std::uint64_t sectorHash(int file, std::size_t index, const std::array<char, CrashWindow::kSector>& bytes)
{
    static constexpr std::array<char, CrashWindow::kSector> kZeros{};
    if (std::memcmp(bytes.data(), kZeros.data(), bytes.size()) == 0) {
        return 0;
    }
    const auto place = (static_cast<std::uint64_t>(index) << 1U) + static_cast<std::uint64_t>(file) + 1;
    return quickHash({bytes.data(), bytes.size()}, place * 0x9e3779b97f4a7c15ULL);
}

std::uint64_t lengthHash(std::size_t length)
{
    return quickHash("length", length * 0x2545f4914f6cdd1dULL + 1);
}

std::array<char, CrashWindow::kSector> sectorOf(const std::string& bytes, std::size_t index)
{
    std::array<char, CrashWindow::kSector> sector{};
    const auto from = index * CrashWindow::kSector;
    if (from < bytes.size()) {
        std::memcpy(sector.data(), bytes.data() + from, std::min(sector.size(), bytes.size() - from));
    }
    return sector;
}

} // namespace

CrashWindow::CrashWindow(const CrashStory& story) : m_paths{story.path, story.path + "-wal"}
{
    m_sure[kDatabase].bytes = story.database;
    m_sure[kLog].bytes = story.log;
    for (const int file : {kDatabase, kLog}) {
        measure(file);
    }
}

void CrashWindow::measure(int file)
{
    auto& sure = m_sure[static_cast<std::size_t>(file)];
    const auto count = (sure.bytes.size() + kSector - 1) / kSector;
    sure.before.assign(count + 1, 0);
    for (std::size_t i = 0; i < count; ++i) {
        sure.before[i + 1] = sure.before[i] + sectorHash(file, i, sectorOf(sure.bytes, i));
    }
    sure.hash = sure.before.back();
    m_full[static_cast<std::size_t>(file)] =
        std::max(m_full[static_cast<std::size_t>(file)], sure.bytes.size());
    ++m_generation;
}

void CrashWindow::apply(const DiskChange& change)
{
    const auto found = std::find(m_paths.begin(), m_paths.end(), change.path);
    if (found == m_paths.end()) {
        return;
    }
    const auto file = static_cast<int>(found - m_paths.begin());
    switch (change.kind) {
    case DiskChange::Kind::Write:
        write(file, change.at, change.bytes);
        break;
    case DiskChange::Kind::Truncate:
        // A checkpoint says how long the file is; in this story it never says less than it was.
        require(change.at >= m_full[static_cast<std::size_t>(file)], "no file of the story is cut short");
        break;
    case DiskChange::Kind::Sync:
        sync(file);
        break;
    case DiskChange::Kind::Remove:
        require(file == kLog, "only the log is ever removed");
        // As it was when it was last sure; the name's end is sure with the next log's first sync.
        m_removedLog = m_sure[kLog].bytes;
        sync(kLog);
        m_sure[kLog].bytes.clear();
        m_full[kLog] = 0;
        measure(kLog);
        break;
    }
}

std::size_t CrashWindow::slotOf(int file, std::size_t index)
{
    const auto [found, isNew] = m_slots.emplace(std::pair(file, index), m_sectors.size());
    if (isNew) {
        Sector sector{file, index, {}};
        Version first;
        first.bytes = sectorOf(sure(file).bytes, index);
        first.hash = sectorHash(file, index, first.bytes);
        sector.versions.push_back(first);
        m_sectors.push_back(std::move(sector));
    }
    return found->second;
}

void CrashWindow::write(int file, std::size_t at, std::string_view bytes)
{
    Write made;
    const auto end = at + bytes.size();
    for (auto index = at / kSector; index * kSector < end; ++index) {
        const auto slot = slotOf(file, index);
        auto& sector = m_sectors[slot];
        Version version = sector.versions.back();
        const auto from = std::max(at, index * kSector);
        const auto to = std::min(end, (index + 1) * kSector);
        std::memcpy(version.bytes.data() + (from - index * kSector), bytes.data() + (from - at), to - from);
        version.hash = sectorHash(file, index, version.bytes);
        version.end = std::max(version.end, to);
        sector.versions.push_back(version);
        made.emplace_back(slot, static_cast<std::uint16_t>(sector.versions.size() - 1));
    }
    m_writes.push_back(std::move(made));
    auto& full = m_full[static_cast<std::size_t>(file)];
    full = std::max(full, end);
}

void CrashWindow::sync(int file)
{
    auto& sure = m_sure[static_cast<std::size_t>(file)];
    sure.bytes.resize(m_full[static_cast<std::size_t>(file)], '\0');
    for (auto& sector : m_sectors) {
        const auto from = sector.index * kSector;
        if (sector.file == file) {
            std::memcpy(sure.bytes.data() + from, sector.versions.back().bytes.data(),
                        std::min(kSector, sure.bytes.size() - from));
        }
    }
    forget(file);
    if (file == kLog) {
        m_removedLog.reset();
    }
    measure(file);
}

/// What was written to a file is sure now; what was written to the other stays open.
void CrashWindow::forget(int file)
{
    std::vector<Sector> others;
    std::vector<std::size_t> moved(m_sectors.size());
    m_slots.clear();
    for (std::size_t i = 0; i < m_sectors.size(); ++i) {
        if (m_sectors[i].file != file) {
            moved[i] = others.size();
            m_slots.emplace(std::pair(m_sectors[i].file, m_sectors[i].index), others.size());
            others.push_back(m_sectors[i]);
        }
    }
    // A write is to one file: its first sector tells which.
    std::erase_if(m_writes, [&](const Write& each) { return m_sectors[each.front().first].file == file; });
    for (auto& write : m_writes) {
        for (auto& each : write) {
            each.first = moved[each.first];
        }
    }
    m_sectors = std::move(others);
}

std::size_t CrashWindow::length(int file, const CrashChoice& choice) const
{
    if (!choice.isCut) {
        return m_full[static_cast<std::size_t>(file)];
    }
    auto length = sure(file).bytes.size();
    for (std::size_t i = 0; i < m_sectors.size(); ++i) {
        if (m_sectors[i].file == file) {
            length = std::max(length, m_sectors[i].versions[choice.arrived[i]].end);
        }
    }
    return length;
}

std::array<std::uint64_t, 2> CrashWindow::hashes(const CrashChoice& choice) const
{
    std::array<std::uint64_t, 2> sums{m_sure[kDatabase].hash, m_sure[kLog].hash};
    for (std::size_t i = 0; i < m_sectors.size(); ++i) {
        const auto& versions = m_sectors[i].versions;
        sums[static_cast<std::size_t>(m_sectors[i].file)] +=
            versions[choice.arrived[i]].hash - versions.front().hash;
    }
    for (const int file : {kDatabase, kLog}) {
        sums[static_cast<std::size_t>(file)] += lengthHash(length(file, choice));
    }
    return sums;
}

std::uint64_t CrashWindow::logHash(const CrashChoice& choice, std::size_t bytes) const
{
    const auto count = (bytes + kSector - 1) / kSector;
    const auto& before = m_sure[kLog].before;
    std::uint64_t sum = before[std::min(count, before.size() - 1)];
    for (std::size_t i = 0; i < m_sectors.size(); ++i) {
        const auto& sector = m_sectors[i];
        if (sector.file == kLog && sector.index < count) {
            sum += sector.versions[choice.arrived[i]].hash - sector.versions.front().hash;
        }
    }
    return sum;
}

} // namespace motcua
