// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace motcua {

/// The whole file. NotFound; Invalid when it is larger than `bytesMax`; Storage.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t bytesMax);

enum class FileMode
{
    Private, ///< only this user reads it
    Shared,
};

/// Writes a file so that after success it is whole on the disk and after failure the old one is untouched:
/// temporary name beside it, flushed, renamed, folder flushed.
[[nodiscard]] Result<void> writeFileDurably(const std::filesystem::path& path, std::string_view bytes,
                                            FileMode mode = FileMode::Private);

/// Flushes a finished file, and a folder's list of names, to the disk.
[[nodiscard]] Result<void> flushToDisk(const std::filesystem::path& path);

} // namespace motcua
