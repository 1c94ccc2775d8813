// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/key_store.h"
#include "sync/reference_portal/pg_connection.h"

#include <map>
#include <memory>

namespace motcua::portal {

/// Units, devices and keys in PostgreSQL (resources/sql/portal_keys), in a schema of their own, so that the
/// dossiers' can be restored alone. SQL and nothing else.
class PgKeyStore final : public KeyStore
{
public:
    /// `database` may be shared with the dossiers' store of the same portal.
    [[nodiscard]] static Result<std::unique_ptr<KeyStore>> open(std::shared_ptr<PgConnection> database,
                                                                const Clock& clock, Random& random);

    [[nodiscard]] Result<void> addUnit(const Unit& unit) override;
    [[nodiscard]] Result<std::vector<Unit>> units() override;
    [[nodiscard]] Result<std::vector<Device>> devices() override;
    [[nodiscard]] Result<Census> census() override;
    [[nodiscard]] Result<void> noteApp(const std::string& install, const std::string& app) override;
    [[nodiscard]] Result<std::int64_t> takeOnlineNumber(const std::string& codeHead,
                                                        std::int64_t least) override;
    [[nodiscard]] Result<std::vector<PublishedCatalogue>> catalogues() override;
    [[nodiscard]] Result<std::optional<PublishedCatalogue>> findCatalogue(const std::string& unit) override;
    [[nodiscard]] Result<std::optional<CatalogueText>> readCatalogue(const std::string& unit) override;

private:
    PgKeyStore(std::shared_ptr<PgConnection> database, const Clock& clock, Random& random)
        : KeyStore(clock, random), m_database(std::move(database))
    {}

    [[nodiscard]] Result<void> beginMoment() override;
    void endMoment() override { m_isMoment = false; }
    [[nodiscard]] Result<void> beginWork() override { return m_database->begin(); }
    [[nodiscard]] Result<void> commitWork() override;
    void rollBackWork() override;
    [[nodiscard]] Result<std::optional<std::string>> readSetting(std::string_view name) override;
    [[nodiscard]] Result<void> writeSetting(std::string_view name, std::string_view value) override;
    [[nodiscard]] Result<bool> addSetting(std::string_view name, std::string_view value) override;
    [[nodiscard]] Result<bool> addCode(const std::string& hash, const std::string& unit,
                                       Instant expiresAt) override;
    [[nodiscard]] Result<std::optional<CodeRow>> findCode(const std::string& hash) override;
    [[nodiscard]] Result<bool> useCode(const std::string& hash, const std::string& install,
                                       Instant at) override;
    [[nodiscard]] Result<SlotOwners> slotOwners(const std::string& unit) override;
    [[nodiscard]] Result<bool> takeSlot(const std::string& unit, int slot,
                                        const std::string& install) override;
    [[nodiscard]] Result<std::optional<EnrolledRow>> findDevice(const std::string& install) override;
    [[nodiscard]] Result<void> putDevice(const DeviceRow& device) override;
    [[nodiscard]] Result<std::optional<KnownToken>> findToken(const std::string& hash) override;
    [[nodiscard]] Result<void> promoteToken(const std::string& install, const std::string& hash) override;
    [[nodiscard]] Result<void> setNextToken(const std::string& install, const std::string& hash) override;
    [[nodiscard]] Result<bool> markRevoked(const std::string& install, Instant at) override;
    [[nodiscard]] Result<void> addKey(const KeyRow& key, Instant at) override;
    [[nodiscard]] Result<void> retireKey(Instant at) override;
    [[nodiscard]] Result<std::vector<KeyRow>> keyRows() override;
    [[nodiscard]] Result<Instant> putCatalogue(const PublishedCatalogue& head,
                                               const std::string& content) override;

    [[nodiscard]] Result<void> freshen();
    [[nodiscard]] Result<void> load(std::int64_t version);

    std::shared_ptr<PgConnection> m_database;
    bool m_isMoment = false;               ///< what is remembered is good enough
    std::optional<std::int64_t> m_version; ///< of what is remembered; none: nothing is
    std::map<std::string, std::string, std::less<>> m_settings;
    std::vector<KeyRow> m_keys;
};

} // namespace motcua::portal
