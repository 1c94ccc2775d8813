// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/journal/journal.h"
#include "core/outbox/network_diary.h"
#include "core/outbox/queue.h"
#include "core/vault/register_folder.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// What does not agree about one dossier at the end of the day, and so what is left to do.
enum class DayGap
{
    SlipMissing,       ///< taken in, and no slip came out
    SlipUnsure,        ///< a slip was sent to a printer, and nobody said how it came out
    RefusalMissing,    ///< turned away, and no form 03 came out
    PaidWithoutNumber, ///< the fee is marked as paid, the official receipt's number is not written down
    PaidWithoutSlip,   ///< the fee is marked as paid, no collection slip came out
    NumberWithoutPaid, ///< a receipt's number is there, the fee is not marked as paid
    SlipWithoutPaid,   ///< a collection slip came out, the fee is not marked as paid
    ScanStuck,         ///< a scan that the dossier names, of any day, never reaches the portal by itself
};
[[nodiscard]] std::string_view dayGapName(DayGap gap);

struct DayDifference
{
    std::string code;
    std::string name; ///< the applicant's
    DayGap gap = DayGap::SlipMissing;
    std::int64_t amount = 0; ///< đồng, of the gaps about money
};

/// A backup that was read back, as the desk last recorded one.
struct ProvenBackup
{
    Instant at;
    std::string file;
    std::int64_t entries = 0;
};

/// Whether the official may go home.
enum class DayVerdict
{
    Clear,           ///< everything is at the portal, papers and money agree
    Sending,         ///< the rest is on its way
    WaitsForNetwork, ///< the rest goes by itself when the network is back
    Differs,         ///< papers or money do not agree
    NeedsYou,        ///< a person must decide something
};
[[nodiscard]] std::string_view dayVerdictName(DayVerdict verdict);

/// How one counter's day stands. "Taken in" are dossiers of this counter's own desk, refused ones apart;
/// what came from the portal or from another counter is not counted.
struct DayStatus
{
    Day day;
    Instant at; ///< the moment of the figures

    std::int64_t takenIn = 0;
    std::int64_t refused = 0;
    // Of these two together, each dossier once.
    std::int64_t confirmed = 0; ///< everything about it has the portal's receipt
    std::int64_t waiting = 0;   ///< something goes by itself
    std::int64_t needsYou = 0;  ///< something waits for a person
    std::int64_t withdrawn = 0; ///< taken back before the portal had it

    // Of the whole queue at this moment, older days included.
    QueueSummary queue;
    FilesWaiting files;
    std::int64_t alarms = 0; ///< what the rules settled and a person must act on; see core/desk/alarms.h
    std::optional<QueuedOperation> oldest; ///< of what goes by itself
    std::optional<Sighting> network;       ///< the last look at the way to the portal
    std::optional<Instant> networkSince;
    bool isNetworkFresh =
        false; ///< that look is not older than kReachBridge: so it still is, as far as we know

    std::vector<std::string> codes; ///< of both, in their order: the numbers this counter gave
    std::int64_t slips = 0;         ///< dossiers taken in whose slip came out
    std::int64_t refusalSlips = 0;
    // Of the dossiers taken in that owe something, and of older ones that paid on this day: three counts that
    // must agree.
    std::int64_t owing = 0;
    std::int64_t collectionSlips = 0;       ///< printed
    std::int64_t receiptNumbers = 0;        ///< the official receipt's number is there
    std::int64_t paid = 0;                  ///< all that it owes is marked as paid
    std::int64_t paidAmount = 0;            ///< đồng, marked as paid on this day
    std::int64_t openAmount = 0;            ///< đồng, owed and not marked as paid
    std::vector<DayDifference> differences; ///< in the order of their codes

    std::optional<ProvenBackup> backup;
    JournalHead head;

    /// All that waits for a person, of whatever kind.
    [[nodiscard]] std::int64_t forPerson() const { return queue.conflicts + queue.needsYou + alarms; }
    /// Seen just now; of yesterday's network nobody knows whether it is there today.
    [[nodiscard]] bool isOnline() const
    {
        return isNetworkFresh && network && network->reach == Reach::Online;
    }
    [[nodiscard]] DayVerdict verdict() const;
};

/// Reads everything in a few ranges of indexes, and counts the files that wait: no time to speak of at a
/// million dossiers. `clock` is that of
/// the acts; `networkNow` the moment of the network's facts, which a practice clock does not move.
[[nodiscard]] Result<DayStatus> dayStatus(Connection& connection, const RegisterIdentity& identity, Day day,
                                          const Clock& clock, Instant networkNow);

} // namespace motcua
