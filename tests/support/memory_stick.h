// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/stick.h"

#include <limits>
#include <map>
#include <memory>
#include <string>

namespace motcua {

/// A stick in memory that can be full, worn, dishonest about its size, locked or pulled out, and counts
/// what is read of it.
class MemoryStick final : public Stick
{
public:
    std::map<std::string, std::string> files;
    std::size_t capacity = kEndless; ///< of one file
    std::size_t honest = kEndless;   ///< what lies beyond comes back as zeros
    std::size_t pulledAfter = kEndless;
    bool isReadOnly = false;
    std::string worn;                         ///< this file fails in its middle
    std::map<std::string, std::size_t> given; ///< so much was read of each file

    Result<std::vector<File>> bundles() override
    {
        std::vector<File> list;
        for (const auto& [name, bytes] : files) {
            list.push_back({name, static_cast<std::int64_t>(bytes.size())});
        }
        return list;
    }

    Result<std::unique_ptr<BundleSource>> open(const std::string& name) override
    {
        const auto found = files.find(name);
        if (found == files.end()) {
            return fail(ErrorKind::NotFound, name);
        }
        return std::unique_ptr<BundleSource>(std::make_unique<Source>(*this, name, found->second));
    }

    Result<std::unique_ptr<NewFile>> create(const std::string& name) override
    {
        if (isReadOnly) {
            return fail(ErrorKind::Storage, "read-only file system");
        }
        return std::unique_ptr<NewFile>(std::make_unique<Growing>(*this, name));
    }

    [[nodiscard]] std::vector<std::string> names() const
    {
        std::vector<std::string> list;
        for (const auto& [name, bytes] : files) {
            list.push_back(name);
        }
        return list;
    }

private:
    static constexpr std::size_t kEndless = std::numeric_limits<std::size_t>::max();

    /// What the medium gives back.
    class Source final : public BundleSource
    {
    public:
        Source(MemoryStick& stick, const std::string& name, std::string bytes)
            : m_stick(stick), m_given(stick.given[name]), m_bytes(std::move(bytes)),
              m_end(name == stick.worn ? m_bytes.size() / 2 : stick.pulledAfter)
        {
            for (std::size_t i = stick.honest; i < m_bytes.size(); ++i) {
                m_bytes[i] = '\0';
            }
        }
        Result<std::size_t> read(char* into, std::size_t count) override
        {
            const std::size_t end = std::min(m_end, m_stick.pulledAfter);
            if (m_at >= end) {
                return fail(ErrorKind::Storage, "input/output error");
            }
            const std::size_t got = m_bytes.copy(into, std::min(count, end - m_at), m_at);
            m_at += got;
            m_given += got;
            return got;
        }
        Result<void> rewind() override
        {
            m_at = 0;
            return {};
        }

    private:
        MemoryStick& m_stick;
        std::size_t& m_given;
        std::string m_bytes;
        std::size_t m_end;
        std::size_t m_at = 0;
    };

    class Growing final : public NewFile
    {
    public:
        Growing(MemoryStick& stick, std::string name) : m_stick(stick), m_name(std::move(name)) {}
        Result<void> append(std::string_view bytes) override
        {
            m_bytes += bytes;
            if (m_bytes.size() > m_stick.capacity) {
                return fail(ErrorKind::Storage, "no space left on device");
            }
            return m_bytes.size() > m_stick.pulledAfter ? fail(ErrorKind::Storage, "no such device")
                                                        : Result<void>();
        }
        Result<void> flush() override { return {}; }
        Result<std::unique_ptr<BundleSource>> readBack() override
        {
            return std::unique_ptr<BundleSource>(std::make_unique<Source>(m_stick, m_name, m_bytes));
        }
        Result<void> place() override
        {
            m_stick.files[m_name] = m_bytes;
            return {};
        }

    private:
        MemoryStick& m_stick;
        std::string m_name;
        std::string m_bytes;
    };
};

} // namespace motcua
