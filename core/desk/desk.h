// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/problem.h"
#include "core/base/random.h"
#include "core/catalogue/catalogue.h"
#include "core/db/connection.h"
#include "core/desk/alarms.h"
#include "core/desk/known_people.h"
#include "core/desk/paper_numbers.h"
#include "core/desk/projector.h"
#include "core/identity/role.h"
#include "core/journal/journal.h"
#include "core/outbox/queue.h"
#include "core/register/register.h"
#include "core/vault/backup.h"
#include "core/vault/register_folder.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace motcua {

class BookDesk;
struct CheckedDraft;

/// Why an act was not done; nothing was written. `problems` is filled when the input broke rules.
struct Refusal
{
    Error error;
    Problems problems;

    Refusal(Error e) : error(std::move(e)) {} // NOLINT: TRY turns an Error into a Refusal
    Refusal(Problems p)
        : error{ErrorKind::Invalid, "the input breaks rules"}, problems(std::move(p)) {} // NOLINT
};
template<class T> using Answer = tl::expected<T, Refusal>;

struct Received
{
    std::string uid;
    std::string code;
    Instant receivedAt;
    std::optional<Instant> dueAt;
    Problems problems; ///< soft ones that were answered with a reason, and warnings
};

/// An act on a dossier that went into the queue.
struct Acted
{
    std::string uid;
    std::string op;
};

/// How one field of a conflict is decided.
struct Decision
{
    enum class Take
    {
        Ours,
        Theirs,
        Value,
    };
    Take take = Take::Ours;
    Json value; ///< with Take::Value
};

/// Why a conflict is decided as it is.
struct Grounds
{
    std::string reason; ///< one for all fields, at most 2000 characters together with the paper
    std::string paper;  ///< the document that says so, where a field's rule asks for one
};

/// Two dossiers of one citizen and one procedure, taken in at two counters within half an hour.
struct PossibleDuplicate
{
    std::string uid; ///< the earlier
    std::string code;
    std::string otherUid;
    std::string otherCode;
    std::string name;
    Instant at; ///< of the later
};
enum class Duplicate
{
    Same,      ///< one matter, taken in twice
    Different, ///< two matters
};

struct PrintEvent
{
    std::string paper;   ///< "slip", "check-sheet", "collection"
    std::string printer; ///< queue name, or "pdf"
    int copies = 1;
    std::string outcome;                 ///< "good", "jammed", "spoiled", "file", "unknown"
    std::string sha256;                  ///< of the PDF
    std::string snapshot;                ///< bytes to keep; empty for a reprint from the kept one
    int reprint = 0;                     ///< 0: first print
    std::optional<PaperNumber> number{}; ///< that the paper bears; used up when the sheet is spoiled
};

struct DraftRow
{
    std::int64_t id = 0;
    std::string procedure;
    Json body;
    std::string focus; ///< pointer of the field and the cursor in it
    Instant updated;
};

/// Everything a person can do at the counter, each act one transaction: number, journal entry, register row,
/// search row and queued operation come into being together or not at all. One object a connection; every
/// act is a transaction of its own; taking in uses the draft up, so that a second press finds nothing to take
/// in.
///
/// Refusals: problems (input), Refused (role, legal moves), NotFound, Locked, Storage (not saved).
class Desk
{
public:
    Desk(Connection& connection, const RegisterIdentity& identity, Actor actor, const Catalogue& catalogue,
         const Clock& clock, Random& random);

    /// All problems of a draft at once, without writing. Also fills in papers and fees.
    [[nodiscard]] Answer<Problems> check(const Json& draft);
    /// Takes a dossier in: see contracts/cli.md `accept`. Its files must be in the store already: one that is
    /// not, or that is still named by a path of this computer, is a problem.
    /// `draftId`: the kept draft that this uses up, 0 for none. Used up already: Refused, so that a double
    /// press takes in once.
    [[nodiscard]] Answer<Received> receive(const Json& draft, std::int64_t draftId = 0);
    /// Takes several in at once for one visitor, in one transaction: all or none. The papers of a pile, a
    /// procedure with what is linked to it. Their numbers follow each other, and each names the others' codes
    /// in
    /// `/form/together`. A problem's pointer begins with the draft's place in the list ("/2/form/pages").
    [[nodiscard]] Answer<std::vector<Received>> receiveTogether(const std::vector<Json>& drafts,
                                                                std::int64_t draftId = 0);
    static constexpr std::size_t kTogetherMax = 50;
    /// Refuses to take it in (Form 03 of Circular 03/2025); recorded with a number like any other. Papers and
    /// fields may be missing and rules broken (CheckedDraft::refusable): the reason (at most 2000 characters)
    /// says why, the problems need no answer. It stands in the entry beside the body, and in the dossier's
    /// note, which is what reaches the portal.
    [[nodiscard]] Answer<Received> refuse(const Json& draft, const std::string& reason,
                                          std::int64_t draftId = 0);

    /// `set`: pointers to new values, null removes. Reason as the field's class asks.
    /// `seen`: pointers to the values that the person saw when deciding, null where nothing stood. Where
    /// another value stands there by now, "changed-meanwhile": nobody overwrites what they have not seen.
    [[nodiscard]] Answer<Acted> change(const std::string& code, const Json& set, const std::string& reason,
                                       const Json& seen = Json::object());
    [[nodiscard]] Answer<Acted> move(const std::string& code, Status to, const std::string& note,
                                     std::optional<Instant> newDue = std::nullopt);
    /// Cancels a place that may have been sent (`dossier.cancelled`); `op` is any operation of it.
    [[nodiscard]] Answer<Acted> withdrawOperation(const std::string& op, const std::string& reason);

    [[nodiscard]] Result<std::vector<ConflictCase>> conflicts();
    /// One decision a field; a new operation in the same place carries the result, or withdraws the place
    /// where nothing of ours is left. What the rules merged in vain (ConflictCase::isRepeated) asks for no
    /// field: it goes once more, with another number where the number was taken. The field's rule may ask for
    /// a reason, a paper and a leader's role.
    /// `shown`: the case as the person saw it. Its operation alone is decided, and only while the same is
    /// asked (isSameQuestion); otherwise nothing is written, and the problem's rule is "case-changed". None:
    /// whatever waits first on the dossier now.
    [[nodiscard]] Answer<Acted> resolve(const std::string& code,
                                        const std::map<std::string, Decision>& decisions,
                                        const Grounds& grounds, const ConflictCase* shown = nullptr);
    /// The same where one text is both: the reason names the paper.
    [[nodiscard]] Answer<Acted> resolve(const std::string& code,
                                        const std::map<std::string, Decision>& decisions,
                                        const std::string& reason)
    {
        return resolve(code, decisions, Grounds{reason, reason});
    }
    /// The dossier was closed meanwhile: what was to be changed stays readable as a remark on it. `shown` as
    /// for resolve().
    [[nodiscard]] Answer<Acted> keepAsRemark(const std::string& code, const std::string& remark,
                                             const ConflictCase* shown = nullptr);
    /// It was finished meanwhile: a leader takes it up again, and the decided fields go behind that. `shown`
    /// as for resolve().
    [[nodiscard]] Answer<Acted> reopenAndResolve(const std::string& code,
                                                 const std::map<std::string, Decision>& decisions,
                                                 const Grounds& grounds, const ConflictCase* shown = nullptr);

    /// Hints among what was received from then on; what somebody has judged is not among them.
    [[nodiscard]] Result<std::vector<PossibleDuplicate>> possibleDuplicates(Instant from);
    /// What was settled without a person and somebody must act on all the same.
    [[nodiscard]] Result<std::vector<Alarm>> alarms();
    /// What was found out about a result that was handed over twice (a leader's word), or done about a
    /// withdrawal that came too late; `op` is the alarm's. Stands in the dossier's history. A new number is
    /// no matter of findings: its paper must come out (recordPrint).
    [[nodiscard]] Answer<void> settleAlarm(const std::string& op, const std::string& finding);
    /// What a person found: stands in the history of the earlier one; nothing is merged or sent.
    [[nodiscard]] Answer<void> judgeDuplicate(const PossibleDuplicate& pair, Duplicate verdict,
                                              const std::string& note);

    /// Records a print with its outcome; keeps the snapshot.
    [[nodiscard]] Answer<void> recordPrint(const std::string& code, const PrintEvent& event);
    /// How often a paper of a dossier came out well, and its kept snapshot; of what was printed under a
    /// number that another one replaced, nothing counts.
    struct Printed
    {
        int times = 0;
        std::optional<std::string> snapshot;
        std::optional<NumberedPaper> numbered; ///< the number that it has, and what is printed under it
    };
    /// `since`: what was printed before this place of the journal was another paper, of an entry that was
    /// cancelled or of an earlier event.
    [[nodiscard]] Result<Printed> printed(const std::string& code, const std::string& paper,
                                          Position since = {});
    /// Gives a dossier's paper the next number of its year and series; `compose` makes what will be printed,
    /// which is kept in the same transaction, so that no number is ever lost. The number that the paper has
    /// already, unless its sheet was spoiled. Refused as PaperNumbers::next.
    using Compose = std::function<Result<std::string>(const PaperNumber&)>;
    [[nodiscard]] Answer<NumberedPaper> numberPaper(const std::string& code, const std::string& paper,
                                                    const std::string& series, const Compose& compose,
                                                    Position since = {});
    /// A leader says which number was the last that was given by hand, before this program or after a
    /// restore.
    [[nodiscard]] Answer<void> setLastPaperNumber(std::int64_t year, const std::string& series,
                                                  std::int64_t last, const std::string& reason);
    [[nodiscard]] Result<std::vector<PaperSeries>> paperSeries();

    /// Drafts keep themselves: saved under `id` (0: a new one), returned id stays the same.
    [[nodiscard]] Result<std::int64_t> saveDraft(const DraftRow& draft);
    [[nodiscard]] Result<std::vector<DraftRow>> drafts();
    [[nodiscard]] Result<void> discardDraft(std::int64_t id);
    /// The digests of all files that anybody's kept draft names, for FileStore::sweep().
    [[nodiscard]] Result<std::set<std::string>> filesOfDrafts();

    /// How a dossier's files stand, in the order in which it names them.
    struct DossierFile
    {
        NamedFile named;
        std::optional<std::size_t> component; ///< which of the papers; none: a result
        std::optional<FileRecord> record;     ///< none: only the portal has it
        bool isComplete = false;              ///< the portal has all of it
        std::int64_t sent = 0;
        std::string trouble; ///< why it does not go on by itself, in a word
    };
    [[nodiscard]] Result<std::vector<DossierFile>> filesOf(const Json& dossier);
    /// Files of all dossiers that operations name; what waits of them.
    [[nodiscard]] Result<std::vector<FileOnItsWay>> files() { return m_projector.files().onTheirWay(); }

    struct Account
    {
        std::string name;
        std::string fullName;
        Role role = Role::Official;
        bool disabled = false;
    };
    [[nodiscard]] Answer<void> addAccount(const Account& account);
    [[nodiscard]] Answer<void> disableAccount(const std::string& name);
    [[nodiscard]] Result<std::vector<Account>> accounts();
    /// A dossier's particulars are shown to the one who sits here: journalled once a dossier while they do
    /// (G6).
    [[nodiscard]] Result<void> recordOpened(const std::string& code);
    /// Writes into the journal that personal data was seen, exported or searched (G6).
    [[nodiscard]] Result<void> recordView(const std::string& what, const Json& detail);

    /// A backup was written and read back; the day's status knows of it.
    [[nodiscard]] Result<void> recordBackup(const BackupInfo& backup);

    [[nodiscard]] Register& dossiers() { return m_register; }
    [[nodiscard]] Queue& queue() { return m_queue; }
    /// Whom the register knows: what may be offered while a form is filled in.
    [[nodiscard]] KnownPeople& known() { return m_known; }
    [[nodiscard]] const Actor& actor() const { return m_actor; }
    [[nodiscard]] const Catalogue& catalogue() const { return m_catalogue; }
    [[nodiscard]] const RegisterIdentity& identity() const { return m_identity; }

private:
    friend class BookDesk; // its acts are acts of this desk on the same connection
    [[nodiscard]] Result<void> mustBeAllowed(Act act) const;
    [[nodiscard]] Answer<Received> takeIn(const Json& draft, Status status, const std::string& reason,
                                          std::int64_t draftId);
    /// Of a checked draft with its code, inside a transaction.
    [[nodiscard]] Result<Received> writeReceived(CheckedDraft& checked, const std::string& reason, int number,
                                                 std::optional<Instant> dueAt, Instant now);
    [[nodiscard]] Result<Problems> missingFiles(const Json& dossier, const Json& before);
    [[nodiscard]] Result<Problems> changedFileProblems(const Json& dossier, const Json& before);
    [[nodiscard]] Answer<void> mustHaveFiles(const CheckedDraft& checked);
    [[nodiscard]] Result<void> useUpDraft(std::int64_t draftId);
    /// Fills in what the counter decides: code, status, times and the appointment, which it returns.
    std::optional<Instant> complete(CheckedDraft& checked, Status status, int number, Instant now) const;
    [[nodiscard]] NewEntry operationEntry(std::string kind, const Uid& uid, std::int64_t dossier,
                                          Json body) const;
    [[nodiscard]] NewEntry changeEntry(const DossierView& view, const Json& set,
                                       const std::string& reason) const;
    /// A change by the program itself, inside the caller's transaction.
    [[nodiscard]] Answer<Acted> changeWithin(const DossierView& view, const Json& set,
                                             const std::string& reason);
    [[nodiscard]] Result<void> placeBehind(const DossierView& view, NewEntry& entry);
    [[nodiscard]] Answer<void> mustBeWithdrawable(const OperationRow& row);
    [[nodiscard]] Answer<void> correctInPlace(const OperationRow& place, const Json& set, NewEntry& entry);
    [[nodiscard]] Result<ConflictCase> conflictCase(Position position);
    /// What a conflict is about, from facts.
    struct ThreeSides
    {
        std::string kind; ///< of what is left to be said; of a reception that the portal has, a change
        Json base;
        Json theirs;
        Json body; ///< of what is left to be said
        FieldRules rules;
    };
    [[nodiscard]] Result<ThreeSides> threeSides(const OperationRow& row);
    [[nodiscard]] Result<void> addFields(const OperationRow& row, ConflictCase& found);
    [[nodiscard]] Result<DossierView> inQuestion(const std::string& code, const ConflictCase* shown);
    [[nodiscard]] Answer<OperationRow> conflictToDecide(std::int64_t dossier, const ConflictCase* shown);
    using Deciding = std::function<Answer<void>(const OperationRow&, const DossierView&, NewEntry&)>;
    [[nodiscard]] Answer<Acted> inConflict(const std::string& code, const std::string& reason,
                                           const ConflictCase* shown, const Deciding& deciding,
                                           std::optional<NewEntry>* behind = nullptr);
    [[nodiscard]] Answer<std::optional<NewEntry>> saidBehind(const OperationRow& row, const DossierView& view,
                                                             const std::map<std::string, Decision>& decisions,
                                                             const std::string& reason);
    [[nodiscard]] NewEntry entryInPlace(const DossierView& view, const OperationRow& row) const;
    [[nodiscard]] Result<Acted> appendDecided(const DossierView& view, const OperationRow& row,
                                              NewEntry entry);
    [[nodiscard]] Result<Json> chosen(const OperationRow& row, const ThreeSides& sides,
                                      const ConflictCase& asked,
                                      const std::map<std::string, Decision>& decisions);
    [[nodiscard]] Answer<void> decide(const OperationRow& row,
                                      const std::map<std::string, Decision>& decisions,
                                      const Grounds& grounds, NewEntry& entry);
    [[nodiscard]] Result<Acted> appendOperation(const DossierView& view, NewEntry entry);
    [[nodiscard]] Result<std::string> keepSnapshot(const std::string& bytes);
    [[nodiscard]] Result<void> appendOwn(std::string kind, Json body,
                                         std::optional<std::int64_t> dossier = {},
                                         std::optional<Uid> uid = {});

    Connection& m_connection;
    RegisterIdentity m_identity;
    Actor m_actor;
    const Catalogue& m_catalogue;
    const Clock& m_clock;
    Random& m_random;
    Journal m_journal;
    Projector m_projector;
    Register m_register;
    KnownPeople m_known;
    Queue m_queue;
    std::set<std::string> m_opened; ///< codes that recordOpened() has written
};

} // namespace motcua
