// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/vault/backup.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;

namespace {

/// Bytes that this process had brought from a disk so far; nothing where the system does not count them.
std::optional<std::int64_t> bytesFromDisk()
{
    std::ifstream counters("/proc/self/io");
    std::string name;
    for (std::int64_t value = 0; counters >> name >> value;) {
        if (name == "read_bytes:") {
            return value;
        }
    }
    return std::nullopt;
}

/// Whether there is a disk behind the folder whose reading is counted.
bool isCounted(const std::filesystem::path& folder)
{
    constexpr std::size_t kBytes = std::size_t{1} << 20;
    const auto file = folder / "probe";
    REQUIRE(writeFileDurably(file, std::string(kBytes, 'x')));
    dropFromCache(file);
    const auto before = bytesFromDisk();
    REQUIRE(readFile(file, kBytes));
    const auto after = bytesFromDisk();
    return before && after && *after - *before >= static_cast<std::int64_t>(kBytes);
}

} // namespace

TEST_CASE("a backup is proven from the disk and not from the system's memory of it")
{
    SmallCounter counter;
    const TemporaryFolder stick;
    if (!isCounted(stick.path())) {
        WARN("reading from the disk is not counted here");
        return;
    }
    const auto before = bytesFromDisk();

    const auto backup = writeBackup(*counter.folder, *counter.connection, stick.path(), counter.clock);

    const auto after = bytesFromDisk();
    REQUIRE(backup);
    REQUIRE((before && after));
    CHECK(*after - *before >= static_cast<std::int64_t>(std::filesystem::file_size(backup->file)));
}
