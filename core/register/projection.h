// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/db/connection.h"
#include "core/people/people_index.h"
#include "core/register/search_index.h"

#include <functional>
#include <optional>
#include <string>

namespace motcua {

/// Where a dossier's body already lies as a fact, so that it is not stored twice.
struct BodySource
{
    std::optional<std::int64_t> entry; ///< journal position of the `dossier.received` that holds it
    std::optional<std::int64_t> pull;  ///< or the pulled row
};

/// What the list needs to know that does not stand in the dossier itself.
struct AgreedState
{
    std::optional<std::string> rev;
    std::optional<std::int64_t> seq;
    std::optional<std::string> epoch;
    bool gone = false;
};

/// A dossier as it stands here, and when it was closed: finished, or else refused, withdrawn or stopped. The
/// second does not stand in the contract's Dossier, but the reports count by it.
struct Standing
{
    Json dossier;
    std::optional<Instant> closed;
};

/// `closed` after a step from `before` to `after` that happened at `at`.
[[nodiscard]] std::optional<Instant> closedAfter(const Standing& before, const Json& after, Instant at);

/// The procedure's field (lĩnh vực) as in force on the day of receipt; kept with the row for the reports.
using FieldOf = std::function<std::string(const std::string& procedure, Day received)>;

/// Writes the register's rows: the narrow row, the body where it lies nowhere else, the search words, the
/// persons. Must run inside the transaction that wrote the fact. The dossier given is valid.
class DossierProjection
{
public:
    DossierProjection(Connection& connection, FieldOf fieldOf)
        : m_connection(connection), m_search(connection), m_people(connection), m_fieldOf(std::move(fieldOf))
    {}

    /// The id that the next new dossier gets.
    [[nodiscard]] Result<std::int64_t> nextId();
    [[nodiscard]] Result<void> insert(std::int64_t id, const std::string& uid, const Standing& standing,
                                      BodySource source, const AgreedState& agreed,
                                      const std::optional<std::string>& clientRef);
    /// Replaces what the row showed (`before`) by `after`.
    [[nodiscard]] Result<void> update(std::int64_t id, const Json& before, const Standing& after,
                                      BodySource source);
    [[nodiscard]] Result<void> setAgreed(std::int64_t id, const AgreedState& agreed);

    /// The dossier as it stands: the body with the row's columns over it. Reads only.
    [[nodiscard]] Result<Standing> load(std::int64_t id);

    /// The highest number of a slot on a day, those of paper mode left out.
    [[nodiscard]] Result<std::optional<int>> highestNumber(Day day, int slot);
    /// Whether any dossier here has this code now.
    [[nodiscard]] Result<bool> isBorne(const std::string& code);
    /// Duplicate where the number was given before.
    [[nodiscard]] Result<void> takeNumber(Day day, int slot, int number, std::int64_t id);

    /// Everything here forgotten, for a rebuild.
    [[nodiscard]] Result<void> clear();

    /// The persons of all dossiers that have none, in a register from before there was such a table. Needs no
    /// field of a procedure.
    [[nodiscard]] Result<void> fillPeople();

private:
    [[nodiscard]] Result<void> storeBody(std::int64_t id, const Json& dossier, BodySource source);
    [[nodiscard]] Result<Json> loadBody(std::int64_t id, std::optional<std::int64_t> entry,
                                        std::optional<std::int64_t> pull);

    Connection& m_connection;
    SearchIndex m_search;
    PeopleIndex m_people;
    FieldOf m_fieldOf;
};

} // namespace motcua
