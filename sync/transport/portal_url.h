// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QUrl>
#include <string>

namespace motcua {

/// Where a portal may be: https anywhere, plain http only on this machine (127.0.0.0/8, ::1, localhost). No
/// user, password, query or fragment; a path before "/v1" is kept without its last slash.
/// Errors: Invalid, with what is wrong as detail.
[[nodiscard]] Result<QUrl> parsePortalUrl(const std::string& text);

} // namespace motcua
