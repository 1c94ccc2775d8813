// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/byte_source.h"

#include <optional>
#include <string>

namespace motcua {

/// The most that one file may have (portal contract, File).
inline constexpr std::int64_t kFileBytesMax = 20971520;

enum class FileKind
{
    Pdf,
    Jpeg,
    Png,
};
[[nodiscard]] std::string_view mediaType(FileKind kind); ///< "application/pdf"
[[nodiscard]] std::optional<FileKind> fileKindOf(std::string_view mediaType);
[[nodiscard]] std::string_view fileSuffix(FileKind kind); ///< ".pdf"

/// What a file says about itself, read from its bytes and never from its name, without decoding anything.
struct FileFacts
{
    FileKind kind = FileKind::Pdf;
    bool isWhole = false; ///< its own end is there; a copy that broke off has none
    // Of images:
    std::int64_t width = 0;
    std::int64_t height = 0;
    int bitsPerPixel = 0;       ///< of a PNG, as it is decoded: 1, 8, 32 or 64
    bool isProgressive = false; ///< of a JPEG: decoding keeps all of it in memory
    int scans = 0;              ///< of a JPEG: how often decoding goes over it
};

/// Reads the source to its end. Nothing: it is none of the kinds we take. Errors: the source's.
[[nodiscard]] Result<std::optional<FileFacts>> examineFile(ByteSource& source);

} // namespace motcua
