// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// A value of the register's table `setting`; nothing where it was never put or was taken away. Errors are
/// the disk's. Putting one is part of whatever transaction is open.
[[nodiscard]] Result<std::optional<std::string>> settingOf(Connection& connection, std::string_view key);
/// No value: takes it away.
[[nodiscard]] Result<void> putSetting(Connection& connection, std::string_view key,
                                      const std::optional<std::string>& value);

} // namespace motcua
