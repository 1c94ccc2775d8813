// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/setting.h"

namespace motcua {

Result<std::optional<std::string>> settingOf(Connection& connection, std::string_view key)
{
    auto query = TRY(connection.prepare("SELECT value FROM setting WHERE key = :key"));
    query.bind(":key", key);
    const bool found = TRY(query.step());
    return found ? std::optional(query.text(0)) : std::nullopt;
}

Result<void> putSetting(Connection& connection, std::string_view key, const std::optional<std::string>& value)
{
    if (!value) {
        auto remove = TRY(connection.prepare("DELETE FROM setting WHERE key = :key"));
        remove.bind(":key", key);
        return remove.run();
    }
    auto put = TRY(connection.prepare(R"(
        INSERT INTO setting(key, value) VALUES(:key, :value) ON CONFLICT(key) DO UPDATE SET value = excluded.value
    )"));
    put.bind(":key", key).bind(":value", *value);
    return put.run();
}

} // namespace motcua
