// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/courier_station.h"

#include "sync/reference_portal/answer_writer.h"
#include "sync/reference_portal/volume_judge.h"

#include <algorithm>

namespace motcua::portal {

namespace {

/// What concerns one file only; anything else ends the whole.
bool isOfTheFile(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Foreign:
    case ErrorKind::WrongKey:
    case ErrorKind::Damaged:
    case ErrorKind::Newer:
    case ErrorKind::Refused:
    case ErrorKind::NotFound:
    case ErrorKind::Invalid:
        return true;
    default:
        return false;
    }
}

std::string wordsOf(const ProblemDetails& problem)
{
    return std::string(problemName(problem.type)) + ": " +
           (problem.detail.empty() ? problem.title : problem.detail);
}

} // namespace

Result<std::vector<SealPair>> CourierStation::seals()
{
    std::vector<SealPair> pairs;
    for (auto& key : TRY(m_portal.keys().courierKeys())) {
        pairs.push_back(std::move(key.pair));
    }
    return pairs;
}

Result<CourierStation::Volume> CourierStation::receive(Stick& stick, const std::string& file)
{
    Volume volume;
    volume.file = file;
    volume.copy = TRY(copyPrivately(stick, file, m_privateFolder));
    const auto signersOf = [this, &volume](const BundleHeader& header) -> Result<std::vector<PortalKey>> {
        if (header.kind != BundleKind::Operations) {
            return fail(ErrorKind::Foreign, "an answer, not a counter's bundle");
        }
        auto known = TRY(m_portal.keys().courierDevice(header.install));
        if (known.device.revoked || known.device.unit != header.unit) {
            return fail(ErrorKind::Refused, "the counter is revoked, or of another unit");
        }
        volume.device = std::move(known.device);
        return std::move(known.keys);
    };
    VolumeCheck check;
    const auto pairs = TRY(seals());
    const ProvenBundle proven = TRY(proveBundle(
        *volume.copy, pairs, signersOf, [&check](const BundleRecord& record) { return check.look(record); }));
    volume.header = proven.header;
    volume.letter = TRY(operationsLetterOf(proven.header));
    for (const auto& key : TRY(m_portal.keys().courierKeys())) {
        if (key.pair.publicKey == proven.recipient) {
            volume.kid = key.kid;
        }
    }
    return volume;
}

Result<std::vector<StationReport>> CourierStation::take(Stick& stick, const std::vector<std::string>& files,
                                                        Stick& answers)
{
    std::map<std::string, Volumes> sets;
    std::vector<StationReport> reports(1); // the first: what is refused
    for (const std::string& file : files) {
        auto volume = receive(stick, file);
        if (!volume && !isOfTheFile(volume.error())) {
            return tl::unexpected(volume.error());
        }
        if (!volume) {
            reports.front().volumes.push_back({file, volume.error(), 0});
            continue;
        }
        volume->copy.reset();
        auto& set = sets[volume->header.set];
        const std::int64_t number = volume->header.volume;
        const bool isOther = !set.empty() && set.begin()->second.device.install != volume->device.install;
        if (isOther || !set.emplace(number, std::move(*volume)).second) {
            reports.front().volumes.push_back(
                {file, Error{ErrorKind::Duplicate, "this volume is there twice"}, number});
        }
    }
    for (auto& [name, volumes] : sets) {
        auto report = takeSet(stick, volumes, answers);
        if (!report && !isOfTheFile(report.error())) {
            return tl::unexpected(report.error());
        }
        if (report) {
            reports.push_back(std::move(*report));
        } else {
            for (const auto& [number, volume] : volumes) {
                reports.front().volumes.push_back({volume.file, report.error(), number});
            }
        }
    }
    if (reports.front().volumes.empty()) {
        reports.erase(reports.begin());
    }
    return reports;
}

Result<Hello> CourierStation::greet(const Volume& volume)
{
    HelloRequest request = volume.letter.hello;
    request.app = volume.device.app; // which program it was when the stick was made is no news
    const auto reply = TRY(m_portal.hello(volume.device, request));
    if (!reply) {
        return fail(ErrorKind::Refused, wordsOf(reply.error()));
    }
    Hello hello = *reply;
    hello.token.reset(); // a token goes over the network only
    return hello;
}

StationReport CourierStation::reportOf(const Volumes& volumes)
{
    const Volume& newest = volumes.rbegin()->second;
    StationReport report;
    report.set = newest.header.set;
    report.unit = newest.device.unit;
    report.install = newest.device.install;
    for (const auto& [number, volume] : volumes) {
        report.volumes.push_back({volume.file, std::nullopt, number});
    }
    for (std::int64_t number = 1; number <= newest.letter.volumes; ++number) {
        if (!volumes.contains(number)) {
            report.missing.push_back(number);
        }
    }
    return report;
}

/// Of the answer to all of them: it covers the operations from the first to the last.
Result<BundleHeader> CourierStation::answerHeader(const Volumes& volumes)
{
    AnswerLetter letter;
    BundleHeader header = volumes.rbegin()->second.header;
    for (const auto& [number, volume] : volumes) {
        letter.volumes.push_back(number);
        if (volume.header.epoch == header.epoch && volume.header.from > 0) {
            header.from = header.from == 0 ? volume.header.from : std::min(header.from, volume.header.from);
            header.to = std::max(header.to, volume.header.to);
        }
    }
    header.kind = BundleKind::Answer;
    header.volume = 1;
    header.at = m_clock.now();
    header.portalEpoch = TRY(m_portal.keys().epoch());
    header.letter = toJson(letter);
    return header;
}

Result<StationReport> CourierStation::takeSet(Stick& stick, Volumes& volumes, Stick& answers)
{
    const Volume& newest = volumes.rbegin()->second;
    const std::string hello = dumpJson(toJson(TRY(greet(newest))));
    StationReport report = reportOf(volumes);
    BundleHeader header = TRY(answerHeader(volumes));
    JwsSigner signer = TRY(m_portal.keys().signerOf(newest.kid));
    AnswerWriter writer(answers, std::move(header), newest.letter.answerKey, std::move(signer), hello,
                        m_volumeBytes);
    TRY(writer.begin());
    std::size_t at = 0;
    for (const auto& [number, volume] : volumes) {
        const auto judged = judge(stick, volume, writer, report);
        if (!judged && !isOfTheFile(judged.error())) {
            return tl::unexpected(judged.error());
        }
        if (!judged) {
            // What was judged before it has its answer all the same; behind it nothing can be judged.
            report.volumes[at].refusal = judged.error();
            std::for_each(report.volumes.begin() + static_cast<std::ptrdiff_t>(at) + 1, report.volumes.end(),
                          [](VolumeReport& behind) { behind.isJudged = false; });
            break;
        }
        ++at;
    }
    TRY(addChanges(newest, writer, report));
    TRY(writer.finish());
    report.answers = writer.files();
    return report;
}

/// Copied and proven once more: only what is judged now lies in the private folder.
Result<void> CourierStation::judge(Stick& stick, const Volume& known, AnswerWriter& writer,
                                   StationReport& report)
{
    const Volume volume = TRY(receive(stick, known.file));
    const bool isSame = volume.header.set == known.header.set &&
                        volume.header.volume == known.header.volume &&
                        volume.device.install == known.device.install;
    if (!isSame) {
        return fail(ErrorKind::Damaged, "the file changed while the stick was read");
    }
    VolumeJudge judge(m_portal, volume.device, writer, report);
    TRY(readProven(*volume.copy, TRY(seals()),
                   [&judge](const BundleRecord& record) { return judge.take(record); }));
    return judge.finish();
}

/// As if the counter pulled until there is no more. A cursor that the portal does not take any more is given
/// up.
Result<void> CourierStation::addChanges(const Volume& volume, AnswerWriter& writer, StationReport& report)
{
    ChangesQuery query{volume.letter.cursor, kPageChangesMax};
    while (true) {
        const auto page = TRY(m_portal.changes(volume.device, query));
        if (!page && query.cursor) {
            query.cursor.reset();
            continue;
        }
        if (!page) {
            return fail(ErrorKind::Refused, wordsOf(page.error()));
        }
        TRY(writer.add(RecordKind::Page, pageText(query.cursor, page->json)));
        ++report.pages;
        const Json json = TRY(parseJson(page->json));
        query.cursor = stringAt(json, "cursor");
        if (at(json, "more") != Json(true)) {
            return {};
        }
    }
}

} // namespace motcua::portal
