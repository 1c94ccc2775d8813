// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/courier/courier_in.h"

#include "sync/engine/judge.h"
#include "sync/engine/stored_change.h"

#include <algorithm>

namespace motcua {

namespace {

/// A stick is no request: its results stand in no attempt.
constexpr std::int64_t kNoAttempt = 0;

constexpr const char* kNotEnrolled = "not enrolled with a portal";

std::vector<std::int64_t> missingVolumes(const KnownBundle& known, const AnswerLetter& letter)
{
    std::vector<std::int64_t> missing;
    for (std::int64_t volume = 1; volume <= known.sent.volumes; ++volume) {
        if (std::find(letter.volumes.begin(), letter.volumes.end(), volume) == letter.volumes.end()) {
            missing.push_back(volume);
        }
    }
    return missing;
}

} // namespace

struct CourierIn::Reading
{
    BundleHeader header;
    bool isLast = true;
    AnswerMoment moment;
    std::vector<PortalKey> keys; ///< of the portal; more may come with its hello
    AnswerReport report;

    void noteApplied(const StoredResult& result)
    {
        if (result.receipt->result == "applied") {
            moment.applied.emplace(result.position, result.receipt->at);
        }
    }
};

CourierIn::CourierIn(CourierDesk& courier, PortalDesk& portal, CourierFiles* files)
    : m_courier(courier), m_portal(portal), m_files(files)
{}

Result<CourierIn::Reading> CourierIn::prove(BundleSource& source, const std::vector<SealPair>& keys)
{
    const auto binding = TRY(m_portal.binding());
    if (!binding) {
        return fail(ErrorKind::Unsupported, kNotEnrolled);
    }
    const auto signersOf = [this, &binding](const BundleHeader& header) -> Result<std::vector<PortalKey>> {
        if (header.kind != BundleKind::Answer) {
            return fail(ErrorKind::Foreign, "a bundle for the portal, not from it");
        }
        const auto& identity = m_portal.identity();
        if (header.install != identity.install || header.unit != identity.unit) {
            return fail(ErrorKind::WrongKey, "an answer to another counter");
        }
        return keysOf(binding->keys);
    };
    const ProvenBundle proven = TRY(proveBundle(source, keys, signersOf));
    Reading reading;
    reading.header = proven.header;
    reading.isLast = proven.end.isLast;
    reading.moment = {proven.header.portalEpoch, binding->portalEpoch, std::nullopt, proven.header.at};
    reading.keys = keysOf(binding->keys);
    return reading;
}

/// An answer of another epoch is only news when the portal was restored after we had last heard of it;
/// otherwise it is older than what we know.
Result<void> CourierIn::meetEpoch(Reading& reading)
{
    const auto known = TRY(m_courier.find(reading.header.set));
    const auto letter = TRY(answerLetterOf(reading.header));
    if (known) {
        reading.report.missing = missingVolumes(*known, letter);
        reading.report.writtenAt = known->sent.at;
        reading.moment.asked = known->sent.at;
    }
    const std::string heard = TRY(m_courier.epochHeard(reading.moment.boundEpoch));
    if (reading.header.portalEpoch == heard) {
        return {};
    }
    if (!known || known->sent.portalEpoch != heard) {
        return fail(ErrorKind::Refused, kBeforeRestore);
    }
    return m_courier.noteEpoch(reading.moment.boundEpoch, reading.header.portalEpoch);
}

/// The engine reads on its own connection, and may have heard of another epoch since this reading began.
Result<PortalBinding> CourierIn::bindingAsBefore(const Reading& reading)
{
    auto binding = TRY(m_portal.binding());
    const auto& moment = reading.moment;
    if (!binding ||
        (binding->portalEpoch != moment.boundEpoch && binding->portalEpoch != moment.portalEpoch)) {
        return fail(ErrorKind::Refused, kBeforeRestore);
    }
    return std::move(*binding);
}

/// Of answers to this counter; none before its first export.
Result<std::vector<SealPair>> CourierIn::seals()
{
    std::vector<SealPair> keys;
    if (const Secret seed = TRY(m_courier.answerSeed()); !seed.empty()) {
        keys.push_back(TRY(sealPairFromSeed(seed)));
    }
    return keys;
}

Result<void> CourierIn::glance(BundleSource& source)
{
    if (!TRY(m_portal.binding())) {
        return fail(ErrorKind::Unsupported, kNotEnrolled);
    }
    return BundleReader::glance(source, TRY(seals()));
}

Result<AnswerReport> CourierIn::read(BundleSource& source)
{
    const std::vector<SealPair> keys = TRY(seals());
    Reading reading = TRY(prove(source, keys));
    TRY(meetEpoch(reading));
    reading.report.set = reading.header.set;
    reading.report.volume = reading.header.volume;
    const auto before = TRY(m_courier.find(reading.header.set));
    TRY(readProven(source, keys,
                   [this, &reading](const BundleRecord& record) { return take(reading, record); }));
    reading.report.merged = TRY(m_portal.mergeConflicts());
    TRY(m_courier.recordAnswer({reading.header.set, reading.header.volume, reading.isLast}));
    const auto after = TRY(m_courier.find(reading.header.set));
    reading.report.isRepeated = before && after && before->answers == after->answers;
    reading.report.isWhole = after ? after->isAnswered : reading.isLast && reading.header.volume == 1;
    return std::move(reading.report);
}

Result<void> CourierIn::take(Reading& reading, const BundleRecord& record)
{
    switch (record.kind) {
    case RecordKind::Hello:
        return takeHello(reading, record.bytes);
    case RecordKind::Results:
        return takeResults(reading, record.bytes);
    case RecordKind::Page:
        return takePage(reading, record.bytes);
    case RecordKind::Files:
        return takeFiles(reading, record.bytes);
    case RecordKind::Header:
    case RecordKind::Operation:
    case RecordKind::File:
    case RecordKind::FileBytes:
    case RecordKind::End:
        break;
    }
    return {}; // a later version may say more
}

/// New keys of the portal come under a signature of one that we knew.
Result<void> CourierIn::takeHello(Reading& reading, const std::string& text)
{
    const Hello hello = TRY(helloFromJson(TRY(parseJson(text))));
    reading.report.isRevoked = hello.revoked;
    const Json known = TRY(m_portal.learnKeys(keysToJson(hello.keys), {})); // a stick brings no token
    reading.keys = keysOf(known);
    return {};
}

Result<void> CourierIn::takeResults(Reading& reading, const std::string& text)
{
    const Results results = TRY(resultsFromJson(TRY(parseJson(text))));
    if (results.portalEpoch != reading.header.portalEpoch) {
        return fail(ErrorKind::Damaged, "results of another epoch than their answer");
    }
    TRY(bindingAsBefore(reading));
    std::vector<std::string> ops;
    for (const OpResult& result : results.results) {
        ops.push_back(result.op.text());
    }
    const auto sent = TRY(m_courier.known(ops));
    Judgement judgement = judge(sent, results, reading.keys);
    reading.report.unproven += static_cast<std::int64_t>(sent.size() - judgement.operations.size());
    std::vector<StoredResult> proven;
    for (JudgedOperation& each : judgement.operations) {
        reading.report.blocked += each.stored.receipt ? 0 : 1;
        if (each.stored.receipt) {
            reading.noteApplied(each.stored);
            proven.push_back(std::move(each.stored));
        }
    }
    const auto news = TRY(m_portal.news(std::move(proven)));
    if (news.empty()) {
        return {};
    }
    TRY(m_portal.endAttempt(kNoAttempt, RequestEnd::Answered, {}, {}, "by stick", {}, news));
    for (const StoredResult& each : news) {
        const std::string& result = each.receipt->result;
        const bool isSettled = result == "applied" || result == "cancelled";
        ++(isSettled              ? reading.report.acknowledged
           : result == "conflict" ? reading.report.conflicts
                                  : reading.report.refused);
    }
    return {};
}

/// The cursor moves only along its own line: where the network went further meanwhile, a volume before is
/// missing, or the portal was restored, the news are taken and the cursor stays.
Result<void> CourierIn::takePage(Reading& reading, const std::string& text)
{
    Json json = TRY(parseJson(text));
    const Json after = at(json, "after");
    if (!json.is_object() || !json.contains("page")) {
        return fail(ErrorKind::Damaged, "a page without changes");
    }
    ChangesPage page = TRY(changesPageFromJson(std::move(json["page"])));
    if (page.portalEpoch != reading.header.portalEpoch) {
        return fail(ErrorKind::Damaged, "a page of another epoch than its answer");
    }
    const PortalBinding binding = TRY(bindingAsBefore(reading));
    const bool follows = binding.cursor ? after == Json(*binding.cursor) : after.is_null();
    const auto cursor = follows ? std::optional(page.cursor) : std::nullopt;
    const auto aside = TRY(m_portal.storePage(page.portalEpoch, storedChanges(page), cursor));
    reading.report.unreadable += static_cast<std::int64_t>(aside.size());
    reading.report.pulled += static_cast<std::int64_t>(page.changes.size() - aside.size());
    return {};
}

Result<void> CourierIn::takeFiles(Reading& reading, const std::string& text)
{
    for (const BundleFile& file : TRY(readFilesText(text))) {
        if (file.isComplete && m_files != nullptr) {
            const bool isNews = TRY(m_files->noteHeld(file, reading.moment));
            reading.report.filesHeld += isNews ? 1 : 0;
        }
    }
    return {};
}

} // namespace motcua
