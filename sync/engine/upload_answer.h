// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/classify.h"

#include <cstdint>

namespace motcua {

/// What the portal says about a file.
enum class UploadWord
{
    Nothing,    ///< it said nothing that counts; the verdict says why
    Offset,     ///< it holds so many bytes
    Complete,   ///< it holds all of it, and the digest was right
    Discarded,  ///< all of it had come and the digest was wrong: begin again
    NotKnown,   ///< nobody has named this file there
    NotAllowed, ///< another length than the one named: it will never take it
    TooLarge,   ///< the piece
};

struct UploadAnswer
{
    UploadWord word = UploadWord::Nothing;
    std::int64_t offset = 0;
    Verdict verdict; ///< answered whenever the portal itself spoke of this file
};

/// Of HEAD, for a file of `size` bytes. Pure. An offset beyond the size, and "complete" before it, are no
/// answer of a portal that can be believed.
[[nodiscard]] UploadAnswer readOffset(const Reply& reply, std::int64_t size, Instant now);

/// Of PATCH with `count` bytes at `offset`. Pure. The portal's offset is authoritative: fewer bytes may have
/// been taken than were sent, or it may stand somewhere else altogether.
[[nodiscard]] UploadAnswer readAppended(const Reply& reply, std::int64_t offset, std::int64_t count,
                                        std::int64_t size, Instant now);

} // namespace motcua
