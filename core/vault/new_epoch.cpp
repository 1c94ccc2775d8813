// SPDX-License-Identifier: GPL-3.0-or-later
// A register that may have gone back in time, or has a twin, goes on under names and numbers of its own.
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/dossier/code.h"
#include "core/journal/journal.h"
#include "core/register/projection.h"
#include "core/vault/backup.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

/// Half of what a Position holds: there is always a higher epoch left, whatever a clock said.
constexpr std::int64_t kEpochByClockMost = std::int64_t{1} << 22;
/// A clock that is further ahead is noticed at once: each slip shows the day.
constexpr std::chrono::days kDaysAhead{7};
/// Numbers of days that are longer gone are not given out again. It is that many because a clock may be set
/// back more than once before anybody sets it right.
constexpr std::chrono::days kDaysBack{60};
/// More than a counter hands out between two backups of a day.
constexpr int kNumbersSkipped = 200;

/// The days on which the lost hours may have printed numbers: around today and around the backup's last
/// entry, and the furthest one. Nobody knows whether the clock was right then or is right now, nor whether it
/// goes back once more to a day on which it stood in the lost hours.
Result<std::set<std::chrono::sys_days>> doubtfulDays(Connection& connection, Day today)
{
    auto query = TRY(connection.prepare(R"(
        SELECT max(at), (SELECT at FROM journal ORDER BY position DESC LIMIT 1) FROM journal
    )"));
    TRY(query.step());
    std::set<std::chrono::sys_days> days;
    for (const auto& at :
         {std::optional<std::int64_t>(), query.optionalInteger(0), query.optionalInteger(1)}) {
        const std::chrono::sys_days around{at ? dayInVietnam(fromMillis(*at)) : today};
        for (auto day = around - kDaysBack; day <= around + kDaysAhead; day += std::chrono::days{1}) {
            days.insert(day);
        }
    }
    return days;
}

std::int64_t minuteOf(Instant now)
{
    const auto since = now - Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    return std::min<std::int64_t>(std::chrono::duration_cast<std::chrono::minutes>(since).count(),
                                  kEpochByClockMost);
}

/// The same backup may be restored twice, and the first time is not known to the second: an epoch that began
/// then must not begin again. So it is the minute, as long as that is higher. Two machines of one disk may
/// begin in the same minute, and where a clock was ahead the minute says nothing: what each has written and
/// the moment part them. Above what a clock can say there is room for sixty such steps.
std::int64_t epochAfter(std::int64_t epoch, const JournalHead& head, Instant now, NewEpoch reason)
{
    const std::int64_t minute = minuteOf(now);
    if (minute > epoch && reason == NewEpoch::Restored) {
        return minute;
    }
    const Hash dice = sha256(std::string(bytesOf(head.chain)) + std::to_string(toMillis(now)));
    return std::max(epoch, minute) + 1 + std::int64_t{dice[0]} * 256 + dice[1];
}

/// The highest number of the slot that a dossier of the day bears here, whoever gave it; those of paper mode
/// left out. 0: none.
Result<int> highestBorne(Connection& connection, const RegisterIdentity& identity, Day day)
{
    if (day.year() < std::chrono::year{2000} || day.year() > std::chrono::year{2099}) {
        return 0; // no code can bear such a day
    }
    std::string codes = makeCode(identity.unit, day, identity.slot, *nextNumber(identity.slot, {}));
    codes.resize(codes.size() - 3);      // the slot's digit is the last
    const std::string end = codes + ":"; // behind every digit
    auto query = TRY(connection.prepare("SELECT code FROM dossier WHERE code > :codes AND code < :end"));
    query.bind(":codes", codes).bind(":end", end);
    int highest = 0;
    while (TRY(query.step())) {
        const auto code = parseCode(query.view(0));
        const bool isOurs = code && code->kind == CodeKind::Counter && code->slot == identity.slot;
        if (isOurs && !isPaperNumber(code->slot, code->number)) {
            highest = std::max(highest, code->number);
        }
    }
    return highest;
}

/// Marks the numbers as given that the lost hours may have printed, and says up to which. core/desk's rebuild
/// knows them from the entry that is written with this. None where the day has none left to jump over.
Result<std::optional<int>> skipNumbers(Connection& connection, const RegisterIdentity& identity, Day day,
                                       std::int64_t epoch)
{
    DossierProjection rows(connection, {});
    const int slot = identity.slot;
    const int given = TRY(rows.highestNumber(day, slot))
    .value_or(slot * 1000);
    // The lost hours passed by those, too.
    const int last = std::max(given, TRY(highestBorne(connection, identity, day)));
    // Machines of one disk begin different epochs: most of them jump differently, too, and do not print the
    // same numbers once more.
    const int jump = kNumbersSkipped + 100 * static_cast<int>(epoch % 3);
    // Beyond s899 the numbers go on with s1000. However often a day was jumped over, some are left.
    const bool overflows = last < slot * 1000 + 1000 && last + jump > slot * 1000 + 899;
    const int wanted = overflows ? slot * 10000 + 1000 + jump : last + jump;
    const int skipped = std::min(wanted, slot * 10000 + 9999 - kNumbersSkipped);
    if (skipped <= given) {
        return std::optional<int>{};
    }
    TRY(rows.takeNumber(day, slot, skipped, 0));
    return std::optional(skipped);
}

} // namespace

Result<void> beginNewEpoch(RegisterFolder& folder, const Clock& clock, NewEpoch reason)
{
    auto connection = TRY(folder.connect());
    const RegisterIdentity& identity = folder.identity();
    const JournalHead before = TRY(Journal(connection, identity.install, identity.epoch).head());
    auto transaction = TRY(Transaction::begin(connection));
    auto raise = TRY(connection.prepare("UPDATE setting SET value = :epoch WHERE key = 'epoch'"));
    const std::int64_t next = epochAfter(identity.epoch, before, clock.now(), reason);
    const std::string epoch = std::to_string(next);
    raise.bind(":epoch", epoch);
    TRY(raise.run());
    if (reason == NewEpoch::Copied) {
        // Any name that was ever given may be the other machine's by now.
        TRY(putSetting(connection, kPortalAudit, std::string(kPortalAuditBegins)));
        const auto told = TRY(settingOf(connection, kToldBefore));
        TRY(putSetting(connection, kToldBefore, told.value_or("0"))); // the portal itself went nowhere
    }
    const Day today = dayInVietnam(clock.now());
    Json skipped = Json::array();
    for (const Day day : TRY(doubtfulDays(connection, today))) {
        if (const auto to = TRY(skipNumbers(connection, identity, day, next))) {
            skipped.push_back({{"day", toIsoDay(day)}, {"to", *to}});
        }
    }
    NewEntry entry;
    entry.kind = "epoch.started";
    entry.official = folder.actor().fullName;
    entry.at = clock.now();
    entry.body = {{"reason", reason == NewEpoch::Copied ? "copied" : "restored"},
                  {"previousHead", toHex(before.chain)},
                  {"previousSeq", before.position.seq()},
                  {"slot", identity.slot},
                  {"skipped", std::move(skipped)}};
    Journal journal(connection, identity.install, next);
    TRY(journal.append(entry));
    TRY(transaction.commit());
    return folder.reload();
}

} // namespace motcua
