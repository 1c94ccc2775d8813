// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/bundle_keys.h"

#include "core/base/check.h"

#include <sodium.h>

namespace motcua {

namespace {

/// Keeps this use of a token apart from every other.
constexpr std::string_view kDeviceContext = "motcua-bundle-device-1";
constexpr const char* kDeviceKid = "device";

static_assert(crypto_box_SEEDBYTES == 32 && crypto_sign_SEEDBYTES == 32);
static_assert(crypto_box_PUBLICKEYBYTES == crypto_scalarmult_curve25519_BYTES);

unsigned char* bytes(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

Result<void> expectSeed(const Secret& seed)
{
    require(sodium_init() >= 0, "libsodium starts");
    return seed.bytes().size() == crypto_box_SEEDBYTES ? Result<void>()
                                                       : fail(ErrorKind::Invalid, "a seed has 32 bytes");
}

} // namespace

Result<SealPair> sealPairFromSeed(const Secret& seed)
{
    TRY(expectSeed(seed));
    std::string publicKey(crypto_box_PUBLICKEYBYTES, '\0');
    std::string secretKey(crypto_box_SECRETKEYBYTES, '\0');
    crypto_box_seed_keypair(bytes(publicKey), bytes(secretKey), bytes(seed.bytes()));
    return SealPair{std::move(publicKey), Secret(std::move(secretKey))};
}

Result<SealPair> sealPairOfSigningSeed(const Secret& seed)
{
    TRY(expectSeed(seed));
    std::string edwards(crypto_sign_PUBLICKEYBYTES, '\0');
    std::string signing(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(bytes(edwards), bytes(signing), bytes(seed.bytes()));
    const Secret keeper(std::move(signing));
    std::string publicKey(crypto_box_PUBLICKEYBYTES, '\0');
    std::string secretKey(crypto_box_SECRETKEYBYTES, '\0');
    crypto_sign_ed25519_sk_to_curve25519(bytes(secretKey), bytes(keeper.bytes()));
    if (crypto_sign_ed25519_pk_to_curve25519(bytes(publicKey), bytes(std::string_view(edwards))) != 0) {
        return fail(ErrorKind::Invalid, "the signing key has no form for sealing");
    }
    return SealPair{std::move(publicKey), Secret(std::move(secretKey))};
}

Result<std::string> sealKeyOf(const PortalKey& key)
{
    require(sodium_init() >= 0, "libsodium starts");
    std::string publicKey(crypto_box_PUBLICKEYBYTES, '\0');
    if (key.x.size() != crypto_sign_PUBLICKEYBYTES ||
        crypto_sign_ed25519_pk_to_curve25519(bytes(publicKey), bytes(std::string_view(key.x))) != 0) {
        return fail(ErrorKind::Invalid, "the portal's key " + key.kid + " has no form for sealing");
    }
    return publicKey;
}

Result<JwsSigner> deviceSigner(std::string_view token)
{
    require(sodium_init() >= 0, "libsodium starts");
    if (token.empty()) {
        return fail(ErrorKind::Invalid, "a counter without a token cannot sign");
    }
    std::string seed(crypto_sign_SEEDBYTES, '\0');
    crypto_generichash(bytes(seed), seed.size(), bytes(token), token.size(), bytes(kDeviceContext),
                       kDeviceContext.size());
    return JwsSigner::fromSeed(kDeviceKid, Secret(std::move(seed)));
}

} // namespace motcua
