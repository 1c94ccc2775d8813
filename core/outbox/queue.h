// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/db/connection.h"
#include "core/files/file_rows.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// The states of an operation, named as in contracts/cli.md.
enum class OpState
{
    Waiting,
    Blocked, ///< the place before it is not settled
    Sending,
    Unknown,      ///< the bytes may have arrived, the answer did not
    Backoff,      ///< the portal said: not applied, later
    Conflict,     ///< a person must decide fields
    NeedsYou,     ///< rejected, mismatch, or a conflict without a field to decide
    Acknowledged, ///< a verified receipt is stored
    Confirmed,    ///< and it was seen in what was pulled
    Superseded,
    Withdrawn,
};
[[nodiscard]] std::string_view opStateName(OpState state);
[[nodiscard]] bool isFinal(OpState state); ///< acknowledged and later
[[nodiscard]] bool asksAPerson(OpState state);

struct QueuedOperation
{
    std::string op;
    std::int64_t position = 0;
    std::string uid;
    std::string code; ///< the dossier's
    std::string name; ///< the applicant's
    std::string kind;
    OpState state = OpState::Waiting;
    Instant at;
    std::int64_t attempts = 0;
    std::optional<Instant> nextTry;
    std::optional<std::string> lastError;
    std::string digest;
    std::optional<std::string> receipt; ///< the newest JWS
    std::optional<std::string> after;
    std::optional<std::string> baseRev;
    std::optional<std::string> supersedes;
    std::optional<Instant> exported; ///< last written onto a stick
};

struct AttemptRow
{
    std::string op;
    Instant started;
    std::optional<Instant> ended;
    std::string outcome; ///< class, "" while it runs or after a crash
    std::optional<std::int64_t> httpStatus;
    std::string detail;
};

/// Who wrote a value, and when we know it from.
struct Author
{
    std::string name; ///< empty: not known
    Instant at;
};

struct ConflictField
{
    std::string pointer;
    std::string fieldClass; ///< "contact", "identity", "money", "workflow", "form" …
    Json base;
    Json ours;
    Json theirs;
    bool needsReason = false;
    bool needsLeader = false;
    bool needsPaper = false;          ///< which document says so
    bool offersLater = false;         ///< the later value stands chosen at first
    std::optional<Author> theirsBy{}; ///< none: as it was agreed before
};

/// What a person must know before the fields.
enum class Situation
{
    Usual,
    Closed,  ///< the dossier was decided, returned or ended meanwhile
    Altered, ///< what is fixed at intake differs at the portal: tampering, or two dossiers with one uid
};

/// What the portal said against one field.
struct RefusedField
{
    std::string pointer; ///< into the dossier where it can be told, else as the portal wrote it
    std::string message;
};

/// One operation that waits for a person.
struct ConflictCase
{
    std::string code;
    std::string uid;
    std::string op;
    std::vector<ConflictField> fields;
    std::string problem;       ///< in words, Vietnamese; for "needs you" what the portal said
    std::string name{};        ///< the applicant's
    std::string kind{};        ///< of the operation
    std::string problemType{}; ///< "rev-mismatch", "invalid-fields" …
    bool isRepeated = false;   ///< the rules merged it again and again, and the portal took nothing
    bool isMismatch = false;   ///< other bytes under one name: a copied disk, or a fault of ours
    bool gone = false;         ///< the city took the dossier away
    bool isMissing = false;    ///< not at the portal: lost with a backup, or its reception is to come
    Situation situation = Situation::Usual;
    std::string theirStatus{}; ///< where the portal stands
    Author ours{};
    Instant since{}; ///< when the portal said so
    std::vector<RefusedField> refused{};
};

/// Whether a choice made in the one field holds in the other: one place, and the same three values in it.
[[nodiscard]] bool isSameQuestion(const ConflictField& a, const ConflictField& b);
/// Whether both ask about one operation for the same cause, whatever stands in the fields. Where the portal
/// stands counts only where the person is told so, that is in no usual situation.
[[nodiscard]] bool isSameCause(const ConflictCase& a, const ConflictCase& b);
/// Whether a decision on the one is a decision on the other: the same cause, and the same question in every
/// field. When and in which words the portal said so does not count, nor who gave its values.
[[nodiscard]] bool isSameQuestion(const ConflictCase& a, const ConflictCase& b);

/// What the strip at the bottom of the window says.
struct QueueSummary
{
    std::int64_t waiting = 0; ///< all that is not final, blocked and conflicts and needs-you included
    std::int64_t blocked = 0;
    std::int64_t conflicts = 0;
    std::int64_t needsYou = 0;
    std::optional<Instant> oldestWaiting;
    std::int64_t toSend = 0; ///< of the waiting ones, those that go by themselves: no conflict, no needs-you
    std::optional<Instant> oldestToSend;
    std::optional<Instant> lastConfirmed; ///< the newest receipt that says applied, by the portal's clock
};

/// Reads the queue for people. Never writes.
class Queue
{
public:
    Queue(Connection& connection, std::string install)
        : m_connection(connection), m_install(std::move(install))
    {}

    /// Oldest first; `all` also gives final ones.
    [[nodiscard]] Result<std::vector<QueuedOperation>> operations(bool all);
    /// The first of what is not final, as somebody reads it: what waits for a person, then the rest in the
    /// order in which it goes. At most `count`, however long the queue is.
    [[nodiscard]] Result<std::vector<QueuedOperation>> firstOpen(int count);
    /// The newest of what is final, newest first; at most `count`, however much was ever done.
    [[nodiscard]] Result<std::vector<QueuedOperation>> newestDone(int count);
    /// Of what goes by itself, what has waited longest.
    [[nodiscard]] Result<std::optional<QueuedOperation>> oldestToSend();
    [[nodiscard]] Result<std::vector<AttemptRow>> attempts(const std::optional<std::string>& op);
    [[nodiscard]] Result<QueueSummary> summary();
    /// Files of dossiers; text goes first, so these are not in `waiting`. Counts them all: not for each act.
    [[nodiscard]] Result<FilesWaiting> filesWaiting();

private:
    [[nodiscard]] Result<std::vector<QueuedOperation>> some(std::string_view which, int number);

    Connection& m_connection;
    std::string m_install;
};

} // namespace motcua
