// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/sync_engine.h"

#include <functional>

namespace motcua {

enum class RunMode
{
    Once,       ///< over what is due now
    UntilEmpty, ///< until nothing waits any more that could go by itself
};

enum class RunEnd
{
    Done,        ///< nothing remains
    Remains,     ///< something waits, for a time, a person or an administrator
    Unreachable, ///< the portal did not answer once, or somebody else did
    NotEnrolled,
};

struct RunReport
{
    RunEnd end = RunEnd::Done;
    EngineCounters counters;
    PortalState portal;
    QueueSummary queue;
    FilesWaiting files;
};

/// Steps the engine for the command line. `sleep` waits; the engine itself never does.
[[nodiscard]] Result<RunReport> runSync(SyncEngine& engine, Queue& queue, const Clock& clock, RunMode mode,
                                        Millis timeout, const std::function<void(Millis)>& sleep);

} // namespace motcua
