// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/transport.h"

#include "core/base/check.h"

#include <algorithm>

namespace motcua {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool sameName(std::string_view left, std::string_view right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

} // namespace

std::optional<std::string_view> headerOf(const Headers& headers, std::string_view name)
{
    for (const auto& [key, value] : headers) {
        if (sameName(key, name)) {
            return value;
        }
    }
    return std::nullopt;
}

void Transport::start(const Request& request)
{
    m_kept.reset();
    m_kept = exchange(request);
}

Reply Transport::finish()
{
    require(m_kept.has_value(), "what is finished was started");
    return std::exchange(m_kept, std::nullopt).value();
}

} // namespace motcua
