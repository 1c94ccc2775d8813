// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/identity/role.h"
#include "core/import/ledger_store.h"
#include "core/import/ledger_survey.h"
#include "core/vault/register_folder.h"

#include <functional>
#include <memory>
#include <set>

namespace motcua {

/// What a check found, row by row; nothing was written.
using RowListener = std::function<void(const LedgerRow&)>;
/// Reads a ledger as an import would. `store` none: numbers are compared inside the file only. Refused when
/// `watch` stopped it.
[[nodiscard]] Result<LedgerTally> checkLedger(const LedgerSurvey& survey, const ReadyMap& map,
                                              LedgerStore* store, const PlaceHints& hints,
                                              const RowListener& listener, const LedgerWatch& watch = {});

/// Takes a ledger in: batch after batch, each one transaction with its entry in the journal. It may stop
/// between any two steps, or be killed in one: begun again with the same file and map it goes on behind the
/// last batch, and no row comes in twice.
class LedgerImport
{
public:
    static constexpr std::int64_t kBatchRows = 500;

    struct Desk
    {
        Connection& connection;
        const RegisterIdentity& identity;
        Actor actor;
        const Clock& clock;
    };

    /// Begins, or goes on. Refused: the role may not, or the import was begun with another map (its own
    /// stands in LedgerStore::standing()); Duplicate: this sheet of this file came in already.
    [[nodiscard]] static Result<LedgerImport> begin(Desk desk, const LedgerSurvey& survey, ReadyMap map,
                                                    PlaceHints hints);
    /// Takes the next batch in. False: all is in and the end is written.
    [[nodiscard]] Result<bool> step();

    [[nodiscard]] const LedgerTally& tally() const { return m_tally; } ///< with what came in before
    [[nodiscard]] TableProgress progress() const { return m_reader->progress(); }
    [[nodiscard]] std::int64_t id() const { return m_id; }
    [[nodiscard]] bool isResumed() const { return m_resumed; }

private:
    LedgerImport(Desk desk, ReadyMap map, PlaceHints hints)
        : m_desk(std::move(desk)), m_map(std::move(map)), m_hints(std::move(hints))
    {}
    struct Batch
    {
        std::vector<LedgerRow> rows;
        LedgerTally tally;
        std::int64_t first = 0;
        std::int64_t last = 0;
        bool isLast = false;
    };
    [[nodiscard]] Result<Batch> readBatch();
    [[nodiscard]] Result<void> write(Batch& batch);
    [[nodiscard]] Result<void> writeEnd();
    [[nodiscard]] Result<void> writeBegin(const LedgerSurvey& survey);
    [[nodiscard]] Result<Position> append(std::string kind, Json body);

    Desk m_desk;
    ReadyMap m_map;
    PlaceHints m_hints;
    std::unique_ptr<TableReader> m_reader;
    std::string m_sha256;
    std::int64_t m_id = 0;
    std::int64_t m_last = 0;
    LedgerTally m_tally;
    bool m_resumed = false;
};

/// Takes an import back: its rows stay and are shown nowhere, and the file may come in again. Only who may
/// decide what a book says (Act::DecideIdentity); a reason of at most 2000 characters must be given. Refused,
/// Invalid, NotFound.
[[nodiscard]] Result<void> withdrawLedger(LedgerImport::Desk desk, std::int64_t ledger,
                                          const std::string& reason);

} // namespace motcua
