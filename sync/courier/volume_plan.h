// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/courier_desk.h"
#include "sync/bundle/letters.h"

#include <cstdint>
#include <vector>

namespace motcua {

/// What goes into one volume.
struct VolumePlan
{
    std::vector<Position> operations;
    std::vector<BundleFile> files;
    std::int64_t bytes = 0; ///< of all records; the file is not larger by more than a hundredth

    std::int64_t epoch = 1; ///< the newest among the operations, and their seqs in it
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// Fills volumes one after the other, never beyond `bytesMax` unless a single thing alone is larger. All
/// operations come before all files: text goes before scans. At least one volume, which may be empty: it asks
/// for news.
[[nodiscard]] std::vector<VolumePlan> planVolumes(const std::vector<CourierItem>& operations,
                                                  const std::vector<BundleFile>& files,
                                                  std::int64_t bytesMax);

} // namespace motcua
