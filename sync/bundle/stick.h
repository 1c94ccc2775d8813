// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "sync/bundle/bundle_header.h"
#include "sync/bundle/byte_ends.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <sodium.h>
#include <string>
#include <vector>

namespace motcua {

/// More bundles than anybody carries; the rest of a stick is not looked at.
inline constexpr std::size_t kStickFilesMax = 1'000;
/// A volume, and what blocks, seals and a signature add to its records.
inline constexpr std::int64_t kBundleFileBytesMax = kVolumeBytesMax + 50'000'000;

/// The folder on a stick that bundles lie in. Only ordinary files with our suffix that stand directly in it
/// exist here; what else is on the stick is never opened.
class Stick
{
public:
    /// A file that is being written under another name. It disappears with this object unless it was placed.
    class NewFile : public BundleSink
    {
    public:
        /// Every byte has left for the stick. No append after it.
        [[nodiscard]] virtual Result<void> flush() = 0;
        /// The file opened anew, read from the stick and not from memory as far as the system lets us.
        [[nodiscard]] virtual Result<std::unique_ptr<BundleSource>> readBack() = 0;
        /// Gives it its name, in place of what bore it.
        [[nodiscard]] virtual Result<void> place() = 0;
    };
    struct File
    {
        std::string name;
        std::int64_t bytes = 0;
    };

    virtual ~Stick() = default;
    /// By name, at most kStickFilesMax. Errors: NotFound (no such folder), Storage.
    [[nodiscard]] virtual Result<std::vector<File>> bundles() = 0;
    /// Errors: NotFound, Foreign (no ordinary file), Refused (larger than kBundleFileBytesMax), Storage.
    [[nodiscard]] virtual Result<std::unique_ptr<BundleSource>> open(const std::string& name) = 0;
    /// Errors: Storage (full, read-only, gone).
    [[nodiscard]] virtual Result<std::unique_ptr<NewFile>> create(const std::string& name) = 0;
};

/// Told how many bytes are done; false: the person wants it to stop.
using StickProgress = std::function<bool(std::int64_t bytes)>;
/// What it is then: kind Refused, with this detail. Nothing was placed.
inline constexpr const char* kStopped = "stopped";

/// Counts and hashes what goes through it to a stick.
class HashingSink final : public BundleSink
{
public:
    explicit HashingSink(BundleSink& sink, StickProgress progress = {});
    [[nodiscard]] Result<void> append(std::string_view bytes) override;
    [[nodiscard]] std::int64_t bytes() const { return m_bytes; }
    /// Once, at the end.
    [[nodiscard]] Hash digest();

private:
    BundleSink& m_sink;
    StickProgress m_progress;
    std::int64_t m_bytes = 0;
    crypto_hash_sha256_state m_state{};
};

/// Reads a flushed file back and compares every byte with what was written. Errors: Damaged (the stick does
/// not hold what it took: a false capacity, a worn cell), Storage, Refused (stopped).
[[nodiscard]] Result<void> proveWritten(Stick::NewFile& file, HashingSink& written,
                                        const StickProgress& progress = {});

/// Opens one file of a stick. What the stick does not give of it is this file's fault, and may not be taken
/// for one of our own disk: it is Damaged, here and while the source is read. Else errors as Stick::open.
[[nodiscard]] Result<std::unique_ptr<BundleSource>> openOnStick(Stick& stick, const std::string& name);

/// A copy of one file of a stick that nobody else can reach or change, still sealed: in a file without a name
/// under `folder`. From here on the stick may be pulled out. Errors: as openOnStick(); Storage is this
/// disk's.
[[nodiscard]] Result<std::unique_ptr<BundleSource>> copyPrivately(Stick& stick, const std::string& name,
                                                                  const std::string& folder,
                                                                  const StickProgress& progress = {});

} // namespace motcua
