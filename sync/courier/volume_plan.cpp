// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/courier/volume_plan.h"

#include "sync/bundle/bundle_writer.h"
#include "sync/courier/courier_out.h"

#include <algorithm>
#include <numeric>

namespace motcua {

namespace {

/// More than this of files begins a volume of its own, so that a stick that is too small for scans is still
/// large enough for the text.
constexpr std::int64_t kFilesBesideText = std::int64_t{16} << 20;

/// Makes room for so much, in a new volume where it must be.
VolumePlan& roomFor(std::vector<VolumePlan>& volumes, std::int64_t bytes, std::int64_t bytesMax)
{
    if (volumes.back().bytes > 0 && volumes.back().bytes + bytes > bytesMax) {
        volumes.emplace_back();
    }
    volumes.back().bytes += bytes;
    return volumes.back();
}

void nameRange(VolumePlan& volume)
{
    for (const Position position : volume.operations) {
        volume.epoch = std::max(volume.epoch, position.epoch());
    }
    for (const Position position : volume.operations) {
        if (position.epoch() == volume.epoch) {
            volume.from = volume.from == 0 ? position.seq() : std::min(volume.from, position.seq());
            volume.to = std::max(volume.to, position.seq());
        }
    }
}

std::int64_t sizeInBundle(const BundleFile& file)
{
    const std::int64_t pieces = file.size / static_cast<std::int64_t>(kFilePieceBytes) + 1;
    return file.size + pieces * BundleWriter::sizeOf(0) + BundleWriter::sizeOf(fileText(file).size());
}

std::int64_t bytesOf(const std::vector<BundleFile>& files)
{
    return std::accumulate(files.begin(), files.end(), std::int64_t{0},
                           [](std::int64_t sum, const BundleFile& file) { return sum + sizeInBundle(file); });
}

} // namespace

std::vector<VolumePlan> planVolumes(const std::vector<CourierItem>& operations,
                                    const std::vector<BundleFile>& files, std::int64_t bytesMax)
{
    std::vector<VolumePlan> volumes(1);
    for (const CourierItem& each : operations) {
        const auto size = BundleWriter::sizeOf(static_cast<std::size_t>(each.bytes));
        roomFor(volumes, size, bytesMax).operations.push_back(each.position);
    }
    if (bytesOf(files) > kFilesBesideText && volumes.back().bytes > 0) {
        volumes.emplace_back();
    }
    for (const BundleFile& each : files) {
        roomFor(volumes, sizeInBundle(each), bytesMax).files.push_back(each);
    }
    for (VolumePlan& volume : volumes) {
        nameRange(volume);
    }
    return volumes;
}

} // namespace motcua
