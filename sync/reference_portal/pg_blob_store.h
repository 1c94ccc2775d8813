// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/blob_store.h"
#include "sync/reference_portal/pg_connection.h"

#include <memory>

namespace motcua::portal {

/// Files in the database, a row a piece: one backup and one replica hold everything, and of two portals that
/// append at the same place the primary key lets one.
class PgBlobStore final : public BlobStore
{
public:
    explicit PgBlobStore(std::shared_ptr<PgConnection> database) : m_database(std::move(database)) {}

    [[nodiscard]] Result<Held> held(const std::string& unit, const std::string& sha256) override;
    [[nodiscard]] Result<Taken> append(const std::string& unit, const std::string& sha256,
                                       std::int64_t offset, std::string_view piece,
                                       std::int64_t size) override;
    [[nodiscard]] Result<std::string> read(const std::string& unit, const std::string& sha256,
                                           std::int64_t offset, std::int64_t count) override;

private:
    [[nodiscard]] Result<Taken> appendInside(const std::string& unit, const std::string& sha256,
                                             std::int64_t offset, std::string_view piece, std::int64_t size);
    [[nodiscard]] Result<bool> isRight(const std::string& unit, const std::string& sha256);

    std::shared_ptr<PgConnection> m_database;
};

} // namespace motcua::portal
