// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/db/connection.h"
#include "sync/protocol/devices.h"
#include "sync/protocol/jws.h"
#include "sync/protocol/problem_details.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua::portal {

/// One enrolled counter as the portal knows it.
struct Device
{
    std::string install;
    std::string unit;
    std::string name;
    std::string app;
    std::vector<int> slots; ///< all that it ever had; the first is the present one
    bool revoked = false;
    std::optional<std::string> nextToken; ///< given out at hello, used from its first use on
};

struct Unit
{
    std::string code;
    std::string name;
};

/// Units, enrolment codes, devices, keys and the portal's epoch: what a restore of the dossiers must not
/// bring back (contract, "Epochs"). A file of its own for that reason. Secrets are kept as hashes, or are
/// derived from one key of the file, so that an enrolment can be answered again with the same token.
class KeyStore
{
public:
    [[nodiscard]] static Result<KeyStore> open(const std::string& path, const Clock& clock, Random& random);

    [[nodiscard]] Result<std::string> setting(std::string_view name, std::string_view otherwise = {});
    [[nodiscard]] Result<void> setSetting(std::string_view name, std::string_view value);

    [[nodiscard]] Result<std::string> epoch() { return setting("epoch"); }
    /// After a restore: answers and receipts from now on carry another epoch.
    [[nodiscard]] Result<std::string> newEpoch();

    [[nodiscard]] Result<void> addUnit(const Unit& unit);
    [[nodiscard]] Result<std::vector<Unit>> units();
    /// A one-time code for one counter of the unit, valid seven days. Errors: NotFound (no such unit).
    [[nodiscard]] Result<std::string> newEnrolmentCode(const std::string& unit);

    /// The contract's enrolment: an answer, or the problem to answer with.
    [[nodiscard]] Result<tl::expected<Enrolment, ProblemDetails>> enrol(const EnrolRequest& request);

    /// The device whose token this is. The first use of a next token ends the one before it.
    [[nodiscard]] Result<std::optional<Device>> deviceOfToken(std::string_view token);
    [[nodiscard]] Result<std::vector<Device>> devices();
    [[nodiscard]] Result<void> noteApp(const std::string& install, const std::string& app);
    [[nodiscard]] Result<void> revoke(const std::string& install);
    [[nodiscard]] Result<void> rotateToken(const std::string& install);

    /// The key that signs now, and all keys ever, for those who check.
    [[nodiscard]] Result<JwsSigner> signer();
    [[nodiscard]] Result<std::vector<PortalKey>> keys();
    /// A new key signs from now on; the old ones stay listed with their end.
    [[nodiscard]] Result<void> rotateKey();

private:
    KeyStore(Connection connection, const Clock& clock, Random& random);
    [[nodiscard]] Result<void> prepareFirstUse();
    [[nodiscard]] Result<void> addKey();
    [[nodiscard]] Result<std::string> tokenOf(const std::string& install, std::int64_t generation);
    [[nodiscard]] Result<std::vector<int>> slotsOf(const std::string& install);
    [[nodiscard]] Result<std::optional<int>> chooseSlot(const EnrolRequest& request, const std::string& unit);
    [[nodiscard]] Result<Enrolment> enrolmentOf(const std::string& install);
    [[nodiscard]] Result<Enrolment> admit(const EnrolRequest& request, const std::string& unit, int slot,
                                          const std::string& codeHash);

    Connection m_connection;
    const Clock* m_clock;
    Random* m_random;
};

} // namespace motcua::portal
