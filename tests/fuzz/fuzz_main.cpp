// SPDX-License-Identifier: GPL-3.0-or-later
// One program a target; MOTCUA_FUZZ_TARGET is its name in fuzz_targets.h.
#include "tests/fuzz/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    return motcua::MOTCUA_FUZZ_TARGET(bytes, size);
}
