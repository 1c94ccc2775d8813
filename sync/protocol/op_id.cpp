// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/op_id.h"

#include "core/dossier/schema.h"

#include <algorithm>
#include <charconv>

namespace motcua {

namespace {

/// A positive number without leading zeros of at most `digitsMax` digits; 0 when it is none.
std::int64_t positive(std::string_view text, std::size_t digitsMax)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || text.size() > digitsMax || text[0] == '0' ||
        !std::all_of(text.begin(), text.end(), isDigit)) {
        return 0;
    }
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

std::optional<OpIdParts> splitOpId(std::string_view text)
{
    const std::size_t second = text.find('-', 33);
    if (text.size() < 36 || text[32] != '-' || second == std::string_view::npos ||
        !isInstall(text.substr(0, 32))) {
        return std::nullopt;
    }
    OpIdParts parts{std::string(text.substr(0, 32)), positive(text.substr(33, second - 33), 9),
                    positive(text.substr(second + 1), 18)};
    if (parts.epoch == 0 || parts.seq == 0) {
        return std::nullopt;
    }
    return parts;
}

OpId makeOpId(const OpIdParts& parts)
{
    return OpId(parts.install + "-" + std::to_string(parts.epoch) + "-" + std::to_string(parts.seq));
}

bool isInstall(std::string_view text)
{
    return isLowerHex(text, 32);
}

bool isRev(std::string_view text)
{
    return isLowerHex(text, 32);
}

} // namespace motcua
