// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/migrate_on_copy.h"

#include "core/journal/register_schema.h"
#include "core/people/people.h"
#include "tests/support/sample_files.h"
#include "tests/support/small_counter.h"

#include <array>
#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;

namespace {

/// The schema of a later release, one step beyond today's.
Schema laterSchema(const char* script)
{
    static std::array<Migration, 2> steps{};
    const Schema& now = registerSchema();
    steps = {Migration{now.latest(), now.migrations.back().script}, Migration{now.latest() + 1, script}};
    return {now.applicationId, steps};
}

/// All that later steps brought, taken away again.
constexpr const char* kBackToSchema3 = R"(
    DROP TABLE paper_series;
    DROP TABLE paper_number_spoiled;
    DROP TABLE paper_number;
    DROP TABLE book_note;
    DROP TABLE book_entry;
    DROP TABLE book;
    DROP TABLE book_counter;
    DROP TABLE book_act;
    DROP TABLE ledger_search;
    DROP TABLE ledger_withdrawal;
    DROP TABLE ledger_end;
    DROP TABLE ledger_row;
    DROP TABLE ledger_batch;
    DROP TABLE ledger;
    DROP TABLE people_mark;
    DROP TABLE people_key;
    DROP TABLE people;
    DROP TABLE file_upload;
    DROP TABLE operation_file;
    DROP TABLE file_doubt;
    DROP TABLE file_held;
    DROP TABLE file;
    DROP TABLE sighting;
    DROP INDEX attempt_started;
    PRAGMA user_version = 3;
)";

std::string bytesOf(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("a migration runs on a copy that is swapped in, and the old file stays beside it")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;
    const Secret key = counter.folder->dataKey().clone();
    const auto file = counter.home.path() / "register.db";
    counter.stop();
    const std::string before = bytesOf(file);
    const Schema later = laterSchema("ALTER TABLE dossier ADD COLUMN shelf TEXT;");

    REQUIRE(migrateOnCopy(file, later, key));

    CHECK((bytesOf(file.string() + ".before-" + std::to_string(later.latest())) == before));
    OpenOptions options;
    options.path = file.string();
    options.key = &key;
    auto connection = *Connection::open(options);
    CHECK(*schemaState(connection, later) == SchemaState::Current);
    CHECK(schemaState(connection, registerSchema()).error().kind == ErrorKind::Newer);
    auto query = *connection.prepare("SELECT count(*) FROM dossier WHERE code = :code AND shelf IS NULL");
    query.bind(":code", code);
    REQUIRE(*query.step());
    CHECK(query.integer(0) == 1);
}

TEST_CASE("a migration that fails leaves the register as it was")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft()));
    const Secret key = counter.folder->dataKey().clone();
    const auto file = counter.home.path() / "register.db";
    counter.stop();
    const std::string before = bytesOf(file);

    CHECK_FALSE(migrateOnCopy(
        file, laterSchema("CREATE TABLE x(a); INSERT INTO x VALUES(1); SELECT nonsense FROM;"), key));

    CHECK((bytesOf(file) == before));
    REQUIRE(counter.restart());
    CHECK(counter.findings().empty());
}

TEST_CASE("a register without the diary is brought up to date when it is opened, and nothing in it is lost")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;
    REQUIRE(counter.connection->execute(kBackToSchema3));
    counter.stop();

    REQUIRE(counter.restart());

    CHECK(counter.desk->dossiers().byCode(code));
    CHECK(counter.desk->queue().summary()->waiting == 1);
    REQUIRE(counter.portal->noteSighting({counter.clock.now(), "run", Reach::Offline, 1, "timeout"}));
    CHECK(counter.findings().empty());
    const auto before = "register.db.before-" + std::to_string(registerSchema().latest());
    CHECK(std::filesystem::exists(counter.home.path() / before));
}

TEST_CASE("a register that knew nobody knows the people of its dossiers when it is opened")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft("Nguyễn Văn Hà")));
    REQUIRE(counter.connection->execute(kBackToSchema3));
    counter.stop();

    REQUIRE(counter.restart());

    StatedPerson asked;
    asked.name = "nguyen van ha";
    CHECK(People(*counter.connection, nullptr).find(asked)->size() == 1);
    CHECK(counter.findings().empty());
}

TEST_CASE("a register of schema 3 with dossiers learns to keep files when it is opened")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;
    REQUIRE(counter.connection->execute(kBackToSchema3));
    counter.stop();

    REQUIRE(counter.restart());

    CHECK(*schemaState(*counter.connection, registerSchema()) == SchemaState::Current);
    CHECK(counter.desk->dossiers().byCode(code));
    CHECK(counter.desk->queue().summary()->waiting == 1);
    CHECK(counter.desk->queue().filesWaiting()->count == 0);
    CHECK(counter.findings().empty());
    FolderShelf shelf = counter.folder->shelf();
    FileStore files(*counter.connection, shelf, counter.folder->dataKey(), counter.clock);
    const std::string bytes = samplePdf(5'000);
    MemorySource source(bytes);
    const auto file = files.add(source, FileKind::Pdf);
    REQUIRE(file);
    Json draft = counter.draft();
    draft["components"][0]["files"] = Json::array({{{"name", "trang.pdf"},
                                                    {"sha256", toHex(file->sha256)},
                                                    {"size", file->size},
                                                    {"type", "application/pdf"}}});
    REQUIRE(counter.desk->receive(draft));
    CHECK(counter.desk->queue().filesWaiting()->count == 1);
    CHECK(counter.findings().empty());
}
