// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_kind.h"

#include <string>
#include <string_view>

namespace motcua {

// The name of a file is data that somebody gave it, often somebody we do not know. It is shown and sent, and
// becomes part of a path only through exportName() and freePath() (reliability T12).

/// The name under which a file is taken in: the last part of a path of any system, tidied, at most 200
/// characters with the suffix of its kind; "giay-to" where nothing is left.
[[nodiscard]] std::string takenName(std::string_view given, FileKind kind);

/// A name that is safe on every file system: form C; no separators, wildcards, control, bidi or invisible
/// characters; no dot or space at its ends; no name of a device; at most 120 bytes; the suffix of its kind.
[[nodiscard]] std::string exportName(std::string_view name, FileKind kind);

/// Where to put an export so that it lies in `folder` and on nothing else: the safe name, with a number when
/// it is taken. Still to be opened so that it must be new and no link is followed. Invalid: no free name.
[[nodiscard]] Result<std::filesystem::path> freePath(const std::filesystem::path& folder,
                                                     std::string_view name, FileKind kind);

} // namespace motcua
