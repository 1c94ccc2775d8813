// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/portal.h"

#include "core/base/check.h"
#include "core/dossier/schema.h"
#include "sync/reference_portal/pg_blob_store.h"
#include "sync/reference_portal/pg_dossier_store.h"
#include "sync/reference_portal/pg_key_store.h"
#include "sync/reference_portal/pg_schema.h"
#include "sync/reference_portal/sqlite_dossier_store.h"
#include "sync/reference_portal/sqlite_key_store.h"
#include "sync/reference_portal/sqlite_schema.h"

#include <algorithm>
#include <filesystem>

namespace motcua::portal {

namespace {

/// Each one lost means that somebody else committed something of ours, so a batch cannot lose for ever.
constexpr int kRacesMax = 10;
/// Of the results of one answer, well below what a counter takes: each conflict brings the whole dossier.
constexpr std::size_t kResultsBytesMax = std::size_t{6} << 20;
static_assert(kResultsBytesMax < kAnswerBytesMax);

template<class T> Result<Reply<T>> refuse(ProblemType type, std::string detail = {})
{
    return Reply<T>(tl::unexpected(problemOf(type, std::move(detail))));
}

/// The lines of a batch; nothing when one is empty or there is none. The last line feed is optional.
std::optional<std::vector<std::string_view>> linesOf(std::string_view body)
{
    std::vector<std::string_view> lines;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        if (end == 0) {
            return std::nullopt;
        }
        lines.push_back(body.substr(0, end));
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return lines.empty() ? std::nullopt : std::optional(std::move(lines));
}

bool hasRepeatedOp(const std::vector<OperationLine>& lines)
{
    std::vector<OpId> ops;
    for (const OperationLine& line : lines) {
        ops.push_back(*line.op);
    }
    std::sort(ops.begin(), ops.end());
    return std::adjacent_find(ops.begin(), ops.end()) != ops.end();
}

/// Adds results up as they go out. One alone is always told, because nobody could ask for less.
class ResultsRoom
{
public:
    [[nodiscard]] bool holds(const Results& results)
    {
        m_bytes += dumpJson(toJson(results.results.back())).size();
        return m_bytes <= kResultsBytesMax || results.results.size() == 1;
    }

private:
    std::size_t m_bytes = 0;
};

constexpr const char* kTooMuchToTell = "Kết quả quá lớn cho một lần trả lời; hãy hỏi ít việc hơn.";

} // namespace

Result<Portal> Portal::open(const std::string& folder, const Clock& clock, Random& random,
                            std::unique_ptr<BlobStore> blobs)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return fail(ErrorKind::Storage, "cannot make " + folder + ": " + failure.message());
    }
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
    Stores stores;
    stores.keys = TRY(SqliteKeyStore::open(folder + "/keys.db", clock, random));
    stores.dossiers =
        std::make_unique<SqliteDossierStore>(TRY(openStore(folder + "/portal.db", kDossierSchema)));
    stores.blobs = blobs ? std::move(blobs) : std::make_unique<FolderBlobStore>(folder + "/blobs");
    return Portal(std::move(stores), clock);
}

Result<Portal> Portal::connect(const std::string& url, const Clock& clock, Random& random)
{
    const auto database = TRY(PgConnection::open(url));
    Stores stores;
    stores.keys = TRY(PgKeyStore::open(database, clock, random));
    TRY(migrateDossiers(*database));
    stores.dossiers = std::make_unique<PgDossierStore>(database);
    stores.blobs = std::make_unique<PgBlobStore>(database);
    return Portal(std::move(stores), clock);
}

Result<std::optional<Device>> Portal::authenticate(std::string_view token)
{
    return keys().deviceOfToken(token);
}

Result<bool> Portal::acceptsApp(std::string_view app)
{
    return isRecentEnough(app, TRY(keys().setting("min-app")));
}

Result<Reply<Enrolment>> Portal::enrol(const EnrolRequest& request)
{
    return keys().enrol(request);
}

Result<Reply<Hello>> Portal::hello(const Device& device, const HelloRequest& request)
{
    if (request.install != device.install) {
        return refuse<Hello>(ProblemType::BadRequest, "Thẻ ghi danh này là của một quầy khác.");
    }
    const auto moment = TRY(keys().moment());
    if (request.app != device.app) {
        TRY(keys().noteApp(device.install, request.app));
    }
    const InstallState state =
        TRY(dossiers().installState(device.unit, {device.install, request.epoch, request.lastSeq}));
    if (!device.revoked && state.chain && *state.chain != request.chainHead) {
        return refuse<Hello>(ProblemType::ChainFork);
    }
    Hello hello;
    hello.portalEpoch = TRY(keys().epoch());
    hello.now = m_clock->now();
    hello.lastSeq = state.lastSeq;
    hello.held = state.held;
    hello.keys = TRY(keys().keys());
    hello.revoked = device.revoked;
    const std::string minApp = TRY(keys().setting("min-app"));
    if (!minApp.empty()) {
        hello.minApp = minApp;
    }
    const std::string spread = TRY(keys().setting("spread"));
    if (!spread.empty()) {
        hello.spreadSeconds = std::strtoll(spread.c_str(), nullptr, 10);
    }
    if (!device.revoked) {
        hello.token = device.nextToken;
    }
    return Reply<Hello>(std::move(hello));
}

Result<Bench> Portal::bench(const Device& device, const JwsSigner& signer)
{
    Bench bench;
    bench.device = &device;
    bench.signer = &signer;
    bench.epoch = TRY(keys().epoch());
    bench.now = m_clock->now();
    bench.givesOfficialCodes = TRY(keys().setting("official-codes"))
    == "with-receipt";
    bench.postpone = postpone;
    return bench;
}

Result<Reply<Results>> Portal::push(const Device& device, std::string_view body)
{
    if (body.size() > kBatchBytesMax) {
        return refuse<Results>(ProblemType::TooLarge, "Một lần gửi nhiều nhất 1 MiB.");
    }
    const auto texts = linesOf(body);
    if (!texts) {
        return refuse<Results>(ProblemType::BadRequest, "Lần gửi trống hoặc có dòng trống.");
    }
    if (texts->size() > kBatchLinesMax) {
        return refuse<Results>(ProblemType::TooLarge, "Một lần gửi nhiều nhất 50 việc.");
    }
    std::vector<OperationLine> lines;
    lines.reserve(texts->size());
    for (const std::string_view text : *texts) {
        lines.push_back(readLine(text));
        if (!lines.back().op) {
            return refuse<Results>(ProblemType::BadRequest,
                                   "Dòng " + std::to_string(lines.size()) + " không nói là việc nào.");
        }
    }
    if (hasRepeatedOp(lines)) {
        return refuse<Results>(ProblemType::BadRequest, "Một việc đứng hai lần trong một lần gửi.");
    }
    return judgeAll(device, lines, *texts);
}

/// Where somebody else was first, the batch is judged again on what that one wrote.
Result<Reply<Results>> Portal::judgeAll(const Device& device, const std::vector<OperationLine>& lines,
                                        const std::vector<std::string_view>& texts)
{
    auto reply = judgeOnce(device, lines, texts);
    for (int i = 0; i < kRacesMax && !reply && reply.error().kind == ErrorKind::Duplicate; ++i) {
        reply = judgeOnce(device, lines, texts);
    }
    return reply;
}

Result<Reply<Results>> Portal::judgeOnce(const Device& device, const std::vector<OperationLine>& lines,
                                         const std::vector<std::string_view>& texts)
{
    const auto moment = TRY(keys().moment());
    auto work = TRY(dossiers().begin(device.unit));
    std::vector<std::optional<StoredOp>> known;
    known.reserve(lines.size());
    for (const OperationLine& line : lines) {
        known.push_back(TRY(dossiers().findOp(*line.op)));
        const auto& stored = known.back();
        // Another entry at the same place of the same journal: a copied disk. Nothing of the batch is judged.
        const bool isOther = stored && stored->unit == device.unit && stored->digest != line.digest;
        if (isOther && line.op->text().starts_with(device.install) && stored->chain && line.chain &&
            *stored->chain != *line.chain) {
            return refuse<Results>(ProblemType::ChainFork);
        }
    }
    const JwsSigner signer = TRY(keys().signer());
    const Bench with = TRY(bench(device, signer));
    Judge judge(dossiers(), with);
    Results results{{}, with.epoch};
    ResultsRoom room;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        results.results.push_back(TRY(judge.judge(lines[i], texts[i], known[i])));
        if (judge.isFork()) {
            return refuse<Results>(ProblemType::ChainFork);
        }
        if (!room.holds(results)) { // nothing is committed, and the counter sends half
            return refuse<Results>(ProblemType::TooLarge, kTooMuchToTell);
        }
    }
    TRY(work.commit());
    return Reply<Results>(std::move(results));
}

Result<OpStatus> Portal::status(const Device& device, const OpId& op)
{
    auto reply = TRY(statuses(device, {op}));
    require(reply.has_value(), "one result alone is always told");
    return OpStatus{std::move(reply->results.front()), std::move(reply->portalEpoch)};
}

/// A look-up seldom writes: only a new epoch, or a place settled since, asks for new receipts.
Result<Reply<Results>> Portal::statuses(const Device& device, const std::vector<OpId>& ops)
{
    auto results = statusesWith(device, ops, DossierStore::Intent::Read);
    return !results && results.error().kind == ErrorKind::Duplicate
               ? statusesWith(device, ops, DossierStore::Intent::Write)
               : results;
}

Result<Reply<Results>> Portal::statusesWith(const Device& device, const std::vector<OpId>& ops,
                                            DossierStore::Intent intent)
{
    const auto moment = TRY(keys().moment());
    auto work = TRY(dossiers().begin(device.unit, intent));
    const JwsSigner signer = TRY(keys().signer());
    const Bench with = TRY(bench(device, signer));
    Judge judge(dossiers(), with);
    Results results{{}, with.epoch};
    ResultsRoom room;
    for (const OpId& op : ops) {
        results.results.push_back(TRY(judge.status(op)));
        if (!room.holds(results)) {
            return refuse<Results>(ProblemType::TooLarge, kTooMuchToTell);
        }
    }
    TRY(work.commit());
    return Reply<Results>(std::move(results));
}

Result<Reply<DossierText>> Portal::dossier(const Device& device, const std::string& uid)
{
    const auto found = isUid(uid) ? TRY(dossiers().findDossier(Uid(uid))) : std::nullopt;
    if (!found || found->unit != device.unit) {
        return refuse<DossierText>(ProblemType::NotFound);
    }
    if (found->gone) {
        return refuse<DossierText>(ProblemType::DossierGone);
    }
    return Reply<DossierText>(DossierText{found->rev, found->text});
}

Result<std::optional<std::int64_t>> Portal::blobSize(const Device& device, const std::string& sha256)
{
    return dossiers().blobSize(device.unit, sha256);
}

} // namespace motcua::portal
