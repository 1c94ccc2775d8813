// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of the courier: all of them follow from what the store has anyway.
#include "sync/reference_portal/key_store.h"

#include <algorithm>

namespace motcua::portal {

Result<std::vector<KeyStore::CourierKey>> KeyStore::courierKeys()
{
    std::vector<CourierKey> keys;
    for (const KeyRow& row : TRY(keyRows())) {
        SealPair pair = TRY(sealPairOfSigningSeed(Secret(row.seed)));
        keys.push_back({row.kid, std::move(pair)});
    }
    return keys;
}

Result<JwsSigner> KeyStore::signerOf(const std::string& kid)
{
    for (const KeyRow& row : TRY(keyRows())) {
        if (row.kid == kid) {
            return JwsSigner::fromSeed(row.kid, Secret(row.seed));
        }
    }
    return fail(ErrorKind::NotFound, "no key " + kid);
}

/// A device signs with its token, with the next one, or with the one before, because its stick may have been
/// on the way when the token was replaced. Against a thief revocation helps and replacing does not: whoever
/// has the old token is given the new one.
Result<KeyStore::CourierDevice> KeyStore::courierDevice(const std::string& install)
{
    const std::vector<Device> all = TRY(devices());
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&install](const Device& device) { return device.install == install; });
    const auto enrolled = TRY(findDevice(install));
    if (found == all.end() || !enrolled) {
        return fail(ErrorKind::NotFound, "no device " + install);
    }
    CourierDevice device;
    device.device = *found;
    const std::int64_t present = enrolled->generation;
    for (std::int64_t generation = std::max<std::int64_t>(1, present - 1); generation <= present + 1;
         ++generation) {
        const std::string token = TRY(tokenOf({enrolled->unit.code, install, generation}));
        const auto signer = TRY(deviceSigner(token));
        device.keys.push_back(signer.publicKey());
    }
    return device;
}

} // namespace motcua::portal
