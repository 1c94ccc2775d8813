// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/register/dossier_row.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace motcua {

/// One step of a dossier, as the control slip (form 06) tells it.
struct PaperStep
{
    Instant at;
    std::string what; ///< "Đang xử lý"
    std::string official;
    std::string note;
};

/// What happened to a dossier, as far as papers speak of it.
struct PaperEvents
{
    std::set<std::string> names;                ///< "supplementing", "stopped", "extension"
    std::map<std::string, std::string> reasons; ///< of the last one of each name
    /// Where in the journal the last one of each name stands; "cancelled": of a number in a book.
    std::map<std::string, std::int64_t> positions;
    std::optional<Instant> at;     ///< of the last one
    std::optional<Instant> oldDue; ///< of the last extension
    std::optional<Instant> newDue;
    std::vector<PaperStep> steps;
};

/// Reads a dossier's history, oldest first.
[[nodiscard]] PaperEvents paperEvents(const std::vector<HistoryEntry>& history);

/// The names that a template may use: `event` (at, oldDue, newDue) and `steps`.
[[nodiscard]] Json eventValues(const PaperEvents& events);

} // namespace motcua
