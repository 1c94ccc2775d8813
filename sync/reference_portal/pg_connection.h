// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct pg_conn;
struct pg_result;

namespace motcua::portal {

/// The text of a statement: a constant of the program, so that no value can ever be part of it.
class PgSql
{
public:
    consteval PgSql(const char* text) : m_text(text) {}
    [[nodiscard]] const char* text() const { return m_text; }

private:
    const char* m_text;
};

/// One value for a statement. Texts and bytes stay with the caller until the statement has run. A text with
/// a zero byte in it is refused by the server; what people wrote goes in as JSON or as bytes.
class PgValue
{
public:
    PgValue(std::string_view bytes) : m_view(bytes) {}
    PgValue(const std::string& text) : m_view(text) {}
    PgValue(const char* text) : m_view(text) {}
    PgValue(std::int64_t number);
    PgValue(int number) : PgValue(static_cast<std::int64_t>(number)) {}
    PgValue(Instant at) : PgValue(toMillis(at)) {}
    PgValue(std::nullopt_t) : m_isNull(true) {}
    PgValue(bool truth) : m_view(truth ? std::string_view("\1", 1) : std::string_view("\0", 1)) {}
    template<class T>
    PgValue(const std::optional<T>& value) : PgValue(value ? PgValue(*value) : PgValue(std::nullopt))
    {}

    [[nodiscard]] bool isNull() const { return m_isNull; }
    [[nodiscard]] bool isNumber() const { return m_size > 0; }
    [[nodiscard]] std::string_view view() const { return m_view; }
    [[nodiscard]] const char* digits() const { return m_digits; }

private:
    std::string_view m_view;
    char m_digits[24] = ""; ///< of a number, ended by a zero
    std::size_t m_size = 0;
    bool m_isNull = false;
};

/// What a statement answered.
class PgRows
{
public:
    explicit PgRows(pg_result* result);

    [[nodiscard]] pg_result* raw() const { return m_result.get(); }
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// Rows that an INSERT, UPDATE or DELETE has written.
    [[nodiscard]] std::int64_t written() const;

    [[nodiscard]] bool isNull(int row, int column) const;
    /// Valid as long as the rows are.
    [[nodiscard]] std::string_view view(int row, int column) const;
    [[nodiscard]] std::string text(int row, int column) const { return std::string(view(row, column)); }
    [[nodiscard]] std::optional<std::string> optionalText(int row, int column) const;
    /// Of a bigint, integer, smallint or boolean.
    [[nodiscard]] std::int64_t number(int row, int column) const;
    [[nodiscard]] bool flag(int row, int column) const { return number(row, column) != 0; }
    [[nodiscard]] std::optional<std::int64_t> optionalNumber(int row, int column) const;

private:
    struct Free
    {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Free> m_result;
    int m_count;
};

/// One connection to one PostgreSQL database; commits are on its disk (synchronous_commit is never off).
/// One thread at a time. A lost connection is made again when the next transaction, or the next statement
/// outside of one, begins.
///
/// Errors: Duplicate (a UNIQUE constraint, a deadlock: somebody else was first; read again), Locked (the
/// database cannot be reached, or a lock was not given in time; nothing was done), Invalid (any other
/// constraint), Storage (all else; of commit() nobody knows whether it happened).
class PgConnection
{
public:
    /// `url`: postgresql://…, with all that libpq understands; a password may also come from PGPASSFILE.
    [[nodiscard]] static Result<std::shared_ptr<PgConnection>> open(const std::string& url);
    PgConnection(const PgConnection&) = delete;
    PgConnection& operator=(const PgConnection&) = delete;

    /// Runs a statement, which is prepared once a connection.
    [[nodiscard]] Result<PgRows> run(PgSql sql, std::initializer_list<PgValue> values = {});
    /// Runs a script of several statements; for migrations.
    [[nodiscard]] Result<void> script(const char* text);

    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> commit();
    void rollBack();
    [[nodiscard]] bool inTransaction() const { return m_isOpen; }
    /// Counts connections made: what was remembered of an earlier one may not hold any more.
    [[nodiscard]] int generation() const { return m_generation; }

private:
    explicit PgConnection(std::string url) : m_url(std::move(url)) {}
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> ensure();
    [[nodiscard]] Result<const std::string*> prepared(PgSql sql);
    [[nodiscard]] tl::unexpected<Error> failure(const pg_result* result, bool isCommit = false);

    struct Close
    {
        void operator()(pg_conn* connection) const;
    };
    std::string m_url;
    std::unique_ptr<pg_conn, Close> m_connection;
    std::unordered_map<const char*, std::string> m_prepared; ///< names by the constant's address
    bool m_isOpen = false;                                   ///< a transaction
    bool m_isLost = false;                                   ///< the connection, whatever libpq thinks of it
    int m_generation = 0;
};

} // namespace motcua::portal
