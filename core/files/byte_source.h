// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace motcua {

/// Bytes that are read from front to back, a piece at a time, so that no file is ever in memory whole.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    /// At most `most` bytes to `to`; 0 at the end, and only there.
    [[nodiscard]] virtual Result<std::size_t> read(char* to, std::size_t most) = 0;
    /// Begins again at the front.
    [[nodiscard]] virtual Result<void> rewind() = 0;
};

/// Reads until `most` bytes are there or the source ends; how many it was.
[[nodiscard]] Result<std::size_t> readFully(ByteSource& source, char* to, std::size_t most);

/// Bytes in memory; they must live as long as this.
class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::string_view bytes) : m_bytes(bytes) {}
    [[nodiscard]] Result<std::size_t> read(char* to, std::size_t most) override;
    [[nodiscard]] Result<void> rewind() override;

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
};

/// A file of the disk. Only an ordinary one: a pipe or a device under the path could hold the reader for ever
/// or never end. Errors of open(): NotFound, Invalid (no ordinary file), Storage, and `unreadable`, as of
/// read(), where the disk does not give it back.
class DiskSource final : public ByteSource
{
public:
    [[nodiscard]] static Result<std::unique_ptr<DiskSource>> open(const std::filesystem::path& path,
                                                                  ErrorKind unreadable = ErrorKind::Storage);
    DiskSource(const DiskSource&) = delete;
    DiskSource& operator=(const DiskSource&) = delete;
    ~DiskSource() override;

    [[nodiscard]] Result<std::size_t> read(char* to, std::size_t most) override;
    [[nodiscard]] Result<void> rewind() override;
    /// As it was when it was opened; it may grow or shrink while it is read.
    [[nodiscard]] std::int64_t size() const { return m_size; }
    /// Stays ours: for a reader that wants a descriptor of its own, to be duplicated.
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    DiskSource(int descriptor, ErrorKind unreadable) : m_descriptor(descriptor), m_unreadable(unreadable) {}
    int m_descriptor;
    ErrorKind m_unreadable;
    std::int64_t m_size = 0;
};

} // namespace motcua
