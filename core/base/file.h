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

/// Makes a folder and those above it that are missing; the names of new ones are on the disk when this
/// returns. What is there already is left as it is.
[[nodiscard]] Result<void> makeFoldersDurably(const std::filesystem::path& folder,
                                              FileMode mode = FileMode::Private);

/// The next reading comes from the disk itself. To be called after a flush and before what was written is
/// read back: a stick of false capacity, or one that is dying, answers from the system's cache otherwise,
/// which still holds what the stick lost. Does what the system lets it; nothing to go on is no error.
void dropFromCache(int descriptor);
void dropFromCache(const std::filesystem::path& file);

} // namespace motcua
