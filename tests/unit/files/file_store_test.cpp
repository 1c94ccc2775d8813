// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_store.h"
#include "core/files/sealed_file.h"
#include "tests/support/memory_shelf.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::string someBytes(std::size_t count, int kind = 1)
{
    std::string bytes = "%PDF-1.4\n";
    while (bytes.size() < count) {
        bytes += static_cast<char>(bytes.size() * static_cast<std::size_t>(kind) * 7 % 251);
    }
    bytes.resize(count);
    return bytes;
}

std::string wholeOf(ByteSource& source)
{
    std::string whole;
    std::string chunk(1000, '\0');
    for (;;) {
        const auto got = source.read(chunk.data(), chunk.size());
        REQUIRE(got);
        if (*got == 0) {
            return whole;
        }
        whole += chunk.substr(0, *got);
    }
}

/// A real register whose files lie in memory.
struct Shop
{
    SmallCounter counter;
    MemoryShelf shelf;
    FileStore store{*counter.connection, shelf, counter.folder->dataKey(), counter.clock};

    Result<FileRecord> add(const std::string& bytes)
    {
        shelf.now = counter.clock.now();
        MemorySource source(bytes);
        return store.add(source, FileKind::Pdf);
    }
    /// The program ends and starts again.
    void restart()
    {
        shelf.revive();
        REQUIRE(store.rows().all());
    }
    std::size_t placed() const
    {
        std::size_t count = 0;
        for (const auto& [name, kept] : shelf.files) {
            count += kept.isPlaced ? 1 : 0;
        }
        return count;
    }
    std::string& onlyBytes() { return shelf.files.begin()->second.bytes; }
};

/// One byte more than a whole number of chunks, and one less, and exactly.
const std::vector<std::size_t> kSizes{1, 2, 1000, 65535, 65536, 65537, 65553, 131071, 131072, 131073, 300000};

} // namespace

TEST_CASE("what is taken in comes out again, whatever its length")
{
    Shop shop;
    for (const std::size_t size : kSizes) {
        const std::string bytes = someBytes(size);
        const auto file = shop.add(bytes);
        REQUIRE(file);
        CHECK(file->size == static_cast<std::int64_t>(size));
        CHECK(file->sha256 == sha256(bytes));
        const auto opened = shop.store.open(*file);
        REQUIRE(opened);
        CHECK(wholeOf(**opened) == bytes);
        REQUIRE((*opened)->rewind());
        CHECK(wholeOf(**opened) == bytes);
        CHECK(*shop.store.check(*file) == FileState::Good);
    }
}

TEST_CASE("pieces are read forwards and backwards")
{
    Shop shop;
    const std::string bytes = someBytes(300000);
    const auto file = shop.add(bytes);
    REQUIRE(file);
    const auto piece = [&](std::int64_t offset, std::size_t count) {
        const auto got = shop.store.piece(*file, offset, count);
        return got ? *got : got.error().detail;
    };

    for (const auto& [offset, count] : std::vector<std::pair<std::int64_t, std::size_t>>{
             {0, 100}, {100, 65536}, {70000, 1}, {70001, 200000}, {5, 5}, {299999, 1}, {0, 300000}}) {
        CHECK(piece(offset, count) == bytes.substr(static_cast<std::size_t>(offset), count));
    }
    CHECK(shop.store.piece(*file, 299999, 2).error().kind == ErrorKind::Damaged);
    CHECK(piece(299990, 10) == bytes.substr(299990));
}

TEST_CASE("nothing on the disk tells what it is")
{
    Shop shop;
    const std::string bytes = someBytes(100000) + "Nguyễn Văn Hà, số 012345678901";
    const auto file = shop.add(bytes);
    REQUIRE(file);

    REQUIRE(shop.shelf.files.size() == 1);
    const auto& [name, kept] = *shop.shelf.files.begin();
    CHECK(name.find(toHex(file->sha256)) == std::string::npos);
    CHECK(name.size() == 64);
    CHECK(kept.bytes.find("Nguy") == std::string::npos);
    CHECK(kept.bytes.find("PDF") == std::string::npos);
    // Another register has other names for the same bytes, so nobody can look for a known document.
    Shop other;
    REQUIRE(other.add(bytes));
    CHECK(other.shelf.files.begin()->first != name);
}

TEST_CASE("equal bytes are kept once, and each file has a key of its own")
{
    Shop shop;
    const auto first = shop.add(someBytes(1000));
    const auto again = shop.add(someBytes(1000));
    const auto other = shop.add(someBytes(1000, 2));
    REQUIRE((first && again && other));
    CHECK(first->id == again->id);
    CHECK(other->id != first->id);
    CHECK(shop.placed() == 2);
    const auto one = shop.store.rows().keyOf(first->id);
    const auto two = shop.store.rows().keyOf(other->id);
    REQUIRE((one && two));
    CHECK(one->bytes() != two->bytes());
}

TEST_CASE("no changed, missing or added byte goes unseen")
{
    Shop shop;
    const auto file = shop.add(someBytes(70000));
    REQUIRE(file);
    const std::string good = shop.onlyBytes();
    const auto stateWith = [&](const std::string& bytes) {
        shop.onlyBytes() = bytes;
        const auto state = shop.store.check(*file);
        REQUIRE(state);
        return *state;
    };

    for (std::size_t at = 0; at < good.size(); at += at < 60 ? 1 : 997) {
        std::string changed = good;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        CHECK(stateWith(changed) == FileState::Damaged);
    }
    // Cut anywhere, also just between two chunks; with something behind it; with its chunks exchanged.
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{10}, std::size_t{38}, std::size_t{65591}, good.size() - 1}) {
        CHECK(stateWith(good.substr(0, size)) == FileState::Damaged);
    }
    CHECK(stateWith(good + "x") == FileState::Damaged);
    CHECK(stateWith(good.substr(0, 38) + good.substr(65591) + good.substr(38, 65553)) == FileState::Damaged);
    CHECK(stateWith(good) == FileState::Good);
    shop.shelf.files.clear();
    CHECK(*shop.store.check(*file) == FileState::Missing);
}

TEST_CASE("taking the paper in once more mends what was lost or damaged")
{
    Shop shop;
    const std::string bytes = someBytes(70000);
    const auto file = shop.add(bytes);
    REQUIRE(file);

    shop.onlyBytes()[5000] = 'x';
    REQUIRE(*shop.store.check(*file) == FileState::Damaged);
    CHECK(shop.add(bytes)->id == file->id);
    CHECK(*shop.store.check(*file) == FileState::Good);

    shop.shelf.files.clear();
    CHECK(shop.add(bytes)->id == file->id);
    CHECK(*shop.store.check(*file) == FileState::Good);
}

TEST_CASE("what comes in again is no trouble any more and stays as long as what is new")
{
    Shop shop;
    const std::string bytes = someBytes(1000);
    const auto file = shop.add(bytes);
    REQUIRE(file);
    const auto troubleAfter = [&](const std::string& trouble, bool isSpoiled) {
        const std::string id = std::to_string(file->id);
        REQUIRE(shop.counter.connection->execute(
            ("INSERT OR REPLACE INTO file_upload(file, trouble) VALUES(" + id + ", '" + trouble + "')")
                .c_str()));
        if (isSpoiled) {
            shop.onlyBytes()[500] ^= 1;
        }
        REQUIRE(shop.add(bytes));
        return shop.store.rows().uploadOf(file->id)->trouble;
    };

    CHECK(troubleAfter("damaged", true).empty());
    CHECK(troubleAfter("missing", false).empty());             // somebody had put the bytes back by hand
    CHECK(troubleAfter("not-allowed", true) == "not-allowed"); // the portal's word, not ours

    shop.counter.clock.advance(kOrphansStay * 2);
    REQUIRE(shop.counter.connection->execute("DELETE FROM file_upload"));
    shop.onlyBytes()[500] ^= 1;
    REQUIRE(shop.add(bytes));
    CHECK(*shop.store.sweep({}) == 0);
    CHECK(*shop.store.check(*file) == FileState::Good);
}

TEST_CASE("an empty file and one that is too long are refused, and leave nothing")
{
    Shop shop;
    CHECK(shop.add("").error().kind == ErrorKind::Invalid);
    CHECK(shop.add(someBytes(kFileBytesMax + 1)).error().kind == ErrorKind::Invalid);
    CHECK(shop.shelf.files.empty());
    CHECK(shop.store.rows().all()->empty());
    CHECK(shop.add(someBytes(kFileBytesMax)));
}

TEST_CASE("a file that changes while it is read is refused, and leaves nothing")
{
    class Restless final : public ByteSource
    {
    public:
        explicit Restless(std::string second) : m_second(std::move(second)) {}
        Result<std::size_t> read(char* to, std::size_t most) override { return m_now.read(to, most); }
        Result<void> rewind() override
        {
            m_now = MemorySource(m_turns++ == 0 ? std::string_view(m_first) : std::string_view(m_second));
            return {};
        }

    private:
        std::string m_first = someBytes(5000);
        std::string m_second;
        MemorySource m_now{{}};
        int m_turns = 0;
    };
    Shop shop;
    for (const std::string& second : {someBytes(5000, 3), someBytes(4999), someBytes(5001), std::string()}) {
        Restless source(second);
        CHECK(shop.store.add(source, FileKind::Pdf).error().kind == ErrorKind::Invalid);
    }
    CHECK(shop.shelf.files.empty());
    CHECK(shop.store.rows().all()->empty());
}

TEST_CASE("a disk that fails or fills up at any moment keeps nothing, and afterwards all goes well")
{
    for (const auto fate : {MemoryShelf::Fate::Fails, MemoryShelf::Fate::Full}) {
        Shop shop;
        const std::string bytes = someBytes(200000);
        std::int64_t call = 1;
        for (;; ++call) {
            shop.shelf.happensAt(call, fate);
            const auto file = shop.add(bytes);
            if (file) {
                break; // it had fewer calls than that
            }
            CHECK(file.error().kind == ErrorKind::Storage);
            CHECK(shop.shelf.files.empty());
            CHECK(shop.store.rows().all()->empty());
            shop.shelf.clearSky();
        }
        CHECK(call > 6); // begin, header, four chunks, flush, place
        CHECK(shop.placed() == 1);
    }
}

TEST_CASE("a program killed at any moment leaves at most an orphan, which is swept after seven days")
{
    for (const auto fate : {MemoryShelf::Fate::Dies, MemoryShelf::Fate::DiesAfter}) {
        for (std::int64_t call = 1;; ++call) {
            Shop shop;
            const auto kept = shop.add(someBytes(100, 9));
            REQUIRE(kept);
            const std::string bytes = someBytes(200000);
            shop.shelf.happensAt(call, fate);
            try {
                const auto whole = shop.add(bytes); // not within a check, which would catch the kill
                REQUIRE(whole);
                break;
            } catch (const ShelfKilled&) {
                shop.restart();
            }
            REQUIRE(shop.store.rows().all()->size() == 1);
            const bool hasOrphan = shop.shelf.files.size() == 2;
            const auto week = std::chrono::hours(24 * 7);
            const std::set<std::string> drafts{toHex(kept->sha256)};

            shop.counter.clock.advance(week - std::chrono::minutes(1));
            CHECK(*shop.store.sweep(drafts) == 0);
            shop.counter.clock.advance(std::chrono::minutes(2));
            CHECK(*shop.store.sweep(drafts) == (hasOrphan ? 1 : 0));

            CHECK(shop.shelf.files.size() == 1);
            CHECK(*shop.store.check(*kept) == FileState::Good);
            const auto file = shop.add(bytes); // nothing stands in its way
            REQUIRE(file);
            CHECK(*shop.store.check(*file) == FileState::Good);
        }
    }
}

TEST_CASE("an orphan with the name of a file that comes again is replaced")
{
    Shop shop;
    const std::string bytes = someBytes(1000);
    const auto hash = sha256(bytes);
    shop.shelf.files[shop.store.nameOf(hash)] = {"left over, under a key that nobody has", {}, true};

    const auto file = shop.add(bytes);

    REQUIRE(file);
    CHECK(*shop.store.check(*file) == FileState::Good);
}

TEST_CASE("what somebody attached and took off again goes after a week, what a draft names stays")
{
    Shop shop;
    const auto dropped = shop.add(someBytes(100, 2));
    const auto drafted = shop.add(someBytes(100, 3));
    REQUIRE((dropped && drafted));
    shop.counter.clock.advance(std::chrono::hours(24 * 6));
    const auto late = shop.add(someBytes(100, 4));
    REQUIRE(shop.add(someBytes(100, 5)));
    shop.counter.clock.advance(std::chrono::hours(25));
    REQUIRE(shop.add(someBytes(100, 5))); // brought in once more: its week begins anew

    CHECK(*shop.store.sweep({toHex(drafted->sha256)}) == 1);
    CHECK_FALSE(shop.store.find(toHex(dropped->sha256))->has_value());
    CHECK(shop.store.find(toHex(drafted->sha256))->has_value());
    CHECK(shop.store.find(toHex(late->sha256))->has_value());
    CHECK(shop.placed() == 3);
    shop.counter.clock.advance(std::chrono::hours(24 * 6));
    CHECK(*shop.store.sweep({toHex(drafted->sha256)}) == 1);
    CHECK(shop.placed() == 2);
}

TEST_CASE("an operation names the files that were here before it, also when its names are read anew")
{
    Shop shop;
    const std::string bytes = someBytes(100);
    const Json body{{"files",
                     {{{"name", "a.pdf"},
                       {"sha256", toHex(sha256(bytes))},
                       {"size", 100},
                       {"type", "application/pdf"}}}}};
    const auto opened = [&] {
        REQUIRE(shop.counter.desk->receive(shop.counter.draft()));
        auto query = shop.counter.connection->prepare("SELECT max(position) FROM journal");
        REQUIRE((query && query->step()));
        return query->integer(0);
    };
    FileRows& rows = shop.store.rows();
    const std::int64_t before = opened();
    REQUIRE(rows.nameIn(before, body)); // the portal alone has the file
    REQUIRE(shop.add(bytes));
    const auto isNamed = [&] {
        return rows.unnamed(shop.counter.clock.now() + std::chrono::hours(1))->empty();
    };
    CHECK_FALSE(isNamed());

    REQUIRE(rows.clearProjections());
    REQUIRE(rows.nameIn(before, body));
    CHECK_FALSE(isNamed());
    REQUIRE(rows.nameIn(opened(), body));
    CHECK(isNamed());
}

TEST_CASE("the register keeps what a file is for ever")
{
    Shop shop;
    REQUIRE(shop.add(someBytes(100)));
    CHECK_FALSE(shop.counter.connection->execute("UPDATE file SET size = 5"));
    CHECK_FALSE(shop.counter.connection->execute("UPDATE file SET key = zeroblob(32)"));
}
