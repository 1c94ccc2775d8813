// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/desk/catalogue_desk.h"
#include "sync/engine/classify.h"
#include "sync/engine/transport.h"
#include "sync/protocol/jws.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace motcua {

/// What came of asking for the catalogue.
enum class CatalogueWord
{
    Nothing,   ///< no answer that says anything; asked again after a pause
    None,      ///< the portal has published none for this unit
    Unchanged, ///< it is the one that we hold, or the one that we could not use
    Taken,
    Refused,   ///< see CatalogueDesk::refused()
    KeyUnknown ///< signed by nobody we know of: a hello may bring the key, then it is asked for once more
};
struct CatalogueAnswer
{
    CatalogueWord word = CatalogueWord::Nothing;
    Verdict verdict{};
};

/// Asks for the city's catalogue now and then, and takes it only as a whole: the portal's signature, this
/// unit, not older than what is held, and good enough for the program to work with. What is wrong with it
/// never holds back operations or news. When to ask is in memory: after a start once, then every so often.
class CataloguePull
{
public:
    CataloguePull(CatalogueDesk& desk, const Clock& clock, Random& random, Millis every, std::string program);

    /// With the portal's keys: what a portal sent that is not ours any more is not held.
    [[nodiscard]] Result<void> start(std::span<const PortalKey> keys, const std::string& unit);
    [[nodiscard]] Millis nextDue() const { return m_due; }
    [[nodiscard]] Request request(const std::string& token) const;
    [[nodiscard]] Result<CatalogueAnswer> landed(const Reply& reply, std::span<const PortalKey> keys);

private:
    [[nodiscard]] Result<CatalogueAnswer> letterCame(const Reply& reply, std::span<const PortalKey> keys);
    [[nodiscard]] Result<CatalogueAnswer> unchanged(const Reply& reply);
    [[nodiscard]] Result<CatalogueAnswer> refused(const Reply& reply, RefusedCatalogue why);
    [[nodiscard]] std::vector<std::string> knownTags() const;
    void pause();

    CatalogueDesk& m_desk;
    const Clock& m_clock;
    Random& m_random;
    Millis m_every;
    std::string m_program;
    std::string m_unit;
    std::optional<HeldCatalogue> m_held;
    std::optional<RefusedCatalogue> m_refused;
    Millis m_due{0};
    int m_losses = 0;
    bool m_newKeysTried = false;
};

} // namespace motcua
