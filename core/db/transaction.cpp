// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"

#include "core/base/check.h"
#include "core/db/connection.h"

#include <utility>

namespace motcua {

Result<Transaction> Transaction::begin(Connection& connection)
{
    require(!connection.inTransaction(), "transactions do not nest");
    auto statement = TRY(connection.prepare("BEGIN IMMEDIATE"));
    TRY(statement.run());
    return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{}

Transaction::~Transaction()
{
    if (m_connection != nullptr) {
        rollBack();
    }
}

Result<void> Transaction::commit()
{
    require(m_connection != nullptr, "a transaction is committed once");
    auto statement = TRY(m_connection->prepare("COMMIT"));
    auto done = statement.run();
    if (!done) {
        rollBack();
    }
    m_connection = nullptr;
    return done;
}

void Transaction::rollBack()
{
    // SQLite rolls back by itself after some errors (disk full, I/O); a second one would be an error.
    if (!m_connection->inTransaction()) {
        return;
    }
    if (auto statement = m_connection->prepare("ROLLBACK")) {
        // When even this fails the log's tail is not valid, and the next opening ignores it.
        static_cast<void>(statement->run());
    }
}

} // namespace motcua
