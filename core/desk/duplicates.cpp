// SPDX-License-Identifier: GPL-3.0-or-later
// One citizen, one procedure, two counters within half an hour: a hint, never a merge (X8).
#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/desk/desk.h"
#include "core/dossier/code.h"

namespace motcua {

namespace {

constexpr Millis kApart{30 * 60 * 1'000};

int slotOf(const std::string& code)
{
    const auto parsed = parseCode(code);
    return parsed ? parsed->slot : -1;
}

} // namespace

Result<std::vector<PossibleDuplicate>> Desk::possibleDuplicates(Instant from)
{
    // Two at one counter are two matters: the official saw the citizen. A verdict stands at the earlier one.
    auto query = TRY(m_connection.prepare(R"(
        SELECT a.uid, a.code, b.uid, b.code, b.name, b.received
        FROM dossier a INDEXED BY dossier_received JOIN dossier b INDEXED BY dossier_received
          ON b.received BETWEEN a.received AND a.received + :apart AND b.procedure = a.procedure AND b.id <> a.id
         AND (b.personal_id = a.personal_id OR (b.name = a.name AND b.phone = a.phone))
        WHERE a.received >= :from AND a.gone = 0 AND b.gone = 0
          AND (a.received < b.received OR a.uid < b.uid)
          AND NOT EXISTS(SELECT 1 FROM journal j WHERE j.dossier = a.id AND j.kind = 'duplicate.judged'
                                                   AND j.entry ->> '$.body.other' = b.uid)
        ORDER BY a.received
    )"));
    query.bind(":from", toMillis(from)).bind(":apart", kApart.count());
    std::vector<PossibleDuplicate> found;
    while (TRY(query.step())) {
        PossibleDuplicate pair{query.text(0), query.text(1), query.text(2),
                               query.text(3), query.text(4), fromMillis(query.integer(5))};
        if (slotOf(pair.code) != slotOf(pair.otherCode)) {
            found.push_back(std::move(pair));
        }
    }
    return found;
}

Answer<void> Desk::judgeDuplicate(const PossibleDuplicate& pair, Duplicate verdict, const std::string& note)
{
    TRY(mustBeAllowed(Act::Decide));
    const DossierView view = TRY(m_register.byUid(pair.uid));
    const DossierView other = TRY(m_register.byUid(pair.otherUid));
    auto transaction = TRY(Transaction::begin(m_connection));
    const Json body{{"other", other.row.uid},
                    {"same", verdict == Duplicate::Same},
                    {"note", tidyText(note, Lines::Keep)}};
    TRY(appendOwn("duplicate.judged", body, view.row.id, Uid(view.row.uid)));
    TRY(transaction.commit());
    return {};
}

} // namespace motcua
