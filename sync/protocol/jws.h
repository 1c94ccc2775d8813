// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/base/time.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace motcua {

/// One of the portal's public keys (contract, Key).
struct PortalKey
{
    std::string kid;
    std::string x;                   ///< 32 bytes, Ed25519
    std::optional<Instant> notAfter; ///< bounds the `at` of what it signed; none: still in use
    bool operator==(const PortalKey&) const = default;
};

/// The portal's private key. Signs in the compact form of RFC 7515, EdDSA with Ed25519 (RFC 8037).
class JwsSigner
{
public:
    /// The same 32 bytes of seed always make the same key. Errors: Invalid (another length).
    [[nodiscard]] static Result<JwsSigner> fromSeed(std::string kid, const Secret& seed);

    [[nodiscard]] const PortalKey& publicKey() const { return m_public; }
    /// header.payload.signature; the header is exactly {alg, kid}.
    [[nodiscard]] std::string sign(std::string_view payload) const;

private:
    JwsSigner(PortalKey publicKey, Secret secret);

    PortalKey m_public;
    Secret m_secret;    ///< libsodium's 64 bytes
    std::string m_head; ///< the encoded header with its dot
};

struct VerifiedJws
{
    std::string payload;
    PortalKey key;
};

/// What was signed, when `jws` is one of these keys' and its header is exactly {alg: EdDSA, kid}.
/// Nothing of it is looked at before the signature is good. Errors: Network (it is not the portal's).
[[nodiscard]] Result<VerifiedJws> verifyJws(std::string_view jws, std::span<const PortalKey> keys);

} // namespace motcua
