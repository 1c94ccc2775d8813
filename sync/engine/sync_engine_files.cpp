// SPDX-License-Identifier: GPL-3.0-or-later
// Files, when nothing else is to be said.
#include "sync/engine/sync_engine.h"

namespace motcua {

Result<std::optional<EngineStep>> SyncEngine::upload()
{
    const auto request = m_uploader ? TRY(m_uploader->next(m_binding->token)) : std::nullopt;
    if (!request) {
        return std::nullopt;
    }
    ++m_counters.fileCalls;
    m_counters.fileBytes += static_cast<std::int64_t>(request->body.size());
    const Millis began = m_clock.monotonic();
    m_isUploading = true;
    const Reply reply = call(*request);
    m_isUploading = false;
    if (reply.failure == Failure::Stopped) {
        m_uploader->forget(); // for something more urgent, or for good; nobody knows how much arrived
        return EngineStep{Did::Uploaded, {}, false};
    }
    const Verdict verdict =
        TRY(m_uploader->landed(reply, m_clock.monotonic() - began, m_binding->portalEpoch));
    note(verdict);
    m_counters.filesSent = m_uploader->completed();
    return EngineStep{Did::Uploaded, {}, verdict.isAnswered()};
}

} // namespace motcua
