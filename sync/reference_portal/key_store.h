// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "sync/bundle/bundle_keys.h"
#include "sync/protocol/devices.h"
#include "sync/protocol/jws.h"
#include "sync/protocol/problem_details.h"
#include "sync/reference_portal/store_work.h"
#include "sync/reference_portal/token_seal.h"

#include <array>
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

/// A catalogue that was published, without what it says.
struct PublishedCatalogue
{
    std::string unit; ///< empty: of every unit that has none of its own
    std::string version;
    Instant issuedAt;
    std::string digest; ///< hex, of the content's bytes
};

/// Units, enrolment codes, devices, keys and the portal's epoch: what a restore of the dossiers must not
/// bring back (contract, "Epochs"). Secrets are kept as hashes, or are derived from one key of the store, so
/// that an enrolment can be answered again with the same token.
///
/// The rules are here, the SQL is in the stores below. As with the dossiers, UNIQUE constraints decide
/// between portals that write at one time; whoever was second reads again.
class KeyStore : public TransactionalStore
{
public:
    /// While it lives, settings and keys are those of the moment when it was made: one look for a request.
    class Moment
    {
    public:
        explicit Moment(KeyStore& store) : m_store(&store) {}
        Moment(Moment&& other) noexcept : m_store(std::exchange(other.m_store, nullptr)) {}
        Moment& operator=(Moment&&) = delete;
        Moment(const Moment&) = delete;
        Moment& operator=(const Moment&) = delete;
        ~Moment()
        {
            if (m_store != nullptr) {
                m_store->endMoment();
            }
        }

    private:
        KeyStore* m_store;
    };
    /// They do not nest.
    [[nodiscard]] Result<Moment> moment()
    {
        TRY(beginMoment());
        return Moment(*this);
    }
    [[nodiscard]] Result<std::string> setting(std::string_view name, std::string_view otherwise = {});
    [[nodiscard]] Result<void> setSetting(std::string_view name, std::string_view value);

    [[nodiscard]] Result<std::string> epoch() { return setting("epoch"); }
    /// After a restore: answers and receipts from now on carry another epoch.
    [[nodiscard]] Result<std::string> newEpoch();

    [[nodiscard]] virtual Result<void> addUnit(const Unit& unit) = 0;
    [[nodiscard]] virtual Result<std::vector<Unit>> units() = 0;
    /// A one-time code for one counter of the unit, valid seven days. Errors: NotFound (no such unit).
    [[nodiscard]] Result<std::string> newEnrolmentCode(const std::string& unit);

    /// The contract's enrolment: an answer, or the problem to answer with.
    [[nodiscard]] Result<tl::expected<Enrolment, ProblemDetails>> enrol(const EnrolRequest& request);

    /// The device whose token this is. The first use of a next token ends the one before it.
    [[nodiscard]] Result<std::optional<Device>> deviceOfToken(std::string_view token);
    [[nodiscard]] virtual Result<std::vector<Device>> devices() = 0;
    /// How many may come when all come at once, and how many of us there are to serve them.
    struct Census
    {
        std::int64_t counters = 0; ///< enrolled and not revoked
        std::int64_t portals = 1;  ///< before this store, of all processes
    };
    [[nodiscard]] virtual Result<Census> census() = 0;
    [[nodiscard]] virtual Result<void> noteApp(const std::string& install, const std::string& app) = 0;
    /// Errors: NotFound.
    [[nodiscard]] Result<void> revoke(const std::string& install);
    [[nodiscard]] Result<void> rotateToken(const std::string& install);

    /// Tells tokens that were given out here, and for whom, without asking the store.
    [[nodiscard]] Result<TokenSeal> tokenSeal();

    /// The key that signs now, and all keys ever, for those who check.
    [[nodiscard]] Result<JwsSigner> signer();
    [[nodiscard]] Result<std::vector<PortalKey>> keys();
    /// A new key signs from now on; the old ones stay listed with their end, which is some minutes away.
    [[nodiscard]] Result<void> rotateKey();

    /// What opens bundles that were sealed to one of our keys, also to one that has ended since.
    struct CourierKey
    {
        std::string kid;
        SealPair pair;
    };
    [[nodiscard]] Result<std::vector<CourierKey>> courierKeys();
    /// Signs an answer with the key that its bundle was sealed to: a counter that was away for weeks knows no
    /// newer one. Errors: NotFound.
    [[nodiscard]] Result<JwsSigner> signerOf(const std::string& kid);
    /// The device of an install, and the keys it may sign bundles with. Errors: NotFound.
    struct CourierDevice
    {
        Device device;
        std::vector<PortalKey> keys;
    };
    [[nodiscard]] Result<CourierDevice> courierDevice(const std::string& install);

    /// A running number for a dossier filed online, by the head of its code (unit and day): `least` or more,
    /// and never one that was given before. It stands here because a restore of the dossiers must not bring
    /// it back: counters may hold what the portal has forgotten.
    [[nodiscard]] virtual Result<std::int64_t> takeOnlineNumber(const std::string& codeHead,
                                                                std::int64_t least) = 0;

    /// From now on the catalogue of this unit (empty: of all that have none of their own). `content` is the
    /// payload without its envelope. Its moment is later than that of any before it, also when the clock was
    /// set back; the same version with the same content again changes nothing. Errors: NotFound (no such
    /// unit), Refused (too large, or a version that the contract does not allow).
    [[nodiscard]] Result<PublishedCatalogue>
    publishCatalogue(const std::string& unit, const std::string& version, const std::string& content);
    [[nodiscard]] virtual Result<std::vector<PublishedCatalogue>> catalogues() = 0;
    /// The unit's own, else that of all; nothing where none was published.
    [[nodiscard]] virtual Result<std::optional<PublishedCatalogue>>
    findCatalogue(const std::string& unit) = 0;
    /// The same with its content.
    struct CatalogueText
    {
        PublishedCatalogue head;
        std::string content;
    };
    [[nodiscard]] virtual Result<std::optional<CatalogueText>> readCatalogue(const std::string& unit) = 0;

protected:
    KeyStore(const Clock& clock, Random& random) : m_clock(clock), m_random(random) {}
    /// Makes epoch and secrets in a new store; the first of several portals wins.
    [[nodiscard]] Result<void> prepareFirstUse();
    [[nodiscard]] Result<Work> begin()
    {
        TRY(beginWork());
        return begun();
    }

    struct CodeRow
    {
        std::string unit;
        Instant expiresAt;
        std::optional<Instant> usedAt;
        std::string install; ///< that used it
    };
    struct EnrolledRow
    {
        Unit unit;
        std::int64_t slot = 0;
        std::int64_t generation = 0; ///< of its token
    };
    struct DeviceRow
    {
        std::string install;
        std::string unit;
        std::string name;
        std::string app;
        int slot = 0;
        std::int64_t generation = 1;
        std::string tokenHash;
        Instant enrolledAt;
    };
    struct KnownToken
    {
        Device device;
        std::int64_t generation = 0;
        bool isNext = false;  ///< the token is the one that replaces the present one
        bool hasNext = false; ///< there is one to give out
    };
    struct KeyRow
    {
        std::string kid;
        std::string seed;
        std::optional<Instant> notAfter;
    };
    using SlotOwners = std::array<std::string, 10>; ///< the install by slot, empty where free

    [[nodiscard]] virtual Result<void> beginMoment() { return {}; }
    virtual void endMoment() {}
    [[nodiscard]] virtual Result<void> beginWork() = 0;
    [[nodiscard]] virtual Result<std::optional<std::string>> readSetting(std::string_view name) = 0;
    [[nodiscard]] virtual Result<void> writeSetting(std::string_view name, std::string_view value) = 0;
    /// False: it was there already.
    [[nodiscard]] virtual Result<bool> addSetting(std::string_view name, std::string_view value) = 0;
    /// False: there is no such unit.
    [[nodiscard]] virtual Result<bool> addCode(const std::string& hash, const std::string& unit,
                                               Instant expiresAt) = 0;
    [[nodiscard]] virtual Result<std::optional<CodeRow>> findCode(const std::string& hash) = 0;
    /// False: somebody has used it meanwhile.
    [[nodiscard]] virtual Result<bool> useCode(const std::string& hash, const std::string& install,
                                               Instant at) = 0;
    [[nodiscard]] virtual Result<SlotOwners> slotOwners(const std::string& unit) = 0;
    /// False: it is another counter's.
    [[nodiscard]] virtual Result<bool> takeSlot(const std::string& unit, int slot,
                                                const std::string& install) = 0;
    [[nodiscard]] virtual Result<std::optional<EnrolledRow>> findDevice(const std::string& install) = 0;
    [[nodiscard]] virtual Result<void> putDevice(const DeviceRow& device) = 0;
    [[nodiscard]] virtual Result<std::optional<KnownToken>> findToken(const std::string& hash) = 0;
    /// The next token becomes the present one, if it still is the next.
    [[nodiscard]] virtual Result<void> promoteToken(const std::string& install, const std::string& hash) = 0;
    [[nodiscard]] virtual Result<void> setNextToken(const std::string& install, const std::string& hash) = 0;
    /// False: there is no such device.
    [[nodiscard]] virtual Result<bool> markRevoked(const std::string& install, Instant at) = 0;
    [[nodiscard]] virtual Result<void> addKey(const KeyRow& key, Instant at) = 0;
    [[nodiscard]] virtual Result<void> retireKey(Instant at) = 0;
    [[nodiscard]] virtual Result<std::vector<KeyRow>> keyRows() = 0;
    /// Written at `head.issuedAt`, or later where something was published after that; says when.
    [[nodiscard]] virtual Result<Instant> putCatalogue(const PublishedCatalogue& head,
                                                       const std::string& content) = 0;

private:
    using Admission = tl::expected<Enrolment, ProblemDetails>;

    [[nodiscard]] Result<void> addNewKey();
    [[nodiscard]] Result<std::string> tokenOf(const TokenClaim& claim);
    [[nodiscard]] Result<std::optional<int>> chooseSlot(const EnrolRequest& request, const std::string& unit);
    [[nodiscard]] Result<Enrolment> enrolmentOf(const std::string& install);
    [[nodiscard]] Result<Admission> tryEnrol(const EnrolRequest& request);
    [[nodiscard]] Result<Enrolment> admit(const EnrolRequest& request, const std::string& unit, int slot,
                                          const std::string& codeHash);

    const Clock& m_clock;
    Random& m_random;
};

} // namespace motcua::portal
