// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/catalogue/publication.h"
#include "core/db/connection.h"
#include "core/vault/register_folder.h"

#include <functional>
#include <optional>
#include <string>

namespace motcua {

/// The catalogue that the city sent last and that could be worked with.
struct HeldCatalogue
{
    std::string version;
    Instant issuedAt;
    std::string etag;   ///< empty: the portal gave none
    std::string sha256; ///< of the letter, in hex
    Instant takenAt;
};

/// One that was not taken, and why. Nothing of it is kept.
struct RefusedCatalogue
{
    std::string reason;  ///< "signature", "invalid", "older", "unusable", "too-large"
    std::string version; ///< empty: nobody could read it
    std::string etag;
    std::string program; ///< that refused it: another one may be able to use it
    std::string detail;
    Instant at;
};

/// The city's catalogues as the register keeps them: every letter that was taken, signed as it came, because
/// it is what fees and terms of that time stand on; which one is held; and which one could not be used. Who
/// signed a letter is not asked here. Each writing call is one transaction with a line in the journal.
class CatalogueDesk
{
public:
    /// Whether the program could work with all of it; it changes nothing.
    using Proof = std::function<Result<void>(const CataloguePublication&)>;

    CatalogueDesk(Connection& connection, const RegisterIdentity& identity, const Clock& clock,
                  Proof proof = {});

    [[nodiscard]] Result<std::optional<HeldCatalogue>> held();
    /// The held one's letter. NotFound where none is held, Damaged where it is not what was taken.
    [[nodiscard]] Result<std::string> letter();
    /// Only while nothing better came since.
    [[nodiscard]] Result<std::optional<RefusedCatalogue>> refused();

    /// Says with file and place what is wrong with it. Without a proof at hand nothing is good enough.
    [[nodiscard]] Result<void> prove(const CataloguePublication& publication) const;
    /// Held from now on, in place of what was held before; `sha256` and `takenAt` are filled in here.
    [[nodiscard]] Result<void> take(HeldCatalogue head, const std::string& letter);
    /// Written down once, however often it comes again. `at` is filled in here.
    [[nodiscard]] Result<void> refuse(RefusedCatalogue refused);
    /// The portal sends what is held again: nothing is refused any more.
    [[nodiscard]] Result<void> forgetRefused();

private:
    Connection& m_connection;
    RegisterIdentity m_identity;
    const Clock& m_clock;
    Proof m_proof;
};

} // namespace motcua
