// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "sync/reference_portal/blob_store.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace motcua {

/// The files of a portal in memory, for tests that lose and spoil them.
class MemoryBlobs
{
public:
    struct Blob
    {
        std::string bytes;
        bool isComplete = false;
    };
    using Key = std::pair<std::string, std::string>; ///< unit, SHA-256

    std::map<Key, Blob> blobs;
    std::int64_t appended = 0; ///< bytes, of all pieces that were taken

    [[nodiscard]] Blob* find(const std::string& sha256)
    {
        const auto found = std::find_if(blobs.begin(), blobs.end(),
                                        [&](const auto& each) { return each.first.second == sha256; });
        return found == blobs.end() ? nullptr : &found->second;
    }
};

/// What a portal is given: it goes with the portal, the files stay.
class MemoryBlobStore final : public portal::BlobStore
{
public:
    explicit MemoryBlobStore(MemoryBlobs& files) : m_files(files) {}

    Result<Held> held(const std::string& unit, const std::string& sha256) override
    {
        const auto found = m_files.blobs.find({unit, sha256});
        if (found == m_files.blobs.end()) {
            return Held{};
        }
        return Held{static_cast<std::int64_t>(found->second.bytes.size()), found->second.isComplete};
    }
    Result<Taken> append(const std::string& unit, const std::string& sha256, std::int64_t offset,
                         std::string_view piece, std::int64_t size) override
    {
        auto& blob = m_files.blobs[{unit, sha256}];
        if (blob.isComplete || static_cast<std::int64_t>(blob.bytes.size()) != offset) {
            return Taken::WrongOffset;
        }
        blob.bytes += piece;
        m_files.appended += static_cast<std::int64_t>(piece.size());
        if (static_cast<std::int64_t>(blob.bytes.size()) < size) {
            return Taken::More;
        }
        if (toHex(motcua::sha256(blob.bytes)) != sha256) {
            m_files.blobs.erase({unit, sha256});
            return Taken::Discarded;
        }
        blob.isComplete = true;
        return Taken::Whole;
    }
    Result<std::string> read(const std::string& unit, const std::string& sha256, std::int64_t offset,
                             std::int64_t count) override
    {
        const auto found = m_files.blobs.find({unit, sha256});
        if (found == m_files.blobs.end() || !found->second.isComplete) {
            return fail(ErrorKind::NotFound, sha256);
        }
        return found->second.bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
    }

private:
    MemoryBlobs& m_files;
};

} // namespace motcua
