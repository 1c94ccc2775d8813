// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/files/file_digest.h"
#include "core/files/file_shelf.h"

#include <memory>

namespace motcua {

// How a file lies on the disk: a line that says what it is, the header of libsodium's secretstream
// (XChaCha20-Poly1305), then sealed chunks of 64 KiB, the last one marked as such. So a changed, swapped,
// missing or added byte anywhere is found, and so is a file that was cut at a chunk's end.

[[nodiscard]] Secret makeFileKey();

/// Seals `size` plain bytes into a file. Invalid when the source has another number of them. What it read is
/// what it returns: the caller compares.
[[nodiscard]] Result<Digest> seal(ByteSource& plain, std::int64_t size, const Secret& key,
                                  FileShelf::Unfinished& into);

/// The plain bytes of a sealed file. Damaged: from read(), at the chunk that is not what was written; nothing
/// of such a chunk is given out.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> unseal(std::unique_ptr<ByteSource> sealed, Secret key);

} // namespace motcua
