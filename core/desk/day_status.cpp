// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/day_status.h"

#include "core/db/setting.h"
#include "core/desk/alarms.h"
#include "core/desk/day_facts.h"
#include "core/register/register.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

constexpr Millis kNetworkLookBack{12 * 60 * 60 * 1'000};

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
    Accountant(Connection& connection, const DayBounds& bounds, DayStatus& status)
        : m_connection(connection), m_bounds(bounds), m_status(status)
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
        addMoney(dossier, moneyOf(body, m_bounds), papers.collection);
        return {};
    }

    /// One of an earlier day, which paid on this one.
    Result<void> addPayer(const OwnDossier& dossier, const Json& body)
    {
        const DossierMoney money = moneyOf(body, m_bounds);
        if (money.paidNow > 0) {
            const PapersOut papers = TRY(papersOf(m_connection, dossier.id));
            addMoney(dossier, money, papers.collection);
        }
        return {};
    }

private:
    void countFate(DayFate fate)
    {
        switch (fate) {
        case DayFate::Confirmed:
            ++m_status.confirmed;
            break;
        case DayFate::Waiting:
            ++m_status.waiting;
            break;
        case DayFate::NeedsYou:
            ++m_status.needsYou;
            break;
        case DayFate::Withdrawn:
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

    void addMoney(const OwnDossier& dossier, const DossierMoney& money, const PaperOut& slip)
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
    const DayBounds& m_bounds;
    DayStatus& m_status;
};

Result<void> addDossiers(Connection& connection, const DayBounds& bounds, const Clock& clock,
                         DayStatus& status)
{
    Register dossiers(connection, clock);
    Accountant accountant(connection, bounds, status);
    std::set<std::int64_t> counted;
    for (const OwnDossier& dossier : TRY(takenInOn(connection, bounds))) {
        const DossierView view = TRY(dossiers.byId(dossier.id));
        TRY(accountant.addOwn(dossier, view.dossier));
        status.codes.push_back(dossier.code);
        counted.insert(dossier.id);
    }
    for (const std::int64_t id : TRY(paidOn(connection, bounds))) {
        if (!counted.contains(id)) {
            const DossierView view = TRY(dossiers.byId(id));
            TRY(accountant.addPayer({id, view.row.code, view.row.name, false}, view.dossier));
        }
    }
    return {};
}

/// A scan that was replaced in its dossier meanwhile is missed by nobody.
Result<void> addStuckScans(Connection& connection, const Clock& clock, DayStatus& status)
{
    Register dossiers(connection, clock);
    std::set<std::string> told;
    for (const StuckFile& stuck : TRY(FileRows(connection).stuck())) {
        const DossierView view = TRY(dossiers.newestByCode(stuck.code));
        const auto named = filesNamedIn(view.dossier);
        const bool isNamed = std::any_of(named.begin(), named.end(),
                                         [&](const NamedFile& file) { return file.sha256 == stuck.sha256; });
        if (isNamed && told.insert(stuck.code).second) {
            status.differences.push_back({stuck.code, view.row.name, DayGap::ScanStuck, 0});
        }
    }
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
    case DayGap::ScanStuck:
        return "scan-stuck";
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
    if (queue.toSend == 0 && files.toSend() == 0) {
        return DayVerdict::Clear;
    }
    return isOnline() ? DayVerdict::Sending : DayVerdict::WaitsForNetwork;
}

Result<DayStatus> dayStatus(Connection& connection, const RegisterIdentity& identity, Day day,
                            const Clock& clock, Instant networkNow)
{
    DayStatus status;
    status.day = day;
    status.at = clock.now();
    const DayBounds bounds = boundsOf(day);
    TRY(addDossiers(connection, bounds, clock, status));
    TRY(addStuckScans(connection, clock, status));
    std::stable_sort(status.differences.begin(), status.differences.end(),
                     [](const DayDifference& a, const DayDifference& b) { return a.code < b.code; });
    Queue queue(connection, identity.install);
    status.queue = TRY(queue.summary());
    status.files = TRY(queue.filesWaiting());
    status.oldest = TRY(queue.oldestToSend());
    const auto alarms = TRY(openAlarms(connection, identity.install));
    status.alarms = static_cast<std::int64_t>(alarms.size());
    const NetworkDiary diary = TRY(networkDiary(connection, networkNow - kNetworkLookBack, networkNow));
    status.network = diary.latest;
    status.networkSince = diary.since;
    status.isNetworkFresh = diary.latest && networkNow - diary.latest->at <= kReachBridge;
    status.backup = TRY(backupOf(connection));
    status.head = TRY(Journal(connection, identity.install, identity.epoch).head());
    return status;
}

} // namespace motcua
