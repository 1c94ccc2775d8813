// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"

#include <cstdint>

namespace motcua {

struct SampleOptions
{
    std::int64_t count = 0;
    std::uint64_t seed = 0;
    int days = 30; ///< up to today
};

struct SampleDone
{
    std::int64_t dossiers = 0;
    std::optional<Refusal> stopped; ///< why there are fewer than were asked for; what is there stays
};

/// Plays the last days of a made-up counter in a practice register: receives dossiers on working days in
/// office hours, and moves older ones on (processing, supplementing, finished, returned, withdrawn). All of
/// it through the real desk, each act its own transaction. Refused in a real register. What was received
/// before an error stays.
[[nodiscard]] Answer<SampleDone> fillWithSamples(Workplace& place, const SampleOptions& options);

} // namespace motcua
