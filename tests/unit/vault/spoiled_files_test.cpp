// SPDX-License-Identifier: GPL-3.0-or-later
// A scan that the disk does not give back must not stop what is done with all the others.
#include "core/vault/backup.h"
#include "tests/support/sample_files.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace fs = std::filesystem;

namespace {

struct ScannedCounter
{
    SmallCounter counter;
    FolderShelf shelf = counter.folder->shelf();
    FileStore files{*counter.connection, shelf, counter.folder->dataKey(), counter.clock};

    Result<FileRecord> add(int seed)
    {
        const std::string bytes = samplePdf(2'000, seed);
        MemorySource source(bytes);
        return files.add(source, FileKind::Pdf);
    }
    /// Takes in a dossier with so many scans; the last of them.
    FileRecord receive(int count)
    {
        Json draft = counter.draft();
        FileRecord last;
        for (int i = 0; i < count; ++i) {
            const auto file = add(i + 1);
            REQUIRE(file);
            last = *file;
            draft["components"][0]["files"].push_back({{"name", "trang.pdf"},
                                                       {"sha256", toHex(last.sha256)},
                                                       {"size", last.size},
                                                       {"type", "application/pdf"}});
        }
        REQUIRE(counter.desk->receive(draft));
        return last;
    }
    fs::path pathOf(const FileRecord& file)
    {
        const std::string name = files.nameOf(file.sha256);
        return counter.home.path() / kFilesFolder / name.substr(0, 2) / name;
    }
    std::vector<Finding> findings()
    {
        const auto verified = verifyRegister(*counter.connection, counter.folder->identity(),
                                             fieldOf(counter.catalogue), Depth::Full, &files);
        REQUIRE(verified);
        return verified->findings;
    }
};

} // namespace

TEST_CASE("a scan that the disk does not give back spoils no backup and no verification and comes in again")
{
    ScannedCounter bench;
    const TemporaryFolder stick;
    const FileRecord spoiled = bench.receive(2);
    const fs::path path = bench.pathOf(spoiled);
    REQUIRE(fs::remove(path));
    const bool isFolder = GENERATE(false, true);
    if (isFolder) {
        fs::create_directory(path);
    } else {
        fs::create_symlink("/proc/self/mem", path); // reading at its beginning is an I/O error
    }

    const auto backup =
        writeBackup(*bench.counter.folder, *bench.counter.connection, stick.path(), bench.counter.clock);

    REQUIRE(backup);
    CHECK(backup->files == 1);
    CHECK(backup->filesBad == 1);
    const auto found = bench.findings();
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == kFileFinding);
    const auto again = bench.add(2); // the same bytes as those of the last scan
    REQUIRE(again);
    CHECK(again->id == spoiled.id);
    CHECK(bench.findings().empty());
}
