// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/wire.h"

#include "core/base/check.h"

namespace motcua {

void Wire::start(const Request& request, Flight flight)
{
    require(!isBusy(), "one request at a time");
    m_transport.start(request);
    m_flight = std::move(flight);
}

std::pair<Flight, Reply> Wire::finish()
{
    require(isBusy(), "what is finished was started");
    auto reply = m_transport.finish();
    return {std::exchange(m_flight, std::nullopt).value(), std::move(reply)};
}

Reply Wire::exchange(const Request& request)
{
    require(!isBusy(), "one request at a time");
    return m_transport.exchange(request);
}

} // namespace motcua
