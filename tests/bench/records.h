// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/catalogue/catalogue.h"
#include "core/desk/portal_desk.h"
#include "core/register/projection.h"

#include <functional>
#include <string>

namespace motcua::bench {

/// Calls `take` with each of the harness's records (a JSON object a line), at most `count`; 0: all.
void eachRecord(const std::string& path, std::size_t count, const std::function<void(const Json&)>& take);

/// A record as a dossier that the portal gave: finished, open or waiting as it says.
[[nodiscard]] PulledChange changeOf(const Json& record, std::int64_t seq);

/// A record as an official would enter it: the plain form of a procedure that the catalogue knows, with a
/// note as long as the record's own form, so that a save writes as many bytes.
[[nodiscard]] Json draftOf(const Json& record, const Catalogue& catalogue, Day on);

/// The field of each procedure as the records name it.
[[nodiscard]] FieldOf fieldsOfRecords();

[[nodiscard]] Catalogue shippedCatalogue();

} // namespace motcua::bench
