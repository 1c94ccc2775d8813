// SPDX-License-Identifier: GPL-3.0-or-later
// A counter behind a very bad line: a dossier and its scan go to a portal through a proxy that loses, delays
// and breaks. Real register, engine and HTTP here, the portal's own program there, sockets between them; only
// the line's seconds may pass faster than ours.
#include "core/base/hash.h"
#include "core/desk/desk.h"
#include "core/desk/desk_support.h"
#include "sync/engine/sync_engine.h"
#include "sync/reference_portal/blob_store.h"
#include "sync/transport/enrol_device.h"
#include "sync/transport/http_transport.h"
#include "tests/link/lossy_proxy.h"
#include "tests/link/scaled_clock.h"
#include "tests/link/watched_transport.h"
#include "tests/support/plain_draft.h"
#include "tests/support/practice_register.h"
#include "tests/support/sample_files.h"
#include "tests/support/tls_samples.h"
#include "tests/world/kill_loop_programs.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QUrl>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

using namespace motcua;

namespace {

struct Settings
{
    LineShape shape;
    std::int64_t bytes = 5 << 20; ///< of the scan; 0: the dossier alone
    double minutes = 0;           ///< of ours that the run may take; 0: as long as it needs
};

template<class T> T good(tl::expected<T, Error> result)
{
    require(result.has_value(), result ? "" : result.error().detail.c_str());
    return std::move(*result);
}

QString written(const QString& path, const char* text)
{
    QFile file(path);
    require(file.open(QIODevice::WriteOnly) && file.write(text) > 0, "a certificate is written");
    return path;
}

/// The city: the portal's own program behind TLS, and its data as an administrator sees them.
class City
{
public:
    explicit City(const QString& home)
        : m_program(QStringLiteral(MOTCUA_BINARY_DIR "/motcua-portal"), home + QStringLiteral("/portal"),
                    {QStringLiteral("--tls-cert"), written(home + QStringLiteral("/cert.pem"), tls::kGood),
                     QStringLiteral("--tls-key"), written(home + QStringLiteral("/key.pem"), tls::kKey)}),
          m_folder((home + QStringLiteral("/portal")).toStdString()), m_ca(tls::kCa)
    {
        const Ran added =
            m_program.admin({QStringLiteral("--json"), QStringLiteral("unit"), QStringLiteral("add"),
                             QStringLiteral("H26.131"), QStringLiteral("UBND xã Phúc Thọ")});
        require(added.exit == 0 && m_program.start(), "the portal listens");
    }
    [[nodiscard]] std::string url() const { return m_program.url().toStdString(); }
    [[nodiscard]] const std::string& ca() const { return m_ca; }
    [[nodiscard]] int port() const { return QUrl(m_program.url()).port(); }
    [[nodiscard]] std::string code() const
    {
        return stringAt(
            m_program.admin({QStringLiteral("--json"), QStringLiteral("code"), QStringLiteral("H26.131")})
                .json(),
            "code");
    }
    /// Whether it holds all of a file, and how many bytes.
    [[nodiscard]] portal::BlobStore::Held held(const std::string& sha256) const
    {
        return good(portal::FolderBlobStore(m_folder + "/blobs").held("H26.131", sha256));
    }

private:
    PortalProgram m_program;
    std::string m_folder;
    std::string m_ca;
};

RegisterFolder counterIn(const std::string& folder, const Clock& clock, Random& random)
{
    return good(RegisterFolder::create(folder, practiceRegister(), practiceSignIn(), clock, random));
}

std::string clockText(double seconds)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.0f min %02.0f s", std::floor(seconds / 60), std::fmod(seconds, 60));
    return text;
}

long long number(std::int64_t value)
{
    return value;
}

/// A counter with everything a sync needs, over the register's own connection.
class Counter
{
public:
    Counter(const std::string& folder, const Clock& clock, Random& random)
        : m_folder(counterIn(folder, clock, random)), m_connection(good(m_folder.connect())),
          m_catalogue(*Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue")), m_shelf(m_folder.shelf()),
          m_clock(clock), files(m_connection, m_shelf, m_folder.dataKey(), clock),
          desk(m_connection, m_folder.identity(), m_folder.actor(), m_catalogue, clock, random),
          portal(m_connection, m_folder.identity(), fieldOf(m_catalogue), clock, fieldRulesOf(m_catalogue)),
          queue(m_connection, m_folder.identity().install)
    {}

    /// Enrolling happens before, in the city's office, over its own line; the counter's goes through `port`.
    void enrol(const City& city, int port)
    {
        const auto enrolled = good(
            enrolDevice(city.url(), city.ca(), city.code(), m_folder.identity(), "Quầy 1", SystemClock()));
        PortalBinding binding = enrolled.binding;
        binding.url = "https://127.0.0.1:" + std::to_string(port);
        require(portal.bind(binding).has_value(), "the counter is bound");
    }
    /// A dossier with a scan of so many bytes; its digest in hex.
    std::string receive(std::int64_t bytes)
    {
        Json draft = plainDraft(m_catalogue, dayInVietnam(m_clock.now()), "Nguyễn Văn Hà");
        std::string sha256;
        if (bytes > 0) {
            const std::string pdf = samplePdf(static_cast<std::size_t>(bytes));
            MemorySource source(pdf);
            const FileRecord scan = good(files.add(source, FileKind::Pdf));
            sha256 = toHex(scan.sha256);
            draft["components"][0]["files"] = Json::array({{{"name", "trang.pdf"},
                                                            {"sha256", sha256},
                                                            {"size", scan.size},
                                                            {"type", "application/pdf"}}});
        }
        require(desk.receive(draft).has_value(), "the dossier is taken in");
        return sha256;
    }

private:
    RegisterFolder m_folder;
    Connection m_connection;
    Catalogue m_catalogue;
    FolderShelf m_shelf;
    const Clock& m_clock;

public:
    FileStore files;
    Desk desk;
    PortalDesk portal;
    Queue queue;
};

/// One run: what goes, over what line, and what came of it.
class Run
{
public:
    explicit Run(const Settings& settings)
        : m_settings(settings), m_clock(settings.shape.scale), m_random(settings.shape.seed),
          m_city(m_home.path()), m_line(m_city.port(), settings.shape),
          m_counter(m_home.path().toStdString() + "/register", m_clock, m_random)
    {
        m_counter.enrol(m_city, m_line.port());
        m_sha256 = m_counter.receive(settings.bytes);
    }

    /// 0: the dossier is acknowledged, the scan whole (or, where the time was up, grown), and each break cost
    /// less than its piece.
    int go()
    {
        const auto http = good(HttpTransport::create(good(m_counter.portal.binding())->url, m_city.ca()));
        WatchedTransport way(*http, m_line, m_settings.shape.scale);
        SyncEngine engine(m_counter.portal, m_counter.queue, way, m_clock, m_random, {}, &m_counter.files);
        const LineShape& shape = m_settings.shape;
        std::printf(
            "%.0f kbit/s, %.2f s round trip, %.0f %% of segments lost, %.0f s of the line in one of ours\n",
            shape.bitsPerSecond / 1000, shape.roundTripSeconds, shape.loss * 100, shape.scale);
        while (!isThrough() && !isTimeUp()) {
            const EngineStep step = good(engine.step());
            tell(engine);
            if (step.did == Did::Idle || step.did == Did::Waiting) {
                rest(step.until);
            }
        }
        return report(way);
    }

private:
    [[nodiscard]] double seconds() const { return static_cast<double>(m_clock.monotonic().count()) / 1000; }
    [[nodiscard]] bool isTimeUp() const
    {
        return m_settings.minutes > 0 && seconds() / m_settings.shape.scale > m_settings.minutes * 60;
    }
    [[nodiscard]] bool isThrough()
    {
        return good(m_counter.queue.summary()).waiting + good(m_counter.queue.filesWaiting()).count == 0;
    }
    void rest(Millis until) const
    {
        const double pause = static_cast<double>((until - m_clock.monotonic()).count()) / 1000;
        std::this_thread::sleep_for(
            std::chrono::duration<double>(std::max(0.0, pause) / m_settings.shape.scale + 0.001));
    }
    void tell(const SyncEngine& engine)
    {
        if (!m_isAcknowledged && engine.counters().acknowledged > 0) {
            m_isAcknowledged = true;
            std::printf(
                "dossier acknowledged after %s of the line: %lld bytes up, %lld down, hello included\n",
                clockText(seconds()).c_str(), number(m_line.bytesUp()), number(m_line.bytesDown()));
            m_textUp = m_line.bytesUp();
        }
        if (m_settings.shape.scale < 10 && seconds() - m_told > 60) {
            m_told = seconds();
            std::printf("%s: %lld bytes up, %d connections broken\n", clockText(m_told).c_str(),
                        number(m_line.bytesUp()), m_line.breaks());
        }
        std::fflush(stdout);
    }
    int report(const WatchedTransport& way)
    {
        if (m_settings.bytes == 0) {
            return verdict(m_isAcknowledged, way);
        }
        const auto held = m_city.held(m_sha256);
        std::int64_t worst = 0;
        std::int64_t all = 0;
        for (const auto& each : way.breaks) {
            std::printf("  break at byte %lld: piece %lld, given to the line in vain %lld\n", number(each.at),
                        number(each.piece), number(each.lost));
            worst = std::max(worst, each.lost);
            all += each.lost;
        }
        const std::int64_t up = m_line.bytesUp() - m_textUp;
        std::printf("scan: %lld of %lld bytes at the portal after %s of the line%s\n", number(held.bytes),
                    number(m_settings.bytes), clockText(seconds()).c_str(),
                    held.isComplete ? ", complete" : "");
        std::printf("%lld pieces, %zu breaks; worst break %lld bytes, all breaks %lld bytes\n",
                    number(way.pieces), way.breaks.size(), number(worst), number(all));
        std::printf("over the line went up %lld bytes for them, requests and all (%.1f %% more)\n",
                    number(up),
                    100.0 * static_cast<double>(up - held.bytes) /
                        static_cast<double>(std::max<std::int64_t>(held.bytes, 1)));
        return verdict(m_isAcknowledged && (held.isComplete || (isTimeUp() && held.bytes > 0)), way);
    }
    static int verdict(bool isThere, const WatchedTransport& way)
    {
        const bool isCheap = std::all_of(way.breaks.begin(), way.breaks.end(),
                                         [](const auto& each) { return each.lost < each.piece; });
        std::printf("%s\n", !isThere   ? "red: it did not go through"
                            : !isCheap ? "red: a break cost as much as its piece"
                                       : "good");
        return isThere && isCheap ? 0 : 1;
    }

    Settings m_settings;
    QTemporaryDir m_home;
    ScaledClock m_clock;
    SeededRandom m_random;
    City m_city;
    LossyProxy m_line;
    Counter m_counter;
    std::string m_sha256;
    bool m_isAcknowledged = false;
    std::int64_t m_textUp = 0; ///< bytes that the text needed
    double m_told = 0;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A dossier and its scan over a very bad line."));
    parser.addHelpOption();
    const auto option = [&](const char* name, const char* what, const char* otherwise) {
        parser.addOption(
            {QLatin1String(name), QLatin1String(what), QStringLiteral("N"), QLatin1String(otherwise)});
    };
    option("kbit", "kilobits a second", "8");
    option("rtt", "round trip in milliseconds", "3000");
    option("loss", "segments lost, in percent", "30");
    option("bytes", "size of the scan; 0: the dossier alone", "5242880");
    option("scale", "so many seconds of the line pass in one", "1");
    option("minutes", "of ours, then the run ends and says how far it came; 0: no end", "0");
    option("seed", "of all that is random", "1");
    parser.process(application);
    const auto value = [&](const char* name) { return parser.value(QLatin1String(name)).toDouble(); };
    Settings settings;
    settings.shape = {value("kbit") * 1000, value("rtt") / 1000, value("loss") / 100, value("scale"),
                      static_cast<std::uint64_t>(value("seed"))};
    settings.bytes = static_cast<std::int64_t>(value("bytes"));
    settings.minutes = value("minutes");
    return Run(settings).go();
}
