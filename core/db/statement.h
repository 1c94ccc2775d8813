// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace motcua {

class Connection;

namespace detail {
/// Owns a compiled statement; lives in the connection's cache.
struct PreparedStatement
{
    sqlite3_stmt* handle = nullptr;
    bool busy = false;
    explicit PreparedStatement(sqlite3_stmt* statement) : handle(statement) {}
    PreparedStatement(const PreparedStatement&) = delete;
    PreparedStatement& operator=(const PreparedStatement&) = delete;
    ~PreparedStatement();
};
} // namespace detail

/// One use of a prepared statement: bind, then step or run. Reset when it goes out of scope. Must not
/// outlive its connection. Text bound stays with the caller until the use ends.
class Statement
{
public:
    Statement(Connection& connection, detail::PreparedStatement& prepared);
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Binds by name (":code"). The text is not copied: it must live until the statement is reset.
    Statement& bind(const char* name, std::string_view text);
    Statement& bind(const char* name, const std::string& text) { return bind(name, std::string_view(text)); }
    Statement& bind(const char* name, const char* text) { return bind(name, std::string_view(text)); }
    Statement& bind(const char* name, std::int64_t number);
    Statement& bind(const char* name, int number) { return bind(name, static_cast<std::int64_t>(number)); }
    Statement& bind(const char* name, std::nullptr_t);
    Statement& bindBlob(const char* name, std::string_view bytes);
    template<class T> Statement& bind(const char* name, const std::optional<T>& value)
    {
        return value ? bind(name, *value) : bind(name, nullptr);
    }
    Statement& bind(const char* name, bool) = delete;
    Statement& bind(const char* name, std::string&& temporary) = delete; ///< it would be gone before the step

    /// True: a row is there. False: done. "No row" and "error" are never confused.
    [[nodiscard]] Result<bool> step();
    /// For statements without rows.
    [[nodiscard]] Result<void> run();
    /// Makes the statement ready for other values; for loops over many rows.
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    /// Valid until the next step or reset.
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::optional<std::string> optionalText(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;

private:
    [[nodiscard]] int indexOf(const char* name) const;

    Connection* m_connection;
    detail::PreparedStatement* m_prepared;
};

} // namespace motcua
