// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/herd/herd_city.h"

#include "core/base/check.h"
#include "core/base/hash.h"
#include "sync/protocol/operation.h"
#include "tests/unit/dossier/dossier_samples.h"

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <libpq-fe.h>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace motcua::herd {

namespace fs = std::filesystem;

namespace {

constexpr int kPatienceSeconds = 60;

template<class T> T must(Result<T> result)
{
    require(result.has_value(), result ? "" : result.error().detail.c_str());
    return std::move(*result);
}

/// One value, as an administrator would ask for it.
std::string askDatabase(const std::string& url, const std::string& question)
{
    PGconn* connection = PQconnectdb(url.c_str());
    PGresult* result = PQexec(connection, question.c_str());
    require(PQresultStatus(result) == PGRES_TUPLES_OK, PQerrorMessage(connection));
    std::string value = PQgetvalue(result, 0, 0);
    PQclear(result);
    PQfinish(connection);
    return value;
}

std::string textOf(const fs::path& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The port in the line that a portal prints when it is ready.
int portIn(const fs::path& log)
{
    for (int i = 0; i < kPatienceSeconds * 50; ++i) {
        const std::string text = textOf(log);
        const auto colon = text.rfind(':');
        if (text.starts_with("listening on http://") && text.back() == '\n') {
            return std::stoi(text.substr(colon + 1));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    require(false, "a portal gets ready");
    return 0;
}

/// Processor time of one process, in seconds (proc(5): utime and stime).
double secondsOf(const std::string& process)
{
    std::string text = textOf("/proc/" + process + "/stat");
    std::istringstream in(text.substr(std::min(text.rfind(')') + 2, text.size())));
    std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    return words.size() < 13 ? 0
                             : static_cast<double>(std::stoll(words[11]) + std::stoll(words[12])) /
                                   static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string parentOf(const std::string& process)
{
    const std::string text = textOf("/proc/" + process + "/stat");
    std::istringstream in(text.substr(std::min(text.rfind(')') + 2, text.size())));
    std::string state;
    std::string parent;
    in >> state >> parent;
    return parent;
}

/// Vietnam's day as a code has it.
std::string yymmdd(Instant at)
{
    const std::string day = toIsoDay(dayInVietnam(at));
    return day.substr(2, 2) + day.substr(5, 2) + day.substr(8, 2);
}

/// A counter's journal, as far as its lines show it.
class Journal
{
public:
    Journal(Backlog& backlog, std::int64_t slot, Random& random, Instant now)
        : m_backlog(backlog), m_slot(slot), m_random(random), m_now(now)
    {}

    /// Every third dossier was also taken into work before the line came back.
    void receive(int number)
    {
        const Uid uid(makeUuidV7(toMillis(m_now), m_random));
        Operation received = operation(OpKind::Received, uid);
        received.body = test::aDossier();
        const std::string digits = std::to_string(1000 + number).substr(1);
        received.body["code"] = m_backlog.unit + "-" + yymmdd(m_now) + "-" + std::to_string(m_slot) + digits;
        received.body["receivedAt"] = toRfc3339(m_now);
        received.body["applicant"]["name"] = "Nguyễn Văn " + std::to_string(number);
        received.body["components"][0]["files"][0]["sha256"] = toHex(sha256(uid.text()));
        add(received);
        if (number % 3 == 0) {
            Operation moved = operation(OpKind::Moved, uid);
            moved.after = received.op;
            moved.body = Json{{"to", "processing"}};
            add(moved);
        }
    }

private:
    [[nodiscard]] Operation operation(OpKind kind, const Uid& uid)
    {
        Operation operation;
        operation.op = makeOpId({m_backlog.install, 1, ++m_seq});
        operation.kind = kind;
        operation.uid = uid;
        operation.at = m_now;
        operation.official = "Trần Thị Lan";
        operation.chain = toHex(sha256(operation.op.text()));
        return operation;
    }
    void add(const Operation& operation)
    {
        Outgoing outgoing;
        outgoing.op = operation.op.text();
        outgoing.line = composeLine(operation);
        outgoing.digest = sha256(outgoing.line);
        m_backlog.operations.push_back(std::move(outgoing));
    }

    Backlog& m_backlog;
    std::int64_t m_slot;
    Random& m_random;
    Instant m_now;
    std::int64_t m_seq = 0;
};

} // namespace

HerdCity::HerdCity(const CityOptions& options)
{
    if (options.store.empty()) {
        m_server = std::make_unique<test::PostgresServer>(
            test::PostgresServer::Durability::Real,
            std::vector<std::string>{"shared_buffers=256MB", "max_wal_size=4GB"});
    }
    m_url = m_server ? m_server->newDatabase() : options.store;
    m_folder = fs::temp_directory_path() / ("motcua-herd-" + m_random.hex(6));
    fs::create_directory(m_folder);
    enrolAll(options);
    startPortals(options);
    m_walStart = askDatabase(m_url, "SELECT pg_current_wal_lsn()");
}

HerdCity::~HerdCity()
{
    for (const pid_t portal : m_portals) {
        ::kill(portal, SIGTERM);
        test::waitForProgram(portal);
    }
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

void HerdCity::startPortals(const CityOptions& options)
{
    for (int i = 0; i < options.processes; ++i) {
        const fs::path log = m_folder / ("portal" + std::to_string(i));
        std::vector<std::string> words{options.portal, "--listen", "127.0.0.1:0", "--store", m_url};
        if (options.workers > 0) {
            words.insert(words.end(), {"--workers", std::to_string(options.workers)});
        }
        m_portals.push_back(test::startProgram(words, {}, log));
        m_ports.push_back(portIn(log));
    }
}

void HerdCity::enrolAll(const CityOptions& options)
{
    auto portal = must(portal::Portal::connect(m_url, m_clock, m_random));
    for (int commune = 0; commune < options.communes; ++commune) {
        const std::string unit = "H26." + std::to_string(commune + 1);
        require(portal.keys().addUnit({unit, "UBND xã số " + std::to_string(commune + 1)}).has_value(),
                "a commune is added");
        for (int counter = 0; counter < options.counters; ++counter) {
            m_backlogs.push_back(enrolOne(portal, unit, counter, options));
        }
    }
}

Backlog HerdCity::enrolOne(portal::Portal& portal, const std::string& unit, int counter,
                           const CityOptions& options)
{
    Backlog backlog;
    backlog.unit = unit;
    backlog.install = m_random.hex(16);
    const auto code = must(portal.keys().newEnrolmentCode(unit));
    const auto reply = must(portal.enrol({code, backlog.install, "Quầy " + std::to_string(counter + 1),
                                          std::int64_t{counter % 10}, "motcua-herd 1.0"}));
    require(reply.has_value(), "a counter is enrolled");
    backlog.token = reply->token;
    backlog.keys = reply->keys;
    Journal journal(backlog, reply->slot, m_random, m_clock.now());
    for (int number = 1; number <= options.dossiers; ++number) {
        journal.receive(number);
    }
    return backlog;
}

HerdCity::Held HerdCity::held() const
{
    const auto number = [this](const std::string& question) {
        return std::stoll(askDatabase(m_url, question));
    };
    return {number("SELECT count(*) FROM motcua_dossiers.dossier"),
            number("SELECT count(*) FROM motcua_dossiers.op WHERE result = 'applied'"),
            number("SELECT count(DISTINCT code) FROM motcua_dossiers.dossier"),
            number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '" + m_walStart + "')::bigint")};
}

double HerdCity::portalSeconds() const
{
    double total = 0;
    for (const pid_t portal : m_portals) {
        total += secondsOf(std::to_string(portal));
    }
    return total;
}

double HerdCity::databaseSeconds() const
{
    if (!m_server) {
        return 0;
    }
    const std::string server = std::to_string(m_server->process());
    double total = secondsOf(server);
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename().string();
        if (std::isdigit(static_cast<unsigned char>(name.front())) != 0 && parentOf(name) == server) {
            total += secondsOf(name);
        }
    }
    return total;
}

} // namespace motcua::herd
