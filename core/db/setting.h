// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// How far the portal was asked what it has of ours (core/desk/portal_audit.cpp), and the value with which an
/// audit begins. Put where a register begins a new epoch as well.
inline constexpr std::string_view kPortalAudit = "portal_audit";
inline constexpr std::string_view kPortalAuditBegins = "-1";
/// The last that the portal told before it went back, by the row of `pulled`: of a dossier that it lost as a
/// whole nothing up to there counts any more. 0 where the portal did not go back.
inline constexpr std::string_view kToldBefore = "portal_audit_told";

/// A value of the register's table `setting`; nothing where it was never put or was taken away. Errors are
/// the disk's. Putting one is part of whatever transaction is open.
[[nodiscard]] Result<std::optional<std::string>> settingOf(Connection& connection, std::string_view key);
/// No value: takes it away.
[[nodiscard]] Result<void> putSetting(Connection& connection, std::string_view key,
                                      const std::optional<std::string>& value);

} // namespace motcua
