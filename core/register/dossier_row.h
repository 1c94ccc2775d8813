// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/dossier/status.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// One line of a list: only what stands in the narrow table.
struct DossierRow
{
    std::int64_t id = 0;
    std::string uid;
    std::string code;
    std::string procedure;
    std::string field;
    std::string channel;
    std::string name; ///< the applicant's
    std::optional<std::string> personalId;
    std::optional<std::string> phone;
    Status status = Status::Received;
    Instant received;
    std::optional<Instant> due;
    std::optional<Instant> finished;
    std::optional<Instant> returned;
    std::optional<std::string> officialCode;
    std::optional<std::string> clientRef;
    bool gone = false; ///< taken away by the city; never deleted here

    bool operator==(const DossierRow&) const = default;
};

/// A whole dossier as it stands here.
struct DossierView
{
    DossierRow row;
    Json dossier;                   ///< the contract's Dossier
    std::optional<std::string> rev; ///< last agreed with the portal

    bool operator==(const DossierView&) const = default;
};

struct FieldChange
{
    std::string pointer;
    Json from; ///< null: was not there
    Json to;   ///< null: removed
};

/// One line of a dossier's history.
struct HistoryEntry
{
    std::int64_t seq = 0; ///< of our journal; 0 for what came from the portal
    Instant at;
    std::string official;
    std::string kind;
    std::vector<FieldChange> changes;
    std::string note; ///< reason or remark
    /// Why `at` may be wrong, empty where nothing speaks against it: "went-back" (the computer's clock was
    /// behind the entry before), "portal-differs" (behind or ahead of the portal's), "ahead-of-portal" (the
    /// portal confirmed it before it is said to have happened).
    std::string clockDoubt{};
    std::optional<Millis> clockOffset{}; ///< estimated: what would have to be added
    std::int64_t position = 0; ///< in our journal; of what came from the portal, the entry before it came
};

/// Why a dossier was refused, at intake or by a later step; empty when nobody wrote it down here.
[[nodiscard]] std::string refusalReason(const std::vector<HistoryEntry>& history);

struct Hits
{
    std::vector<DossierRow> rows;
    bool more = false;
    std::int64_t micros = 0;
};

enum class ListOrder
{
    NewestFirst,
    DueFirst,
};

struct ListFilter
{
    std::optional<Status> status;
    std::optional<Instant> dueBefore; ///< open ones only
    std::optional<std::string> procedure;
    std::optional<std::int64_t> limit;
    std::int64_t offset = 0;
    ListOrder order = ListOrder::NewestFirst;
};

} // namespace motcua
