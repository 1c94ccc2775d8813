// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace motcua {

/// Members are kept sorted by name, so the same value always gives the same bytes.
using Json = nlohmann::json;

struct JsonLimits
{
    std::size_t bytes = std::size_t{8} << 20;
    int depth = 32;
};

/// Strict reading of text from outside: UTF-8 checked, repeated members refused, depth and size
/// bounded, nothing after the value, no byte order mark. Integers beyond 64 bits are refused.
[[nodiscard]] Result<Json> parseJson(std::string_view text, JsonLimits limits = {});

/// Compact, sorted, UTF-8 unescaped: the one form in which JSON is stored and hashed. Invalid UTF-8
/// cannot come in through parseJson; where it does all the same it is replaced, never thrown.
[[nodiscard]] std::string dumpJson(const Json& value);

/// The string at a member, or `otherwise` where it is missing or no string. Never throws.
[[nodiscard]] std::string stringAt(const Json& object, std::string_view member,
                                   std::string_view otherwise = {});
/// The member's value, or a null value. Never throws.
[[nodiscard]] const Json& at(const Json& object, std::string_view member);

} // namespace motcua
