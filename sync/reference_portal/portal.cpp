// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/portal.h"

#include "core/db/transaction.h"
#include "core/dossier/schema.h"
#include "sync/reference_portal/store_schema.h"

#include <algorithm>
#include <filesystem>

namespace motcua::portal {

namespace {

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

} // namespace

Portal::Portal(KeyStore keys, DossierStore dossiers, const Clock& clock)
    : m_keys(std::make_unique<KeyStore>(std::move(keys))),
      m_dossiers(std::make_unique<DossierStore>(std::move(dossiers))), m_clock(&clock)
{}

Result<Portal> Portal::open(const std::string& folder, const Clock& clock, Random& random)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return fail(ErrorKind::Storage, "cannot make " + folder + ": " + failure.message());
    }
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
    KeyStore keys = TRY(KeyStore::open(folder + "/keys.db", clock, random));
    DossierStore dossiers(TRY(openStore(folder + "/portal.db", kDossierSchema)));
    return Portal(std::move(keys), std::move(dossiers), clock);
}

Result<std::optional<Device>> Portal::authenticate(std::string_view token)
{
    return m_keys->deviceOfToken(token);
}

Result<bool> Portal::acceptsApp(std::string_view app)
{
    return isRecentEnough(app, TRY(m_keys->setting("min-app")));
}

Result<Reply<Enrolment>> Portal::enrol(const EnrolRequest& request)
{
    return m_keys->enrol(request);
}

Result<Reply<Hello>> Portal::hello(const Device& device, const HelloRequest& request)
{
    if (request.install != device.install) {
        return refuse<Hello>(ProblemType::BadRequest, "Thẻ ghi danh này là của một quầy khác.");
    }
    TRY(m_keys->noteApp(device.install, request.app));
    if (!device.revoked && request.lastSeq > 0) {
        const auto stored =
            TRY(m_dossiers->findOp(makeOpId({device.install, request.epoch, request.lastSeq})));
        if (stored && stored->chain && *stored->chain != request.chainHead) {
            return refuse<Hello>(ProblemType::ChainFork);
        }
    }
    Hello hello;
    hello.portalEpoch = TRY(m_keys->epoch());
    hello.now = m_clock->now();
    hello.lastSeq = TRY(m_dossiers->lastSeq(device.install, request.epoch));
    hello.held = TRY(m_dossiers->appliedCount(device.install));
    hello.keys = TRY(m_keys->keys());
    hello.revoked = device.revoked;
    const std::string minApp = TRY(m_keys->setting("min-app"));
    if (!minApp.empty()) {
        hello.minApp = minApp;
    }
    const std::string spread = TRY(m_keys->setting("spread"));
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
    bench.epoch = TRY(m_keys->epoch());
    bench.now = m_clock->now();
    bench.givesOfficialCodes = TRY(m_keys->setting("official-codes"))
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

Result<Reply<Results>> Portal::judgeAll(const Device& device, const std::vector<OperationLine>& lines,
                                        const std::vector<std::string_view>& texts)
{
    auto transaction = TRY(Transaction::begin(m_dossiers->connection()));
    std::vector<std::optional<StoredOp>> known;
    known.reserve(lines.size());
    for (const OperationLine& line : lines) {
        known.push_back(TRY(m_dossiers->findOp(*line.op)));
        const auto& stored = known.back();
        // Another entry at the same place of the same journal: a copied disk. Nothing of the batch is judged.
        const bool isOther = stored && stored->unit == device.unit && stored->digest != line.digest;
        if (isOther && line.op->text().starts_with(device.install) && stored->chain && line.chain &&
            *stored->chain != *line.chain) {
            return refuse<Results>(ProblemType::ChainFork);
        }
    }
    const JwsSigner signer = TRY(m_keys->signer());
    const Bench with = TRY(bench(device, signer));
    Judge judge(*m_dossiers, with);
    Results results{{}, with.epoch};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        results.results.push_back(TRY(judge.judge(lines[i], texts[i], known[i])));
    }
    TRY(transaction.commit());
    return Reply<Results>(std::move(results));
}

Result<OpStatus> Portal::status(const Device& device, const OpId& op)
{
    Results results = TRY(statuses(device, {op}));
    return OpStatus{std::move(results.results.front()), std::move(results.portalEpoch)};
}

Result<Results> Portal::statuses(const Device& device, const std::vector<OpId>& ops)
{
    auto transaction = TRY(Transaction::begin(m_dossiers->connection())); // a new epoch asks for new receipts
    const JwsSigner signer = TRY(m_keys->signer());
    const Bench with = TRY(bench(device, signer));
    Judge judge(*m_dossiers, with);
    Results results{{}, with.epoch};
    for (const OpId& op : ops) {
        results.results.push_back(TRY(judge.status(op)));
    }
    TRY(transaction.commit());
    return results;
}

Result<Reply<DossierText>> Portal::dossier(const Device& device, const std::string& uid)
{
    const auto found = isUid(uid) ? TRY(m_dossiers->findDossier(Uid(uid))) : std::nullopt;
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
    return m_dossiers->blobSize(device.unit, sha256);
}

} // namespace motcua::portal
