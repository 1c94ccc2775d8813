// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/strip_state.h"

#include "app/common/day_words.h"

namespace motcua {

namespace {

NetworkState networkOf(const SyncNews& news)
{
    if (!news.enrolled) {
        return NetworkState::NotBound;
    }
    if (!news.portal.since) {
        return NetworkState::Trying;
    }
    switch (news.portal.reach) {
    case Reach::Online:
        return NetworkState::Online;
    case Reach::Busy:
        return NetworkState::Busy;
    case Reach::Held:
        return NetworkState::Held;
    case Reach::NotPortal:
        return NetworkState::NotPortal;
    case Reach::Offline:
        break;
    }
    return isPortalsFault(news.portal.detail) ? NetworkState::PortalDown : NetworkState::Offline;
}

} // namespace

StripState stripState(const std::optional<SyncNews>& news, const QueueSummary& queue, std::int64_t alarms)
{
    StripState state;
    state.network = news ? networkOf(*news) : NetworkState::Trying;
    state.since = news ? news->portal.since : std::nullopt;
    state.waiting = queue.toSend;
    state.oldest = queue.oldestToSend;
    state.lastConfirmed = queue.lastConfirmed;
    state.needsYou = queue.conflicts + queue.needsYou + alarms;
    return state;
}

} // namespace motcua
