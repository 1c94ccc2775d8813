// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/secret.h"
#include "core/db/connection.h"
#include "core/desk/portal_desk.h"
#include "core/vault/register_folder.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// An operation that may travel by stick.
struct CourierItem
{
    Position position;
    std::int64_t bytes = 0; ///< its line will have no more
};

/// What may travel, in the order in which it counts.
struct CourierChoice
{
    std::vector<CourierItem> items;
    std::int64_t bytes = 0;
    std::int64_t left = 0; ///< not final either, but waiting for a person, or behind something that does
    std::optional<Instant> oldest;
};

/// A set of volumes that went onto a stick.
struct SentBundle
{
    std::string id; ///< 32 hex digits
    Instant at;
    std::string official;
    std::int64_t operations = 0;
    std::int64_t volumes = 0;
    std::string portalEpoch;
};
/// The same, with what came back.
struct KnownBundle
{
    SentBundle sent;
    std::int64_t answers = 0; ///< volumes of the answer that were read
    bool isAnswered = false;  ///< the last one of them, and all before it
};

struct AnswerVolume
{
    std::string bundle;
    std::int64_t volume = 1;
    bool isLast = true;
};

/// What the courier needs of the register beside PortalDesk: which operations may travel, and the facts about
/// sticks. To export changes no operation's state. Each writing call is one transaction.
class CourierDesk
{
public:
    CourierDesk(Connection& connection, const RegisterIdentity& identity, const Clock& clock);

    /// Everything that is not final and does not wait for a person, whatever the network is doing with it:
    /// both ways may race. `goesOn` is asked now and then while a long queue is read; Refused when it says
    /// no.
    [[nodiscard]] Result<CourierChoice> choose(const std::function<bool()>& goesOn = {});
    /// Its exact line. Damaged where it is not what was queued.
    [[nodiscard]] Result<Outgoing> outgoing(Position position);

    /// Before a volume gets its name. The bundle's own row is written with its first volume.
    [[nodiscard]] Result<void> recordExport(const SentBundle& bundle, const std::vector<Position>& positions);
    [[nodiscard]] Result<std::optional<KnownBundle>> find(const std::string& id);
    /// Newest first.
    [[nodiscard]] Result<std::vector<KnownBundle>> newest(int count);

    /// The portal's epoch as far as this counter has heard, over the network (`bound`) or later by stick.
    [[nodiscard]] Result<std::string> epochHeard(const std::string& bound);
    /// A stick brought word of another. The binding stays as it is: when the network is back, the engine
    /// finds the change itself and looks for what the restored portal lost.
    [[nodiscard]] Result<void> noteEpoch(const std::string& bound, const std::string& heard);

    /// What answers to this counter are sealed to, 32 bytes: kept once it was there.
    [[nodiscard]] Result<Secret> answerSeed();
    [[nodiscard]] Result<void> keepAnswerSeed(const Secret& seed);

    /// Those of a stick's operations that are this register's, without their lines; others are left out.
    [[nodiscard]] Result<std::vector<Outgoing>> known(const std::vector<std::string>& ops);
    /// Once a volume, however often it is read.
    [[nodiscard]] Result<void> recordAnswer(const AnswerVolume& volume);

private:
    Connection& m_connection;
    RegisterIdentity m_identity;
    const Clock& m_clock;
};

} // namespace motcua
