// SPDX-License-Identifier: GPL-3.0-or-later
// How far files are on their way to the portal.
#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/desk/portal_desk.h"

namespace motcua {

Result<std::vector<FileOnItsWay>> PortalDesk::filesDue(int count)
{
    return m_projector.files().due(count);
}

Result<void> PortalDesk::fileSent(std::int64_t file, std::int64_t sent, const std::string& trouble)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(m_projector.files().setSent(file, sent, trouble));
    return transaction.commit();
}

Result<void> PortalDesk::fileHeld(std::int64_t file, const std::string& portalEpoch)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(m_projector.files().addHeld(file, portalEpoch, m_clock.now()));
    return transaction.commit();
}

Result<bool> PortalDesk::fileWasHeld(std::int64_t file, const AnswerMoment& moment)
{
    // One transaction: the engine may hear on its own connection that the portal went back.
    auto transaction = TRY(Transaction::begin(m_connection));
    const UploadState state = TRY(m_projector.files().uploadOf(file));
    if (state.isComplete || TRY(isOvertaken(file, moment))) {
        return false;
    }
    TRY(m_projector.files().addHeld(file, moment.portalEpoch, m_clock.now()));
    TRY(transaction.commit());
    return true;
}

Result<bool> PortalDesk::isOvertaken(std::int64_t file, const AnswerMoment& moment)
{
    const auto bound = TRY(settingOf(m_connection, "portal_epoch"));
    if (bound != moment.boundEpoch && bound != moment.portalEpoch) {
        return true;
    }
    // Only what was asked after a doubt is certain to have been answered after what gave rise to it.
    if (TRY(m_projector.files().isDoubtedSince(moment.asked.value_or(Instant{})))) {
        return true;
    }
    // A portal that went back unnoticed applies an operation a second time, after the answer, and its files
    // went back with it. What the answer itself brought is not younger than the answer.
    auto query = TRY(m_connection.prepare(R"(
        SELECT r.position, r.at FROM operation_file n JOIN receipt r ON r.position = n.position
        WHERE n.file = :file AND r.result = 'applied' AND r.at > :answered
    )"));
    query.bind(":file", file).bind(":answered", toMillis(moment.answered));
    while (TRY(query.step())) {
        if (!moment.applied.contains({Position{query.integer(0)}, fromMillis(query.integer(1))})) {
            return true;
        }
    }
    return false;
}

Result<void> PortalDesk::doubtFiles(const std::string& reason)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(m_projector.files().addDoubt(reason, m_clock.now()));
    return transaction.commit();
}

} // namespace motcua
