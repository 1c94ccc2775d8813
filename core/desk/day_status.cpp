// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/day_status.h"

#include "core/db/setting.h"
#include "core/desk/alarms.h"
#include "core/outbox/operations.h"
#include "core/register/register.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

/// Entries stand in the order in which they were written. After so many of another day in a row the day is
/// over; a clock that was put back for a while makes shorter runs than this.
constexpr int kStrayInARow = 500;
constexpr Millis kNetworkLookBack{12 * 60 * 60 * 1'000};

struct Range
{
    Instant from;
    Instant end; ///< exclusive

    [[nodiscard]] bool holds(Instant at) const { return at >= from && at < end; }
};

Range rangeOf(Day day)
{
    const Day next{std::chrono::sys_days{day} + std::chrono::days{1}};
    return {instantInVietnam(day, Millis{0}), instantInVietnam(next, Millis{0})};
}

struct OwnDossier
{
    std::int64_t id = 0;
    std::string code;
    std::string name;
    bool refused = false; ///< at the desk; a later decision of the city is none of ours
};

/// What was taken in at this desk on the day: it has an entry of ours, what was pulled has none.
Result<std::vector<OwnDossier>> takenInOn(Connection& connection, const Range& range)
{
    auto query = TRY(connection.prepare(R"(
        SELECT d.id, d.code, d.name, j.entry ->> '$.body.status' = 'refused', min(j.position)
        FROM dossier d INDEXED BY dossier_received
        JOIN journal j ON j.dossier = d.id AND j.kind = 'dossier.received'
        WHERE d.received >= :from AND d.received < :end
        GROUP BY d.id ORDER BY d.code, d.id
    )"));
    query.bind(":from", toMillis(range.from)).bind(":end", toMillis(range.end));
    std::vector<OwnDossier> dossiers;
    while (TRY(query.step())) {
        dossiers.push_back({query.integer(0), query.text(1), query.text(2), query.integer(3) != 0});
    }
    return dossiers;
}

enum class Fate
{
    Confirmed,
    Waiting,
    NeedsYou,
    Withdrawn,
};

Result<Fate> fateOf(Connection& connection, std::int64_t dossier)
{
    auto query = TRY(connection.prepare(R"(
        SELECT o.state FROM journal j JOIN operation o ON o.position = j.position WHERE j.dossier = :dossier
    )"));
    query.bind(":dossier", dossier);
    bool waits = false;
    bool applied = false;
    while (TRY(query.step())) {
        const OpState state = parseOpState(query.view(0)).value_or(OpState::NeedsYou);
        if (state == OpState::Conflict || state == OpState::NeedsYou) {
            return Fate::NeedsYou;
        }
        waits = waits || !isFinal(state);
        applied = applied || state == OpState::Acknowledged || state == OpState::Confirmed;
    }
    return waits ? Fate::Waiting : applied ? Fate::Confirmed : Fate::Withdrawn;
}

/// How a paper of a dossier came out, over all attempts.
struct PaperOut
{
    bool good = false;
    bool unsure = false;
};

struct PapersOut
{
    PaperOut slip;
    PaperOut refusal;
    PaperOut collection;
};

/// A paper with a number that another one replaced is no paper of the dossier any more.
Result<PapersOut> papersOf(Connection& connection, std::int64_t dossier)
{
    const auto renumbering = TRY(lastRenumbering(connection, dossier));
    auto query = TRY(connection.prepare(R"(
        SELECT entry ->> '$.body.paper', entry ->> '$.body.outcome' FROM journal
        WHERE dossier = :dossier AND kind = 'paper.printed' AND position > :after
    )"));
    query.bind(":dossier", dossier).bind(":after", renumbering ? renumbering->position.value : 0);
    PapersOut papers;
    while (TRY(query.step())) {
        const auto paper = query.view(0);
        PaperOut* out = paper == "slip"         ? &papers.slip
                        : paper == "refusal"    ? &papers.refusal
                        : paper == "collection" ? &papers.collection
                                                : nullptr;
        if (out != nullptr) {
            const auto outcome = query.view(1);
            out->good = out->good || outcome == "good" || outcome == "file";
            out->unsure = out->unsure || outcome == "unknown";
        }
    }
    return papers;
}

/// The money of one dossier.
struct Money
{
    std::int64_t owed = 0;
    std::int64_t open = 0;    ///< of it not marked as paid
    std::int64_t paidNow = 0; ///< marked as paid on the day
    bool numbered = false;    ///< each fee that is owed has its receipt's number
    bool anyNumber = false;

    [[nodiscard]] bool isPaid() const { return owed > 0 && open == 0; }
};

Money moneyOf(const Json& dossier, const Range& range)
{
    Money money;
    const Json& fees = at(dossier, "fees");
    bool missing = false;
    for (std::size_t i = 0; fees.is_array() && i < fees.size(); ++i) {
        const Json& amount = at(fees[i], "amount");
        const std::int64_t sum = amount.is_number_integer() ? amount.get<std::int64_t>() : 0;
        if (sum <= 0) {
            continue;
        }
        money.owed += sum;
        const auto paidAt = parseRfc3339(stringAt(fees[i], "paidAt"));
        money.open += paidAt ? 0 : sum;
        money.paidNow += paidAt && range.holds(*paidAt) ? sum : 0;
        const bool hasNumber = !stringAt(fees[i], "receiptNo").empty();
        money.anyNumber = money.anyNumber || hasNumber;
        missing = missing || !hasNumber;
    }
    money.numbered = money.owed > 0 && !missing;
    return money;
}

/// The first entry that is not from before `from`, nearly: clocks that were put back make it uncertain by a
/// few entries. Found by halving, because entries stand in the order of their positions.
Result<std::int64_t> firstSince(Connection& connection, Instant from)
{
    auto ends =
        TRY(connection.prepare("SELECT coalesce(min(position), 0), coalesce(max(position), 0) FROM journal"));
    TRY(ends.step());
    std::int64_t low = ends.integer(0);
    std::int64_t high = ends.integer(1);
    auto next = TRY(connection.prepare(
        "SELECT position, at FROM journal WHERE position >= :from ORDER BY position LIMIT 1"));
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        next.reset();
        next.bind(":from", middle);
        TRY(next.step());
        if (fromMillis(next.integer(1)) < from) {
            low = next.integer(0) + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/// Dossiers whose fees somebody changed here on the day.
Result<std::set<std::int64_t>> paidOn(Connection& connection, const Range& range)
{
    auto query = TRY(connection.prepare(R"(
        SELECT at, kind = 'dossier.changed' AND json_type(entry, '$.body.set."/fees"') = 'array', dossier
        FROM journal
        WHERE position >= coalesce((SELECT min(position) FROM (
            SELECT position FROM journal WHERE position < :first ORDER BY position DESC LIMIT :slack)), :first)
        ORDER BY position
    )"));
    query.bind(":first", TRY(firstSince(connection, range.from))).bind(":slack", kStrayInARow);
    std::set<std::int64_t> found;
    int later = 0;
    while (later < kStrayInARow && TRY(query.step())) {
        const Instant when = fromMillis(query.integer(0));
        later = when >= range.end ? later + 1 : 0;
        if (range.holds(when) && query.integer(1) != 0) {
            found.insert(query.integer(2));
        }
    }
    return found;
}

Result<std::optional<ProvenBackup>> backupOf(Connection& connection)
{
    const auto text = TRY(settingOf(connection, "proven_backup"));
    if (!text) {
        return std::optional<ProvenBackup>{};
    }
    const Json json = TRY(parseJson(*text));
    ProvenBackup backup;
    backup.at = TRY(parseRfc3339(stringAt(json, "at")));
    backup.file = stringAt(json, "file");
    backup.entries = at(json, "entries").get<std::int64_t>();
    return std::optional(backup);
}

/// Adds one dossier after the other to the figures.
class Accountant
{
public:
    Accountant(Connection& connection, const Range& range, DayStatus& status)
        : m_connection(connection), m_range(range), m_status(status)
    {}

    Result<void> addOwn(const OwnDossier& dossier, const Json& body)
    {
        countFate(TRY(fateOf(m_connection, dossier.id)));
        const PapersOut papers = TRY(papersOf(m_connection, dossier.id));
        if (dossier.refused) {
            ++m_status.refused;
            countPaper(papers.refusal, m_status.refusalSlips, DayGap::RefusalMissing, dossier);
            return {};
        }
        ++m_status.takenIn;
        countPaper(papers.slip, m_status.slips, DayGap::SlipMissing, dossier);
        addMoney(dossier, moneyOf(body, m_range), papers.collection);
        return {};
    }

    /// One of an earlier day, which paid on this one.
    Result<void> addPayer(const OwnDossier& dossier, const Json& body)
    {
        const Money money = moneyOf(body, m_range);
        if (money.paidNow > 0) {
            const PapersOut papers = TRY(papersOf(m_connection, dossier.id));
            addMoney(dossier, money, papers.collection);
        }
        return {};
    }

private:
    void countFate(Fate fate)
    {
        switch (fate) {
        case Fate::Confirmed:
            ++m_status.confirmed;
            break;
        case Fate::Waiting:
            ++m_status.waiting;
            break;
        case Fate::NeedsYou:
            ++m_status.needsYou;
            break;
        case Fate::Withdrawn:
            ++m_status.withdrawn;
            break;
        }
    }

    void countPaper(const PaperOut& paper, std::int64_t& count, DayGap missing, const OwnDossier& dossier)
    {
        if (paper.good) {
            ++count;
        } else {
            differ(dossier, paper.unsure ? DayGap::SlipUnsure : missing, 0);
        }
    }

    void addMoney(const OwnDossier& dossier, const Money& money, const PaperOut& slip)
    {
        if (money.owed == 0) {
            return;
        }
        const bool printed = slip.good || slip.unsure;
        ++m_status.owing;
        m_status.paid += money.isPaid() ? 1 : 0;
        m_status.receiptNumbers += money.numbered ? 1 : 0;
        m_status.collectionSlips += printed ? 1 : 0;
        m_status.paidAmount += money.paidNow;
        m_status.openAmount += money.open;
        if (money.isPaid() && !money.numbered) {
            differ(dossier, DayGap::PaidWithoutNumber, money.owed);
        }
        if (money.isPaid() && !printed) {
            differ(dossier, DayGap::PaidWithoutSlip, money.owed);
        }
        if (!money.isPaid() && money.anyNumber) {
            differ(dossier, DayGap::NumberWithoutPaid, money.open);
        } else if (!money.isPaid() && printed) {
            differ(dossier, DayGap::SlipWithoutPaid, money.open);
        }
    }

    void differ(const OwnDossier& dossier, DayGap gap, std::int64_t amount)
    {
        m_status.differences.push_back({dossier.code, dossier.name, gap, amount});
    }

    Connection& m_connection;
    const Range& m_range;
    DayStatus& m_status;
};

Result<void> addDossiers(Connection& connection, const Range& range, const Clock& clock, DayStatus& status)
{
    Register dossiers(connection, clock);
    Accountant accountant(connection, range, status);
    std::set<std::int64_t> counted;
    for (const OwnDossier& dossier : TRY(takenInOn(connection, range))) {
        const DossierView view = TRY(dossiers.byId(dossier.id));
        TRY(accountant.addOwn(dossier, view.dossier));
        status.codes.push_back(dossier.code);
        counted.insert(dossier.id);
    }
    for (const std::int64_t id : TRY(paidOn(connection, range))) {
        if (!counted.contains(id)) {
            const DossierView view = TRY(dossiers.byId(id));
            TRY(accountant.addPayer({id, view.row.code, view.row.name, false}, view.dossier));
        }
    }
    std::stable_sort(status.differences.begin(), status.differences.end(),
                     [](const DayDifference& a, const DayDifference& b) { return a.code < b.code; });
    return {};
}

} // namespace

std::string_view dayGapName(DayGap gap)
{
    switch (gap) {
    case DayGap::SlipMissing:
        return "slip-missing";
    case DayGap::SlipUnsure:
        return "slip-unsure";
    case DayGap::RefusalMissing:
        return "refusal-missing";
    case DayGap::PaidWithoutNumber:
        return "paid-without-number";
    case DayGap::PaidWithoutSlip:
        return "paid-without-slip";
    case DayGap::NumberWithoutPaid:
        return "number-without-paid";
    case DayGap::SlipWithoutPaid:
        return "slip-without-paid";
    }
    return "slip-missing";
}

std::string_view dayVerdictName(DayVerdict verdict)
{
    switch (verdict) {
    case DayVerdict::Clear:
        return "clear";
    case DayVerdict::Sending:
        return "sending";
    case DayVerdict::WaitsForNetwork:
        return "waits-for-network";
    case DayVerdict::Differs:
        return "differs";
    case DayVerdict::NeedsYou:
        return "needs-you";
    }
    return "clear";
}

DayVerdict DayStatus::verdict() const
{
    if (forPerson() > 0) {
        return DayVerdict::NeedsYou;
    }
    if (!differences.empty()) {
        return DayVerdict::Differs;
    }
    if (queue.toSend == 0) {
        return DayVerdict::Clear;
    }
    return network && network->reach == Reach::Online ? DayVerdict::Sending : DayVerdict::WaitsForNetwork;
}

Result<DayStatus> dayStatus(Connection& connection, const RegisterIdentity& identity, Day day,
                            const Clock& clock, Instant networkNow)
{
    DayStatus status;
    status.day = day;
    status.at = clock.now();
    const Range range = rangeOf(day);
    TRY(addDossiers(connection, range, clock, status));
    Queue queue(connection, identity.install);
    status.queue = TRY(queue.summary());
    status.oldest = TRY(queue.oldestToSend());
    const auto alarms = TRY(openAlarms(connection, identity.install));
    status.alarms = static_cast<std::int64_t>(alarms.size());
    const NetworkDiary diary = TRY(networkDiary(connection, networkNow - kNetworkLookBack, networkNow));
    status.network = diary.latest;
    status.networkSince = diary.since;
    status.backup = TRY(backupOf(connection));
    status.head = TRY(Journal(connection, identity.install, identity.epoch).head());
    return status;
}

} // namespace motcua
