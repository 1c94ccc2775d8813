// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_kind.h"

#include <QImage>
#include <optional>
#include <string>

namespace motcua {

/// The picture that can be read from an open file, as the bytes of a fresh JPEG; nothing where it does not
/// decode. `facts` are what examineFile() found, and were judged bearable. The descriptor stays open.
[[nodiscard]] std::optional<std::string> writtenAnew(int descriptor, const FileFacts& facts);

/// A picture out of the store for the screen, at most `longest` dots on its longer side. Null where it is
/// none or of more dots than one that was taken in here can have.
[[nodiscard]] QImage decodedPicture(const std::string& bytes, int longest);

} // namespace motcua
