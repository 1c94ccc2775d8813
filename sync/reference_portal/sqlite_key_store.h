// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "sync/reference_portal/key_store.h"

#include <memory>

namespace motcua::portal {

/// The embedded key store: one SQLite file of its own, so that the file of the dossiers can be restored
/// alone. SQL and nothing else.
class SqliteKeyStore final : public KeyStore
{
public:
    [[nodiscard]] static Result<std::unique_ptr<KeyStore>> open(const std::string& path, const Clock& clock,
                                                                Random& random);

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
    SqliteKeyStore(Connection connection, const Clock& clock, Random& random)
        : KeyStore(clock, random), m_connection(std::move(connection))
    {}

    [[nodiscard]] Result<void> beginWork() override;
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
    [[nodiscard]] Result<std::vector<int>> slotsOf(const std::string& install);

    Connection m_connection;
    std::optional<Transaction> m_work;
};

} // namespace motcua::portal
