// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace motcua {

class Connection;

/// Atomicity as a scope: begun immediately (so that no reader turns into a writer halfway and fails),
/// undone when the scope ends without commit(). A finished transaction knows that it is finished.
class Transaction
{
public:
    [[nodiscard]] static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// After success everything since begin() is on the disk. After failure nothing of it is.
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Connection& connection) : m_connection(&connection) {}
    void rollBack();

    Connection* m_connection; ///< none once finished
};

} // namespace motcua
