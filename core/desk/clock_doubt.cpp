// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/clock_doubt.h"

#include "core/db/setting.h"

#include <charconv>

namespace motcua {

namespace {

Result<std::optional<Instant>> lastEntryAt(Connection& connection)
{
    auto query = TRY(connection.prepare("SELECT at FROM journal ORDER BY position DESC LIMIT 1"));
    const bool found = TRY(query.step());
    return found ? std::optional(fromMillis(query.integer(0))) : std::nullopt;
}

Result<std::optional<std::int64_t>> portalOffset(Connection& connection)
{
    const auto text = TRY(settingOf(connection, "clock_offset"));
    if (!text) {
        return std::optional<std::int64_t>{};
    }
    std::int64_t offset = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), offset);
    return read.ec == std::errc{} ? std::optional(offset) : std::nullopt;
}

} // namespace

Result<std::optional<Json>> clockDoubt(Connection& connection, Instant now)
{
    const auto last = TRY(lastEntryAt(connection));
    if (last && *last - now > kClockBack) {
        return std::optional(Json{{"why", "went-back"}, {"offsetMs", (*last - now).count()}});
    }
    if (const auto offset = TRY(portalOffset(connection))) {
        return std::optional(Json{{"why", "portal-differs"}, {"offsetMs", *offset}});
    }
    return std::optional<Json>{};
}

Result<std::optional<std::string>> withClockDoubt(Connection& connection, Instant now,
                                                  const std::optional<std::string>& local)
{
    const auto doubt = TRY(clockDoubt(connection, now));
    if (!doubt) {
        return local;
    }
    Json whole = local ? TRY(parseJson(*local)) : Json::object();
    whole["clock"] = *doubt;
    return std::optional(dumpJson(whole));
}

} // namespace motcua
