// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_store.h"

#include <filesystem>
#include <string>
#include <tl/expected.hpp>

namespace motcua {

/// Why a file of this computer is not taken in. Nothing was kept of it.
struct ScanRefusal
{
    std::string rule;           ///< "file-missing", "file-type" …; see scan.cpp
    std::string message;        ///< for the official, in Vietnamese; names the file
    std::optional<Error> error; ///< set when the disk failed, and then it is no fault of the file

    ScanRefusal(std::string brokenRule, std::string sentence)
        : rule(std::move(brokenRule)), message(std::move(sentence))
    {}
    ScanRefusal(Error e); // NOLINT: TRY turns an Error into a refusal
};
template<class T> using Scanned = tl::expected<T, ScanRefusal>;

/// The most that a picture may have on its longer side; what A4 has at some 210 dots an inch.
inline constexpr int kLongestEdge = 2480;
inline constexpr int kJpegQuality = 80;

/// What a local file is, from its bytes; refused before anything of it is decoded: no ordinary file, empty,
/// longer than kFileBytesMax, none of PDF, JPEG and PNG, broken off, or a picture of more dots than decoding
/// may cost (a bomb). Reads it once from front to back.
[[nodiscard]] Scanned<FileFacts> inspectScan(const std::filesystem::path& path);

/// Takes a local file into the store. A PDF goes in as it is. A picture is decoded and written anew: as JPEG
/// of quality 80, upright, at most kLongestEdge on its longer side, with nothing of what the camera wrote
/// beside it (place, device, preview). Needs the application object (Qt finds its readers by it). May take a
/// second of computing and 150 MB for a large picture: not for the window's thread.
/// `name`: what to call it; empty: as the file is called.
[[nodiscard]] Scanned<NamedFile> scanIn(const std::filesystem::path& path, const std::string& name,
                                        FileStore& store);

} // namespace motcua
