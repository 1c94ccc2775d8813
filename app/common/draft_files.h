// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/desk/desk.h"
#include "core/files/file_store.h"

namespace motcua {

/// Whether a draft names a file by a path of this computer.
[[nodiscard]] bool hasPaths(const Json& draft);

/// What is wrong with the files that a draft names by their paths; nothing is kept of them.
[[nodiscard]] Problems pathProblems(const Json& draft);

/// The draft with every such file taken into the store and named as the contract's File, in its place. A
/// refusal points at the file. Files that were taken in before stay, and go by themselves after a week.
[[nodiscard]] Answer<Json> scanDraft(Json draft, FileStore& files);

/// As the contract's File.
[[nodiscard]] Json toJson(const NamedFile& file);

} // namespace motcua
