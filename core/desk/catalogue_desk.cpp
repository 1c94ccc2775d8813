// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/catalogue_desk.h"

#include "core/base/hash.h"
#include "core/db/transaction.h"
#include "core/journal/journal.h"

namespace motcua {

namespace {

constexpr std::string_view kHeld = "catalogue_held";
constexpr std::string_view kRefused = "catalogue_refused";
/// In the journal, where an official's name would stand.
constexpr const char* kPortal = "Cổng dịch vụ công";

Result<Json> readSetting(Connection& connection, std::string_view key)
{
    auto query = TRY(connection.prepare("SELECT value FROM setting WHERE key = :key"));
    query.bind(":key", key);
    const bool found = TRY(query.step());
    return found ? parseJson(query.text(0)) : Result<Json>(Json());
}

Result<void> writeSetting(Connection& connection, std::string_view key, const Json& value)
{
    auto put = TRY(connection.prepare(R"(
        INSERT INTO setting(key, value) VALUES(:key, :value) ON CONFLICT(key) DO UPDATE SET value = excluded.value
    )"));
    const std::string text = dumpJson(value);
    put.bind(":key", key).bind(":value", text);
    return put.run();
}

Result<void> removeSetting(Connection& connection, std::string_view key)
{
    auto remove = TRY(connection.prepare("DELETE FROM setting WHERE key = :key"));
    remove.bind(":key", key);
    return remove.run();
}

Json toJson(const HeldCatalogue& held)
{
    return {{"version", held.version},
            {"issuedAt", toRfc3339(held.issuedAt)},
            {"etag", held.etag},
            {"sha256", held.sha256},
            {"takenAt", toRfc3339(held.takenAt)}};
}

Json toJson(const RefusedCatalogue& refused)
{
    return {{"reason", refused.reason},   {"version", refused.version}, {"etag", refused.etag},
            {"program", refused.program}, {"detail", refused.detail},   {"at", toRfc3339(refused.at)}};
}

} // namespace

CatalogueDesk::CatalogueDesk(Connection& connection, const RegisterIdentity& identity, const Clock& clock,
                             Proof proof)
    : m_connection(connection), m_identity(identity), m_clock(clock), m_proof(std::move(proof))
{}

Result<std::optional<HeldCatalogue>> CatalogueDesk::held()
{
    const Json json = TRY(readSetting(m_connection, kHeld));
    if (json.is_null()) {
        return std::optional<HeldCatalogue>{};
    }
    HeldCatalogue held;
    held.version = stringAt(json, "version");
    held.issuedAt = TRY(parseRfc3339(stringAt(json, "issuedAt")));
    held.etag = stringAt(json, "etag");
    held.sha256 = stringAt(json, "sha256");
    held.takenAt = TRY(parseRfc3339(stringAt(json, "takenAt")));
    return std::optional(std::move(held));
}

Result<std::string> CatalogueDesk::letter()
{
    const auto head = TRY(held());
    const auto hash = head ? fromHex(head->sha256) : std::nullopt; // as bytes
    if (!hash) {
        return fail(ErrorKind::NotFound, "no catalogue of the city is held");
    }
    auto query = TRY(m_connection.prepare("SELECT bytes FROM snapshot WHERE sha256 = :sha256"));
    query.bindBlob(":sha256", *hash);
    const bool found = TRY(query.step());
    if (!found || toHex(sha256(query.view(0))) != head->sha256) {
        return fail(ErrorKind::Damaged, "the city's catalogue is not what was taken");
    }
    return query.text(0);
}

Result<std::optional<RefusedCatalogue>> CatalogueDesk::refused()
{
    const Json json = TRY(readSetting(m_connection, kRefused));
    if (json.is_null()) {
        return std::optional<RefusedCatalogue>{};
    }
    RefusedCatalogue refused;
    refused.reason = stringAt(json, "reason");
    refused.version = stringAt(json, "version");
    refused.etag = stringAt(json, "etag");
    refused.program = stringAt(json, "program");
    refused.detail = stringAt(json, "detail");
    refused.at = TRY(parseRfc3339(stringAt(json, "at")));
    return std::optional(std::move(refused));
}

Result<void> CatalogueDesk::prove(const CataloguePublication& publication) const
{
    return m_proof ? m_proof(publication)
                   : Result<void>(fail(ErrorKind::Refused, "nobody here can read a catalogue"));
}

Result<void> CatalogueDesk::take(HeldCatalogue head, const std::string& letter)
{
    const Hash hash = sha256(letter);
    head.sha256 = toHex(hash);
    head.takenAt = m_clock.now();
    auto transaction = TRY(Transaction::begin(m_connection));
    auto keep = TRY(m_connection.prepare(R"(
        INSERT INTO snapshot(sha256, bytes) VALUES(:sha256, :bytes) ON CONFLICT(sha256) DO NOTHING
    )"));
    keep.bindBlob(":sha256", bytesOf(hash)).bindBlob(":bytes", letter);
    TRY(keep.run());
    TRY(writeSetting(m_connection, kHeld, toJson(head)));
    TRY(removeSetting(m_connection, kRefused));
    NewEntry entry;
    entry.kind = "catalogue.taken";
    entry.official = kPortal;
    entry.at = head.takenAt;
    entry.body = {
        {"version", head.version}, {"issuedAt", toRfc3339(head.issuedAt)}, {"snapshot", head.sha256}};
    TRY(Journal(m_connection, m_identity.install, m_identity.epoch).append(entry));
    return transaction.commit();
}

Result<void> CatalogueDesk::refuse(RefusedCatalogue refused)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    const auto before = TRY(this->refused());
    if (before && before->reason == refused.reason && before->version == refused.version &&
        before->detail == refused.detail && before->program == refused.program) {
        return {};
    }
    refused.at = m_clock.now();
    TRY(writeSetting(m_connection, kRefused, toJson(refused)));
    NewEntry entry;
    entry.kind = "catalogue.refused";
    entry.official = kPortal;
    entry.at = refused.at;
    entry.body = {{"reason", refused.reason}, {"version", refused.version}, {"detail", refused.detail}};
    TRY(Journal(m_connection, m_identity.install, m_identity.epoch).append(entry));
    return transaction.commit();
}

Result<void> CatalogueDesk::forgetRefused()
{
    return removeSetting(m_connection, kRefused);
}

} // namespace motcua
