// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/desk/courier_desk.h"
#include "core/desk/portal_desk.h"
#include "core/outbox/queue.h"
#include "sync/bundle/bundle_writer.h"
#include "sync/bundle/stick.h"
#include "sync/courier/courier_files.h"
#include "sync/courier/volume_plan.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// Pieces in which a file stands in a bundle.
inline constexpr std::size_t kFilePieceBytes = std::size_t{1} << 20;

struct CourierOptions
{
    std::string app = "motcua " MOTCUA_VERSION;
    std::int64_t volumeBytes =
        kVolumeBytesMax - 10'000'000; ///< of records; seals and blocks add less than the rest
};

enum class CourierStage
{
    Writing,
    Proving, ///< reading back what the stick holds
};
/// How far, 0 to 1, over all volumes. False: the person wants it to stop; what was placed stays.
using CourierProgress = std::function<bool(CourierStage stage, double share)>;

struct ExportPlan
{
    CourierChoice choice;
    std::vector<VolumePlan> volumes;
    std::int64_t bytes = 0; ///< before packing: the stick needs less
    std::int64_t files = 0;
};

struct ExportedVolume
{
    std::string file;
    std::int64_t bytes = 0; ///< of the file
    std::int64_t operations = 0;
    std::int64_t epoch = 1;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

struct ExportReport
{
    std::string set;
    std::vector<ExportedVolume> volumes; ///< each read back and proven
    std::int64_t operations = 0;
    std::int64_t files = 0;
    std::int64_t filesMissing = 0; ///< not to be read here; their operations travelled
    std::int64_t filesLeft = 0;    ///< for which the stick had no room; all operations travelled
    std::int64_t left = 0;         ///< waiting for a person
    std::int64_t bytes = 0;
    std::optional<Error> brokenOff; ///< why the volumes after these are not there; none: all are
};

/// The way out by stick: everything that is not final, sealed for the portal, signed by this counter. No
/// operation's state changes by it, so the network may go on meanwhile.
class CourierOut
{
public:
    /// `random`: for the name of the set, which nobody may guess. `files` may be absent.
    CourierOut(CourierDesk& courier, PortalDesk& portal, Queue& queue, const Clock& clock, Random& random,
               CourierOptions options = {}, CourierFiles* files = nullptr);

    /// What write() would take now. `goesOn`: see CourierDesk::choose().
    [[nodiscard]] Result<ExportPlan> plan(const std::function<bool()>& goesOn = {});
    /// Volume by volume: written under another name, flushed, read back from the stick and compared, noted in
    /// the register, named. Errors: Unsupported (not enrolled: nobody to seal for), Storage, Damaged (the
    /// stick does not hold what it took), Refused (stopped); in all of them nothing is there. What
    /// fails after the first volume stands in the report, with the volumes before it: each is there whole or
    /// not at all.
    [[nodiscard]] Result<ExportReport> write(Stick& stick, const std::string& official,
                                             const CourierProgress& progress = {});

private:
    struct Envelope; ///< what all volumes of a set share
    [[nodiscard]] Result<Envelope> envelope(const ExportPlan& plan, const std::string& official);
    [[nodiscard]] Result<std::string> answerKey();
    [[nodiscard]] Result<ExportedVolume> writeVolume(Stick& stick, const Envelope& envelope,
                                                     const ExportPlan& plan, std::size_t which,
                                                     const CourierProgress& progress, ExportReport& report);
    [[nodiscard]] Result<bool> addFile(BundleWriter& writer, const BundleFile& file);

    CourierDesk& m_courier;
    PortalDesk& m_portal;
    Queue& m_queue;
    const Clock& m_clock;
    Random& m_random;
    CourierOptions m_options;
    CourierFiles* m_files;
};

} // namespace motcua
