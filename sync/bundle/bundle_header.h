// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace motcua {

inline constexpr std::string_view kBundleSuffix = ".hop";
inline constexpr int kBundleFormat = 1;
/// A file of this size still goes onto a FAT32 stick, and its copy onto a small disk.
inline constexpr std::int64_t kVolumeBytesMax = 1'900'000'000;
inline constexpr std::int64_t kUnpackedBytesMax = std::int64_t{4} << 30;
inline constexpr std::int64_t kVolumesMax = 10'000; ///< of one set
inline constexpr std::int64_t kRecordsMax = 10'000'000;
/// An answer's page may have 4 MiB; the rest is what stands around it.
inline constexpr std::size_t kRecordBytesMax = (std::size_t{4} << 20) + (std::size_t{64} << 10);
inline constexpr std::size_t kHeaderBytesMax = std::size_t{64} << 10;

enum class BundleKind
{
    Operations, ///< from a counter to the portal
    Answer,     ///< from the portal to that counter
};

/// What stands in a bundle, one after the other.
enum class RecordKind : std::uint8_t
{
    Header = 0,    ///< the first one; JSON
    Operation = 1, ///< one line, exactly as it would be pushed, without its line feed
    File = 2,      ///< JSON {sha256, size}; its bytes follow at once
    FileBytes = 3, ///< a piece of the file named last
    Hello = 4,     ///< JSON, the contract's Hello without a token
    Results = 5,   ///< JSON, the contract's Results
    Page = 6,      ///< JSON {after, page}: a page of changes and the cursor that it follows on
    Files = 7,     ///< JSON {files: [{sha256, complete}]}: what the portal holds of them
    End = 255,     ///< the last one; JSON {records, bytes, isLast}
};

/// What a volume says about itself. One volume is a bundle that can be read alone; several with one `set`
/// belong together.
struct BundleHeader
{
    BundleKind kind = BundleKind::Operations;
    std::string unit;
    std::string install; ///< the counter's, in both directions
    std::string set;     ///< 32 hex digits, the same in all volumes and in the answer to them
    std::int64_t volume = 1;
    std::int64_t epoch = 1; ///< the counter's, in which `from` and `to` count
    std::int64_t from = 0;  ///< seqs of the operations; both 0 where there are none
    std::int64_t to = 0;
    Instant at;
    std::string portalEpoch;      ///< as the sender knows it
    Json letter = Json::object(); ///< what only this kind has; see the ends
};

/// What the end says, compared with what came.
struct BundleEnd
{
    std::int64_t records = 0; ///< header and end not counted
    std::int64_t bytes = 0;   ///< of all records before, with their heads
    bool isLast = true;       ///< no volume of the set follows
};

[[nodiscard]] Json toJson(const BundleHeader& header);
[[nodiscard]] Result<BundleHeader> bundleHeaderFromJson(const Json& json);
[[nodiscard]] Json toJson(const BundleEnd& end);
[[nodiscard]] Result<BundleEnd> bundleEndFromJson(const Json& json);

/// The name of a volume's file: "H26.131-<install>-<epoch>-<from>-<to>.hop", an answer's with "-answer-" and
/// its set and volume. Only letters, digits, dots and hyphens of ASCII. A label for people: nothing is
/// believed because of a name.
[[nodiscard]] std::string bundleFileName(const BundleHeader& header);

} // namespace motcua
