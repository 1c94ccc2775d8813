// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/sync_run.h"

#include <algorithm>

namespace motcua {

namespace {

bool isEmpty(const QueueSummary& queue)
{
    return queue.waiting == 0 && queue.files.count == 0;
}

RunEnd endOf(const PortalState& portal, const QueueSummary& queue)
{
    if (!portal.lastAnswer) {
        return RunEnd::Unreachable;
    }
    return isEmpty(queue) ? RunEnd::Done : RunEnd::Remains;
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
            const bool isThrough = isEmpty(TRY(queue.summary()));
            if (mode == RunMode::Once || step.did == Did::Idle || isThrough || engine.isStopped()) {
                break;
            }
            sleep(std::min(step.until, end) - clock.monotonic());
        }
    } while (clock.monotonic() < end);

    RunReport report;
    report.counters = engine.counters();
    report.portal = engine.state();
    report.queue = TRY(queue.summary());
    report.end = step.did == Did::NotEnrolled ? RunEnd::NotEnrolled : endOf(report.portal, report.queue);
    return report;
}

} // namespace motcua
