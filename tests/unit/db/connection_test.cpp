// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"

#include "core/db/transaction.h"
#include "core/identity/key_slots.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;

namespace {

Result<Connection> openAt(const std::filesystem::path& path, const Secret* key = nullptr,
                          OpenMode mode = OpenMode::Create)
{
    OpenOptions options;
    options.path = path.string();
    options.mode = mode;
    options.key = key;
    options.busyTimeout = Millis{0};
    return Connection::open(options);
}

std::int64_t countOf(Connection& connection)
{
    auto query = *connection.prepare("SELECT count(*) FROM t");
    REQUIRE(*query.step());
    return query.integer(0);
}

Result<void> insert(Connection& connection, std::string_view text)
{
    auto statement = TRY(connection.prepare("INSERT INTO t(x) VALUES(:x)"));
    statement.bind(":x", text);
    return statement.run();
}

} // namespace

TEST_CASE("a transaction that is not committed leaves nothing, a committed one everything")
{
    const TemporaryFolder home;
    auto connection = *openAt(home.path() / "a.db");
    REQUIRE(connection.execute("CREATE TABLE t(x TEXT UNIQUE) STRICT"));
    {
        auto transaction = *Transaction::begin(connection);
        REQUIRE(insert(connection, "a"));
    }
    CHECK(countOf(connection) == 0);
    auto transaction = *Transaction::begin(connection);
    REQUIRE(insert(connection, "a"));
    REQUIRE(transaction.commit());
    CHECK(countOf(connection) == 1);
    CHECK(insert(connection, "a").error().kind == ErrorKind::Duplicate);
}

TEST_CASE("no row, an empty text and NULL are three things")
{
    const TemporaryFolder home;
    auto connection = *openAt(home.path() / "a.db");
    REQUIRE(connection.execute("CREATE TABLE t(x TEXT) STRICT"));
    auto query = *connection.prepare("SELECT x FROM t");
    CHECK_FALSE(*query.step());
    query.reset();
    REQUIRE(insert(connection, ""));
    REQUIRE(connection.execute("INSERT INTO t(x) VALUES(NULL)"));
    REQUIRE(*query.step());
    CHECK(query.optionalText(0) == "");
    REQUIRE(*query.step());
    CHECK_FALSE(query.optionalText(0));
}

TEST_CASE("an encrypted file opens with its key only and shows nothing without")
{
    const TemporaryFolder home;
    const auto path = home.path() / "a.db";
    const Secret key = KeySlots::makeDataKey();
    {
        auto connection = *openAt(path, &key);
        REQUIRE(connection.execute("CREATE TABLE t(x TEXT) STRICT"));
        REQUIRE(insert(connection, "Nguyễn Thị Bí Mật"));
    }
    std::ifstream in(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    CHECK_FALSE(bytes.starts_with("SQLite format 3"));
    CHECK((bytes.find("Bí Mật") == std::string::npos));
    const Secret other = KeySlots::makeDataKey();
    CHECK(openAt(path, &other, OpenMode::ReadWrite).error().kind == ErrorKind::WrongKey);
    CHECK(openAt(path, nullptr, OpenMode::ReadWrite).error().kind == ErrorKind::WrongKey);
    auto again = *openAt(path, &key, OpenMode::ReadOnly);
    CHECK(countOf(again) == 1);
}

TEST_CASE("a second writer is told that the file is locked")
{
    const TemporaryFolder home;
    auto first = *openAt(home.path() / "a.db");
    REQUIRE(first.execute("CREATE TABLE t(x TEXT) STRICT"));
    auto second = *openAt(home.path() / "a.db");
    auto held = *Transaction::begin(first);
    const auto refused = Transaction::begin(second);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Locked);
}

TEST_CASE("a folder above the file may be a symbolic link and the file may not")
{
    const TemporaryFolder home;
    std::filesystem::create_directory(home.path() / "real");
    std::filesystem::create_directory_symlink("real", home.path() / "link");
    {
        auto connection = openAt(home.path() / "link" / "a.db");
        REQUIRE(connection);
        REQUIRE(connection->execute("CREATE TABLE t(x TEXT) STRICT"));
    }
    CHECK(std::filesystem::exists(home.path() / "real" / "a.db"));
    CHECK(openAt(home.path() / "link" / "a.db", nullptr, OpenMode::ReadWrite));

    std::filesystem::create_symlink("a.db", home.path() / "real" / "b.db");
    CHECK_FALSE(openAt(home.path() / "real" / "b.db", nullptr, OpenMode::ReadWrite));
    CHECK_FALSE(openAt(home.path() / "link" / "b.db", nullptr, OpenMode::ReadWrite));
    std::filesystem::create_symlink("nothing.db", home.path() / "real" / "c.db");
    CHECK_FALSE(openAt(home.path() / "real" / "c.db"));
}

TEST_CASE("a file that is missing, a folder and a changed page are errors, not crashes")
{
    const TemporaryFolder home;
    CHECK(openAt(home.path() / "none.db", nullptr, OpenMode::ReadWrite).error().kind == ErrorKind::Storage);
    CHECK_FALSE(openAt(home.path(), nullptr, OpenMode::ReadWrite));
    const auto path = home.path() / "a.db";
    const Secret key = KeySlots::makeDataKey();
    {
        auto connection = *openAt(path, &key);
        REQUIRE(connection.execute("CREATE TABLE t(x TEXT) STRICT"));
        for (int i = 0; i < 200; ++i) {
            REQUIRE(insert(connection, std::string(200, 'x')));
        }
    }
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(4096 * 3 + 100);
    const int before = file.get();
    file.seekp(4096 * 3 + 100);
    file.put(static_cast<char>(before ^ 1)); // whatever the key made of the page, this is another byte
    file.close();
    auto connection = *openAt(path, &key, OpenMode::ReadWrite);
    auto query = *connection.prepare("SELECT sum(length(x)) FROM t");
    const auto read = query.step();
    REQUIRE_FALSE(read);
    CHECK((read.error().kind == ErrorKind::Damaged || read.error().kind == ErrorKind::Storage ||
           read.error().kind == ErrorKind::WrongKey));
}
