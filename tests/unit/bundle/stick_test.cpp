// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/folder_stick.h"
#include "tests/support/memory_stick.h"
#include "tests/support/small_counter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sys/stat.h>

using namespace motcua;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

std::string contentsOf(BundleSource& source)
{
    std::string all;
    std::string piece(7, '\0');
    while (true) {
        const auto got = source.read(piece.data(), piece.size());
        REQUIRE(got);
        if (*got == 0) {
            return all;
        }
        all.append(piece, 0, *got);
    }
}

std::vector<std::string> names(const TemporaryFolder& folder)
{
    std::vector<std::string> list;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        list.push_back(entry.path().filename().string());
    }
    std::sort(list.begin(), list.end());
    return list;
}

Result<void> written(Stick& stick, const std::string& name, const std::string& text)
{
    const auto file = TRY(stick.create(name));
    HashingSink sink(*file);
    TRY(sink.append(text));
    TRY(file->flush());
    TRY(proveWritten(*file, sink));
    return file->place();
}

} // namespace

TEST_CASE("only ordinary files with our suffix in the root exist on a stick")
{
    const TemporaryFolder folder;
    put(folder.path() / "b.hop", "b");
    put(folder.path() / "a.hop", "aa");
    put(folder.path() / "notes.txt", "x");
    put(folder.path() / "._a.hop", "x");
    put(folder.path() / "half.hop.part", "x");
    fs::create_directory(folder.path() / "folder.hop");
    put(folder.path() / "folder.hop" / "inside.hop", "x");
    fs::create_symlink("/etc/passwd", folder.path() / "link.hop");
    REQUIRE(::mkfifo((folder.path() / "pipe.hop").c_str(), 0600) == 0);
    FolderStick stick(folder.path());

    const auto files = stick.bundles();

    REQUIRE(files);
    REQUIRE(files->size() == 2);
    CHECK(files->front().name == "a.hop");
    CHECK(files->front().bytes == 2);
    for (const char* name :
         {"folder.hop", "link.hop", "pipe.hop", "folder.hop/inside.hop", "../x.hop", "", "."}) {
        INFO(name);
        const auto opened = stick.open(name);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().kind == ErrorKind::Foreign);
    }
    CHECK(stick.open("gone.hop").error().kind == ErrorKind::NotFound);
    CHECK(FolderStick(folder.path() / "none").bundles().error().kind == ErrorKind::NotFound);
}

TEST_CASE("a file larger than any bundle is not read")
{
    const TemporaryFolder folder;
    put(folder.path() / "huge.hop", "x");
    fs::resize_file(folder.path() / "huge.hop", static_cast<std::uintmax_t>(kBundleFileBytesMax) + 1);

    const auto opened = FolderStick(folder.path()).open("huge.hop");

    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::Refused);
}

TEST_CASE("a file is written under another name, read back, and then bears its own")
{
    const TemporaryFolder folder;
    put(folder.path() / "a.hop.part", "of an earlier try");
    put(folder.path() / "a.hop.0123456789abcdef.part", "of another one");
    put(folder.path() / "c.hop.0123456789abcdef.part", "of another file");
    fs::create_symlink("/etc/passwd", folder.path() / "b.hop.part");
    FolderStick stick(folder.path());
    const std::string text(3'000'001, 'x');

    REQUIRE(written(stick, "a.hop", text));
    REQUIRE(written(stick, "b.hop", "short"));

    CHECK(contentsOf(**stick.open("a.hop")) == text);
    CHECK(contentsOf(**stick.open("b.hop")) == "short");
    CHECK(stick.bundles()->size() == 2);
    CHECK(names(folder) == std::vector<std::string>{"a.hop", "b.hop", "c.hop.0123456789abcdef.part"});
}

TEST_CASE("two who write one file onto one stick do not touch each other's half")
{
    const TemporaryFolder folder;
    FolderStick one(folder.path());
    FolderStick other(folder.path());
    const auto first = one.create("a.hop");
    const auto second = other.create("a.hop");
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE((*first)->append("whole"));
    REQUIRE((*second)->append("ha"));

    REQUIRE((*first)->flush());
    REQUIRE((*first)->place());
    CHECK(contentsOf(**one.open("a.hop")) == "whole");
    REQUIRE((*second)->append("lf"));
    REQUIRE((*second)->flush());
    REQUIRE((*second)->place());

    CHECK(contentsOf(**one.open("a.hop")) == "half");
    CHECK(names(folder) == std::vector<std::string>{"a.hop"});
}

TEST_CASE("only the file that was written gets the name")
{
    const TemporaryFolder folder;
    FolderStick stick(folder.path());
    {
        const auto file = stick.create("a.hop");
        REQUIRE(file);
        REQUIRE((*file)->append("ours"));
        REQUIRE((*file)->flush());
        put(folder.path() / "theirs", "theirs");
        fs::rename(folder.path() / "theirs", folder.path() / names(folder).front());

        const auto placed = (*file)->place();

        REQUIRE_FALSE(placed);
        CHECK(placed.error().kind == ErrorKind::Damaged);
    }
    CHECK(stick.bundles()->empty());
    CHECK(names(folder).size() == 1); // nobody else's file is taken away
}

TEST_CASE("what was not placed leaves nothing behind")
{
    const TemporaryFolder folder;
    FolderStick stick(folder.path());
    {
        const auto file = stick.create("a.hop");
        REQUIRE(file);
        REQUIRE((*file)->append("half"));
    }
    CHECK(fs::is_empty(folder.path()));
    CHECK_FALSE(FolderStick(folder.path() / "none").create("a.hop"));
    fs::create_directory(folder.path() / "b.hop");
    CHECK_FALSE(written(stick, "b.hop", "x"));
}

TEST_CASE("a stick that does not hold what it took is found out")
{
    MemoryStick stick;
    stick.honest = 1'000;

    CHECK(written(stick, "small.hop", std::string(1'000, 'x')));
    const auto large = written(stick, "large.hop", std::string(1'001, 'x'));

    REQUIRE_FALSE(large);
    CHECK(large.error().kind == ErrorKind::Damaged);
    CHECK(stick.files.size() == 1);
}

TEST_CASE("a private copy outlives the stick, and nobody else sees it")
{
    const TemporaryFolder folder;
    const TemporaryFolder home;
    put(folder.path() / "a.hop", "sealed");
    FolderStick stick(folder.path());

    const auto copy = copyPrivately(stick, "a.hop", home.path().string());
    fs::remove(folder.path() / "a.hop");

    REQUIRE(copy);
    CHECK(contentsOf(**copy) == "sealed");
    CHECK(fs::is_empty(home.path()));
    MemoryStick pulled;
    pulled.files["b.hop"] = std::string(100, 'x');
    pulled.pulledAfter = 50;
    CHECK(copyPrivately(pulled, "b.hop", home.path().string()).error().kind == ErrorKind::Damaged);
}

TEST_CASE("a stick that cannot be read is told from a disk of ours that takes nothing")
{
    const TemporaryFolder home;
    MemoryStick stick;
    stick.files["a.hop"] = std::string(100, 'x');
    stick.worn = "a.hop";

    const auto unread = copyPrivately(stick, "a.hop", home.path().string());
    const auto nowhere = copyPrivately(stick, "a.hop", (home.path() / "none").string());

    REQUIRE_FALSE(unread);
    CHECK(unread.error().kind == ErrorKind::Damaged);
    CHECK(unread.error().detail == "cannot be read from the stick: input/output error");
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().kind == ErrorKind::Storage);
}

TEST_CASE("writing and reading stop when the person wants it")
{
    MemoryStick stick;
    stick.files["a.hop"] = "x";
    const TemporaryFolder home;

    const auto copy = copyPrivately(stick, "a.hop", home.path().string(), [](std::int64_t) { return false; });

    REQUIRE_FALSE(copy);
    CHECK(copy.error().kind == ErrorKind::Refused);
    CHECK(copy.error().detail == kStopped);
}
