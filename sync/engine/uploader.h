// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/desk/portal_desk.h"
#include "core/files/file_store.h"
#include "sync/engine/piece_size.h"
#include "sync/engine/retry_policy.h"
#include "sync/engine/upload_answer.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// Brings files to the portal, a piece a request, the smallest file first. Says what to send next and takes
/// in what came of it; the engine decides when, and carries the requests.
///
/// Where a file stands is the portal's knowledge: asked after every break and every start, so that a kill
/// anywhere loses at most the piece that was under way. Kept in memory only: which file, which pieces, who
/// steps aside. What does not go on by itself (its bytes are damaged here, the portal will never take it) is
/// written beside the file for people, and tried again hours later.
class Uploader
{
public:
    Uploader(PortalDesk& desk, FileStore& files, const Clock& clock, Random& random, RetryPolicy retry)
        : m_desk(desk), m_files(files), m_clock(clock), m_random(random), m_retry(retry)
    {}

    /// The next question or piece; nothing when no file may go now. Errors are the register's.
    [[nodiscard]] Result<std::optional<Request>> next(const std::string& token);
    /// What came of it, `took` after it left. `portalEpoch`: the portal's, for the fact that a file is there.
    [[nodiscard]] Result<Verdict> landed(const Reply& reply, Millis took, const std::string& portalEpoch);
    /// Nobody heard what came of it.
    void forget() { m_current.reset(); }

    /// Operations were acknowledged, so other files may be due.
    void lookAgain() { m_isStale = true; }
    /// When one that stepped aside for a while may go.
    [[nodiscard]] std::optional<Millis> nextDue() const;
    /// A person wants it now: the pauses end, the counts stay.
    void endPauses();
    /// Files that became complete at the portal by what was sent here.
    [[nodiscard]] std::int64_t completed() const { return m_completed; }

private:
    /// The file that is on its way.
    struct Current
    {
        FileOnItsWay file;
        std::optional<std::int64_t> offset; ///< none: to be asked
        std::int64_t count = 0;             ///< of the piece that is under way
        bool isAsking = false;              ///< a question is under way
        bool isSent = false;                ///< something of it left from here
    };
    struct Aside
    {
        int losses = 0;
        Millis until{0};
        bool isStuck = false; ///< nothing that happens by itself will mend it
        bool isBegun = false; ///< something of it left from here, so the portal may hold some
        std::int64_t sent = 0;
    };

    [[nodiscard]] Result<const FileOnItsWay*> choose();
    [[nodiscard]] Result<void> readDue();
    [[nodiscard]] Result<std::optional<Request>> requestFor(const std::string& token);
    [[nodiscard]] Result<void> asked(const UploadAnswer& answer, Millis took);
    [[nodiscard]] Result<void> appended(const UploadAnswer& answer, Millis took);
    [[nodiscard]] Result<void> standsAt(std::int64_t offset);
    [[nodiscard]] Result<void> complete(Millis took, const std::string& portalEpoch);
    [[nodiscard]] Result<void> discarded();
    [[nodiscard]] Result<void> stepAside(const std::string& trouble);
    [[nodiscard]] Result<void> stuck(const std::string& trouble);
    void lost();

    PortalDesk& m_desk;
    FileStore& m_files;
    const Clock& m_clock;
    Random& m_random;
    RetryPolicy m_retry;

    PieceSize m_piece;
    std::vector<FileOnItsWay> m_due; ///< smallest first
    bool m_isStale = true;
    std::optional<Current> m_current;
    std::map<std::int64_t, Aside> m_aside; ///< by file
    std::int64_t m_completed = 0;
    std::optional<Millis> m_told; ///< when it was last written down how far a file is
};

} // namespace motcua
