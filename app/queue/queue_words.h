// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/action_list.h"
#include "core/base/time.h"
#include "core/outbox/queue.h"

#include <QString>

namespace motcua {

/// What an operation of the queue is, in an official's words.
[[nodiscard]] QString operationWords(const std::string& kind);

/// One line of the queue: what it is about, what happened and why, who must act, and the one thing to press.
[[nodiscard]] ActionLine queueLine(const QueuedOperation& operation, Instant now);

/// What a detail of the last attempt means; technical words only in brackets.
[[nodiscard]] QString troubleWords(const std::string& detail);

} // namespace motcua
