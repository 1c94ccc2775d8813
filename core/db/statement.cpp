// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/statement.h"

#include "core/base/check.h"
#include "core/db/connection.h"

#include <sqlite3.h>

namespace motcua {

detail::PreparedStatement::~PreparedStatement()
{
    sqlite3_finalize(handle);
}

Statement::Statement(Connection& connection, detail::PreparedStatement& prepared)
    : m_connection(&connection), m_prepared(&prepared)
{
    require(!prepared.busy, "a statement is not used twice at once");
    prepared.busy = true;
}

Statement::Statement(Statement&& other) noexcept
    : m_connection(other.m_connection), m_prepared(std::exchange(other.m_prepared, nullptr))
{}

Statement::~Statement()
{
    if (m_prepared != nullptr) {
        reset();
        m_prepared->busy = false;
    }
}

int Statement::indexOf(const char* name) const
{
    const int index = sqlite3_bind_parameter_index(m_prepared->handle, name);
    require(index > 0, name);
    return index;
}

Statement& Statement::bind(const char* name, std::string_view text)
{
    // A null pointer would bind NULL; an empty text is a value.
    const char* data = text.data() == nullptr ? "" : text.data();
    sqlite3_bind_text64(m_prepared->handle, indexOf(name), data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(const char* name, std::int64_t number)
{
    sqlite3_bind_int64(m_prepared->handle, indexOf(name), number);
    return *this;
}

Statement& Statement::bind(const char* name, std::nullptr_t)
{
    sqlite3_bind_null(m_prepared->handle, indexOf(name));
    return *this;
}

Statement& Statement::bindBlob(const char* name, std::string_view bytes)
{
    const char* data = bytes.data() == nullptr ? "" : bytes.data();
    sqlite3_bind_blob64(m_prepared->handle, indexOf(name), data, bytes.size(), SQLITE_STATIC);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_prepared->handle);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    const Error error = m_connection->lastError(sqlite3_sql(m_prepared->handle));
    sqlite3_reset(m_prepared->handle);
    return tl::unexpected(error);
}

Result<void> Statement::run()
{
    const bool row = TRY(step());
    require(!row, "a statement that is run gives no rows");
    sqlite3_reset(m_prepared->handle);
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_prepared->handle);
    sqlite3_clear_bindings(m_prepared->handle);
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_prepared->handle, column);
}

std::string_view Statement::view(int column) const
{
    // For text as for blobs: sqlite3_column_blob gives the stored bytes of both without converting.
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_prepared->handle, column));
    const int size = sqlite3_column_bytes(m_prepared->handle, column);
    return data == nullptr ? std::string_view{} : std::string_view{data, static_cast<std::size_t>(size)};
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_prepared->handle, column) == SQLITE_NULL;
}

std::optional<std::string> Statement::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

} // namespace motcua
