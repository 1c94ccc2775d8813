// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/byte_ends.h"

#include <cstdlib>
#include <memory>
#include <string>

namespace motcua {

/// An open file descriptor that closes itself.
class FileHandle
{
public:
    explicit FileHandle(int value = -1) : m_value(value) {}
    FileHandle(FileHandle&& other) noexcept : m_value(other.release()) {}
    FileHandle& operator=(FileHandle&& other) noexcept;
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle();

    [[nodiscard]] int value() const { return m_value; }
    [[nodiscard]] bool isOpen() const { return m_value >= 0; }
    int release();

private:
    int m_value;
};

/// An error of kind Storage with what the system said last; NotFound where nothing is there.
[[nodiscard]] tl::unexpected<Error> fileFailure(const std::string& what);
[[nodiscard]] Result<void> writeWhole(const FileHandle& file, std::string_view bytes);

/// Reads an open file from its beginning.
class FileSource final : public BundleSource
{
public:
    explicit FileSource(FileHandle file) : m_file(std::move(file)) {}
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t count) override;
    [[nodiscard]] Result<void> rewind() override;

private:
    FileHandle m_file;
};

/// Reads a file past the system's memory of it (O_DIRECT), so that what comes is what the medium holds.
class DirectSource final : public BundleSource
{
public:
    explicit DirectSource(FileHandle file);
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t count) override;
    [[nodiscard]] Result<void> rewind() override;

private:
    struct Freed
    {
        void operator()(char* memory) const { std::free(memory); }
    };
    FileHandle m_file;
    std::unique_ptr<char, Freed> m_buffer; ///< aligned as the medium wants it
    std::size_t m_have = 0;
    std::size_t m_taken = 0;
};

/// A file without a name: only this object reaches it, and it is gone with it.
class PrivateFile final : public BundleSource, public BundleSink
{
public:
    [[nodiscard]] static Result<std::unique_ptr<PrivateFile>> create(const std::string& folder);
    [[nodiscard]] Result<void> append(std::string_view bytes) override;
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t count) override;
    [[nodiscard]] Result<void> rewind() override;

private:
    explicit PrivateFile(FileHandle file) : m_file(std::move(file)) {}
    FileHandle m_file;
};

} // namespace motcua
