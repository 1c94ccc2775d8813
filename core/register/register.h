// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/journal/journal.h"
#include "core/register/dossier_row.h"

namespace motcua {

/// Reads the register: lists, search, one dossier, its history. Never writes. One object a connection.
class Register
{
public:
    /// `clock` only measures how long a search took.
    Register(Connection& connection, const Clock& clock) : m_connection(connection), m_clock(clock) {}

    /// Words of names without diacritics in any order, each the beginning of a word; beginnings or ends of
    /// personal ids, phones, codes; words of addresses. Nothing in `text` is an operator. Newest first.
    [[nodiscard]] Result<Hits> find(std::string_view text, std::int64_t limit = 50);
    [[nodiscard]] Result<std::vector<DossierRow>> list(const ListFilter& filter);

    /// By dossier code, for whoever acts on it. NotFound; Refused while two dossiers bear the code (a copied
    /// disk, until one of them gets another number): the act could hit a stranger's.
    [[nodiscard]] Result<DossierView> byCode(std::string_view code);
    /// Only to look at: of two the newest.
    [[nodiscard]] Result<DossierView> newestByCode(std::string_view code);
    [[nodiscard]] Result<DossierView> byUid(std::string_view uid);
    [[nodiscard]] Result<DossierView> byId(std::int64_t id);
    /// Oldest first.
    [[nodiscard]] Result<std::vector<HistoryEntry>> history(std::int64_t id);

    struct Counts
    {
        std::int64_t open = 0;
        std::int64_t overdue = 0;
        std::int64_t receivedToday = 0;
    };
    [[nodiscard]] Result<Counts> counts(Instant now);

private:
    Connection& m_connection;
    const Clock& m_clock;
};

} // namespace motcua
