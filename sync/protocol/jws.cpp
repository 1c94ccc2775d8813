// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/jws.h"

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/base/json.h"

#include <algorithm>
#include <sodium.h>

namespace motcua {

namespace {

/// The catalogue comes as one JWS too; receipts are far smaller.
constexpr std::size_t kJwsBytesMax = std::size_t{8} << 20;

const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

const PortalKey* keyNamedBy(std::string_view head, std::span<const PortalKey> keys)
{
    const auto text = fromBase64Url(head);
    const auto header = text ? parseJson(*text, {.bytes = 1000, .depth = 1}) : Result<Json>(Json());
    if (!header || !header->is_object() || header->size() != 2 || stringAt(*header, "alg") != "EdDSA" ||
        !at(*header, "kid").is_string()) {
        return nullptr;
    }
    const auto isNamed = [&header](const PortalKey& key) { return key.kid == stringAt(*header, "kid"); };
    const auto found = std::find_if(keys.begin(), keys.end(), isNamed);
    return found == keys.end() || found->x.size() != crypto_sign_PUBLICKEYBYTES ? nullptr : &*found;
}

} // namespace

JwsSigner::JwsSigner(PortalKey publicKey, Secret secret)
    : m_public(std::move(publicKey)), m_secret(std::move(secret))
{
    const Json header{{"alg", "EdDSA"}, {"kid", m_public.kid}};
    m_head = toBase64Url(dumpJson(header)) + ".";
}

Result<JwsSigner> JwsSigner::fromSeed(std::string kid, const Secret& seed)
{
    require(sodium_init() >= 0, "libsodium starts");
    if (seed.bytes().size() != crypto_sign_SEEDBYTES) {
        return fail(ErrorKind::Invalid, "a signing key has a seed of 32 bytes");
    }
    std::string x(crypto_sign_PUBLICKEYBYTES, '\0');
    std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(x.data()),
                             reinterpret_cast<unsigned char*>(secret.data()), bytes(seed.bytes()));
    return JwsSigner({std::move(kid), std::move(x), {}}, Secret(std::move(secret)));
}

std::string JwsSigner::sign(std::string_view payload) const
{
    std::string jws = m_head + toBase64Url(payload);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytes(jws), jws.size(),
                         bytes(m_secret.bytes()));
    return jws + "." + toBase64Url(signature);
}

Result<VerifiedJws> verifyJws(std::string_view jws, std::span<const PortalKey> keys)
{
    const std::size_t first = jws.find('.');
    const std::size_t second = first == std::string_view::npos ? first : jws.find('.', first + 1);
    if (jws.size() > kJwsBytesMax || second == std::string_view::npos) {
        return fail(ErrorKind::Network, "not a JWS in compact form");
    }
    const PortalKey* key = keyNamedBy(jws.substr(0, first), keys);
    if (key == nullptr) {
        return fail(ErrorKind::Network, "the JWS header is not {alg, kid} of a known key");
    }
    const auto signature = fromBase64Url(jws.substr(second + 1));
    const std::string_view signedPart = jws.substr(0, second);
    if (!signature || signature->size() != crypto_sign_BYTES ||
        crypto_sign_verify_detached(bytes(*signature), bytes(signedPart), signedPart.size(), bytes(key->x)) !=
            0) {
        return fail(ErrorKind::Network, "the signature does not verify");
    }
    auto payload = fromBase64Url(jws.substr(first + 1, second - first - 1));
    if (!payload) {
        return fail(ErrorKind::Network, "the payload is not base64url");
    }
    return VerifiedJws{std::move(*payload), *key};
}

} // namespace motcua
