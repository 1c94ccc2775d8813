// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/verify.h"

#include "core/db/transaction.h"
#include "core/desk/projector.h"

#include <map>

namespace motcua {

namespace {

using Picture = std::map<std::int64_t, Hash>;

/// What the rows say, one hash a dossier, whichever way its body is stored.
Result<Picture> pictureOfDossiers(Connection& connection, Projector& projector)
{
    auto query = TRY(connection.prepare(R"(
        SELECT id, json_array(uid, code, procedure, field, channel, name, personal_id, phone, received, status, due,
            finished, returned, closed, official_code, client_ref, rev, seq, epoch, gone) FROM dossier ORDER BY id
    )"));
    Picture picture;
    while (TRY(query.step())) {
        const std::string body = dumpJson(TRY(projector.rows().load(query.integer(0))).dossier);
        picture[query.integer(0)] = sha256(query.view(1), body);
    }
    return picture;
}

Result<Picture> pictureOfOperations(Connection& connection)
{
    auto query = TRY(connection.prepare(R"(
        SELECT position, json_array(dossier, kind, place, after, base_rev, hex(digest), at, attempts,
            iif(state IN ('sending', 'unknown'), 'unknown', state)) FROM operation ORDER BY position
    )"));
    Picture picture;
    while (TRY(query.step())) {
        picture[query.integer(0)] = sha256(query.view(1));
    }
    return picture;
}

void compare(const Picture& kept, const Picture& rebuilt, const char* kind, std::vector<Finding>& findings)
{
    for (const auto& [id, hash] : rebuilt) {
        const auto found = kept.find(id);
        if (found == kept.end() || found->second != hash) {
            findings.push_back({Position{id}.seq(), kind, "differs from what the facts give"});
        }
    }
    for (const auto& [id, hash] : kept) {
        if (!rebuilt.contains(id)) {
            findings.push_back({Position{id}.seq(), kind, "stands on no fact"});
        }
    }
}

Result<void> compareProjections(Connection& connection, FieldOf fieldOf, std::vector<Finding>& findings)
{
    Projector projector(connection, std::move(fieldOf));
    const Picture dossiers = TRY(pictureOfDossiers(connection, projector));
    const Picture operations = TRY(pictureOfOperations(connection));
    // Never committed: the transaction only borrows the tables.
    auto transaction = TRY(Transaction::begin(connection));
    TRY(projector.rebuild({}));
    compare(operations, TRY(pictureOfOperations(connection)), "state", findings);
    compare(dossiers, TRY(pictureOfDossiers(connection, projector)), "projection", findings);
    return {};
}

} // namespace

Result<Verification> verifyRegister(Connection& connection, const RegisterIdentity& identity, FieldOf fieldOf,
                                    Depth depth)
{
    Verification verification;
    verification.findings = TRY(verifyChain(connection));
    verification.head = TRY(Journal(connection, identity.install, identity.epoch).head());
    {
        auto count = TRY(connection.prepare("SELECT count(*) FROM journal"));
        TRY(count.step());
        verification.entries = count.integer(0);
    }
    if (depth == Depth::Full) {
        for (const std::string& problem : TRY(connection.integrityProblems())) {
            verification.findings.push_back({0, "page", problem});
        }
        TRY(compareProjections(connection, std::move(fieldOf), verification.findings));
    }
    return verification;
}

} // namespace motcua
