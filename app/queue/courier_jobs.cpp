// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/courier_jobs.h"

#include "app/common/portal_place.h"
#include "sync/bundle/folder_stick.h"
#include "sync/courier/stored_files.h"

namespace motcua {

namespace {

/// One job's own way into the register.
struct Way
{
    explicit Way(Workplace& place, Connection opened)
        : connection(std::move(opened)), queue(connection, place.identity().install),
          courier(connection, place.identity(), place.systemClock()),
          portal(portalDeskOf(place, connection, place.systemClock())), shelf(place.folder().shelf()),
          store(connection, shelf, place.folder().dataKey(), place.systemClock()), files(store, portal),
          out(courier, portal, queue, place.systemClock(), random, {}, &files), in(courier, portal, &files)
    {}

    Connection connection;
    SystemRandom random;
    Queue queue;
    CourierDesk courier;
    PortalDesk portal;
    FolderShelf shelf;
    FileStore store;
    StoredFiles files;
    CourierOut out;
    CourierIn in;
};

Result<std::unique_ptr<Way>> wayInto(Workplace& place)
{
    auto connection = TRY(place.folder().connect());
    return std::make_unique<Way>(place, std::move(connection));
}

} // namespace

CourierJobs courierJobs(Workplace& place)
{
    CourierJobs jobs;
    jobs.plan = [&place](const std::function<bool()>& goesOn) -> Result<ExportPlan> {
        const auto way = TRY(wayInto(place));
        return way->out.plan(goesOn);
    };
    jobs.write = [&place, official = place.desk().actor().fullName](
                     const std::string& folder, const CourierProgress& progress) -> Result<ExportReport> {
        const auto way = TRY(wayInto(place));
        FolderStick stick(folder);
        return way->out.write(stick, official, progress);
    };
    jobs.read = [&place](const std::string& folder, const StickProgress& progress) -> Result<StickAnswers> {
        const auto way = TRY(wayInto(place));
        FolderStick stick(folder);
        std::vector<std::string> names;
        for (const Stick::File& file : TRY(stick.bundles())) {
            names.push_back(file.name);
        }
        return readAnswers(way->in, stick, std::move(names), place.registerFolder().string(), progress);
    };
    return jobs;
}

} // namespace motcua
