// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk_support.h"
#include "sync/bundle/folder_stick.h"
#include "sync/courier/courier_out.h"
#include "tests/bench/figures.h"
#include "tests/bench/modes.h"
#include "tests/bench/records.h"

namespace motcua::bench {

namespace fs = std::filesystem;

namespace {

/// As if it had been enrolled: nobody is asked for it, and nobody opens what is written.
PortalBinding bindingTo(const JwsSigner& portal)
{
    PortalBinding binding;
    binding.url = "http://127.0.0.1:1";
    binding.token = "benchmark";
    binding.portalEpoch = "benchmark";
    binding.keys.push_back(toJson(portal.publicKey()));
    return binding;
}

} // namespace

void exportStick(const fs::path& client, const std::string& folder)
{
    const SystemClock clock;
    SystemRandom random;
    const Catalogue catalogue = shippedCatalogue();
    const auto home = openRegister(client.string() + ".d", clock);
    auto connection = connect(home);
    PortalDesk portal(connection, home.identity(), fieldOf(catalogue), clock, {});
    must(portal.bind(bindingTo(must(JwsSigner::fromSeed("k1", Secret(std::string(32, 'k')))))));
    Queue queue(connection, home.identity().install);
    CourierDesk courier(connection, home.identity(), clock);
    CourierOut out(courier, portal, queue, clock, random);
    FolderStick stick(folder);

    const double begun = now();
    const auto report = must(out.write(stick, "bench"));
    const double took = now() - begun;

    const auto count = static_cast<double>(report.operations);
    print("courier", "sealed, flushed, read back",
          {member("n", count), member("seconds", took),
           member("files", static_cast<double>(report.volumes.size())),
           member("bytes_per_dossier", count > 0 ? static_cast<double>(report.bytes) / count : 0),
           member("rss_mib", residentMiB())});
}

} // namespace motcua::bench
