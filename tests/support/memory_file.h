// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// A file that lies in memory and knows, where asked to, what of it has reached the disk. Not more than the
/// last sync() is sure after a power cut; of what was written since then each sector of 512 bytes may have
/// stopped at any of its writes, independently of all others: torn, lost and reordered writes at once.
class MemoryFile
{
public:
    /// One opened handle, for the locks.
    struct Holder
    {
        int level = 0; ///< SQLite's: none, shared, reserved, pending, exclusive
        std::uint16_t sharedSlots = 0;
        std::uint16_t exclusiveSlots = 0;
        bool isMapped = false;
    };

    explicit MemoryFile(bool isTracked) : m_isTracked(isTracked) {}

    [[nodiscard]] const std::string& data() const { return m_data; }
    /// False: less was there, the rest is zeros.
    [[nodiscard]] bool read(char* to, std::size_t bytes, std::size_t at) const;
    void write(std::string_view bytes, std::size_t at);
    void truncate(std::size_t size);
    void sync();
    /// Whole new contents, on the disk at once. Handles stay open and see them.
    void replace(std::string_view bytes);

    /// What a power cut leaves. The dice are thrown anew for each call.
    [[nodiscard]] std::string afterPowerCut(Random& random) const;

    void attach(Holder& holder) { m_holders.push_back(&holder); }
    void detach(Holder& holder);
    [[nodiscard]] bool lock(Holder& holder, int level);
    [[nodiscard]] bool isReserved() const;
    [[nodiscard]] bool lockSlots(Holder& holder, std::uint16_t slots, bool isExclusive);
    /// As after a fresh start: the log's index is made anew by whoever reads next.
    void forgetSharedMemory();
    [[nodiscard]] char* region(std::size_t which, std::size_t bytes, bool extend);
    void unmap(Holder& holder);

    bool isDead = false; ///< the power was cut: every handle of it fails from now on

private:
    struct Write
    {
        std::size_t at = 0;
        std::string bytes;
        std::string before; ///< what stood there, as far as the file reached
        std::size_t sizeBefore = 0;
    };

    void note(std::size_t at, std::string_view bytes, std::size_t covered);
    /// What is sure: the data with all that came after the last sync() taken back. A cut is rare, a sync is
    /// not.
    [[nodiscard]] std::string synced() const;

    bool m_isTracked;
    std::string m_data;
    std::vector<Write> m_unsynced; ///< a truncation is an empty one
    std::vector<Holder*> m_holders;
    std::vector<std::unique_ptr<std::string>> m_regions; ///< the shared memory of the write-ahead log
};

} // namespace motcua
