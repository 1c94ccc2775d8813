// SPDX-License-Identifier: GPL-3.0-or-later
// What was settled and a person must look at: found in facts, so that a restart forgets none.
#include "core/desk/alarms.h"

#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/desk/desk.h"
#include "core/dossier/schema.h"
#include "core/dossier/status.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kFindingMax = 2000; ///< characters, as of every reason

struct Candidate
{
    Position position;
    Position place;
    std::int64_t dossier = 0;
    std::string kind;
};

/// Operations that replaced another one, which are few: those that may bear another number, remarks in the
/// place of a step, and withdrawals of what counts at the portal all the same.
Result<std::vector<Candidate>> candidates(Connection& connection)
{
    auto query = TRY(connection.prepare(R"(
        SELECT o.position, o.place, o.dossier, o.kind
        FROM operation o INDEXED BY operation_place
        JOIN operation first ON first.position = o.place JOIN journal j ON j.position = o.position
        WHERE o.place <> o.position
          AND (o.kind = 'dossier.received'
               OR (o.kind = 'dossier.changed' AND first.kind = 'dossier.moved'
                   AND j.local ->> '$.alarm' = 'handed-over-twice')
               OR (o.kind = 'dossier.cancelled' AND o.state = 'withdrawn' AND EXISTS(
                   SELECT 1 FROM operation p
                   WHERE p.position IN (SELECT q.position FROM operation q
                                        WHERE q.place = o.place AND q.place <> q.position UNION ALL SELECT o.place)
                     AND p.kind <> 'dossier.cancelled'
                     AND (p.state IN ('acknowledged', 'confirmed') OR EXISTS(
                         SELECT 1 FROM pulled n
                         WHERE n.op = p.position AND n.id > coalesce(
                             (SELECT max(pulled) FROM portal_lost WHERE position = p.position), 0))))))
        ORDER BY o.position
    )"));
    std::vector<Candidate> found;
    while (TRY(query.step())) {
        found.push_back({{query.integer(0)}, {query.integer(1)}, query.integer(2), query.text(3)});
    }
    return found;
}

Result<Alarm> aboutDossier(Connection& connection, std::int64_t dossier)
{
    auto query = TRY(connection.prepare("SELECT uid, code, name, status FROM dossier WHERE id = :id"));
    query.bind(":id", dossier);
    TRY(query.step());
    Alarm alarm;
    alarm.uid = query.text(0);
    alarm.code = query.text(1);
    alarm.name = query.text(2);
    alarm.paper = query.integer(3) == static_cast<std::int64_t>(Status::Refused) ? "refusal" : "slip";
    return alarm;
}

Result<bool> cameOutAfter(Connection& connection, std::int64_t dossier, const std::string& paper,
                          Position position)
{
    auto query = TRY(connection.prepare(R"(
        SELECT 1 FROM journal
        WHERE dossier = :dossier AND position > :position AND kind = 'paper.printed'
          AND entry ->> '$.body.paper' = :paper AND entry ->> '$.body.outcome' IN ('good', 'file') LIMIT 1
    )"));
    query.bind(":dossier", dossier).bind(":position", position.value).bind(":paper", paper);
    return query.step();
}

Result<bool> isLookedInto(Connection& connection, std::int64_t dossier, const std::string& op)
{
    auto query = TRY(connection.prepare(R"(
        SELECT 1 FROM journal
        WHERE dossier = :dossier AND kind = 'alarm.settled' AND entry ->> '$.body.op' = :op LIMIT 1
    )"));
    query.bind(":dossier", dossier).bind(":op", op);
    return query.step();
}

Result<std::optional<Alarm>> renumberedAlarm(Connection& connection, const std::string& install,
                                             std::int64_t dossier)
{
    const auto renumbering = TRY(lastRenumbering(connection, dossier));
    if (!renumbering) {
        return std::optional<Alarm>{};
    }
    Alarm alarm = TRY(aboutDossier(connection, dossier));
    if (TRY(cameOutAfter(connection, dossier, alarm.paper, renumbering->position))) {
        return std::optional<Alarm>{};
    }
    alarm.kind = AlarmKind::Renumbered;
    alarm.op = opIdOf(install, renumbering->position).text();
    alarm.since = renumbering->at;
    alarm.oldCode = renumbering->oldCode;
    return std::optional(std::move(alarm));
}

/// Who the portal has as the one that gave the result away.
Result<std::optional<Author>> firstHandOver(Connection& connection, std::int64_t dossier)
{
    auto query = TRY(connection.prepare(R"(
        SELECT coalesce(by, ''), coalesce(body ->> '$.returnedAt', ''), at FROM pulled
        WHERE dossier = :dossier AND body ->> '$.status' = 'returned' ORDER BY id LIMIT 1
    )"));
    query.bind(":dossier", dossier);
    const bool found = TRY(query.step());
    if (!found) {
        return std::optional<Author>{};
    }
    const auto returned = parseRfc3339(query.text(1));
    return std::optional(Author{query.text(0), returned ? *returned : fromMillis(query.integer(2))});
}

Result<void> addHandOver(Connection& connection, const Candidate& candidate, Alarm& alarm)
{
    alarm.kind = AlarmKind::HandedOverTwice;
    auto query = TRY(connection.prepare(R"(
        SELECT (SELECT at FROM journal WHERE position = :position), at, entry ->> '$.official'
        FROM journal WHERE position = :place
    )"));
    query.bind(":position", candidate.position.value).bind(":place", candidate.place.value);
    TRY(query.step());
    alarm.since = fromMillis(query.integer(0));
    alarm.ours = Author{query.text(2), fromMillis(query.integer(1))};
    alarm.theirs = TRY(firstHandOver(connection, candidate.dossier));
    return {};
}

Result<void> addLateWithdrawal(Connection& connection, const Candidate& candidate, Alarm& alarm)
{
    alarm.kind = AlarmKind::WithdrawnTooLate;
    auto query = TRY(connection.prepare(R"(
        SELECT at, entry ->> '$.official', coalesce(entry ->> '$.body.reason', ''),
               coalesce((SELECT max(at) FROM receipt WHERE position = :position), at)
        FROM journal WHERE position = :position
    )"));
    query.bind(":position", candidate.position.value);
    TRY(query.step());
    alarm.ours = Author{query.text(1), fromMillis(query.integer(0))};
    alarm.reason = query.text(2);
    alarm.since = fromMillis(query.integer(3));
    return {};
}

/// One that is over when somebody wrote down what was found.
Result<std::optional<Alarm>> alarmToFind(Connection& connection, const std::string& install,
                                         const Candidate& candidate)
{
    const std::string op = opIdOf(install, candidate.position).text();
    if (TRY(isLookedInto(connection, candidate.dossier, op))) {
        return std::optional<Alarm>{};
    }
    Alarm alarm = TRY(aboutDossier(connection, candidate.dossier));
    alarm.op = op;
    TRY(candidate.kind == "dossier.cancelled" ? addLateWithdrawal(connection, candidate, alarm)
                                              : addHandOver(connection, candidate, alarm));
    return std::optional(std::move(alarm));
}

} // namespace

Act findingAct(AlarmKind kind)
{
    return kind == AlarmKind::HandedOverTwice ? Act::DecideIdentity : Act::Decide;
}

std::string_view alarmKindName(AlarmKind kind)
{
    switch (kind) {
    case AlarmKind::Renumbered:
        return "renumbered";
    case AlarmKind::WithdrawnTooLate:
        return "withdrawn-too-late";
    case AlarmKind::HandedOverTwice:
        break;
    }
    return "handed-over-twice";
}

Result<std::optional<Renumbering>> lastRenumbering(Connection& connection, std::int64_t dossier)
{
    auto query = TRY(connection.prepare(R"(
        SELECT position, at, entry ->> '$.body.code' FROM journal
        WHERE dossier = :dossier AND kind = 'dossier.received' ORDER BY position
    )"));
    query.bind(":dossier", dossier);
    std::optional<Renumbering> last;
    std::string code;
    while (TRY(query.step())) {
        if (!code.empty() && query.view(2) != code) {
            last = Renumbering{{query.integer(0)}, fromMillis(query.integer(1)), code};
        }
        code = query.text(2);
    }
    return last;
}

Result<std::vector<Alarm>> openAlarms(Connection& connection, const std::string& install)
{
    std::vector<Alarm> alarms;
    std::set<std::int64_t> seen; // dossiers whose number was looked at
    for (const Candidate& candidate : TRY(candidates(connection))) {
        std::optional<Alarm> alarm;
        if (candidate.kind != "dossier.received") {
            alarm = TRY(alarmToFind(connection, install, candidate));
        } else if (seen.insert(candidate.dossier).second) {
            alarm = TRY(renumberedAlarm(connection, install, candidate.dossier));
        }
        if (alarm) {
            alarms.push_back(std::move(*alarm));
        }
    }
    return alarms;
}

Result<std::vector<Alarm>> Desk::alarms()
{
    return openAlarms(m_connection, m_identity.install);
}

Answer<void> Desk::settleAlarm(const std::string& op, const std::string& finding)
{
    const auto problem = [](const char* rule, const char* message) {
        return tl::unexpected(Refusal(Problems{{"", rule, message, Severity::Hard, {}}}));
    };
    TRY(mustBeAllowed(Act::Decide));
    const auto alarms = TRY(openAlarms(m_connection, m_identity.install));
    const auto alarm = std::find_if(alarms.begin(), alarms.end(), [&](const Alarm& one) {
        return one.op == op && one.kind != AlarmKind::Renumbered;
    });
    if (alarm == alarms.end()) {
        return problem("no-alarm", "Không có cảnh báo nào như vậy phải ghi kết luận.");
    }
    if (!mayDo(m_actor.role, findingAct(alarm->kind))) {
        return problem("leader-required", "Việc này do lãnh đạo xem xét và ghi kết luận.");
    }
    const std::string words = tidyText(finding, Lines::Keep);
    if (words.empty() || codePoints(words) > kFindingMax) {
        return problem("reason-required", "Cần ghi đã tìm hiểu được gì, nhiều nhất 2000 ký tự.");
    }
    const DossierView view = TRY(m_register.byUid(alarm->uid));
    auto transaction = TRY(Transaction::begin(m_connection));
    const Json body{{"op", op}, {"alarm", alarmKindName(alarm->kind)}, {"note", words}};
    TRY(appendOwn("alarm.settled", body, view.row.id, Uid(view.row.uid)));
    TRY(transaction.commit());
    return {};
}

} // namespace motcua
