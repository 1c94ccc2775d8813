// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world_mutant.h"

#include "core/base/check.h"
#include "sync/protocol/gzip.h"
#include "sync/protocol/receipt.h"
#include "sync/reference_portal/judge.h"
#include "sync/reference_portal/portal.h"
#include "sync/reference_portal/sqlite_dossier_store.h"
#include "tests/support/world_portal.h"

#include <array>
#include <utility>

namespace motcua {

namespace {

constexpr std::array<std::pair<Mutant, std::string_view>, 8> kNames{{{Mutant::None, "none"},
                                                                     {Mutant::Digest, "digest"},
                                                                     {Mutant::Revision, "revision"},
                                                                     {Mutant::Attempt, "attempt"},
                                                                     {Mutant::Unique, "unique"},
                                                                     {Mutant::Epoch, "epoch"},
                                                                     {Mutant::Effect, "effect"},
                                                                     {Mutant::Scan, "scan"}}};

/// The portal's judgement of a batch without one of its safeguards. Made of the portal's own judge; what is
/// missing is taken away around it.
class CarelessPortal
{
public:
    CarelessPortal(Mutant mutant, portal::DossierStore& store, portal::KeyStore& keys, Instant now)
        : m_mutant(mutant), m_store(store), m_keys(keys), m_now(now)
    {}

    std::optional<Reply> push(const portal::Device& device, std::string_view body)
    {
        auto work = m_store.begin(device.unit);
        require(work.has_value(), "the careless portal writes");
        const auto signer = m_keys.signer();
        const auto epoch = m_keys.epoch();
        require(signer.has_value() && epoch.has_value(), "the careless portal has a key");
        portal::Bench bench;
        bench.device = &device;
        bench.signer = &*signer;
        bench.epoch = *epoch;
        bench.now = m_now;
        portal::Judge judge(m_store, bench);
        Results results{{}, *epoch};
        while (!body.empty()) {
            const auto end = std::min(body.find('\n'), body.size());
            auto judged = judgeLine(judge, bench, body.substr(0, end));
            if (!judged) {
                return Reply{Failure::None, 500, {}, {}, {}};
            }
            results.results.push_back(std::move(*judged));
            body.remove_prefix(std::min(end + 1, body.size()));
        }
        require(work->commit().has_value(), "the careless portal commits");
        return Reply{
            Failure::None, 200, {{"Content-Type", "application/json"}}, dumpJson(toJson(results)), {}};
    }

private:
    std::optional<OpResult> judgeLine(portal::Judge& judge, const portal::Bench& bench, std::string_view text)
    {
        auto line = readLine(text);
        auto known = m_store.findOp(*line.op);
        require(known.has_value(), "the careless portal reads");
        if (m_mutant == Mutant::Digest && *known && (*known)->digest != line.digest) {
            return believed(line, bench);
        }
        if (m_mutant == Mutant::Revision && line.operation && line.operation->baseRev) {
            const auto present = m_store.findDossier(line.operation->uid);
            require(present.has_value(), "the careless portal reads");
            if (*present) {
                line.operation->baseRev = (*present)->rev;
            }
        }
        if (m_mutant == Mutant::Effect && line.operation && line.operation->kind == OpKind::Changed) {
            line.operation->body["set"]["/note"] = "cổng tự ghi";
        }
        if (m_mutant == Mutant::Unique) {
            known->reset(); // looked up before the other request had written
        }
        auto judged = judge.judge(line, text, *known);
        return judged ? std::optional(std::move(*judged)) : std::nullopt;
    }

    /// "I have that one already", said of bytes never seen.
    OpResult believed(const OperationLine& line, const portal::Bench& bench)
    {
        Receipt receipt;
        receipt.op = *line.op;
        receipt.digest = line.digest;
        receipt.result = Outcome::Applied;
        receipt.uid = line.uid;
        const auto present =
            line.uid ? m_store.findDossier(*line.uid) : decltype(m_store.findDossier(Uid{}))();
        receipt.rev = present && *present ? std::optional((*present)->rev) : std::nullopt;
        receipt.at = m_now;
        receipt.epoch = bench.epoch;
        return {*line.op, Outcome::Replayed, bench.signer->sign(dumpJson(toJson(receipt))), {}, {}, {}};
    }

    Mutant m_mutant;
    portal::DossierStore& m_store;
    portal::KeyStore& m_keys;
    Instant m_now;
};

} // namespace

std::optional<Mutant> parseMutant(std::string_view name)
{
    for (const auto& [mutant, known] : kNames) {
        if (name == known) {
            return mutant;
        }
    }
    return std::nullopt;
}

std::string_view mutantName(Mutant mutant)
{
    return kNames[static_cast<std::size_t>(mutant)].second;
}

std::optional<Reply> mutantAnswer(Mutant mutant, WorldPortal& world, portal::Portal& side,
                                  const Request& request)
{
    const bool judgesItself = mutant == Mutant::Digest || mutant == Mutant::Revision ||
                              mutant == Mutant::Unique || mutant == Mutant::Effect;
    if (!judgesItself) {
        return std::nullopt;
    }
    const auto header = headerOf(request.headers, "Authorization").value_or("");
    const auto token = header.substr(std::min(header.find(' ') + 1, header.size()));
    const auto device = side.authenticate(token);
    const auto body =
        headerOf(request.headers, "Content-Encoding") ? gunzip(request.body, kBatchBytesMax) : request.body;
    if (!device || !*device || !body) {
        return std::nullopt;
    }
    return CarelessPortal(mutant, side.dossiers(), side.keys(), world.clock.now()).push(**device, *body);
}

Reply mislaid(Reply reply, WorldPortal& world, const Request& request)
{
    const bool isWhole =
        reply.status == 204 && headerOf(reply.headers, "Upload-Complete").value_or("") == "?1";
    auto* const held = world.blobs().find(request.path.substr(request.path.rfind('/') + 1));
    if (isWhole && held != nullptr && !held->bytes.empty()) {
        held->bytes.back() ^= 1;
    }
    return reply;
}

void loosenPortal(portal::SqliteDossierStore& store)
{
    // The tables are empty yet, so they are simply made again without their constraint.
    for (const std::string table : {"op", "revision"}) {
        std::string script;
        {
            auto query = store.connection().prepare("SELECT sql FROM sqlite_schema WHERE tbl_name = :table "
                                                    "AND sql IS NOT NULL ORDER BY type DESC");
            query->bind(":table", table);
            while (query->step().value_or(false)) {
                script += query->text(0) + ";\n";
            }
        }
        for (const std::string word : {",\n    UNIQUE (install, epoch, seq)", " UNIQUE,"}) {
            if (const auto at = script.find(word); at != std::string::npos) {
                script.replace(at, word.size(), word.back() == ',' ? "," : "");
            }
        }
        const auto done = store.connection().execute(("DROP TABLE " + table + ";\n" + script).c_str());
        require(done.has_value(), done ? "" : done.error().detail.c_str());
    }
}

void forgetAttempts(Connection& connection)
{
    const auto done = connection.execute(R"sql(
        DROP TRIGGER IF EXISTS attempt_update;
        CREATE TRIGGER IF NOT EXISTS forget_links BEFORE INSERT ON attempt_operation BEGIN
            SELECT RAISE(IGNORE);
        END;
    )sql");
    require(done.has_value(), done ? "" : done.error().detail.c_str());
}

} // namespace motcua
