// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-portal: the reference portal as a program (contracts/cli.md, "The other programs").
#include "sync/reference_portal/admin.h"
#include "sync/reference_portal/http_server.h"
#include "sync/reference_portal/store_place.h"

#include <csignal>
#include <iostream>
#include <thread>

namespace {

using namespace motcua;
using namespace motcua::portal;

constexpr const char* kUsage =
    R"(motcua-portal --listen ADDR:PORT --data DIR|--store postgresql://… [--tls-cert F --tls-key F]
              [--allow-faults]
  serves the city portal's counter interface; plain HTTP on loopback only, port 0 takes a free one.
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

int serve(const Arguments& arguments)
{
    const std::string* listen = arguments.option("--listen");
    const auto place = storePlaceIn(arguments);
    auto options = listen == nullptr ? Result<ServerOptions>(fail(ErrorKind::Invalid, "--listen is missing"))
                                     : parseListenAddress(*listen);
    if (!options || !place) {
        return usage();
    }
    const auto textOf = [&arguments](const char* name) {
        const std::string* value = arguments.option(name);
        return value == nullptr ? std::string() : *value;
    };
    options->tlsCertificate = textOf("--tls-cert");
    options->tlsKey = textOf("--tls-key");

    const sigset_t signals = blockSignals();
    const SystemClock clock;
    SystemRandom random;
    auto portal = openPortal(*place, clock, random);
    if (!portal) {
        std::cerr << "motcua-portal: " << portal.error().detail << "\n";
        return kExitStore;
    }
    auto side = openPortal(*place, clock, random); // reads the plan of faults
    if (!side) {
        std::cerr << "motcua-portal: " << side.error().detail << "\n";
        return kExitStore;
    }
    PortalApi api(std::move(*portal), clock);
    Faults faults =
        arguments.option("--allow-faults") != nullptr ? Faults(faultPlanOf(*place, *side)) : Faults();
    HttpServer server(api, faults);
    if (const auto bound = server.bind(*options); !bound) {
        std::cerr << "motcua-portal: " << bound.error().detail << "\n";
        return bound.error().kind == ErrorKind::Network ? kExitStore : kExitUsage;
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
    const Arguments arguments = readArguments(
        texts, {"--listen", "--data", "--store", "--tls-cert", "--tls-key"}, {"--allow-faults"});
    if (!arguments.fault.empty() || !arguments.words.empty()) {
        return usage();
    }
    return serve(arguments);
}
