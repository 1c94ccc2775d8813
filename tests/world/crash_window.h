// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/crash_story.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// How many of the writes to each open sector had reached the disk when the power went, and how long the
/// files had become.
struct CrashChoice
{
    std::vector<std::uint16_t> arrived; ///< one for each of CrashWindow::sectors()
    bool isCut =
        false; ///< a file ends with the last byte that arrived; else it has its full length, with zeros
};

/// What of a register and its log is sure to be on the disk at one moment, and what is not: all that was
/// written since the last sync, by sectors of 512 bytes, each of which the disk writes whole and in any
/// order.
class CrashWindow
{
public:
    static constexpr std::size_t kSector = 512;
    static constexpr int kDatabase = 0;
    static constexpr int kLog = 1;

    struct Version
    {
        std::array<char, kSector> bytes{};
        std::uint64_t hash = 0;
        std::size_t end = 0; ///< of the write that made it
    };
    /// A sector that was written to since it was last sure. The first version is what is sure.
    struct Sector
    {
        int file = 0;
        std::size_t index = 0;
        std::vector<Version> versions;
    };
    /// A write that is not sure yet: which version of which sectors it made.
    using Write = std::vector<std::pair<std::size_t, std::uint16_t>>;
    /// A file as far as it is sure.
    struct Sure
    {
        std::string bytes;
        std::uint64_t hash = 0;
        std::vector<std::uint64_t> before; ///< hash of all sectors before this one
    };

    explicit CrashWindow(const CrashStory& story);
    /// The next change. Those of other files (a backup) are nothing to a register.
    void apply(const DiskChange& change);

    [[nodiscard]] const std::vector<Sector>& sectors() const { return m_sectors; }
    [[nodiscard]] const std::vector<Write>& writes() const { return m_writes; }
    [[nodiscard]] const Sure& sure(int file) const { return m_sure[static_cast<std::size_t>(file)]; }
    /// Grows whenever what is sure changes.
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }
    /// A log that was removed, where the power may bring it back.
    [[nodiscard]] const std::optional<std::string>& removedLog() const { return m_removedLog; }

    [[nodiscard]] std::size_t length(int file, const CrashChoice& choice) const;
    /// Of a whole state: equal states have equal ones.
    [[nodiscard]] std::array<std::uint64_t, 2> hashes(const CrashChoice& choice) const;
    /// Of the log's first `bytes`, rounded up to whole sectors.
    [[nodiscard]] std::uint64_t logHash(const CrashChoice& choice, std::size_t bytes) const;

private:
    void write(int file, std::size_t at, std::string_view bytes);
    void sync(int file);
    void forget(int file);
    void measure(int file);
    [[nodiscard]] std::size_t slotOf(int file, std::size_t index);

    std::array<std::string, 2> m_paths;
    std::array<Sure, 2> m_sure;
    std::array<std::size_t, 2> m_full{}; ///< lengths with all that was written
    std::vector<Sector> m_sectors;
    std::vector<Write> m_writes;
    std::map<std::pair<int, std::size_t>, std::size_t> m_slots;
    std::optional<std::string> m_removedLog;
    std::uint64_t m_generation = 0;
};

} // namespace motcua
