// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/bundle_layout.h"

#include "core/base/hash.h"
#include "core/base/json.h"

namespace motcua::layout {

std::string hintOf(std::string_view recipient)
{
    return std::string(bytesOf(sha256("bundle for|", recipient)).substr(0, kHintBytes));
}

std::string signedWords(std::string_view recipient, std::string_view digestHex)
{
    return dumpJson(Json{{"sort", "motcua-bundle-1"},
                         {"recipient", toBase64Url(recipient)},
                         {"sha256", std::string(digestHex)}});
}

} // namespace motcua::layout
