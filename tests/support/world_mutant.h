// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"

#include <optional>
#include <string_view>

namespace motcua {

namespace portal {
class SqliteDossierStore;
class Portal;
} // namespace portal
class Connection;
class WorldPortal;

/// One safeguard that is missing in a world, to prove that the world would notice. All of them stand at the
/// world's own seams; nothing in the product can be switched.
enum class Mutant
{
    None,
    Digest,   ///< the portal takes other bytes under a known operation for the same ones
    Revision, ///< the portal does not look at the revision an operation was made on
    Attempt,  ///< the counter's disk forgets that a request was begun
    Unique,   ///< nothing at the portal keeps two dossiers from bearing one code
    Epoch,    ///< a restored portal does not say so
    Effect,   ///< the portal writes down something else than the operation says
    Scan,     ///< the portal says that it has a scan whole, and has lost a byte of it
};

[[nodiscard]] std::optional<Mutant> parseMutant(std::string_view name);
[[nodiscard]] std::string_view mutantName(Mutant mutant);

/// How a portal without the safeguard answers; nothing where it answers as the real one does.
[[nodiscard]] std::optional<Reply> mutantAnswer(Mutant mutant, WorldPortal& world, portal::Portal& side,
                                                const Request& request);
/// What comes back for a piece of a file, from a portal that does not keep what it has.
[[nodiscard]] Reply mislaid(Reply reply, WorldPortal& world, const Request& request);
/// A store of the portal where nothing is unique but the rows' own numbers.
void loosenPortal(portal::SqliteDossierStore& store);
/// A register's disk that forgets which operations a request carried.
void forgetAttempts(Connection& connection);

} // namespace motcua
