// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/sync_run.h"

#include <algorithm>

namespace motcua {

namespace {

/// Nothing waits, neither text nor files.
Result<bool> isThrough(Queue& queue)
{
    const QueueSummary text = TRY(queue.summary());
    if (text.waiting > 0) {
        return false;
    }
    const FilesWaiting files = TRY(queue.filesWaiting());
    return files.count == 0;
}

RunEnd endOf(const RunReport& report)
{
    if (!report.portal.lastAnswer) {
        return RunEnd::Unreachable;
    }
    return report.queue.waiting == 0 && report.files.count == 0 ? RunEnd::Done : RunEnd::Remains;
}

bool isPause(const EngineStep& step)
{
    return step.did == Did::Idle || step.did == Did::Waiting;
}

} // namespace

Result<RunReport> runSync(SyncEngine& engine, Queue& queue, const Clock& clock, RunMode mode, Millis timeout,
                          const std::function<void(Millis)>& sleep)
{
    const Millis end = clock.monotonic() + timeout;
    EngineStep step;
    do {
        step = TRY(engine.step());
        if (step.did == Did::NotEnrolled) {
            break;
        }
        if (isPause(step)) {
            if (mode == RunMode::Once || step.did == Did::Idle || engine.isStopped() ||
                TRY(isThrough(queue))) {
                break;
            }
            sleep(std::min(step.until, end) - clock.monotonic());
        }
    } while (clock.monotonic() < end);

    RunReport report;
    report.counters = engine.counters();
    report.portal = engine.state();
    report.queue = TRY(queue.summary());
    report.files = TRY(queue.filesWaiting());
    report.end = step.did == Did::NotEnrolled ? RunEnd::NotEnrolled : endOf(report);
    return report;
}

} // namespace motcua
