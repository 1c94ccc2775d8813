// SPDX-License-Identifier: GPL-3.0-or-later
// How far files are on their way to the portal.
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

Result<void> PortalDesk::doubtFiles(const std::string& reason)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(m_projector.files().addDoubt(reason, m_clock.now()));
    return transaction.commit();
}

} // namespace motcua
