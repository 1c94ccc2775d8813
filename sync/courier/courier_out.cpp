// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/courier/courier_out.h"

#include "core/base/hash.h"
#include "sync/bundle/bundle_keys.h"
#include "sync/engine/judge.h"

#include <algorithm>
#include <sodium.h>

namespace motcua {

namespace {

/// The newest of the portal's keys that is still in use; what an older one sealed the portal opens as well.
Result<std::string> sealKeyFor(const PortalBinding& binding)
{
    const auto keys = keysOf(binding.keys);
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
        if (!key->notAfter) {
            return sealKeyOf(*key);
        }
    }
    return fail(ErrorKind::Unsupported, "the portal's keys are not known");
}

/// What a person is told while one of several volumes is written.
class VolumeProgress
{
public:
    VolumeProgress(const CourierProgress& progress, std::size_t which, std::size_t count)
        : m_progress(progress), m_before(static_cast<double>(which) / static_cast<double>(count)),
          m_part(1.0 / static_cast<double>(count))
    {}

    [[nodiscard]] Result<void> wrote(std::int64_t bytes, std::int64_t total) const
    {
        return goesOn(CourierStage::Writing, bytes, total) ? Result<void>()
                                                           : fail(ErrorKind::Refused, kStopped);
    }
    [[nodiscard]] StickProgress proving(std::int64_t total) const
    {
        return [*this, total](std::int64_t bytes) { return goesOn(CourierStage::Proving, bytes, total); };
    }

private:
    [[nodiscard]] bool goesOn(CourierStage stage, std::int64_t bytes, std::int64_t total) const
    {
        const double here = total > 0 ? static_cast<double>(bytes) / static_cast<double>(total) : 1.0;
        return !m_progress || m_progress(stage, m_before + m_part * std::min(1.0, here));
    }

    CourierProgress m_progress;
    double m_before;
    double m_part;
};

} // namespace

struct CourierOut::Envelope
{
    SentBundle sent;
    BundleHeader header;
    OperationsLetter letter;
    std::string recipient;
    JwsSigner signer;
};

CourierOut::CourierOut(CourierDesk& courier, PortalDesk& portal, Queue& queue, const Clock& clock,
                       Random& random, CourierOptions options, CourierFiles* files)
    : m_courier(courier), m_portal(portal), m_queue(queue), m_clock(clock), m_random(random),
      m_options(std::move(options)), m_files(files)
{}

Result<ExportPlan> CourierOut::plan(const std::function<bool()>& goesOn)
{
    ExportPlan plan;
    plan.choice = TRY(m_courier.choose(goesOn));
    std::vector<BundleFile> files;
    if (m_files != nullptr) {
        std::vector<Position> positions;
        for (const CourierItem& item : plan.choice.items) {
            positions.push_back(item.position);
        }
        files = TRY(m_files->wanted(positions));
    }
    plan.files = static_cast<std::int64_t>(files.size());
    plan.volumes = planVolumes(plan.choice.items, files, m_options.volumeBytes);
    for (const VolumePlan& volume : plan.volumes) {
        plan.bytes += volume.bytes;
    }
    return plan;
}

/// The pair that opens answers is made at the first export and kept: an answer may come weeks later, after
/// the counter's token was changed.
Result<std::string> CourierOut::answerKey()
{
    Secret seed = TRY(m_courier.answerSeed());
    if (seed.empty()) {
        std::string fresh(crypto_box_SEEDBYTES, '\0');
        randombytes_buf(fresh.data(), fresh.size());
        TRY(m_courier.keepAnswerSeed(Secret(std::move(fresh))));
        seed = TRY(m_courier.answerSeed());
    }
    return sealPairFromSeed(seed).map([](SealPair pair) { return std::move(pair.publicKey); });
}

Result<CourierOut::Envelope> CourierOut::envelope(const ExportPlan& plan, const std::string& official)
{
    const auto binding = TRY(m_portal.binding());
    if (!binding) {
        return fail(ErrorKind::Unsupported, "not enrolled with a portal");
    }
    const auto& identity = m_portal.identity();
    const std::string epoch = TRY(m_courier.epochHeard(binding->portalEpoch));
    const JournalHead head = TRY(m_portal.head());
    const QueueSummary queue = TRY(m_queue.summary());
    const auto volumes = static_cast<std::int64_t>(plan.volumes.size());
    const auto operations = static_cast<std::int64_t>(plan.choice.items.size());
    std::string recipient = TRY(sealKeyFor(*binding));
    std::string key = TRY(answerKey());
    JwsSigner signer = TRY(deviceSigner(binding->token));
    Envelope made{{m_random.hex(16), m_clock.now(), official, operations, volumes, epoch},
                  {},
                  {},
                  std::move(recipient),
                  std::move(signer)};
    made.header.unit = identity.unit;
    made.header.install = identity.install;
    made.header.set = made.sent.id;
    made.header.at = made.sent.at;
    made.header.portalEpoch = epoch;
    made.letter.hello = {identity.install, identity.epoch,      head.position.seq(), toHex(head.chain),
                         queue.waiting,    queue.oldestWaiting, m_options.app};
    made.letter.cursor = binding->cursor;
    made.letter.answerKey = std::move(key);
    made.letter.volumes = volumes;
    return made;
}

Result<ExportReport> CourierOut::write(Stick& stick, const std::string& official,
                                       const CourierProgress& progress)
{
    const ExportPlan planned = TRY(plan());
    const Envelope shared = TRY(envelope(planned, official));
    ExportReport report;
    report.set = shared.sent.id;
    report.left = planned.choice.left;
    for (std::size_t which = 0; which < planned.volumes.size(); ++which) {
        const ExportReport before = report;
        auto volume = writeVolume(stick, shared, planned, which, progress, report);
        const bool isFilesOnly = which > 0 && planned.volumes[which].operations.empty();
        if (!volume && which > 0) {
            report = before;
            if (volume.error().kind == ErrorKind::Storage && isFilesOnly) {
                // The text is on the stick and proven; what has no room waits for the next one.
                report.filesLeft = planned.files - report.files - report.filesMissing;
            } else {
                report.brokenOff = volume.error();
            }
            break;
        }
        report.volumes.push_back(TRY(std::move(volume)));
        report.operations += report.volumes.back().operations;
        report.bytes += report.volumes.back().bytes;
    }
    return report;
}

Result<ExportedVolume> CourierOut::writeVolume(Stick& stick, const Envelope& shared, const ExportPlan& plan,
                                               std::size_t which, const CourierProgress& progress,
                                               ExportReport& report)
{
    const VolumePlan& volume = plan.volumes[which];
    const VolumeProgress told(progress, which, plan.volumes.size());
    OperationsLetter letter = shared.letter;
    letter.operations = static_cast<std::int64_t>(volume.operations.size());
    letter.files = static_cast<std::int64_t>(volume.files.size());
    BundleHeader header = shared.header;
    header.volume = static_cast<std::int64_t>(which) + 1;
    header.epoch = volume.operations.empty() ? m_portal.identity().epoch : volume.epoch;
    header.from = volume.from;
    header.to = volume.to;
    header.letter = toJson(letter);

    const std::string name = bundleFileName(header);
    const auto file = TRY(stick.create(name));
    HashingSink sink(*file);
    BundleWriter writer(sink, shared.recipient);
    TRY(writer.begin(header));
    for (const Position position : volume.operations) {
        TRY(writer.add(RecordKind::Operation, TRY(m_courier.outgoing(position)).line));
        TRY(told.wrote(writer.recordBytes(), volume.bytes));
    }
    for (const BundleFile& each : volume.files) {
        ++(TRY(addFile(writer, each)) ? report.files : report.filesMissing);
        TRY(told.wrote(writer.recordBytes(), volume.bytes));
    }
    TRY(writer.finish(shared.signer, which + 1 == plan.volumes.size()));
    TRY(file->flush());
    TRY(proveWritten(*file, sink, told.proving(sink.bytes())));
    TRY(m_courier.recordExport(shared.sent, volume.operations));
    TRY(file->place());
    return ExportedVolume{name, sink.bytes(), letter.operations, header.epoch, header.from, header.to};
}

/// False: it could not be read whole. What came of it counts at the portal, as after a broken upload.
Result<bool> CourierOut::addFile(BundleWriter& writer, const BundleFile& file)
{
    const auto source = m_files->open(file);
    if (!source) {
        return false;
    }
    TRY(writer.add(RecordKind::File, fileText(file)));
    std::string piece(kFilePieceBytes, '\0');
    std::int64_t left = file.size;
    while (left > 0) {
        const auto most = std::min(piece.size(), static_cast<std::size_t>(left));
        const auto got = (*source)->read(piece.data(), most);
        if (!got || *got == 0) {
            return false;
        }
        TRY(writer.add(RecordKind::FileBytes, std::string_view(piece).substr(0, *got)));
        left -= static_cast<std::int64_t>(*got);
    }
    return true;
}

} // namespace motcua
