// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "core/files/byte_source.h"

#include <memory>
#include <string_view>

namespace motcua {

/// What a whole file is, by its plain bytes.
struct Digest
{
    Hash sha256{};
    std::int64_t size = 0;
};

/// Computes a digest as the bytes come.
class Digester
{
public:
    Digester();
    Digester(const Digester&) = delete;
    Digester& operator=(const Digester&) = delete;
    ~Digester();
    void add(std::string_view bytes);
    [[nodiscard]] Digest digest(); ///< once

private:
    struct Context;
    std::unique_ptr<Context> m_context;
    std::int64_t m_size = 0;
};

/// Reads a source from front to back. Invalid when it is longer than `sizeMax`.
[[nodiscard]] Result<Digest> digestOf(ByteSource& plain, std::int64_t sizeMax);

} // namespace motcua
