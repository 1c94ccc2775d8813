// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace motcua::portal {

/// Files as they arrive, by their SHA-256, never shared between units. What held() reports is on the disk.
class BlobStore
{
public:
    virtual ~BlobStore() = default;

    struct Held
    {
        std::int64_t bytes = 0;
        bool isComplete = false;
    };
    enum class Taken
    {
        More,        ///< appended, not whole yet
        Whole,       ///< the last byte came and the digest is right
        WrongOffset, ///< nothing done
        Discarded,   ///< the digest of the whole was wrong; begin again
    };

    [[nodiscard]] virtual Result<Held> held(const std::string& unit, const std::string& sha256) = 0;
    /// The same of a file of this size, once it has come to an end: a portal that was killed between the last
    /// byte and the look at the digest leaves all bytes, and nobody has another one to send.
    [[nodiscard]] Result<Held> settled(const std::string& unit, const std::string& sha256, std::int64_t size);
    /// Appends at `offset`; `size` is the whole's. The caller has checked that the piece does not go beyond
    /// it.
    [[nodiscard]] virtual Result<Taken> append(const std::string& unit, const std::string& sha256,
                                               std::int64_t offset, std::string_view piece,
                                               std::int64_t size) = 0;
    /// A part of a complete file, which must lie within it. Errors: NotFound.
    [[nodiscard]] virtual Result<std::string> read(const std::string& unit, const std::string& sha256,
                                                   std::int64_t offset, std::int64_t count) = 0;
};

/// One folder a unit, one file a blob.
class FolderBlobStore final : public BlobStore
{
public:
    explicit FolderBlobStore(std::string folder) : m_folder(std::move(folder)) {}

    [[nodiscard]] Result<Held> held(const std::string& unit, const std::string& sha256) override;
    [[nodiscard]] Result<Taken> append(const std::string& unit, const std::string& sha256,
                                       std::int64_t offset, std::string_view piece,
                                       std::int64_t size) override;
    [[nodiscard]] Result<std::string> read(const std::string& unit, const std::string& sha256,
                                           std::int64_t offset, std::int64_t count) override;

private:
    [[nodiscard]] std::string pathOf(const std::string& unit, const std::string& sha256) const;

    std::string m_folder;
};

} // namespace motcua::portal
