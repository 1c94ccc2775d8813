// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/folder_shelf.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sys/stat.h>

using namespace motcua;

namespace fs = std::filesystem;

namespace {

const std::string kName = "ab" + std::string(62, '7');

std::vector<FileShelf::Entry> entriesOf(FileShelf& shelf)
{
    std::vector<FileShelf::Entry> entries;
    REQUIRE(shelf.each([&](const FileShelf::Entry& entry) -> Result<void> {
        entries.push_back(entry);
        return {};
    }));
    return entries;
}

void put(FileShelf& shelf, const std::string& name, const std::string& bytes)
{
    auto file = shelf.begin();
    REQUIRE(file);
    REQUIRE((*file)->append(bytes));
    REQUIRE((*file)->flush());
    REQUIRE((*file)->place(name));
}

} // namespace

TEST_CASE("a shelf on the disk holds what is put there under its name, for this user alone")
{
    const TemporaryFolder home;
    FolderShelf shelf(home.path() / "files");
    CHECK(entriesOf(shelf).empty());

    put(shelf, kName, "first");
    put(shelf, kName, "second");

    const auto opened = shelf.open(kName);
    REQUIRE(opened);
    std::string bytes(20, '\0');
    REQUIRE(readFully(**opened, bytes.data(), bytes.size()) == 6);
    CHECK(bytes.substr(0, 6) == "second");
    REQUIRE(entriesOf(shelf).size() == 1);
    CHECK(entriesOf(shelf)[0].name == kName);
    CHECK(entriesOf(shelf)[0].isPlaced);
    const fs::path path = home.path() / "files" / "ab" / kName;
    CHECK((fs::status(path).permissions() & (fs::perms::group_all | fs::perms::others_all)) ==
          fs::perms::none);
    REQUIRE(shelf.remove(entriesOf(shelf)[0]));
    REQUIRE(shelf.remove({kName, 0, {}, true}));
    CHECK_FALSE(fs::exists(path));
    CHECK(shelf.open(kName).error().kind == ErrorKind::NotFound);
}

TEST_CASE("a file that gets no place leaves nothing; one that a kill left is seen and can be removed")
{
    const TemporaryFolder home;
    FolderShelf shelf(home.path());
    {
        const auto file = shelf.begin();
        REQUIRE(file);
        REQUIRE((*file)->append("half"));
        CHECK(entriesOf(shelf).size() == 1);
        CHECK_FALSE(entriesOf(shelf)[0].isPlaced);
    }
    CHECK(entriesOf(shelf).empty());

    std::ofstream(home.path() / "0123456789abcdef.new") << "left by a kill";
    std::ofstream(home.path() / "notes.txt") << "somebody else's";
    REQUIRE(entriesOf(shelf).size() == 1);
    REQUIRE(shelf.remove(entriesOf(shelf)[0]));
    CHECK(fs::exists(home.path() / "notes.txt"));
}

TEST_CASE("what the disk does not give back is that file's damage and its place can be taken again")
{
    const TemporaryFolder home;
    FolderShelf shelf(home.path() / "files");
    const fs::path path = home.path() / "files" / "ab" / kName;
    put(shelf, kName, "good");
    fs::remove(path);
    fs::create_symlink("/proc/self/mem", path); // an ordinary file that cannot be read at its beginning
    char byte = 0;

    const auto spoiled = shelf.open(kName);
    REQUIRE(spoiled);
    CHECK((*spoiled)->read(&byte, 1).error().kind == ErrorKind::Damaged);
    const auto foreign =
        DiskSource::open(path); // of somebody else's stick nothing is said about the register
    REQUIRE(foreign);
    CHECK((*foreign)->read(&byte, 1).error().kind == ErrorKind::Storage);

    put(shelf, kName, "again");
    CHECK(fs::is_regular_file(fs::symlink_status(path)));
    fs::remove(path);
    fs::create_directory(path);
    CHECK(shelf.open(kName).error().kind == ErrorKind::Invalid);
    put(shelf, kName, "once more");
    CHECK(fs::is_regular_file(fs::symlink_status(path)));
}

TEST_CASE("only ordinary files are read from this computer")
{
    const TemporaryFolder home;
    const auto kindOf = [](const fs::path& path) {
        const auto opened = DiskSource::open(path);
        return opened ? ErrorKind::Unsupported : opened.error().kind;
    };
    CHECK(kindOf(home.path() / "nothing") == ErrorKind::NotFound);
    CHECK(kindOf(home.path()) == ErrorKind::Invalid);
    CHECK(kindOf("/dev/zero") == ErrorKind::Invalid);
    REQUIRE(::mkfifo((home.path() / "pipe").c_str(), 0600) == 0);
    CHECK(kindOf(home.path() / "pipe") == ErrorKind::Invalid); // and does not wait for a writer
    fs::create_symlink("loop", home.path() / "loop");
    CHECK(kindOf(home.path() / "loop") == ErrorKind::NotFound);
    std::ofstream(home.path() / "file") << "12345";
    const auto source = DiskSource::open(home.path() / "file");
    REQUIRE(source);
    CHECK((*source)->size() == 5);
}
