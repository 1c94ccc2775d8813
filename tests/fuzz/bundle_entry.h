// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace motcua {

/// Reads `bytes` as bundles, three times: as a file from a stick; as blocks behind seals that open (what a
/// sender with good keys may write); and as the JSON of header, letters and files. Always 0. For
/// LLVMFuzzerTestOneInput and tests.
int consumeBundle(const std::uint8_t* bytes, std::size_t size);

} // namespace motcua
