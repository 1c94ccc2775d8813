// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/source.h"

#include <chrono>
#include <vector>

namespace motcua {

/// What a row of the catalogue was and becomes: the row itself, then the row with each of its "changes"
/// merged in (RFC 7396), in force from the change's day on; each ends on the day before the next. `read`
/// makes a version of a row without "changes".
template<class Version, class Read>
[[nodiscard]] Result<std::vector<Version>> versionsFromJson(const Source& source, Read read)
{
    std::vector<Version> versions;
    if (!source.json().is_object()) {
        return source.wrong("must be an object");
    }
    Json row = source.json();
    row.erase("changes");
    versions.push_back(TRY(read(source.standingFor(row))));
    for (const Source& change : TRY(source.items("changes"))) {
        const auto from = TRY(change.day("from"));
        const auto before = versions.back().effectiveFrom;
        if (!from || (before && *from <= *before)) {
            return change.wrong("a change needs a day \"from\" after the one before it");
        }
        Json members = change.json();
        members.erase("from");
        row.merge_patch(members);
        row["effectiveFrom"] = toIsoDay(*from);
        Version version = TRY(read(change.standingFor(row)));
        versions.back().effectiveTo = Day{std::chrono::sys_days{*from} - std::chrono::days{1}};
        versions.push_back(std::move(version));
    }
    return versions;
}

} // namespace motcua
