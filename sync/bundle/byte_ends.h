// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace motcua {

/// Where a bundle's bytes come from. Read once from its beginning to its end, or again after rewind().
class BundleSource
{
public:
    virtual ~BundleSource() = default;
    /// Up to `count` bytes; 0 only at the end. Errors: Storage (the stick was pulled out, the disk failed).
    [[nodiscard]] virtual Result<std::size_t> read(char* into, std::size_t count) = 0;
    [[nodiscard]] virtual Result<void> rewind() = 0;
};

/// Where a bundle's bytes go.
class BundleSink
{
public:
    virtual ~BundleSink() = default;
    /// Errors: Storage (full, read-only, pulled out).
    [[nodiscard]] virtual Result<void> append(std::string_view bytes) = 0;
};

/// A bundle in memory: small ones, and those of tests.
class TextSource final : public BundleSource
{
public:
    explicit TextSource(std::string_view bytes) : m_bytes(bytes) {}
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t count) override
    {
        const std::size_t taken = m_bytes.copy(into, count, m_at);
        m_at += taken;
        return taken;
    }
    [[nodiscard]] Result<void> rewind() override
    {
        m_at = 0;
        return {};
    }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
};

} // namespace motcua
