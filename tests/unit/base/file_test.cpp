// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fstream>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <vector>

using namespace motcua;

namespace fs = std::filesystem;

namespace {

class Folder
{
public:
    Folder() : m_path(fs::temp_directory_path() / ("motcua-file-" + std::to_string(::getpid())))
    {
        fs::create_directories(m_path);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// What lies in memory has no disk behind it that could be asked.
bool isInMemory(const fs::path& folder)
{
    constexpr long kTmpfs = 0x01021994;
    constexpr long kRamfs = 0x858458f6;
    struct statfs about = {};
    REQUIRE(::statfs(folder.c_str(), &about) == 0);
    const auto type = static_cast<long>(about.f_type);
    return type == kTmpfs || type == kRamfs;
}

/// How many pages of a file are in the system's cache.
std::size_t cachedPages(const fs::path& file)
{
    const std::size_t size = fs::file_size(file);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(descriptor >= 0);
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    REQUIRE(mapped != MAP_FAILED);
    std::vector<unsigned char> pages(size / static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) + 1, 0);
    const int told = ::mincore(mapped, size, pages.data());
    ::munmap(mapped, size);
    REQUIRE(told == 0);
    std::size_t cached = 0;
    for (const unsigned char page : pages) {
        cached += page & 1U;
    }
    return cached;
}

} // namespace

TEST_CASE("what was dropped from the cache is read from the disk")
{
    const Folder folder;
    if (isInMemory(folder.path())) {
        WARN("the temporary folder has no disk behind it");
        return;
    }
    const fs::path file = folder.path() / "file";
    REQUIRE(writeFileDurably(file, std::string(std::size_t{1} << 20, 'x')));
    REQUIRE(cachedPages(file) > 0);

    dropFromCache(file);

    CHECK(cachedPages(file) == 0);
    CHECK(readFile(file, std::size_t{1} << 20)->size() == std::size_t{1} << 20);
    dropFromCache(folder.path() / "nothing");
}

TEST_CASE("folders are made with those above them and what stands in the way is said")
{
    const Folder folder;
    const fs::path deep = folder.path() / "a" / "b" / "c" / "";

    CHECK(makeFoldersDurably(deep));
    CHECK(fs::is_directory(deep));
    CHECK((fs::status(deep).permissions() & (fs::perms::group_all | fs::perms::others_all)) ==
          fs::perms::none);
    CHECK(makeFoldersDurably(deep));
    CHECK(makeFoldersDurably(folder.path() / "d" / "." / "e", FileMode::Shared));
    CHECK(fs::is_directory(folder.path() / "d" / "e"));

    std::ofstream(folder.path() / "file") << "in the way";
    CHECK(makeFoldersDurably(folder.path() / "file").error().kind == ErrorKind::Storage);
    CHECK(makeFoldersDurably(folder.path() / "file" / "a").error().kind == ErrorKind::Storage);
    CHECK_FALSE(makeFoldersDurably("/proc/nowhere/a"));
}
