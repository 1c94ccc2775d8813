// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/memory_file.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <sqlite3.h>

namespace motcua {

namespace {

constexpr std::size_t kSector = 512;
constexpr std::size_t kGrows = std::size_t{1} << 18; ///< a world's log: no file is moved again and again

void overwrite(std::string& data, std::string_view bytes, std::size_t at)
{
    if (data.capacity() < at + bytes.size()) {
        data.reserve(std::max(2 * data.capacity(), at + bytes.size() + kGrows));
    }
    if (at == data.size()) {
        data.append(bytes);
        return;
    }
    if (data.size() < at + bytes.size()) {
        data.resize(at + bytes.size(), '\0');
    }
    std::memcpy(data.data() + at, bytes.data(), bytes.size());
}

} // namespace

bool MemoryFile::read(char* to, std::size_t bytes, std::size_t at) const
{
    const std::size_t there = at < m_data.size() ? std::min(bytes, m_data.size() - at) : 0;
    if (there > 0) {
        std::memcpy(to, m_data.data() + at, there);
    }
    std::memset(to + there, 0, bytes - there);
    return there == bytes;
}

void MemoryFile::write(std::string_view bytes, std::size_t at)
{
    note(at, bytes, bytes.size());
    overwrite(m_data, bytes, at);
}

void MemoryFile::truncate(std::size_t size)
{
    if (size < m_data.size()) {
        note(size, {}, m_data.size() - size);
        m_data.resize(size);
    }
}

void MemoryFile::note(std::size_t at, std::string_view bytes, std::size_t covered)
{
    if (m_isTracked) {
        m_unsynced.push_back({at, std::string(bytes),
                              at < m_data.size() ? m_data.substr(at, covered) : std::string(),
                              m_data.size()});
    }
}

void MemoryFile::sync()
{
    m_unsynced.clear();
}

std::string MemoryFile::synced() const
{
    std::string data = m_data;
    for (auto write = m_unsynced.rbegin(); write != m_unsynced.rend(); ++write) {
        data.resize(write->sizeBefore);
        if (!write->before.empty()) {
            overwrite(data, write->before, write->at);
        }
    }
    return data;
}

void MemoryFile::replace(std::string_view bytes)
{
    m_data = bytes;
    m_unsynced.clear();
    forgetSharedMemory();
}

void MemoryFile::forgetSharedMemory()
{
    for (auto& each : m_regions) {
        std::fill(each->begin(), each->end(), '\0');
    }
}

std::string MemoryFile::afterPowerCut(Random& random) const
{
    if (!m_isTracked) {
        return m_data;
    }
    std::string left = synced();
    // How much gets through differs from cut to cut: nothing, all, or any part.
    const auto luck = random.below(4);
    std::map<std::size_t, std::size_t> reached; // sector: how many of all writes it saw
    for (std::size_t i = 0; i < m_unsynced.size(); ++i) {
        const auto& write = m_unsynced[i];
        if (write.bytes.empty()) {
            if (luck != 0) {
                left.resize(std::min(write.at, left.size()));
            }
            continue;
        }
        for (auto sector = write.at / kSector; sector * kSector < write.at + write.bytes.size(); ++sector) {
            auto [seen, isFirst] = reached.emplace(sector, 0);
            if (isFirst) {
                seen->second = luck == 0   ? 0
                               : luck == 1 ? m_unsynced.size()
                                           : random.below(m_unsynced.size() + 1);
            }
            if (i < seen->second) {
                const auto from = std::max(write.at, sector * kSector);
                const auto to = std::min(write.at + write.bytes.size(), (sector + 1) * kSector);
                overwrite(left, std::string_view(write.bytes).substr(from - write.at, to - from), from);
            }
        }
    }
    return left;
}

void MemoryFile::detach(Holder& holder)
{
    unmap(holder);
    std::erase(m_holders, &holder);
}

bool MemoryFile::lock(Holder& holder, int level)
{
    int highest = SQLITE_LOCK_NONE;
    for (const auto* each : m_holders) {
        highest = each == &holder ? highest : std::max(highest, each->level);
    }
    const bool isFree = level == SQLITE_LOCK_SHARED     ? highest < SQLITE_LOCK_PENDING
                        : level == SQLITE_LOCK_RESERVED ? highest < SQLITE_LOCK_RESERVED
                                                        : highest == SQLITE_LOCK_NONE;
    if (isFree) {
        holder.level = std::max(holder.level, level);
    }
    return isFree;
}

bool MemoryFile::isReserved() const
{
    return std::any_of(m_holders.begin(), m_holders.end(),
                       [](const Holder* each) { return each->level >= SQLITE_LOCK_RESERVED; });
}

bool MemoryFile::lockSlots(Holder& holder, std::uint16_t slots, bool isExclusive)
{
    for (const auto* each : m_holders) {
        const auto held =
            isExclusive ? each->sharedSlots | each->exclusiveSlots : static_cast<int>(each->exclusiveSlots);
        if (each != &holder && (held & slots) != 0) {
            return false;
        }
    }
    auto& mine = isExclusive ? holder.exclusiveSlots : holder.sharedSlots;
    mine = static_cast<std::uint16_t>(mine | slots);
    return true;
}

char* MemoryFile::region(std::size_t which, std::size_t bytes, bool extend)
{
    if (which >= m_regions.size() && !extend) {
        return nullptr;
    }
    while (which >= m_regions.size()) {
        m_regions.push_back(std::make_unique<std::string>(bytes, '\0'));
    }
    return m_regions[which]->data();
}

void MemoryFile::unmap(Holder& holder)
{
    holder.sharedSlots = 0;
    holder.exclusiveSlots = 0;
    holder.isMapped = false;
    if (std::none_of(m_holders.begin(), m_holders.end(), [](const Holder* each) { return each->isMapped; })) {
        m_regions.clear();
    }
}

} // namespace motcua
