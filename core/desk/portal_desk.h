// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/catalogue/field_rules.h"
#include "core/db/connection.h"
#include "core/desk/projector.h"
#include "core/journal/journal.h"
#include "core/outbox/reach.h"
#include "core/vault/register_folder.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace motcua {

/// How a request ended as a whole.
enum class RequestEnd
{
    Answered,  ///< the portal judged each operation; see the results
    Lost,      ///< may or may not have been applied: timeout, reset, 5xx, unreadable
    Later,     ///< 429/503 with problem+json: nothing applied
    Refused,   ///< 4xx of the whole request: nothing judged
    NotPortal, ///< HTML, redirect, wrong certificate, receipt that does not verify: somebody else answered
};

/// One operation ready to be sent.
struct Outgoing
{
    Position position;
    std::string op;
    std::string line; ///< exact bytes, without line feed
    Hash digest{};
    bool unknown = false;             ///< was sent before without an answer
    OpState state = OpState::Waiting; ///< in an audit: as what it stands here
    /// In an audit: it is done with here because the portal said this, and that alone.
    std::optional<std::string> told = std::nullopt;
};

/// The engine's verified view of one result. `receipt` is there exactly when it leaves the queue or needs a
/// person; the engine has checked signature, op, digest, result and epoch before it calls here.
struct VerifiedReceipt
{
    std::string result;                 ///< applied, conflict, rejected, mismatch, cancelled
    std::optional<std::string> problem; ///< "rev-mismatch" …
    std::optional<Json> detail;         ///< the answer's problem, with its fields
    std::optional<std::string> rev;
    std::optional<std::int64_t> seq;
    std::optional<std::string> officialCode;
    Instant at;
    std::string epoch;
    std::string jws;
};
struct StoredResult
{
    Position position;
    std::optional<VerifiedReceipt> receipt; ///< none: blocked, later, unknown
    std::optional<Instant> notBefore;       ///< with later
    std::string note;                       ///< for the diary: "blocked", "later", "unknown"
};

struct PulledChange
{
    std::int64_t seq = 0;
    std::string uid;
    std::string rev;
    std::optional<std::string> op;
    std::optional<std::string> by;
    bool gone = false;
    Json dossier;
};

/// What is remembered about the portal between runs.
struct PortalBinding
{
    std::string url;
    std::string ca; ///< the city's certificates in PEM; empty: the system's. Unused on plain HTTP
    std::string token;
    std::string portalEpoch;
    Json keys = Json::array(); ///< the contract's Key objects
    std::optional<std::string> cursor;
};

/// The moment of an answer that travelled by stick: what the portal said then may be older than what was
/// heard of it since.
struct AnswerMoment
{
    std::string portalEpoch;      ///< the answer's
    std::string boundEpoch;       ///< ours, when we began to read it
    std::optional<Instant> asked; ///< by this computer's clock; none: not by this register as it is now
    Instant answered;             ///< by the portal's clock, before it judged anything
    /// What it applied, as the answer itself says, and when by the portal's clock.
    std::set<std::pair<Position, Instant>> applied = {};
};

/// Nobody may put an operation off for longer. A time that lies further ahead was set by a clock that has
/// been put back since, and holds nothing.
inline constexpr Millis kLongestPause{6 * 60 * 60 * 1'000};

/// What a portal that is read from the beginning again may have lost.
enum class PortalStore
{
    Same,
    WentBack, ///< it was restored from a backup
};

/// Everything the sync engine may do to the register. Each call is one transaction; facts first, projections
/// with them. Separate from Desk, because no official acts here and no rule of the office is asked.
class PortalDesk
{
public:
    /// `fieldOf`, `rulesOf`: by the catalogue, see core/desk/desk_support.h. Empty rules are for those who
    /// merge nothing: the floor in the code holds, and all but the portal's own fields waits for a person.
    PortalDesk(Connection& connection, const RegisterIdentity& identity, FieldOf fieldOf, const Clock& clock,
               std::function<FieldRules(const Json& dossier)> rulesOf);

    [[nodiscard]] Result<std::optional<PortalBinding>> binding();
    /// Another epoch than was known before: an audit begins with it, as after restartPull().
    [[nodiscard]] Result<void> bind(const PortalBinding& binding);
    /// New keys of the portal (the contract's Key objects) beside those that are known, and a new token of
    /// this device, where one was given; nothing else of the binding is touched, whoever else writes it
    /// meanwhile. Returns all keys as they now stand.
    [[nodiscard]] Result<Json> learnKeys(const Json& heard, const std::optional<std::string>& token);

    /// What may be sent now, oldest first: not final, not waiting for a time or a person, and with everything
    /// before it on its dossier settled or in the same batch. At most `count` and `bytes` with line feeds.
    [[nodiscard]] Result<std::vector<Outgoing>> sendable(int count, std::size_t bytes);
    /// The next time at which something that waits for a time may be sent. To be asked when sendable() has
    /// nothing: what is due by then waits for something else, and is not named.
    [[nodiscard]] Result<std::optional<Instant>> nextDue();

    /// A person wants it now, or the clock by which the pauses were set went back: all that waits for a time
    /// may go.
    [[nodiscard]] Result<void> endPauses();

    /// Committed before the first byte leaves.
    [[nodiscard]] Result<std::int64_t> beginAttempt(const std::vector<Outgoing>& batch,
                                                    const std::string& instance);
    /// The request's end and each operation's result, in one transaction. An applied one whose place before
    /// is not settled yet is left out, and goes again a little later. What is missing from `results` was not
    /// judged and waits to be sent again; it is unknown when `end` is Lost or NotPortal.
    [[nodiscard]] Result<void> endAttempt(std::int64_t attempt, RequestEnd end, std::optional<int> httpStatus,
                                          std::optional<Instant> notBefore, const std::string& detail,
                                          const std::vector<Outgoing>& batch,
                                          const std::vector<StoredResult>& results);
    /// Of what a look-up or a stick told: what is not known yet. An old word takes back nothing.
    [[nodiscard]] Result<std::vector<StoredResult>> news(std::vector<StoredResult> results);
    /// At start: what an earlier run left "sending" is unknown.
    [[nodiscard]] Result<void> recoverAttempts(const std::string& instance);
    /// Operations that were sent, or went onto a stick, and may have been applied, for the status look-up; at
    /// most `count`. Of earlier epochs all, because a copy of this disk may have used their names. By their
    /// places and without a gap, so that no receipt outruns that of what stands before it in its dossier.
    [[nodiscard]] Result<std::vector<Outgoing>> unknown(int count);

    /// What the counter saw of its way to the portal; read by the diary of the network.
    [[nodiscard]] Result<void> noteSighting(const Sighting& sighting);

    /// How far the portal's clock is ahead of this computer's, by an answer that was proven. Acts that follow
    /// are marked where it is too far (clock_doubt.h). Returns what is remembered: nothing when it is near.
    [[nodiscard]] Result<std::optional<Millis>> noteClock(Millis offset);

    /// A page and its cursor in one transaction. A page read twice changes nothing. A dossier that breaks the
    /// schema does not hold up the rest: it is not taken, and its uid is given back. No cursor: it stays.
    [[nodiscard]] Result<std::vector<std::string>> storePage(const std::string& portalEpoch,
                                                             std::vector<PulledChange> changes,
                                                             const std::optional<std::string>& cursor);
    /// The portal gave up the cursor or was restored: pull from the beginning, keep everything. Where it may
    /// have lost what we hold receipts for, an audit begins with it.
    [[nodiscard]] Result<void> restartPull(const std::string& portalEpoch, PortalStore portalStore);

    /// How many operations we hold receipts for. A portal that says it applied fewer went back.
    [[nodiscard]] Result<std::int64_t> acknowledged();
    /// An audit is under way, also after a restart of the program: the operation up to which the portal was
    /// asked whether it still has what it acknowledged; kReadFirst until all that it has was read again, so
    /// that what goes again stands on what the portal has now and not on what it had before.
    [[nodiscard]] Result<std::optional<Position>> auditedUpTo();
    static constexpr Position kReadFirst{-1};
    /// All was read: the audit starts with the first operation.
    [[nodiscard]] Result<void> startAsking();
    /// What to ask about next, in the order of the journal; at most `count`. Empty: the audit is over. What
    /// was turned down is asked about as well, and of earlier epochs what is done with: where the portal
    /// forgot it, a machine with a copy of this disk may have taken the name since, and what stands in its
    /// place cannot go.
    [[nodiscard]] Result<std::vector<Outgoing>> toAudit(Position after, int count);
    /// What the portal said it does not have waits again, and is a fact. `found`: proven to be applied,
    /// though it is done with here; a machine with a copy of this disk sent it. The audit stands at `upTo`
    /// now.
    [[nodiscard]] Result<void> storeAudit(const std::vector<Position>& lost,
                                          const std::vector<StoredResult>& found,
                                          const std::string& portalEpoch, Position upTo);
    [[nodiscard]] Result<void> endAudit();

    /// Merges what the rules let merge: for each operation in conflict whose dossier was pulled since, either
    /// a new operation in its place, or the fields for a person. Returns how many were merged.
    [[nodiscard]] Result<int> mergeConflicts();

    /// The portal has the entry of another machine, which ran from a copy of this disk, under the name of an
    /// operation of an earlier epoch. What it wanted is said again under a new name, and so is what stands in
    /// its place or behind it on the dossier. One that we hold a receipt for stays as it is; of one that is
    /// done with only what is still open in its place or behind it goes on.
    [[nodiscard]] Result<void> goOnAnew(Position taken);
    /// The portal says that the place in which an operation stands (`pointer` is /supersedes), or the one
    /// before it (/after), is not ours: another machine withdrew it there before its entry came. Of an
    /// earlier epoch it is left as with goOnAnew(); else nothing happens, and a person is asked.
    [[nodiscard]] Result<void> placeDenied(Position refused, std::string_view pointer);
    /// The portal holds this one back though all before it is settled here. Behind a place that was withdrawn
    /// before it came the portal looks at older ones, and a register that was restored may have forgotten
    /// those: then the operation goes on before the withdrawn place, as with goOnAnew(). Else nothing
    /// happens.
    [[nodiscard]] Result<void> heldBack(Position blocked);

    /// Files that may go now, smallest first: the portal took an operation that names them.
    [[nodiscard]] Result<std::vector<FileOnItsWay>> filesDue(int count);
    /// For people: how much of it is there, and what keeps the rest, in a word.
    [[nodiscard]] Result<void> fileSent(std::int64_t file, std::int64_t sent, const std::string& trouble);
    /// The portal holds all of it and found its digest right.
    [[nodiscard]] Result<void> fileHeld(std::int64_t file, const std::string& portalEpoch);
    /// The same by an answer that is read only now. False: known already, or not believed, because the portal
    /// may have gone back since; then it is asked, which costs little.
    [[nodiscard]] Result<bool> fileWasHeld(std::int64_t file, const AnswerMoment& moment);
    /// The portal may have lost files that it held: each is asked about again. restartPull() does so by
    /// itself when the portal went back.
    [[nodiscard]] Result<void> doubtFiles(const std::string& reason);

    [[nodiscard]] Result<JournalHead> head();
    [[nodiscard]] const RegisterIdentity& identity() const { return m_identity; }

private:
    /// A page while it is stored: what is the same for all of its changes, and which of our own operations
    /// it confirms.
    struct Page
    {
        std::string portalEpoch;
        Position head;            ///< the journal's
        std::int64_t receipt = 0; ///< the newest
        Instant at;               ///< one moment for all of it
        bool isListing = false;   ///< of all that the portal has, after it went back
        std::set<Position> confirmed;
        std::vector<std::string> aside; ///< uids of dossiers that break the schema
    };

    [[nodiscard]] Result<void> insertOutcome(std::int64_t attempt, RequestEnd end,
                                             std::optional<int> httpStatus, std::optional<Instant> notBefore,
                                             const std::string& detail);
    [[nodiscard]] Result<std::vector<StoredResult>> inChain(const std::vector<StoredResult>& results);
    [[nodiscard]] Result<void> storeResults(const std::vector<StoredResult>& results);
    [[nodiscard]] Result<void> storeResult(const StoredResult& result);
    [[nodiscard]] Result<void> storeApplied(Position position, const VerifiedReceipt& receipt);
    [[nodiscard]] Result<void> settlePlaceOf(Position position);
    [[nodiscard]] Result<Page> beginPage(const std::string& portalEpoch);
    [[nodiscard]] Result<void> storeChange(Page& page, PulledChange& change);
    [[nodiscard]] Result<void> storeState(const Page& page, PulledChange& change, std::int64_t id, bool isNew,
                                          std::optional<Position> own);
    [[nodiscard]] Result<void> lookAgain(std::int64_t dossier);
    [[nodiscard]] Result<void> confirm(Position own, Page& page, const PulledChange& change,
                                       std::int64_t dossier);
    [[nodiscard]] Result<std::int64_t> insertPulled(const Page& page, const PulledChange& change,
                                                    std::int64_t dossier, std::optional<Position> own,
                                                    const std::optional<std::string>& body);
    [[nodiscard]] Result<void> doubtAll(const std::string& reason);
    [[nodiscard]] Result<void> doubtUnder(const std::string& portalEpoch);
    [[nodiscard]] Result<bool> isOvertaken(std::int64_t file, const AnswerMoment& moment);
    [[nodiscard]] Result<void> storeLost(Position position, const std::string& portalEpoch);
    [[nodiscard]] Result<bool> isForPerson(const OperationRow& row);
    [[nodiscard]] Result<std::optional<NewEntry>>
    mergedEntry(const OperationRow& row, const std::string& problem, const std::optional<std::string>& rev);
    [[nodiscard]] Result<std::optional<NewEntry>> mergedReception(const OperationRow& row, NewEntry entry,
                                                                  const Json& theirs);
    [[nodiscard]] Result<std::optional<NewEntry>> mergedChange(const Json& base, NewEntry entry,
                                                               const Json& theirs);
    [[nodiscard]] Result<std::optional<NewEntry>> mergedMove(const OperationRow& row, NewEntry entry,
                                                             const Json& theirs);
    [[nodiscard]] Result<std::optional<NewEntry>> renumbered(NewEntry entry);
    [[nodiscard]] Result<void> appendMerged(const NewEntry& entry);
    [[nodiscard]] Result<void> carryOn(const OperationRow& row, NewEntry entry);
    [[nodiscard]] Result<bool> isNameTaken(Position position);
    [[nodiscard]] Result<void> noteNameTaken(const OperationRow& row, const Json& more);
    [[nodiscard]] Result<void> leavePlace(const OperationRow& taken);
    [[nodiscard]] Result<void> leaveAgain(Position open);
    [[nodiscard]] Result<bool> isBeingWithdrawn(const OperationRow& row);
    [[nodiscard]] Result<void> sayAgainInPlace(const OperationRow& taken);
    [[nodiscard]] Result<NewEntry> saidBy(const OperationRow& row);
    [[nodiscard]] Result<std::string> uidOf(std::int64_t dossier);

    Connection& m_connection;
    RegisterIdentity m_identity;
    const Clock& m_clock;
    std::function<FieldRules(const Json& dossier)> m_rulesOf;
    Journal m_journal;
    Projector m_projector;
};

} // namespace motcua
