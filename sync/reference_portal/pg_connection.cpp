// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/pg_connection.h"

#include "core/base/check.h"

#include <array>
#include <cstring>
#include <libpq-fe.h>
#include <vector>

namespace motcua::portal {

namespace {

constexpr int kBinary = 1;

/// Bounds on everything that could hold a portal up, where the database's owner has set none: another portal
/// that stopped in the middle of its work, a statement that never ends. synchronous_commit may be more than
/// on, never less.
constexpr const char* kSession = R"(
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
    SET search_path = motcua_dossiers, motcua_keys;
    SELECT set_config(name, '5s', false) FROM pg_settings WHERE name = 'lock_timeout' AND setting = '0';
    SELECT set_config(name, '20s', false) FROM pg_settings
    WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout') AND setting = '0';
    SET jit = off;
)";

std::string stateOf(const pg_result* result)
{
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state == nullptr ? std::string() : state;
}

/// SQLSTATE to what can be acted on (PostgreSQL 15, appendix A).
ErrorKind kindOf(std::string_view state)
{
    const auto isOneOf = [state](std::initializer_list<std::string_view> states) {
        return std::find(states.begin(), states.end(), state) != states.end();
    };
    if (isOneOf({"23505", "40001", "40P01"})) { // unique_violation, serialization_failure, deadlock_detected
        return ErrorKind::Duplicate;
    }
    // lock_not_available, query_canceled, idle_in_transaction_session_timeout, read_only_sql_transaction,
    // too_many_connections, and the server going or coming
    if (isOneOf({"55P03", "57014", "25P03", "25006", "53300"}) || state.starts_with("57P") ||
        state.starts_with("08")) {
        return ErrorKind::Locked;
    }
    return state.starts_with("22") || state.starts_with("23") ? ErrorKind::Invalid : ErrorKind::Storage;
}

std::int64_t bigEndian(std::string_view bytes)
{
    std::int64_t value = !bytes.empty() && (bytes.front() & 0x80) != 0 ? -1 : 0;
    for (const char byte : bytes) {
        value = static_cast<std::int64_t>((static_cast<std::uint64_t>(value) << 8) |
                                          static_cast<unsigned char>(byte));
    }
    return value;
}

} // namespace

PgValue::PgValue(std::int64_t number)
{
    const auto end = std::to_chars(m_digits, m_digits + sizeof m_digits, number).ptr;
    m_size = static_cast<std::size_t>(end - m_digits);
}

void PgRows::Free::operator()(pg_result* result) const
{
    PQclear(result);
}

PgRows::PgRows(pg_result* result) : m_result(result), m_count(PQntuples(result)) {}

std::int64_t PgRows::written() const
{
    const char* text = PQcmdTuples(m_result.get());
    std::int64_t count = 0;
    std::from_chars(text, text + std::strlen(text), count);
    return count;
}

bool PgRows::isNull(int row, int column) const
{
    return PQgetisnull(m_result.get(), row, column) != 0;
}

std::string_view PgRows::view(int row, int column) const
{
    return {PQgetvalue(m_result.get(), row, column),
            static_cast<std::size_t>(PQgetlength(m_result.get(), row, column))};
}

std::optional<std::string> PgRows::optionalText(int row, int column) const
{
    return isNull(row, column) ? std::nullopt : std::optional(text(row, column));
}

std::int64_t PgRows::number(int row, int column) const
{
    return bigEndian(view(row, column));
}

std::optional<std::int64_t> PgRows::optionalNumber(int row, int column) const
{
    return isNull(row, column) ? std::nullopt : std::optional(number(row, column));
}

void PgConnection::Close::operator()(pg_conn* connection) const
{
    PQfinish(connection);
}

Result<std::shared_ptr<PgConnection>> PgConnection::open(const std::string& url)
{
    std::shared_ptr<PgConnection> connection(new PgConnection(url));
    TRY(connection->connect());
    return connection;
}

Result<void> PgConnection::connect()
{
    // What stands before the URL can be overruled by it, what stands behind it cannot.
    const std::array<const char*, 8> names{
        "connect_timeout",           "keepalives_idle", "keepalives_interval", "tcp_user_timeout",
        "fallback_application_name", "dbname",          "client_encoding",     nullptr};
    const std::array<const char*, 8> values{"5",           "10",   "5",    "15000", "motcua-portal",
                                            m_url.c_str(), "UTF8", nullptr};
    m_prepared.clear();
    m_isOpen = false;
    m_isLost = false;
    m_connection.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (!m_connection || PQstatus(m_connection.get()) != CONNECTION_OK) {
        const std::string why = m_connection ? PQerrorMessage(m_connection.get()) : "no memory";
        return fail(ErrorKind::Locked, "the database cannot be reached: " + why);
    }
    PQsetNoticeProcessor(
        m_connection.get(), [](void*, const char*) {}, nullptr);
    ++m_generation;
    return script(kSession);
}

Result<void> PgConnection::ensure()
{
    if (m_isOpen || (!m_isLost && PQstatus(m_connection.get()) == CONNECTION_OK)) {
        return {};
    }
    return connect();
}

tl::unexpected<Error> PgConnection::failure(const pg_result* result, bool isCommit)
{
    const std::string state = stateOf(result);
    // What libpq says by itself it says of the connection, and not always marks it at once.
    const bool isLost = PQstatus(m_connection.get()) != CONNECTION_OK || state.empty();
    m_isLost = m_isLost || isLost;
    const std::string why = PQerrorMessage(m_connection.get());
    const ErrorKind kind = kindOf(state);
    if (isCommit && isLost) {
        return fail(ErrorKind::Storage, "the answer to a commit was lost: " + why);
    }
    return fail(isLost ? ErrorKind::Locked : kind, "PostgreSQL " + state + ": " + why);
}

Result<const std::string*> PgConnection::prepared(PgSql sql)
{
    const auto known = m_prepared.find(sql.text());
    if (known != m_prepared.end()) {
        return &known->second;
    }
    const std::string name = "s" + std::to_string(m_prepared.size());
    const PgRows done(PQprepare(m_connection.get(), name.c_str(), sql.text(), 0, nullptr));
    if (PQresultStatus(done.raw()) != PGRES_COMMAND_OK) {
        return failure(done.raw());
    }
    return &m_prepared.emplace(sql.text(), name).first->second;
}

Result<PgRows> PgConnection::run(PgSql sql, std::initializer_list<PgValue> values)
{
    TRY(ensure());
    const std::string& name = *TRY(prepared(sql));
    constexpr std::size_t kValuesMax = 24;
    require(values.size() <= kValuesMax, "a statement has few values");
    // Numbers go as digits, whatever integer the column is; all else as its bytes with their length.
    std::array<const char*, kValuesMax> starts{};
    std::array<int, kValuesMax> lengths{};
    std::array<int, kValuesMax> formats{};
    std::size_t i = 0;
    for (const PgValue& value : values) {
        const char* bytes = value.view().data() == nullptr ? "" : value.view().data();
        starts[i] = value.isNull() ? nullptr : value.isNumber() ? value.digits() : bytes;
        lengths[i] = static_cast<int>(value.view().size());
        formats[i] = value.isNumber() ? 0 : kBinary;
        ++i;
    }
    PgRows rows(PQexecPrepared(m_connection.get(), name.c_str(), static_cast<int>(values.size()),
                               starts.data(), lengths.data(), formats.data(), kBinary));
    const auto status = PQresultStatus(rows.raw());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        return failure(rows.raw());
    }
    return rows;
}

Result<void> PgConnection::script(const char* text)
{
    const PgRows done(PQexec(m_connection.get(), text));
    const auto status = PQresultStatus(done.raw());
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ? Result<void>() : failure(done.raw());
}

Result<void> PgConnection::begin()
{
    require(!m_isOpen, "transactions do not nest");
    TRY(ensure());
    TRY(run("BEGIN"));
    m_isOpen = true;
    return {};
}

Result<void> PgConnection::commit()
{
    require(m_isOpen, "a transaction is committed once");
    m_isOpen = false;
    const PgRows done(PQexec(m_connection.get(), "COMMIT"));
    if (PQresultStatus(done.raw()) != PGRES_COMMAND_OK) {
        return failure(done.raw(), true);
    }
    // A transaction that has failed before answers to COMMIT with ROLLBACK, and that is no error to it.
    return std::string_view(PQcmdStatus(done.raw())) == "COMMIT"
               ? Result<void>()
               : fail(ErrorKind::Storage, "the transaction had failed before");
}

void PgConnection::rollBack()
{
    m_isOpen = false;
    if (PQtransactionStatus(m_connection.get()) != PQTRANS_IDLE) {
        // When even this fails the connection is lost, and the server rolls back by itself.
        const PgRows done(PQexec(m_connection.get(), "ROLLBACK"));
    }
}

} // namespace motcua::portal
