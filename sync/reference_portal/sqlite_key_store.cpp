// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/sqlite_key_store.h"

#include "sync/reference_portal/sqlite_schema.h"

namespace motcua::portal {

namespace {

std::optional<Instant> instantAt(const Statement& row, int column)
{
    const auto millis = row.optionalInteger(column);
    return millis ? std::optional(fromMillis(*millis)) : std::nullopt;
}

} // namespace

Result<std::unique_ptr<KeyStore>> SqliteKeyStore::open(const std::string& path, const Clock& clock,
                                                       Random& random)
{
    std::unique_ptr<SqliteKeyStore> store(
        new SqliteKeyStore(TRY(openStore(path, kKeySchema)), clock, random));
    TRY(store->prepareFirstUse());
    return std::unique_ptr<KeyStore>(std::move(store));
}

Result<void> SqliteKeyStore::beginWork()
{
    m_work.emplace(TRY(Transaction::begin(m_connection)));
    return {};
}

Result<void> SqliteKeyStore::commitWork()
{
    auto done = m_work->commit();
    m_work.reset();
    return done;
}

void SqliteKeyStore::rollBackWork()
{
    m_work.reset();
}

Result<std::optional<std::string>> SqliteKeyStore::readSetting(std::string_view name)
{
    auto query = TRY(m_connection.prepare("SELECT value FROM setting WHERE name = :name"));
    const bool found = TRY(query.bind(":name", name).step());
    return found ? query.optionalText(0) : std::nullopt;
}

Result<void> SqliteKeyStore::writeSetting(std::string_view name, std::string_view value)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO setting (name, value) VALUES (:name, :value)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value)"));
    return insert.bind(":name", name).bind(":value", value).run();
}

Result<bool> SqliteKeyStore::addSetting(std::string_view name, std::string_view value)
{
    auto insert = TRY(m_connection.prepare(
        "INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING"));
    TRY(insert.bind(":name", name).bind(":value", value).run());
    return m_connection.changes() == 1;
}

Result<void> SqliteKeyStore::addUnit(const Unit& unit)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO unit (code, name) VALUES (:code, :name)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name)"));
    return insert.bind(":code", unit.code).bind(":name", unit.name).run();
}

Result<std::vector<Unit>> SqliteKeyStore::units()
{
    auto query = TRY(m_connection.prepare("SELECT code, name FROM unit ORDER BY code"));
    std::vector<Unit> units;
    while (TRY(query.step())) {
        units.push_back({query.text(0), query.text(1)});
    }
    return units;
}

Result<void> SqliteKeyStore::addKey(const KeyRow& key, Instant at)
{
    auto insert = TRY(m_connection.prepare(
        "INSERT INTO signing_key (kid, seed, created_at) VALUES (:kid, :seed, :created_at)"));
    return insert.bind(":kid", key.kid).bindBlob(":seed", key.seed).bind(":created_at", toMillis(at)).run();
}

Result<void> SqliteKeyStore::retireKey(Instant at)
{
    auto retire =
        TRY(m_connection.prepare("UPDATE signing_key SET not_after = :now WHERE not_after IS NULL"));
    return retire.bind(":now", toMillis(at)).run();
}

Result<std::vector<KeyStore::KeyRow>> SqliteKeyStore::keyRows()
{
    auto query =
        TRY(m_connection.prepare("SELECT kid, seed, not_after FROM signing_key ORDER BY created_at, kid"));
    std::vector<KeyRow> keys;
    while (TRY(query.step())) {
        keys.push_back({query.text(0), query.text(1), instantAt(query, 2)});
    }
    return keys;
}

Result<bool> SqliteKeyStore::addCode(const std::string& hash, const std::string& unit, Instant expiresAt)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO enrolment_code (hash, unit, expires_at)
        SELECT :hash, code, :expires_at FROM unit WHERE code = :unit)"));
    insert.bindBlob(":hash", hash).bind(":unit", unit);
    TRY(insert.bind(":expires_at", toMillis(expiresAt)).run());
    return m_connection.changes() == 1;
}

Result<std::optional<KeyStore::CodeRow>> SqliteKeyStore::findCode(const std::string& hash)
{
    auto query = TRY(m_connection.prepare(
        "SELECT unit, expires_at, used_at, install FROM enrolment_code WHERE hash = :hash"));
    if (!TRY(query.bindBlob(":hash", hash).step())) {
        return std::optional<CodeRow>();
    }
    return std::optional(
        CodeRow{query.text(0), fromMillis(query.integer(1)), instantAt(query, 2), query.text(3)});
}

Result<bool> SqliteKeyStore::useCode(const std::string& hash, const std::string& install, Instant at)
{
    auto use = TRY(m_connection.prepare(R"(
        UPDATE enrolment_code SET used_at = :now, install = :install WHERE hash = :hash AND used_at IS NULL)"));
    TRY(use.bind(":now", toMillis(at)).bind(":install", install).bindBlob(":hash", hash).run());
    return m_connection.changes() == 1;
}

Result<KeyStore::SlotOwners> SqliteKeyStore::slotOwners(const std::string& unit)
{
    SlotOwners owners;
    auto query = TRY(m_connection.prepare("SELECT slot, install FROM slot WHERE unit = :unit"));
    query.bind(":unit", unit);
    while (TRY(query.step())) {
        owners.at(static_cast<std::size_t>(query.integer(0))) = query.text(1);
    }
    return owners;
}

Result<bool> SqliteKeyStore::takeSlot(const std::string& unit, int slot, const std::string& install)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO slot (unit, slot, install) VALUES (:unit, :slot, :install)
        ON CONFLICT (unit, slot) DO UPDATE SET install = excluded.install WHERE install = excluded.install)"));
    TRY(insert.bind(":unit", unit).bind(":slot", slot).bind(":install", install).run());
    return m_connection.changes() == 1;
}

Result<std::vector<int>> SqliteKeyStore::slotsOf(const std::string& install)
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

Result<std::optional<KeyStore::EnrolledRow>> SqliteKeyStore::findDevice(const std::string& install)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT unit.code, unit.name, device.slot, device.generation FROM device JOIN unit ON unit.code = device.unit
        WHERE device.install = :install)"));
    if (!TRY(query.bind(":install", install).step())) {
        return std::optional<EnrolledRow>();
    }
    return std::optional(EnrolledRow{{query.text(0), query.text(1)}, query.integer(2), query.integer(3)});
}

Result<void> SqliteKeyStore::putDevice(const DeviceRow& device)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO device (install, unit, name, app, slot, generation, token_hash, enrolled_at)
        VALUES (:install, :unit, :name, :app, :slot, :generation, :token_hash, :now)
        ON CONFLICT (install) DO UPDATE SET name = excluded.name, app = excluded.app, slot = excluded.slot,
            generation = excluded.generation, token_hash = excluded.token_hash, next_hash = NULL,
            enrolled_at = excluded.enrolled_at, revoked_at = NULL)"));
    insert.bind(":install", device.install).bind(":unit", device.unit).bind(":name", device.name);
    insert.bind(":app", device.app).bind(":slot", device.slot).bind(":generation", device.generation);
    return insert.bindBlob(":token_hash", device.tokenHash).bind(":now", toMillis(device.enrolledAt)).run();
}

Result<std::optional<KeyStore::KnownToken>> SqliteKeyStore::findToken(const std::string& hash)
{
    KnownToken known;
    {
        auto query = TRY(m_connection.prepare(R"(
            SELECT install, unit, name, app, revoked_at IS NOT NULL, next_hash IS :hash, next_hash IS NOT NULL,
                   generation
            FROM device WHERE token_hash = :hash OR next_hash = :hash)"));
        if (!TRY(query.bindBlob(":hash", hash).step())) {
            return std::optional<KnownToken>();
        }
        known.device = {
            query.text(0), query.text(1), query.text(2), query.text(3), {}, query.integer(4) != 0, {}};
        known.isNext = query.integer(5) != 0;
        known.hasNext = query.integer(6) != 0;
        known.generation = query.integer(7);
    }
    known.device.slots = TRY(slotsOf(known.device.install));
    return std::optional(std::move(known));
}

Result<void> SqliteKeyStore::promoteToken(const std::string& install, const std::string& hash)
{
    auto promote = TRY(m_connection.prepare(R"(
        UPDATE device SET token_hash = next_hash, next_hash = NULL, generation = generation + 1
        WHERE install = :install AND next_hash = :hash)"));
    return promote.bind(":install", install).bindBlob(":hash", hash).run();
}

Result<void> SqliteKeyStore::setNextToken(const std::string& install, const std::string& hash)
{
    auto update = TRY(m_connection.prepare("UPDATE device SET next_hash = :hash WHERE install = :install"));
    return update.bindBlob(":hash", hash).bind(":install", install).run();
}

Result<std::vector<Device>> SqliteKeyStore::devices()
{
    std::vector<Device> devices;
    {
        auto query = TRY(m_connection.prepare("SELECT install, unit, name, app, revoked_at IS NOT NULL FROM "
                                              "device ORDER BY unit, slot, install"));
        while (TRY(query.step())) {
            devices.push_back(
                {query.text(0), query.text(1), query.text(2), query.text(3), {}, query.integer(4) != 0, {}});
        }
    }
    for (Device& device : devices) {
        device.slots = TRY(slotsOf(device.install));
    }
    return devices;
}

Result<KeyStore::Census> SqliteKeyStore::census()
{
    auto query = TRY(m_connection.prepare("SELECT count(*) FROM device WHERE revoked_at IS NULL"));
    TRY(query.step());
    return Census{query.integer(0), 1};
}

Result<void> SqliteKeyStore::noteApp(const std::string& install, const std::string& app)
{
    auto update =
        TRY(m_connection.prepare("UPDATE device SET app = :app WHERE install = :install AND app <> :app"));
    return update.bind(":app", app).bind(":install", install).run();
}

Result<bool> SqliteKeyStore::markRevoked(const std::string& install, Instant at)
{
    auto update = TRY(m_connection.prepare("UPDATE device SET revoked_at = :now WHERE install = :install"));
    TRY(update.bind(":now", toMillis(at)).bind(":install", install).run());
    return m_connection.changes() == 1;
}

Result<std::int64_t> SqliteKeyStore::takeOnlineNumber(const std::string& codeHead, std::int64_t least)
{
    auto take = TRY(m_connection.prepare(R"(
        INSERT INTO online_number (code_head, last) VALUES (:head, :least)
        ON CONFLICT (code_head) DO UPDATE SET last = max(last + 1, excluded.last) RETURNING last)"));
    TRY(take.bind(":head", codeHead).bind(":least", least).step());
    const std::int64_t number = take.integer(0);
    TRY(take.step()); // to its end, where it is committed
    return number;
}

} // namespace motcua::portal
