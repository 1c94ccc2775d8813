// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/table_reader.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct zip;
struct zip_file;

namespace motcua {

/// One part of an XLSX file, unpacked as it is read. It ends with an error where it grows beyond its limits.
class PackagePart
{
public:
    PackagePart(zip_file* file, std::uint64_t packed, std::uint64_t most, std::uint64_t ratio);
    /// At most as many bytes as `room`; 0 at the end. Invalid, Storage.
    [[nodiscard]] Result<std::size_t> read(std::span<char> room);
    [[nodiscard]] std::uint64_t done() const { return m_done; }

private:
    struct Close
    {
        void operator()(zip_file* file) const;
    };
    std::unique_ptr<zip_file, Close> m_file;
    std::uint64_t m_packed;
    std::uint64_t m_most;
    std::uint64_t m_ratio;
    std::uint64_t m_done = 0;
};

/// The parts of an XLSX file by their names inside. Nothing is ever written to the disk, so that no name in
/// it is a path of ours.
class Package
{
public:
    /// Invalid where it is no zip, is cut off, or has more parts than any workbook; Storage.
    [[nodiscard]] static Result<Package> open(const std::filesystem::path& path);
    [[nodiscard]] bool has(const std::string& name) const;
    /// NotFound.
    [[nodiscard]] Result<PackagePart> part(const std::string& name, std::uint64_t most,
                                           std::uint64_t ratio) const;
    /// Its size unpacked, as the file says.
    [[nodiscard]] std::uint64_t sizeOf(const std::string& name) const;

private:
    struct Close
    {
        void operator()(zip* archive) const;
    };
    explicit Package(zip* archive) : m_archive(archive) {}
    std::unique_ptr<zip, Close> m_archive;
};

/// What a reader of XML is told. Names come without their prefix.
class XmlListener
{
public:
    using Attributes = const char**; ///< name, value, …, null
    virtual ~XmlListener() = default;
    virtual void begin(std::string_view name, Attributes attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view piece) = 0;
    /// Why reading must stop; empty: it need not.
    std::string trouble;
};
/// The value of an attribute, empty where it is missing.
[[nodiscard]] std::string_view attribute(XmlListener::Attributes attributes, std::string_view name);

/// Reads XML piece by piece. No document type, so no entities of its own and none from outside; bounded
/// depth.
class XmlReader
{
public:
    explicit XmlReader(XmlListener& listener);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// Invalid where it is no XML, or the listener says so.
    [[nodiscard]] Result<void> feed(std::string_view piece, bool isLast);
    /// All of a part.
    [[nodiscard]] Result<void> feedAll(PackagePart& part);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace motcua
