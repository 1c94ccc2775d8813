// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/pg_key_store.h"

#include "core/base/json.h"
#include "sync/reference_portal/pg_schema.h"

namespace motcua::portal {

namespace {

std::optional<Instant> instantAt(const PgRows& rows, int row, int column)
{
    const auto millis = rows.optionalNumber(row, column);
    return millis ? std::optional(fromMillis(*millis)) : std::nullopt;
}

/// What a counter says of itself may hold a zero byte, its JSON does not.
std::string quoted(const std::string& text)
{
    return dumpJson(Json(text));
}

std::string unquoted(std::string_view json)
{
    const auto value = parseJson(json);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::vector<int> slotsIn(std::string_view digits)
{
    std::vector<int> slots;
    for (const char digit : digits) {
        slots.push_back(digit - '0');
    }
    return slots;
}

/// Columns: install, unit, name, app, revoked, slots as digits with the present one first.
Device deviceOf(const PgRows& rows, int row)
{
    Device device;
    device.install = rows.text(row, 0);
    device.unit = rows.text(row, 1);
    device.name = unquoted(rows.view(row, 2));
    device.app = unquoted(rows.view(row, 3));
    device.revoked = rows.flag(row, 4);
    device.slots = slotsIn(rows.view(row, 5));
    return device;
}

} // namespace

Result<std::unique_ptr<KeyStore>> PgKeyStore::open(std::shared_ptr<PgConnection> database, const Clock& clock,
                                                   Random& random)
{
    TRY(migrateKeys(*database));
    std::unique_ptr<PgKeyStore> store(new PgKeyStore(std::move(database), clock, random));
    TRY(store->prepareFirstUse());
    return std::unique_ptr<KeyStore>(std::move(store));
}

Result<void> PgKeyStore::beginMoment()
{
    TRY(freshen());
    m_isMoment = true;
    return {};
}

/// What was read within a work that is not kept has never been; its version will be somebody else's.
Result<void> PgKeyStore::commitWork()
{
    auto done = m_database->commit();
    if (!done) {
        m_version.reset();
    }
    return done;
}

void PgKeyStore::rollBackWork()
{
    m_version.reset();
    m_database->rollBack();
}

Result<void> PgKeyStore::freshen()
{
    if (m_isMoment && m_version) {
        return {};
    }
    const std::int64_t version = TRY(m_database->run("SELECT version FROM facts"))
    .number(0, 0);
    return m_version == version ? Result<void>() : load(version);
}

/// What is read may be newer than the version read before; then it is read once more the next time.
Result<void> PgKeyStore::load(std::int64_t version)
{
    const PgRows settings = TRY(m_database->run("SELECT name, value FROM setting"));
    const PgRows keys =
        TRY(m_database->run("SELECT kid, seed, not_after FROM signing_key ORDER BY created_at, kid"));
    m_settings.clear();
    for (int row = 0; row < settings.count(); ++row) {
        m_settings.emplace(settings.text(row, 0), settings.text(row, 1));
    }
    m_keys.clear();
    for (int row = 0; row < keys.count(); ++row) {
        m_keys.push_back({keys.text(row, 0), keys.text(row, 1), instantAt(keys, row, 2)});
    }
    m_version = version;
    return {};
}

Result<std::optional<std::string>> PgKeyStore::readSetting(std::string_view name)
{
    TRY(freshen());
    const auto found = m_settings.find(name);
    return found == m_settings.end() ? std::nullopt : std::optional(found->second);
}

Result<void> PgKeyStore::writeSetting(std::string_view name, std::string_view value)
{
    m_version.reset();
    TRY(m_database->run(R"(
        INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value)",
                        {name, value}));
    return {};
}

Result<bool> PgKeyStore::addSetting(std::string_view name, std::string_view value)
{
    m_version.reset();
    return TRY(m_database->run("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                               {name, value}))
    .written() == 1;
}

Result<void> PgKeyStore::addUnit(const Unit& unit)
{
    TRY(m_database->run(R"(
        INSERT INTO unit (code, name) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET name = excluded.name)",
                        {unit.code, unit.name}));
    return {};
}

Result<std::vector<Unit>> PgKeyStore::units()
{
    const PgRows found = TRY(m_database->run("SELECT code, name FROM unit ORDER BY code"));
    std::vector<Unit> units;
    units.reserve(static_cast<std::size_t>(found.count()));
    for (int row = 0; row < found.count(); ++row) {
        units.push_back({found.text(row, 0), found.text(row, 1)});
    }
    return units;
}

Result<void> PgKeyStore::addKey(const KeyRow& key, Instant at)
{
    m_version.reset();
    TRY(m_database->run("INSERT INTO signing_key (kid, seed, created_at) VALUES ($1, $2, $3)",
                        {key.kid, key.seed, at}));
    return {};
}

Result<void> PgKeyStore::retireKey(Instant at)
{
    m_version.reset();
    TRY(m_database->run("UPDATE signing_key SET not_after = $1 WHERE not_after IS NULL", {at}));
    return {};
}

Result<std::vector<KeyStore::KeyRow>> PgKeyStore::keyRows()
{
    TRY(freshen());
    return m_keys;
}

Result<bool> PgKeyStore::addCode(const std::string& hash, const std::string& unit, Instant expiresAt)
{
    return TRY(m_database->run(R"(
        INSERT INTO enrolment_code (hash, unit, expires_at) SELECT $1, code, $3 FROM unit WHERE code = $2)",
                               {hash, unit, expiresAt}))
    .written() == 1;
}

Result<std::optional<KeyStore::CodeRow>> PgKeyStore::findCode(const std::string& hash)
{
    const PgRows found = TRY(m_database->run(
        "SELECT unit, expires_at, used_at, install FROM enrolment_code WHERE hash = $1", {hash}));
    if (found.isEmpty()) {
        return std::optional<CodeRow>();
    }
    return std::optional(
        CodeRow{found.text(0, 0), fromMillis(found.number(0, 1)), instantAt(found, 0, 2), found.text(0, 3)});
}

Result<bool> PgKeyStore::useCode(const std::string& hash, const std::string& install, Instant at)
{
    return TRY(m_database->run(
        "UPDATE enrolment_code SET used_at = $3, install = $2 WHERE hash = $1 AND used_at IS NULL",
        {hash, install, at}))
    .written() == 1;
}

Result<KeyStore::SlotOwners> PgKeyStore::slotOwners(const std::string& unit)
{
    const PgRows found = TRY(m_database->run("SELECT slot, install FROM slot WHERE unit = $1", {unit}));
    SlotOwners owners;
    for (int row = 0; row < found.count(); ++row) {
        owners.at(static_cast<std::size_t>(found.number(row, 0))) = found.text(row, 1);
    }
    return owners;
}

Result<bool> PgKeyStore::takeSlot(const std::string& unit, int slot, const std::string& install)
{
    return TRY(m_database->run(R"(
        INSERT INTO slot (unit, slot, install) VALUES ($1, $2, $3)
        ON CONFLICT (unit, slot) DO UPDATE SET install = excluded.install WHERE slot.install = excluded.install)",
                               {unit, slot, install}))
    .written() == 1;
}

Result<std::optional<KeyStore::EnrolledRow>> PgKeyStore::findDevice(const std::string& install)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT unit.code, unit.name, device.slot, device.generation FROM device JOIN unit ON unit.code = device.unit
        WHERE device.install = $1)",
                                             {install}));
    if (found.isEmpty()) {
        return std::optional<EnrolledRow>();
    }
    return std::optional(
        EnrolledRow{{found.text(0, 0), found.text(0, 1)}, found.number(0, 2), found.number(0, 3)});
}

Result<void> PgKeyStore::putDevice(const DeviceRow& device)
{
    const std::string name = quoted(device.name);
    const std::string app = quoted(device.app);
    TRY(m_database->run(R"(
        INSERT INTO device (install, unit, name, app, slot, generation, token_hash, enrolled_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (install) DO UPDATE SET name = excluded.name, app = excluded.app, slot = excluded.slot,
            generation = excluded.generation, token_hash = excluded.token_hash, next_hash = NULL,
            enrolled_at = excluded.enrolled_at, revoked_at = NULL)",
                        {device.install, device.unit, name, app, device.slot, device.generation,
                         device.tokenHash, device.enrolledAt}));
    return {};
}

Result<std::optional<KeyStore::KnownToken>> PgKeyStore::findToken(const std::string& hash)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT install, unit, name, app, revoked_at IS NOT NULL,
               (SELECT string_agg(slot.slot::text, '' ORDER BY slot.slot <> device.slot, slot.slot)
                FROM slot WHERE slot.install = device.install),
               next_hash IS NOT DISTINCT FROM $1, next_hash IS NOT NULL, generation
        FROM device WHERE token_hash = $1 OR next_hash = $1)",
                                             {hash}));
    if (found.isEmpty()) {
        return std::optional<KnownToken>();
    }
    return std::optional(
        KnownToken{deviceOf(found, 0), found.number(0, 8), found.flag(0, 6), found.flag(0, 7)});
}

Result<void> PgKeyStore::promoteToken(const std::string& install, const std::string& hash)
{
    TRY(m_database->run(R"(
        UPDATE device SET token_hash = next_hash, next_hash = NULL, generation = generation + 1
        WHERE install = $1 AND next_hash = $2)",
                        {install, hash}));
    return {};
}

Result<void> PgKeyStore::setNextToken(const std::string& install, const std::string& hash)
{
    TRY(m_database->run("UPDATE device SET next_hash = $2 WHERE install = $1", {install, hash}));
    return {};
}

Result<std::vector<Device>> PgKeyStore::devices()
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT install, unit, name, app, revoked_at IS NOT NULL,
               (SELECT string_agg(slot.slot::text, '' ORDER BY slot.slot <> device.slot, slot.slot)
                FROM slot WHERE slot.install = device.install)
        FROM device ORDER BY unit, slot, install)"));
    std::vector<Device> devices;
    devices.reserve(static_cast<std::size_t>(found.count()));
    for (int row = 0; row < found.count(); ++row) {
        devices.push_back(deviceOf(found, row));
    }
    return devices;
}

/// A portal has one session, by whatever name its owner calls it.
Result<KeyStore::Census> PgKeyStore::census()
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT (SELECT count(*) FROM device WHERE revoked_at IS NULL),
               (SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = current_setting('application_name')))"));
    return Census{found.number(0, 0), std::max<std::int64_t>(1, found.number(0, 1))};
}

Result<void> PgKeyStore::noteApp(const std::string& install, const std::string& app)
{
    const std::string text = quoted(app);
    TRY(m_database->run("UPDATE device SET app = $2 WHERE install = $1 AND app <> $2", {install, text}));
    return {};
}

Result<bool> PgKeyStore::markRevoked(const std::string& install, Instant at)
{
    return TRY(m_database->run("UPDATE device SET revoked_at = $2 WHERE install = $1", {install, at}))
    .written() == 1;
}

Result<std::int64_t> PgKeyStore::takeOnlineNumber(const std::string& codeHead, std::int64_t least)
{
    return TRY(m_database->run(R"(
        INSERT INTO online_number AS known (code_head, last) VALUES ($1, $2)
        ON CONFLICT (code_head) DO UPDATE SET last = greatest(known.last + 1, excluded.last) RETURNING last)",
                               {codeHead, least}))
    .number(0, 0);
}

} // namespace motcua::portal
