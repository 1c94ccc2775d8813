// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-portal: the reference portal as a program (contracts/cli.md, "The other programs").
#include "sync/reference_portal/admin.h"
#include "sync/reference_portal/http_server.h"
#include "sync/reference_portal/store_place.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>
#include <sys/resource.h>
#include <thread>

namespace {

using namespace motcua;
using namespace motcua::portal;

constexpr std::size_t kWorkersMax = 64;

constexpr const char* kUsage =
    R"(motcua-portal --listen ADDR:PORT --data DIR|--store postgresql://… [--tls-cert F --tls-key F]
              [--workers N] [--share-port] [--allow-faults]
  serves the city portal's counter interface; plain HTTP on loopback only, port 0 takes a free one.
  Any number of portals may serve one PostgreSQL database; --workers is how many connections this one has
  (default: two a processor). With --share-port several on one machine listen on one port.
  --allow-faults lets `admin fault` make things go wrong on purpose: tests and demonstrations only.

)";

int usage()
{
    std::cerr << kUsage << Admin::usage();
    return kExitUsage;
}

/// Blocks the signals that end the program, for this thread and those it starts.
sigset_t blockSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

/// A thousand counters keep a connection each.
void allowManyFiles()
{
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

int fault(const Error& error, int status)
{
    std::cerr << "motcua-portal: " << error.detail << "\n";
    return status;
}

/// Nothing where the command line does not say it all.
std::optional<ServerOptions> serverOptionsIn(const Arguments& arguments)
{
    const auto textOf = [&arguments](const char* name) {
        const std::string* value = arguments.option(name);
        return value == nullptr ? std::string() : *value;
    };
    auto options = parseListenAddress(textOf("--listen"));
    if (!options) {
        return std::nullopt;
    }
    options->tlsCertificate = textOf("--tls-cert");
    options->tlsKey = textOf("--tls-key");
    options->sharesPort = arguments.option("--share-port") != nullptr;
    return std::move(*options);
}

/// How many work at one time: the embedded store has one writer; beside a database two for each processor,
/// since one of the two waits for its commit.
std::size_t workersIn(const Arguments& arguments, const StorePlace& place)
{
    const std::string* text = arguments.option("--workers");
    std::size_t count = std::max(1U, std::thread::hardware_concurrency()) * 2;
    if (text != nullptr) {
        std::from_chars(text->data(), text->data() + text->size(), count);
    }
    return place.isEmbedded() ? 1 : std::clamp<std::size_t>(count, 1, kWorkersMax);
}

Result<std::vector<Portal>> openPortals(const StorePlace& place, std::size_t count, const Clock& clock,
                                        Random& random)
{
    std::vector<Portal> portals;
    for (std::size_t i = 0; i < count; ++i) {
        portals.push_back(TRY(openPortal(place, clock, random)));
    }
    return portals;
}

int serve(const Arguments& arguments)
{
    const auto place = storePlaceIn(arguments);
    const auto options = serverOptionsIn(arguments);
    if (!options || !place) {
        return usage();
    }
    const sigset_t signals = blockSignals();
    allowManyFiles();
    const SystemClock clock;
    SystemRandom random;
    auto portals = openPortals(*place, workersIn(arguments, *place), clock, random);
    auto side = openPortals(*place, arguments.option("--allow-faults") != nullptr ? 1 : 0, clock, random);
    if (!portals || !side) {
        return fault(!portals ? portals.error() : side.error(), kExitStore);
    }
    PortalApi api(std::move(*portals), clock);
    Faults faults(side->empty() ? FaultPlanPlace{} : faultPlanOf(*place, side->front()));
    HttpServer server(api, faults);
    if (const auto bound = server.bind(*options); !bound) {
        return fault(bound.error(), bound.error().kind == ErrorKind::Network ? kExitStore : kExitUsage);
    }
    std::thread serving([&server] { server.serve(); });
    std::cout << "listening on " << server.url() << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
    api.stopWaiting();
    server.stop();
    serving.join();
    return kExitDone;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> texts(argv + 1, argv + argc);
    if (!texts.empty() && texts.front() == "admin") {
        const SystemClock clock;
        SystemRandom random;
        return Admin(clock, random, std::cout, std::cerr).run({texts.begin() + 1, texts.end()});
    }
    const Arguments arguments =
        readArguments(texts, {"--listen", "--data", "--store", "--tls-cert", "--tls-key", "--workers"},
                      {"--allow-faults", "--share-port"});
    if (!arguments.fault.empty() || !arguments.words.empty()) {
        return usage();
    }
    return serve(arguments);
}
