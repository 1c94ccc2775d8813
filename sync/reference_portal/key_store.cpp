// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/key_store.h"

#include "core/base/hash.h"
#include "core/db/transaction.h"
#include "sync/reference_portal/store_schema.h"

namespace motcua::portal {

KeyStore::KeyStore(Connection connection, const Clock& clock, Random& random)
    : m_connection(std::move(connection)), m_clock(&clock), m_random(&random)
{}

Result<KeyStore> KeyStore::open(const std::string& path, const Clock& clock, Random& random)
{
    KeyStore store(TRY(openStore(path, kKeySchema)), clock, random);
    TRY(store.prepareFirstUse());
    return store;
}

Result<void> KeyStore::prepareFirstUse()
{
    auto transaction = TRY(Transaction::begin(m_connection));
    if (TRY(epoch()).empty()) {
        TRY(setSetting("epoch", m_random->hex(8)));
        TRY(setSetting("token-key", m_random->hex(32)));
        TRY(setSetting("cursor-key", m_random->hex(32)));
        TRY(addKey());
    }
    return transaction.commit();
}

Result<std::string> KeyStore::setting(std::string_view name, std::string_view otherwise)
{
    auto query = TRY(m_connection.prepare("SELECT value FROM setting WHERE name = :name"));
    query.bind(":name", name);
    const bool found = TRY(query.step());
    return found ? query.text(0) : std::string(otherwise);
}

Result<void> KeyStore::setSetting(std::string_view name, std::string_view value)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO setting (name, value) VALUES (:name, :value)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value)"));
    insert.bind(":name", name).bind(":value", value);
    return insert.run();
}

Result<std::string> KeyStore::newEpoch()
{
    std::string epoch = m_random->hex(8);
    TRY(setSetting("epoch", epoch));
    return epoch;
}

Result<void> KeyStore::addUnit(const Unit& unit)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO unit (code, name) VALUES (:code, :name)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name)"));
    insert.bind(":code", unit.code).bind(":name", unit.name);
    return insert.run();
}

Result<std::vector<Unit>> KeyStore::units()
{
    auto query = TRY(m_connection.prepare("SELECT code, name FROM unit ORDER BY code"));
    std::vector<Unit> units;
    while (TRY(query.step())) {
        units.push_back({query.text(0), query.text(1)});
    }
    return units;
}

Result<void> KeyStore::addKey()
{
    std::string seed = *fromHex(m_random->hex(32));
    const std::string kid = "k" + m_random->hex(4);
    auto insert = TRY(m_connection.prepare(
        "INSERT INTO signing_key (kid, seed, created_at) VALUES (:kid, :seed, :created_at)"));
    insert.bind(":kid", kid).bindBlob(":seed", seed).bind(":created_at", toMillis(m_clock->now()));
    return insert.run();
}

Result<void> KeyStore::rotateKey()
{
    auto transaction = TRY(Transaction::begin(m_connection));
    {
        auto retire =
            TRY(m_connection.prepare("UPDATE signing_key SET not_after = :now WHERE not_after IS NULL"));
        TRY(retire.bind(":now", toMillis(m_clock->now())).run());
    }
    TRY(addKey());
    return transaction.commit();
}

Result<JwsSigner> KeyStore::signer()
{
    auto query = TRY(m_connection.prepare("SELECT kid, seed FROM signing_key WHERE not_after IS NULL"));
    if (!TRY(query.step())) {
        return fail(ErrorKind::Damaged, "the portal has no signing key");
    }
    return JwsSigner::fromSeed(query.text(0), Secret(query.text(1)));
}

Result<std::vector<PortalKey>> KeyStore::keys()
{
    auto query =
        TRY(m_connection.prepare("SELECT kid, seed, not_after FROM signing_key ORDER BY created_at, kid"));
    std::vector<PortalKey> keys;
    while (TRY(query.step())) {
        PortalKey key = TRY(JwsSigner::fromSeed(query.text(0), Secret(query.text(1))))
        .publicKey();
        if (const auto end = query.optionalInteger(2)) {
            key.notAfter = fromMillis(*end);
        }
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<std::vector<int>> KeyStore::slotsOf(const std::string& install)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT slot.slot FROM slot LEFT JOIN device USING (install) WHERE slot.install = :install
        ORDER BY slot.slot <> device.slot, slot.slot)"));
    query.bind(":install", install);
    std::vector<int> slots;
    while (TRY(query.step())) {
        slots.push_back(static_cast<int>(query.integer(0)));
    }
    return slots;
}

Result<void> KeyStore::noteApp(const std::string& install, const std::string& app)
{
    auto update =
        TRY(m_connection.prepare("UPDATE device SET app = :app WHERE install = :install AND app <> :app"));
    return update.bind(":app", app).bind(":install", install).run();
}

Result<void> KeyStore::revoke(const std::string& install)
{
    auto update = TRY(m_connection.prepare("UPDATE device SET revoked_at = :now WHERE install = :install"));
    TRY(update.bind(":now", toMillis(m_clock->now())).bind(":install", install).run());
    return m_connection.changes() == 1 ? Result<void>() : fail(ErrorKind::NotFound, "no device " + install);
}

} // namespace motcua::portal
