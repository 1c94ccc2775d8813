// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/db/migrator.h"
#include "core/db/transaction.h"
#include "core/journal/register_schema.h"
#include "tests/bench/figures.h"
#include "tests/bench/modes.h"
#include "tests/bench/records.h"

namespace motcua::bench {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 500;

/// Saves drafts one after the other and prints how long each took.
void timeSaves(const std::string& variant, Desk& desk, const std::vector<Json>& drafts,
               const fs::path& folder, bool probed)
{
    FlushProbe probe(folder.string());
    std::vector<double> micros;
    const double begun = now();
    for (const Json& draft : drafts) {
        const double each = now();
        const auto received = desk.receive(draft);
        micros.push_back((now() - each) * 1e6);
        require(received.has_value(), "a draft of the benchmark is taken in");
        if (probed) {
            probe.tick();
        }
    }
    const double wall = now() - begun - probe.spentSeconds();
    std::vector<std::string> members{
        member("n", static_cast<double>(micros.size())), member("p50_us", percentile(micros, 0.5)),
        member("p95_us", percentile(micros, 0.95)), member("p99_us", percentile(micros, 0.99)),
        member("per_s", static_cast<double>(micros.size()) / wall)};
    if (probed) {
        members.push_back(member("flush_p50_us", probe.median()));
        members.push_back(member("ratio_p50", percentile(micros, 0.5) / probe.median()));
    }
    print("W1", variant, members);
}

/// The same schema and the same code on a file without encryption: what encryption costs.
Connection plainRegister(const fs::path& folder, const RegisterIdentity& identity)
{
    fs::remove_all(folder);
    fs::create_directories(folder);
    OpenOptions options;
    options.path = (folder / "plain.db").string();
    options.mode = OpenMode::Create;
    auto connection = must(Connection::open(options));
    must(migrate(connection, registerSchema()));
    auto transaction = must(Transaction::begin(connection));
    {
        auto put = must(connection.prepare("INSERT INTO setting(key, value) VALUES('install', :install)"));
        put.bind(":install", identity.install);
        must(put.run());
    }
    must(transaction.commit());
    return connection;
}

} // namespace

RegisterFolder freshRegister(const fs::path& folder, int slot, const Clock& clock, Random& random)
{
    fs::remove_all(folder);
    NewRegister made;
    made.unit = "H26.25";
    made.unitName = "UBND xã Đo Lường";
    made.slot = slot;
    made.admin = "bench";
    made.adminFullName = "Người Đo";
    made.practice = true;
    made.quickKeys = true;
    SignIn who;
    who.account = "bench";
    who.password = Secret("đo lường");
    return must(RegisterFolder::create(folder, made, std::move(who), clock, random));
}

RegisterFolder openRegister(const fs::path& folder, const Clock& clock)
{
    SignIn who;
    who.account = "bench";
    who.password = Secret("đo lường");
    return must(RegisterFolder::open(folder, std::move(who), clock));
}

Connection connect(const RegisterFolder& folder)
{
    return must(folder.connect());
}

void save(const fs::path& folder, const std::string& data, std::size_t count)
{
    const SystemClock clock;
    SystemRandom random;
    const Catalogue catalogue = shippedCatalogue();
    std::vector<Json> drafts;
    eachRecord(data, count, [&](const Json& record) {
        drafts.push_back(draftOf(record, catalogue, dayInVietnam(clock.now())));
    });
    const fs::path home = folder / "w1-product";
    const auto opened = freshRegister(home, 1, clock, random);
    {
        auto connection = connect(opened);
        Desk desk(connection, opened.identity(), opened.actor(), catalogue, clock, random);
        timeSaves("desk.receive, encrypted", desk, drafts, home, true);
        must(connection.execute("PRAGMA synchronous=OFF"));
        timeSaves("desk.receive, encrypted, synchronous=OFF (not durable)", desk, drafts, home, false);
    }
    const fs::path plain = folder / "w1-product-plain";
    auto connection = plainRegister(plain, opened.identity());
    Desk desk(connection, opened.identity(), opened.actor(), catalogue, clock, random);
    timeSaves("desk.receive, without encryption", desk, drafts, plain, true);
}

void load(const fs::path& folder, const std::string& data)
{
    const SystemClock clock;
    SystemRandom random;
    const double begun = now();
    const auto opened = freshRegister(folder, 1, clock, random);
    auto connection = connect(opened);
    // As a counter fills from the portal; only the flushes between the pages are left out.
    must(connection.execute("PRAGMA synchronous=OFF"));
    PortalDesk desk(connection, opened.identity(), fieldsOfRecords(), clock, {});
    std::vector<PulledChange> page;
    std::int64_t seq = 0;
    const auto store = [&] {
        if (!page.empty()) {
            require(must(desk.storePage("bench", page, std::to_string(seq))).empty(), "records are good");
            page.clear();
        }
    };
    eachRecord(data, 0, [&](const Json& record) {
        page.push_back(changeOf(record, ++seq));
        if (page.size() == kPage) {
            store();
        }
    });
    store();
    must(connection.execute("INSERT INTO search(search) VALUES('optimize'); ANALYZE"));
    must(connection.checkpoint());
    print("load", "from pulled pages, encrypted",
          {member("n", static_cast<double>(seq)), member("s", now() - begun),
           member("db_mb", static_cast<double>(fs::file_size(folder / "register.db")) / 1e6)});
}

} // namespace motcua::bench
