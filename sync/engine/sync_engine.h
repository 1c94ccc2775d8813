// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/desk/portal_desk.h"
#include "core/outbox/queue.h"
#include "sync/engine/batch_size.h"
#include "sync/engine/breaker.h"
#include "sync/engine/catalogue_pull.h"
#include "sync/engine/classify.h"
#include "sync/engine/judge.h"
#include "sync/engine/retry_policy.h"
#include "sync/engine/stepped_aside.h"
#include "sync/engine/transport.h"
#include "sync/engine/uploader.h"
#include "sync/engine/wire.h"
#include "sync/protocol/devices.h"

#include <optional>
#include <set>
#include <string>

namespace motcua {

struct EngineOptions
{
    std::string app = "motcua " MOTCUA_VERSION;
    RetryPolicy retry;
    int batchCount = 50;
    std::size_t batchBytes = std::size_t{1} << 20;
    int pageLimit = 200;
    std::size_t lookUpAbove = std::size_t{64}
                              << 10; ///< larger operations of unknown fate are asked about first
    Millis pullEvery{60'000};
    Millis helloEvery{30 * 60 *
                      1'000}; ///< so that new keys, a new token and a revocation are learned in time
    Millis probeHeldEvery{15 * 60 * 1'000};
    Millis sightingEvery{10 * 60 * 1'000}; ///< for the diary, while nothing changes
    /// Who begins with a queue as old as this was away, too: the machine was switched off meanwhile. A single
    /// run that somebody waits for sets it to the greatest there is.
    Millis awayLeast{10 * 60 * 1'000};
    Millis catalogueEvery{60 * 60 *
                          1'000}; ///< the city may announce a day off within the week, hardly the hour
};

/// What one step did.
enum class Did
{
    NotEnrolled, ///< no portal is known; nothing will happen until one is
    Idle,        ///< nothing to do before `until`
    Waiting,     ///< something to do, but not before `until`: backoff, Retry-After, a hold
    Greeted,
    LookedUp,
    Pushed,
    Pulled,
    Merged,
    Uploaded,
    AskedCatalogue,
};
[[nodiscard]] std::string_view didName(Did did);

struct EngineStep
{
    Did did = Did::Idle;
    Millis until{0};      ///< monotonic; with Idle and Waiting
    bool answered = true; ///< of a call: the portal answered, and what it said is stored
};

/// Since the engine was made.
struct EngineCounters
{
    std::int64_t calls = 0;
    std::int64_t lost = 0;
    std::int64_t acknowledged = 0;
    std::int64_t conflicts = 0;
    std::int64_t refused = 0; ///< rejected and mismatch
    std::int64_t pulled = 0;
    std::int64_t merged = 0;
    std::int64_t unreadable = 0; ///< changes whose dossier breaks the schema; kept out of the register
    std::int64_t filesSent = 0;
    std::int64_t lostAtPortal = 0; ///< acknowledged once, not there after the portal was restored
    std::int64_t fileCalls = 0;    ///< of all calls those about files
    std::int64_t fileBytes = 0;    ///< of files, that left from here
    std::int64_t cataloguesTaken = 0;
    std::int64_t cataloguesRefused = 0;
};

/// How things stand with the portal, for people.
struct PortalState
{
    bool online = false; ///< the last call was answered by the portal
    Reach reach = Reach::Offline;
    Trouble trouble = Trouble::None;
    std::string detail;           ///< of the last trouble, for the log and support; may hold untrusted text
    std::optional<Instant> since; ///< when `reach` became so; none before the first call
    std::optional<Instant> lastAnswer;
    std::string portalEpoch;
    std::optional<Millis> clockOff; ///< the portal's clock less this computer's, where that is far
};

/// Brings the queue to the portal and the portal's changes here. One thing a step: it decides what is next,
/// brings one answer in, stores what came of it in one transaction, and says what it did. While it stores a
/// batch or a page the next one may be under way; the step after brings that in before anything else.
/// Deterministic: no thread, no clock but the one given, no sleep; whoever owns it waits until `until` or
/// until something new was queued.
///
/// Text goes before scans: a piece of a file leaves only when no operation may go and no news is due.
///
/// Nothing is held in memory that must not be lost: kill it anywhere, make a new one, and it goes on. Errors
/// are only the disk's; after one, what was under way counts as unknown.
class SyncEngine
{
public:
    /// `files`: where the files of dossiers lie; without one none are sent. `catalogues`: where the city's
    /// catalogue goes; without one it is not asked for.
    SyncEngine(PortalDesk& desk, Queue& queue, Transport& transport, const Clock& clock, Random& random,
               EngineOptions options = {}, FileStore* files = nullptr, CatalogueDesk* catalogues = nullptr);

    [[nodiscard]] Result<EngineStep> step();

    /// A person pressed "try now": backoff and a spread end, Retry-After does not. At most once in five
    /// seconds; false: too soon.
    bool tryNow();
    /// News is wanted now, without waiting for the next regular pull.
    void pullSoon() { m_pullDue = true; }

    [[nodiscard]] const EngineCounters& counters() const { return m_counters; }
    [[nodiscard]] const PortalState& state() const { return m_state; }
    /// A request went out ahead; the next step brings its answer in. Who leaves it there loses only time: its
    /// operations are asked about at the next start.
    [[nodiscard]] bool isUnderWay() const { return m_wire.isBusy(); }
    /// A piece of a file, or a question about one, is under way, and whoever has something to say need not
    /// wait for it: cut off, it counts as no loss, and what arrived of it counts.
    [[nodiscard]] bool isUploading() const { return m_isUploading; }
    /// Sending will not go on by itself: somebody must enrol, update, or look at a copied disk.
    [[nodiscard]] bool isStopped() const { return m_sendStop != Trouble::None || m_hold != Trouble::None; }

private:
    [[nodiscard]] Result<void> start();
    [[nodiscard]] Result<EngineStep> next();
    [[nodiscard]] bool isClockSetBack();
    [[nodiscard]] Result<EngineStep> idle();
    [[nodiscard]] bool isHelloDue(Millis now) const;
    [[nodiscard]] bool isNewsFirst(Millis now) const;
    [[nodiscard]] bool mayGoAhead(Millis now) const;
    [[nodiscard]] bool isMergeDue() const;
    /// A restored portal is read from the beginning; nothing is sent before its end.
    [[nodiscard]] bool isReadingAgain() const;
    [[nodiscard]] Result<EngineStep> landed();

    [[nodiscard]] Result<EngineStep> greet();
    [[nodiscard]] Result<void> welcome(const Hello& hello, const JournalHead& head, bool afterOutage);
    void comeLater(Millis spread);
    [[nodiscard]] Result<void> remember(const Hello& hello);
    [[nodiscard]] Result<void> portalWentBack(const std::string& portalEpoch);
    void notWelcome(const Verdict& verdict);

    [[nodiscard]] Result<std::optional<EngineStep>> ask();
    [[nodiscard]] Result<std::optional<EngineStep>> audit();
    struct Heard;
    [[nodiscard]] Heard compare(const std::vector<Outgoing>& batch, const Judgement& judgement);
    [[nodiscard]] Result<void> storeAudit(const std::vector<Outgoing>& batch, const Judgement& judgement);
    [[nodiscard]] Result<void> auditFailed(const std::vector<Outgoing>& batch);
    [[nodiscard]] Result<std::vector<Outgoing>> nextBatch();
    [[nodiscard]] Result<std::optional<EngineStep>> push();
    [[nodiscard]] Result<EngineStep> lookUp(const std::vector<Outgoing>& batch);
    [[nodiscard]] bool wantsLookUp(const std::vector<Outgoing>& batch) const;
    [[nodiscard]] bool mayPushAhead() const;
    [[nodiscard]] Result<PackedBatch> pack(std::vector<Outgoing>&& batch);
    void send(PackedBatch&& packed);
    [[nodiscard]] Result<std::optional<PackedBatch>> packAhead();
    [[nodiscard]] Result<void> sendAhead(PackedBatch&& next, const Verdict& verdict);
    [[nodiscard]] Result<EngineStep> batchLanded(const SentBatch& sent, const Reply& reply,
                                                 std::optional<PackedBatch> next);
    [[nodiscard]] bool isOfEarlierEpoch(Position position) const;
    [[nodiscard]] Result<void> leaveDenied(const std::vector<StoredResult>& results);
    [[nodiscard]] Result<EngineStep> forkLanded(const SentBatch& sent, Verdict&& verdict);
    [[nodiscard]] Judgement judged(const Reply& reply, Verdict& verdict, const std::vector<Outgoing>& batch,
                                   About about);
    /// Of an answer with a receipt that does not verify.
    void disbelieve(const Reply& reply, Verdict& verdict, const Judgement& judgement);
    [[nodiscard]] Result<void> finish(std::int64_t attempt, const Verdict& verdict,
                                      const std::vector<Outgoing>& batch, Judgement judgement);
    void completeWithDelays(Judgement& judgement, const std::vector<Outgoing>& batch);
    [[nodiscard]] std::optional<Instant> notBeforeOf(const Verdict& verdict,
                                                     const std::vector<Outgoing>& batch);
    /// Lets others go first; until when.
    [[nodiscard]] Instant stepAside(Position position, Millis pause);
    void count(const Judgement& judgement);
    void resize(const Verdict& verdict, std::size_t sent);

    [[nodiscard]] Result<EngineStep> pull();
    void askFor(const std::optional<std::string>& cursor);
    [[nodiscard]] Result<void> askAhead(const ChangesPage& page);
    [[nodiscard]] bool moves(const ChangesPage& page) const;
    [[nodiscard]] Result<EngineStep> pageLanded(const AskedPage& asked, const Reply& reply);
    [[nodiscard]] Result<void> store(ChangesPage& page);
    [[nodiscard]] Result<void> pullRefused(const Verdict& verdict);
    [[nodiscard]] Result<EngineStep> merge();
    [[nodiscard]] Result<std::optional<EngineStep>> upload();
    [[nodiscard]] Result<EngineStep> askForCatalogue();

    [[nodiscard]] Reply call(const Request& request);
    /// Takes the verdict into account for all calls to come. True: it ended an outage.
    bool note(const Verdict& verdict);
    void hold(Trouble trouble);
    void waitAfter(const Verdict& verdict);
    void say(const Verdict& verdict);
    [[nodiscard]] Reach reach() const;
    [[nodiscard]] Result<void> keepDiary();
    [[nodiscard]] Millis backoff(int failures) { return m_options.retry.delay(failures, m_random.unit()); }

    PortalDesk& m_desk;
    Queue& m_queue;
    Wire m_wire;
    const Clock& m_clock;
    Random& m_random;
    EngineOptions m_options;

    /// One call in four goes to news, however long the queue is. Where the news are nothing but our own
    /// operations coming back, nobody else is at work: then the queue may go out first, within bounds.
    static constexpr int kPushesBeforePull = 3;
    /// Operations in one question about their status.
    static constexpr int kAskAtOnce = 500;
    static constexpr int kPushesBeforeEcho = 12;

    // What may be forgotten at any time: timers and counts.
    std::string m_instance;
    std::optional<PortalBinding> m_binding;
    std::vector<PortalKey> m_keys;

    Breaker m_breaker;
    BatchSize m_batch;
    int m_busy = 0;     ///< "later" in a row
    int m_refusals = 0; ///< whole requests refused in a row
    int m_pullFailures = 0;
    SteppedAside m_aside;
    std::optional<Uploader> m_uploader;       ///< none: this counter carries no files
    std::optional<CataloguePull> m_catalogue; ///< none: this counter does not ask for it
    std::set<std::int64_t> m_asked;           ///< by position: looked up since it was last sent

    bool m_started = false;
    bool m_isUploading = false;
    bool m_greeted = false;
    bool m_wasWelcomed = false; ///< once, since the start
    bool m_isAskedFor = false;  ///< a person waits for the greeting that is due
    bool m_newKeysTried = false;
    std::optional<Position> m_auditedUpTo; ///< there while a restored portal is asked what it still has
    Millis m_auditNotBefore{0};            ///< a question that failed holds up neither sending nor news
    int m_auditFailures = 0;
    int m_auditAtOnce = kAskAtOnce;
    bool m_lookUpDue = true;   ///< at start too: what an earlier run sent may have been applied
    bool m_pullDue = true;     ///< news may be there
    bool m_confirmDue = false; ///< our own acts will come back; not urgent
    bool m_mergeDue = true;    ///< at start too: an earlier run may have been killed between pull and merge
    int m_pushesInRow = 0;
    int m_pushesBeforePull = kPushesBeforePull;

    Trouble m_hold = Trouble::None;     ///< nothing goes but a hello now and then
    Trouble m_sendStop = Trouble::None; ///< nothing is sent, pulls go on
    Millis m_holdUntil{0};
    Millis m_greetBy{0};
    Millis m_pullBy{0};
    Millis m_pullNotBefore{0};
    std::optional<Millis> m_triedNow;
    std::optional<Millis> m_wallAhead; ///< of the monotonic clock, when it was looked at last
    bool m_obeying = false;            ///< the hold is the portal's wish, not our own backoff
    bool m_endPauses = false;          ///< of operations, which are in the register, at the next step
    bool m_heard = false;              ///< a call ended in this step
    std::optional<Millis> m_sighted;   ///< when the diary was written last

    EngineCounters m_counters;
    PortalState m_state;
};

} // namespace motcua
