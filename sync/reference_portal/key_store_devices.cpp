// SPDX-License-Identifier: GPL-3.0-or-later
// Enrolment codes, tokens and the devices behind them.
#include "core/base/hash.h"
#include "core/db/transaction.h"
#include "sync/reference_portal/key_store.h"

#include <algorithm>
#include <array>
#include <sodium.h>

namespace motcua::portal {

namespace {

using std::chrono::hours;

/// Crockford's base32: no letter that is taken for a digit. 12 of them are 60 bits.
constexpr std::string_view kCodeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeLength = 12;
constexpr Millis kCodeLife = hours{7 * 24};
constexpr Millis kRepeatLife = hours{24}; // contract, POST /v1/devices, 201

/// As typed: small letters, spaces and hyphens do not count.
std::string hashOfCode(std::string_view code)
{
    std::string plain;
    for (const char c : code) {
        if (c != '-' && c != ' ') {
            plain += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        }
    }
    return std::string(bytesOf(sha256("enrolment|", plain)));
}

std::string hashOfToken(std::string_view token)
{
    return std::string(bytesOf(sha256("token|", token)));
}

struct CodeRow
{
    std::string unit;
    Instant expiresAt;
    std::optional<Instant> usedAt;
    std::string install;
};

Result<std::optional<CodeRow>> findCode(Connection& connection, const std::string& hash)
{
    auto query = TRY(connection.prepare(
        "SELECT unit, expires_at, used_at, install FROM enrolment_code WHERE hash = :hash"));
    query.bindBlob(":hash", hash);
    if (!TRY(query.step())) {
        return std::optional<CodeRow>();
    }
    CodeRow row{query.text(0), fromMillis(query.integer(1)), {}, query.text(3)};
    if (const auto usedAt = query.optionalInteger(2)) {
        row.usedAt = fromMillis(*usedAt);
    }
    return std::optional(std::move(row));
}

} // namespace

Result<std::string> KeyStore::newEnrolmentCode(const std::string& unit)
{
    std::string code;
    for (std::size_t i = 0; i < kCodeLength; ++i) {
        code += i > 0 && i % 4 == 0 ? "-" : "";
        code += kCodeLetters[m_random->below(kCodeLetters.size())];
    }
    const std::string hash = hashOfCode(code);
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO enrolment_code (hash, unit, expires_at)
        SELECT :hash, code, :expires_at FROM unit WHERE code = :unit)"));
    insert.bindBlob(":hash", hash).bind(":unit", unit);
    TRY(insert.bind(":expires_at", toMillis(m_clock->now() + kCodeLife)).run());
    if (m_connection.changes() != 1) {
        return fail(ErrorKind::NotFound, "no unit " + unit);
    }
    return code;
}

/// The token is a function of the file's key, so that the same enrolment has the same answer again
/// although no token is stored.
Result<std::string> KeyStore::tokenOf(const std::string& install, std::int64_t generation)
{
    const auto key = fromHex(TRY(setting("token-key")));
    if (!key || key->size() != crypto_auth_hmacsha256_KEYBYTES) {
        return fail(ErrorKind::Damaged, "the portal's token key is not readable");
    }
    const std::string text = install + "|" + std::to_string(generation);
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(mac.data()),
                           reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                           reinterpret_cast<const unsigned char*>(key->data()));
    return toBase64Url(mac);
}

/// The wanted slot when it is free or the counter's own; without a wish its own, else the lowest free
/// one, 0 last. Nothing when there is none.
Result<std::optional<int>> KeyStore::chooseSlot(const EnrolRequest& request, const std::string& unit)
{
    std::array<std::string, 10> owners;
    auto query = TRY(m_connection.prepare("SELECT slot, install FROM slot WHERE unit = :unit"));
    query.bind(":unit", unit);
    while (TRY(query.step())) {
        owners[static_cast<std::size_t>(query.integer(0))] = query.text(1);
    }
    const auto isUsable = [&owners, &request](std::size_t slot) {
        return owners[slot].empty() || owners[slot] == request.install;
    };
    if (request.slot) {
        return isUsable(static_cast<std::size_t>(*request.slot))
                   ? std::optional(static_cast<int>(*request.slot))
                   : std::optional<int>();
    }
    const auto own = std::find(owners.begin(), owners.end(), request.install);
    if (own != owners.end()) {
        return std::optional(static_cast<int>(own - owners.begin()));
    }
    for (const std::size_t slot : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 0U}) {
        if (isUsable(slot)) {
            return std::optional(static_cast<int>(slot));
        }
    }
    return std::optional<int>();
}

Result<Enrolment> KeyStore::enrolmentOf(const std::string& install)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT unit.code, unit.name, device.slot, device.generation FROM device JOIN unit ON unit.code = device.unit
        WHERE device.install = :install)"));
    query.bind(":install", install);
    if (!TRY(query.step())) {
        return fail(ErrorKind::Damaged, "an enrolled device is missing");
    }
    Enrolment enrolment;
    enrolment.unit = query.text(0);
    enrolment.unitName = query.text(1);
    enrolment.slot = query.integer(2);
    enrolment.token = TRY(tokenOf(install, query.integer(3)));
    enrolment.portalEpoch = TRY(epoch());
    enrolment.keys = TRY(keys());
    return enrolment;
}

Result<Enrolment> KeyStore::admit(const EnrolRequest& request, const std::string& unit, int slot,
                                  const std::string& codeHash)
{
    const std::int64_t now = toMillis(m_clock->now());
    std::int64_t generation = 1;
    {
        auto query = TRY(m_connection.prepare("SELECT generation + 1 FROM device WHERE install = :install"));
        if (TRY(query.bind(":install", request.install).step())) {
            generation = query.integer(0);
        }
    }
    const std::string tokenHash = hashOfToken(TRY(tokenOf(request.install, generation)));
    {
        auto insert = TRY(m_connection.prepare(R"(
            INSERT INTO device (install, unit, name, app, slot, generation, token_hash, enrolled_at)
            VALUES (:install, :unit, :name, :app, :slot, :generation, :token_hash, :now)
            ON CONFLICT (install) DO UPDATE SET name = excluded.name, app = excluded.app, slot = excluded.slot,
                generation = excluded.generation, token_hash = excluded.token_hash, next_hash = NULL,
                enrolled_at = excluded.enrolled_at, revoked_at = NULL)"));
        insert.bind(":install", request.install).bind(":unit", unit).bind(":name", request.name);
        insert.bind(":app", request.app).bind(":slot", slot).bind(":generation", generation);
        TRY(insert.bindBlob(":token_hash", tokenHash).bind(":now", now).run());
    }
    {
        auto insert = TRY(m_connection.prepare(
            "INSERT INTO slot (unit, slot, install) VALUES (:unit, :slot, :install) ON CONFLICT DO NOTHING"));
        TRY(insert.bind(":unit", unit).bind(":slot", slot).bind(":install", request.install).run());
    }
    auto use = TRY(m_connection.prepare(
        "UPDATE enrolment_code SET used_at = :now, install = :install WHERE hash = :hash"));
    TRY(use.bind(":now", now).bind(":install", request.install).bindBlob(":hash", codeHash).run());
    return enrolmentOf(request.install);
}

Result<tl::expected<Enrolment, ProblemDetails>> KeyStore::enrol(const EnrolRequest& request)
{
    using Answer = tl::expected<Enrolment, ProblemDetails>;
    const auto refuse = [](ProblemType type, const char* detail) {
        return Answer(tl::unexpected(problemOf(type, detail)));
    };
    auto transaction = TRY(Transaction::begin(m_connection));
    const std::string hash = hashOfCode(request.enrolmentCode);
    const auto code = TRY(findCode(m_connection, hash));
    if (!code) {
        return refuse(ProblemType::UnknownCode, "Hãy kiểm tra lại mã do quản trị viên cấp.");
    }
    if (code->usedAt) {
        const bool repeated =
            code->install == request.install && m_clock->now() < *code->usedAt + kRepeatLife;
        return repeated ? Answer(TRY(enrolmentOf(request.install)))
                        : refuse(ProblemType::CodeUsed, "Mỗi mã chỉ dùng cho một quầy.");
    }
    if (m_clock->now() >= code->expiresAt) {
        return refuse(ProblemType::ExpiredCode, "Hãy xin quản trị viên cấp mã mới.");
    }
    {
        auto query = TRY(m_connection.prepare("SELECT unit FROM device WHERE install = :install"));
        if (TRY(query.bind(":install", request.install).step()) && query.view(0) != code->unit) {
            return refuse(ProblemType::CodeUsed, "Quầy này đã thuộc một đơn vị khác.");
        }
    }
    const auto slot = TRY(chooseSlot(request, code->unit));
    if (!slot) {
        return refuse(ProblemType::SlotUsed, "Hãy chọn dải số khác.");
    }
    Enrolment enrolment = TRY(admit(request, code->unit, *slot, hash));
    TRY(transaction.commit());
    return Answer(std::move(enrolment));
}

Result<std::optional<Device>> KeyStore::deviceOfToken(std::string_view token)
{
    const std::string hash = hashOfToken(token);
    Device device;
    bool isNext = false;
    bool hasNext = false;
    std::int64_t generation = 0;
    {
        auto query = TRY(m_connection.prepare(R"(
            SELECT install, unit, name, app, revoked_at IS NOT NULL, next_hash IS :hash, next_hash IS NOT NULL,
                   generation
            FROM device WHERE token_hash = :hash OR next_hash = :hash)"));
        if (!TRY(query.bindBlob(":hash", hash).step())) {
            return std::optional<Device>();
        }
        device = {query.text(0), query.text(1), query.text(2), query.text(3), {}, query.integer(4) != 0, {}};
        isNext = query.integer(5) != 0;
        hasNext = query.integer(6) != 0;
        generation = query.integer(7);
    }
    if (isNext) {
        auto promote = TRY(m_connection.prepare(R"(
            UPDATE device SET token_hash = next_hash, next_hash = NULL, generation = generation + 1
            WHERE install = :install)"));
        TRY(promote.bind(":install", device.install).run());
    } else if (hasNext) {
        device.nextToken = TRY(tokenOf(device.install, generation + 1));
    }
    device.slots = TRY(slotsOf(device.install));
    return std::optional(std::move(device));
}

Result<std::vector<Device>> KeyStore::devices()
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

Result<void> KeyStore::rotateToken(const std::string& install)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    std::int64_t generation = 0;
    {
        auto query = TRY(m_connection.prepare("SELECT generation FROM device WHERE install = :install"));
        if (!TRY(query.bind(":install", install).step())) {
            return fail(ErrorKind::NotFound, "no device " + install);
        }
        generation = query.integer(0);
    }
    const std::string hash = hashOfToken(TRY(tokenOf(install, generation + 1)));
    {
        auto update =
            TRY(m_connection.prepare("UPDATE device SET next_hash = :hash WHERE install = :install"));
        TRY(update.bindBlob(":hash", hash).bind(":install", install).run());
    }
    return transaction.commit();
}

} // namespace motcua::portal
