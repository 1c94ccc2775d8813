// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/verify.h"

#include "core/books/book_store.h"
#include "core/db/transaction.h"
#include "core/desk/paper_numbers.h"
#include "core/desk/projector.h"
#include "core/import/ledger_store.h"
#include "core/register/field_changes.h"

#include <array>
#include <functional>
#include <map>

namespace motcua {

namespace {

/// What one row says, whichever way its body is stored. Not its field: that is what the catalogue called it
/// when it was received, no fact, and the catalogue of today may call it otherwise.
Result<std::optional<Json>> dossierRow(Connection& connection, Projector& projector, std::int64_t id)
{
    auto query = TRY(connection.prepare(R"(
        SELECT json_object('uid', uid, 'code', code, 'procedure', procedure, 'channel', channel,
            'name', name, 'personal_id', personal_id, 'phone', phone, 'received', received, 'status', status,
            'due', due, 'finished', finished, 'returned', returned, 'closed', closed, 'official_code', official_code,
            'client_ref', client_ref, 'rev', rev, 'seq', seq, 'epoch', epoch, 'gone', gone,
            'people', (SELECT persons FROM people p WHERE p.id = dossier.id))
        FROM dossier WHERE id = :id
    )"));
    query.bind(":id", id);
    const bool found = TRY(query.step());
    if (!found) {
        return std::optional<Json>{};
    }
    Json row = TRY(parseJson(query.view(0)));
    row["body"] = TRY(projector.rows().load(id))
    .dossier;
    return std::optional(std::move(row));
}

/// How an open operation waits (just now, for a time, for an answer) hangs on moments and on the run of the
/// program, and is no fact; that it is open is one.
Result<std::optional<Json>> operationRow(Connection& connection, std::int64_t position)
{
    auto query = TRY(connection.prepare(R"(
        SELECT json_object('dossier', dossier, 'kind', kind, 'place', place, 'after', after, 'base_rev', base_rev,
            'digest', hex(digest), 'at', at, 'attempts', attempts,
            'state', iif(state IN ('waiting', 'sending', 'unknown', 'backoff'), 'open', state))
        FROM operation WHERE position = :position
    )"));
    query.bind(":position", position);
    const bool found = TRY(query.step());
    return found ? std::optional(TRY(parseJson(query.view(0)))) : std::nullopt;
}

/// What the facts say about a file beside its own row: who names it, and whether it is to be sent.
Result<std::optional<Json>> fileRow(Connection& connection, std::int64_t id)
{
    auto query = TRY(connection.prepare(R"(
        SELECT json_object('waits', EXISTS(SELECT 1 FROM file_upload WHERE file = :id),
            'named', (SELECT group_concat(position) FROM
                      (SELECT position FROM operation_file WHERE file = :id ORDER BY position)))
    )"));
    query.bind(":id", id);
    TRY(query.step());
    return std::optional(TRY(parseJson(query.view(0))));
}

/// Reads every row of a kind as a hash, and single ones whole.
struct View
{
    const char* kind;
    const char* ids;
    std::function<Result<std::optional<Json>>(std::int64_t)> row;
};

using Picture = std::map<std::int64_t, Hash>;

Result<Picture> pictureOf(Connection& connection, const View& view)
{
    Picture picture;
    auto query = TRY(connection.prepare(view.ids));
    while (TRY(query.step())) {
        const auto row = TRY(view.row(query.integer(0)));
        picture[query.integer(0)] = sha256(row ? dumpJson(*row) : std::string());
    }
    return picture;
}

std::vector<std::int64_t> differing(const Picture& kept, const Picture& rebuilt)
{
    std::vector<std::int64_t> ids;
    for (const auto& [id, hash] : rebuilt) {
        const auto found = kept.find(id);
        if (found == kept.end() || found->second != hash) {
            ids.push_back(id);
        }
    }
    for (const auto& [id, hash] : kept) {
        if (!rebuilt.contains(id)) {
            ids.push_back(id);
        }
    }
    return ids;
}

/// Names the columns only: a finding goes into diagnostics, and those hold nothing of a citizen.
std::string columnsThatDiffer(const std::optional<Json>& kept, const std::optional<Json>& rebuilt)
{
    if (!kept || !rebuilt) {
        return kept ? "stands on no fact" : "is missing";
    }
    std::string text = "differs from what the facts give:";
    for (const FieldChange& change : fieldChanges(*kept, *rebuilt)) {
        text += " " + change.pointer;
    }
    return text;
}

Result<void> compareProjections(Connection& connection, FieldOf fieldOf, std::vector<Finding>& findings)
{
    Projector projector(connection, std::move(fieldOf));
    const std::array views{
        View{"state", "SELECT position FROM operation ORDER BY position",
             [&](std::int64_t id) { return operationRow(connection, id); }},
        View{"projection", "SELECT id FROM dossier ORDER BY id",
             [&](std::int64_t id) { return dossierRow(connection, projector, id); }},
        View{"upload", "SELECT id FROM file ORDER BY id",
             [&](std::int64_t id) { return fileRow(connection, id); }},
    };
    std::array<Picture, 3> kept;
    for (std::size_t i = 0; i < views.size(); ++i) {
        kept[i] = TRY(pictureOf(connection, views[i]));
    }
    std::array<std::map<std::int64_t, std::optional<Json>>, 3> odd;
    {
        // Never committed: the transaction only borrows the tables.
        auto transaction = TRY(Transaction::begin(connection));
        TRY(projector.rebuild({}));
        for (std::size_t i = 0; i < views.size(); ++i) {
            for (const std::int64_t id : differing(kept[i], TRY(pictureOf(connection, views[i])))) {
                odd[i][id] = TRY(views[i].row(id));
            }
        }
    }
    for (std::size_t i = 0; i < views.size(); ++i) {
        for (const auto& [id, rebuilt] : odd[i]) {
            const auto row = TRY(views[i].row(id));
            findings.push_back({Position{id}.seq(), views[i].kind, columnsThatDiffer(row, rebuilt)});
        }
    }
    return {};
}

/// The projections of the books against those that the acts give.
Result<void> compareBooks(Connection& connection, std::vector<Finding>& findings)
{
    BookStore books(connection);
    const auto kept = TRY(books.picture());
    auto transaction = TRY(Transaction::begin(connection)); // never committed
    TRY(books.rebuild());
    const auto anew = TRY(books.picture());
    for (const auto& [name, hash] : anew) {
        const auto found = kept.find(name);
        if (found == kept.end() || found->second != hash) {
            findings.push_back({0, "book", name + " differs from what the facts give"});
        }
    }
    for (const auto& [name, hash] : kept) {
        if (!anew.contains(name)) {
            findings.push_back({0, "book", name + " stands on no fact"});
        }
    }
    return {};
}

/// The journal entry that first named a file: where a person finds the dossier.
Result<std::int64_t> namedAt(Connection& connection, std::int64_t file)
{
    auto query = TRY(connection.prepare("SELECT min(position) FROM operation_file WHERE file = :file"));
    query.bind(":file", file);
    TRY(query.step());
    return Position{query.optionalInteger(0).value_or(0)}.seq();
}

Result<void> checkFiles(Connection& connection, FileStore& files, Depth depth, std::vector<Finding>& findings)
{
    for (const FileRecord& file : TRY(files.rows().all())) {
        const std::int64_t seq = TRY(namedAt(connection, file.id));
        if (seq == 0) {
            continue; // nobody was promised it
        }
        const FileState state = TRY(depth == Depth::Full ? files.check(file) : files.look(file));
        if (state != FileState::Good) {
            findings.push_back(
                {seq, std::string(kFileFinding),
                 (state == FileState::Missing ? "is missing: " : "is not what was taken in: ") +
                     toHex(file.sha256)});
        }
    }
    return {};
}

} // namespace

Result<Verification> verifyRegister(Connection& connection, const RegisterIdentity& identity, FieldOf fieldOf,
                                    Depth depth, FileStore* files)
{
    Verification verification;
    verification.findings = TRY(verifyChain(connection));
    verification.head = TRY(Journal(connection, identity.install, identity.epoch).head());
    {
        auto count = TRY(connection.prepare("SELECT count(*) FROM journal"));
        TRY(count.step());
        verification.entries = count.integer(0);
    }
    for (Finding& finding : TRY(BookStore(connection).verify())) {
        verification.findings.push_back(std::move(finding));
    }
    if (depth == Depth::Full) {
        for (const std::string& problem : TRY(connection.integrityProblems())) {
            verification.findings.push_back({0, "page", problem});
        }
        TRY(compareBooks(connection, verification.findings));
        TRY(compareProjections(connection, std::move(fieldOf), verification.findings));
        for (Finding& finding : TRY(LedgerStore(connection).verify())) {
            verification.findings.push_back(std::move(finding));
        }
        for (Finding& finding : TRY(PaperNumbers(connection).verify())) {
            verification.findings.push_back(std::move(finding));
        }
    }
    if (files != nullptr) {
        TRY(checkFiles(connection, *files, depth, verification.findings));
    }
    return verification;
}

} // namespace motcua
