// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/courier/courier_out.h"
#include "sync/courier/stick_answers.h"
#include "sync/courier/stored_files.h"
#include "sync/reference_portal/courier_station.h"
#include "tests/support/memory_stick.h"
#include "tests/support/world.h"

namespace motcua {

/// One counter's end of the courier: its queue and its scans onto a stick, answers in. For as long as the
/// counter's register stays open.
class WorldCourier
{
public:
    explicit WorldCourier(WorldCounter& who, std::uint64_t seed = 1, std::int64_t volumeBytes = 1'000'000)
        : m_random(seed), m_queue(*who.store().connection, who.store().identity().install),
          desk(*who.store().connection, who.store().identity(), who.store().clock),
          files(*who.store().files, *who.store().portal),
          out(desk, *who.store().portal, m_queue, who.store().clock, m_random,
              CourierOptions{"motcua 9.9", volumeBytes}, &files),
          in(desk, *who.store().portal, &files)
    {}

    [[nodiscard]] Result<StickAnswers> read(MemoryStick& stick)
    {
        return readAnswers(in, stick, stick.names(), "/tmp");
    }

private:
    SeededRandom m_random;
    Queue m_queue;

public:
    CourierDesk desk;
    StoredFiles files;
    CourierOut out;
    CourierIn in;
};

} // namespace motcua
