// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "sync/protocol/jws.h"

#include <string>
#include <string_view>

namespace motcua {

/// What opens bundles (X25519). Whoever has the public half can seal, nobody but the owner can open.
struct SealPair
{
    std::string publicKey; ///< 32 bytes
    Secret secretKey;
};

/// The same 32 bytes always make the same pair. Errors: Invalid (another length).
[[nodiscard]] Result<SealPair> sealPairFromSeed(const Secret& seed);
/// The pair that belongs to one of the portal's signing keys, from its seed. Errors: Invalid.
[[nodiscard]] Result<SealPair> sealPairOfSigningSeed(const Secret& seed);
/// What a counter seals to for the portal: the form for sealing of a signing key that the portal published.
/// Errors: Invalid (no such point; nobody could open it).
[[nodiscard]] Result<std::string> sealKeyOf(const PortalKey& key);

/// The key with which a counter signs its bundles: a function of its device token, which only it and the
/// portal know. Errors: Invalid (no token).
[[nodiscard]] Result<JwsSigner> deviceSigner(std::string_view token);

} // namespace motcua
