// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/portal_desk.h"
#include "sync/engine/transport.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace motcua {

/// Operations on their way, as the diary of attempts has them.
struct SentBatch
{
    std::int64_t attempt = 0;
    std::vector<Outgoing> batch;
};

/// Operations that go next: the attempt is written down, not a byte has left.
struct PackedBatch
{
    SentBatch sent;
    Request request;
};

/// News that were asked for.
struct AskedPage
{
    std::optional<std::string> cursor; ///< it follows on this one
};

/// What is under way, so that whoever brings the answer in knows what it answers.
using Flight = std::variant<SentBatch, AskedPage>;

/// The way to the portal as the engine sees it: one request at any time, which may be under way while the
/// engine stores what the one before it brought. Nothing of it must outlive the program: a batch's attempt is
/// on the disk, and a page can be asked for again.
class Wire
{
public:
    explicit Wire(Transport& transport) : m_transport(transport) {}

    [[nodiscard]] bool isBusy() const { return m_flight.has_value(); }
    [[nodiscard]] bool isPush() const { return m_flight && std::holds_alternative<SentBatch>(*m_flight); }

    void start(const Request& request, Flight flight);
    /// Blocks until the answer of what is under way is whole.
    [[nodiscard]] std::pair<Flight, Reply> finish();
    /// A call with nothing else under way.
    [[nodiscard]] Reply exchange(const Request& request);
    /// Nobody wants the answer any more; the next request ends it.
    void giveUp() { m_flight.reset(); }

private:
    Transport& m_transport;
    std::optional<Flight> m_flight;
};

} // namespace motcua
