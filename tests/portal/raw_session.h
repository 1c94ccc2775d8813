// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <catch2/catch.hpp>
#include <libpq-fe.h>
#include <memory>
#include <string>

namespace motcua::test {

/// A session of its own in a portal's database, which keeps to none of the portal's customs: what it writes
/// stands for a portal that came between a look and a write.
class RawSession
{
public:
    explicit RawSession(const std::string& url) : m_connection(PQconnectdb(url.c_str()))
    {
        REQUIRE(PQstatus(m_connection.get()) == CONNECTION_OK);
        run("SET search_path = motcua_dossiers, motcua_keys");
    }
    /// The first value of the answer, if there is one.
    std::string run(const std::string& statement)
    {
        PGresult* result = PQexec(m_connection.get(), statement.c_str());
        const auto status = PQresultStatus(result);
        INFO(statement << ": " << PQerrorMessage(m_connection.get()));
        REQUIRE((status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK));
        std::string value = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
        PQclear(result);
        return value;
    }
    /// Returns once some other session of the database waits for a lock. Each look takes a moment of the
    /// server's time, so this is no busy wait.
    void awaitSomebodyWaiting()
    {
        const std::string question =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock'";
        for (int i = 0; i < 100'000; ++i) {
            run("SELECT pg_stat_clear_snapshot()");
            if (run(question) != "0") {
                return;
            }
        }
        FAIL("nobody waits");
    }

private:
    struct Close
    {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    std::unique_ptr<PGconn, Close> m_connection;
};

} // namespace motcua::test
