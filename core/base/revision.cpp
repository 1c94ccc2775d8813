// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/revision.h"

#include "core/base/hash.h"

#include <string>

namespace motcua {

Rev nextRev(const std::optional<Rev>& previous, std::string_view digestHex)
{
    const std::string text = (previous ? previous->text() : std::string()) + "|" + std::string(digestHex);
    return Rev(toHex(sha256(text)).substr(0, 32));
}

} // namespace motcua
