// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// What an operation's name says: the place in the counter's journal that asked for it.
struct OpIdParts
{
    std::string install;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    auto operator<=>(const OpIdParts&) const = default;
};

/// Nothing when the text is not ^[0-9a-f]{32}-[1-9][0-9]{0,8}-[1-9][0-9]{0,17}$.
[[nodiscard]] std::optional<OpIdParts> splitOpId(std::string_view text);
[[nodiscard]] OpId makeOpId(const OpIdParts& parts);
/// The name of an installation, made at first start: 32 hex digits.
[[nodiscard]] bool isInstall(std::string_view text);
[[nodiscard]] bool isRev(std::string_view text);

} // namespace motcua
