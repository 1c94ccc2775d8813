// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/key_store.h"

#include "core/base/hash.h"

namespace motcua::portal {

namespace {

/// So long an old key's signature is still good. A portal that chose its key just before may sign after the
/// rotation, because it waits for its unit's row; and its clock need not be the administrator's. Such a
/// receipt is kept and given out for ever, so it must never be younger than its key.
constexpr Millis kOldKeyStaysGood = std::chrono::minutes{10};

} // namespace

Result<void> KeyStore::prepareFirstUse()
{
    if (TRY(readSetting("epoch"))) {
        return tokenSeal().map([](const TokenSeal&) {}); // without it nobody could be told from a stranger
    }
    auto work = TRY(begin());
    if (!TRY(addSetting("epoch", m_random.hex(8)))) {
        return {};
    }
    TRY(writeSetting("token-key", m_random.hex(32)));
    TRY(writeSetting("cursor-key", m_random.hex(32)));
    TRY(addNewKey());
    return work.commit();
}

Result<std::string> KeyStore::setting(std::string_view name, std::string_view otherwise)
{
    return TRY(readSetting(name))
    .value_or(std::string(otherwise));
}

Result<void> KeyStore::setSetting(std::string_view name, std::string_view value)
{
    return writeSetting(name, value);
}

Result<std::string> KeyStore::newEpoch()
{
    std::string epoch = m_random.hex(8);
    TRY(setSetting("epoch", epoch));
    return epoch;
}

Result<void> KeyStore::addNewKey()
{
    KeyRow key{{}, *fromHex(m_random.hex(32)), {}};
    key.kid = "k" + m_random.hex(4);
    return addKey(key, m_clock.now());
}

Result<void> KeyStore::rotateKey()
{
    auto work = TRY(begin());
    TRY(retireKey(m_clock.now() + kOldKeyStaysGood));
    TRY(addNewKey());
    return work.commit();
}

Result<JwsSigner> KeyStore::signer()
{
    for (const KeyRow& key : TRY(keyRows())) {
        if (!key.notAfter) {
            return JwsSigner::fromSeed(key.kid, Secret(key.seed));
        }
    }
    return fail(ErrorKind::Damaged, "the portal has no signing key");
}

Result<std::vector<PortalKey>> KeyStore::keys()
{
    std::vector<PortalKey> keys;
    for (const KeyRow& row : TRY(keyRows())) {
        const auto signer = TRY(JwsSigner::fromSeed(row.kid, Secret(row.seed)));
        keys.push_back(signer.publicKey());
        keys.back().notAfter = row.notAfter;
    }
    return keys;
}

Result<void> KeyStore::revoke(const std::string& install)
{
    return TRY(markRevoked(install, m_clock.now()))
    ? Result<void>() : fail(ErrorKind::NotFound, "no device " + install);
}

} // namespace motcua::portal
