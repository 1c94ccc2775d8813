// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <utility>

namespace motcua::portal {

/// A store whose changes belong together in transactions.
class TransactionalStore
{
public:
    virtual ~TransactionalStore() = default;

    /// One transaction as a scope: undone when the scope ends without commit().
    class Work
    {
    public:
        Work(Work&& other) noexcept : m_store(std::exchange(other.m_store, nullptr)) {}
        Work& operator=(Work&&) = delete;
        Work(const Work&) = delete;
        Work& operator=(const Work&) = delete;
        ~Work()
        {
            if (m_store != nullptr) {
                m_store->rollBackWork();
            }
        }
        /// After success everything since the beginning is on the disk. Once only.
        [[nodiscard]] Result<void> commit() { return std::exchange(m_store, nullptr)->commitWork(); }

    private:
        friend class TransactionalStore;
        explicit Work(TransactionalStore& store) : m_store(&store) {}
        TransactionalStore* m_store; ///< none once finished
    };

protected:
    /// For a transaction that the store has just begun.
    [[nodiscard]] Work begun() { return Work(*this); }
    [[nodiscard]] virtual Result<void> commitWork() = 0;
    virtual void rollBackWork() = 0;
};

} // namespace motcua::portal
