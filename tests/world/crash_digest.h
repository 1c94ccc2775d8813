// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

/// A hash over everything that a register says: its schema and each row of each table, those below the search
/// index included. Two registers with one digest hold the same. Keeps the texts of its questions as long as
/// the schema stays the same, so that a million of them are affordable.
class RegisterDigest
{
public:
    explicit RegisterDigest(Connection& connection) : m_connection(connection) {}
    [[nodiscard]] Result<std::uint64_t> now();

private:
    struct Question
    {
        std::string text;
        int columns = 0;
    };
    [[nodiscard]] Result<void> readSchema();

    Connection& m_connection;
    std::uint64_t m_schema = 0;
    std::vector<Question> m_questions;
};

/// Good enough to tell states apart, and fast: 64 bits.
[[nodiscard]] std::uint64_t quickHash(std::string_view bytes, std::uint64_t before = 0);

} // namespace motcua
