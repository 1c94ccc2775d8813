// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/connection_stream.h"
#include "sync/reference_portal/faults.h"
#include "sync/reference_portal/http_message.h"

#include <optional>

namespace motcua::portal {

/// What stands in the way of a request while `rule` is in force; nothing: it is handled.
[[nodiscard]] std::optional<HttpAnswer> answerInstead(const FaultRule& rule, ConnectionFate& fate);

/// What happens to the answer of a request that was handled.
void spoil(const FaultRule& rule, Faults& faults, HttpAnswer& answer, ConnectionFate& fate);

} // namespace motcua::portal
