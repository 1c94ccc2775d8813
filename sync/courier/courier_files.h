// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/portal_desk.h"
#include "sync/bundle/byte_ends.h"
#include "sync/bundle/letters.h"

#include <memory>
#include <string>
#include <vector>

namespace motcua {

/// The scans and documents that operations name, as far as the courier needs them: see StoredFiles. Without
/// it operations travel alone, and their files wait for the network.
class CourierFiles
{
public:
    virtual ~CourierFiles() = default;
    /// Those that these operations name, or others that the portal took before, and of which it does not hold
    /// all; each once, the smallest first. One that it held until it was restored does not travel again
    /// with an old operation: the network asks about it.
    [[nodiscard]] virtual Result<std::vector<BundleFile>> wanted(const std::vector<Position>& operations) = 0;
    /// Exactly `size` plain bytes. NotFound or Damaged: it stays here, and the rest travels.
    [[nodiscard]] virtual Result<std::unique_ptr<BundleSource>> open(const BundleFile& file) = 0;
    /// The portal said at that moment that it holds all of it. True: that is news, and nothing that was heard
    /// since speaks against it.
    [[nodiscard]] virtual Result<bool> noteHeld(const BundleFile& file, const AnswerMoment& moment) = 0;
};

} // namespace motcua
