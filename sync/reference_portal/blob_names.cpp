// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/blob_names.h"

#include "core/dossier/schema.h"

namespace motcua::portal {

namespace {

constexpr std::int64_t kBlobBytesMax = 20971520;

void collect(const Json& json, std::vector<BlobName>& names)
{
    if (!json.is_structured()) {
        return;
    }
    const std::string sha256 = stringAt(json, "sha256");
    const Json& size = at(json, "size");
    if (isLowerHex(sha256, 64) && size.is_number_integer()) {
        const auto bytes = size.get<std::int64_t>();
        if (bytes >= 1 && bytes <= kBlobBytesMax) {
            names.push_back({sha256, bytes});
        }
    }
    for (const Json& item : json) {
        collect(item, names);
    }
}

} // namespace

std::vector<BlobName> blobsNamedIn(const Json& json)
{
    std::vector<BlobName> names;
    collect(json, names);
    return names;
}

} // namespace motcua::portal
