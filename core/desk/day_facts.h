// SPDX-License-Identifier: GPL-3.0-or-later
// What the day's status is added up from: reads only, and knows nothing of the sums.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/db/connection.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace motcua {

/// A day in Vietnam.
struct DayBounds
{
    Instant from;
    Instant end; ///< exclusive

    [[nodiscard]] bool holds(Instant at) const { return at >= from && at < end; }
};
[[nodiscard]] DayBounds boundsOf(Day day);

struct OwnDossier
{
    std::int64_t id = 0;
    std::string code;
    std::string name;
    bool refused = false; ///< at the desk; a later decision of the city is none of ours
};
/// What was taken in at this desk on the day: it has an entry of ours, what was pulled has none.
[[nodiscard]] Result<std::vector<OwnDossier>> takenInOn(Connection& connection, const DayBounds& bounds);

/// What became of a dossier's operations: the worst of them decides.
enum class DayFate
{
    Confirmed,
    Waiting,
    NeedsYou,
    Withdrawn,
};
[[nodiscard]] Result<DayFate> fateOf(Connection& connection, std::int64_t dossier);

/// How a paper of a dossier came out, over all attempts.
struct PaperOut
{
    bool good = false;
    bool unsure = false;
};

struct PapersOut
{
    PaperOut slip;
    PaperOut refusal;
    PaperOut collection;
};
/// A paper with a number that another one replaced is no paper of the dossier any more.
[[nodiscard]] Result<PapersOut> papersOf(Connection& connection, std::int64_t dossier);

/// The money of one dossier.
struct DossierMoney
{
    std::int64_t owed = 0;
    std::int64_t open = 0;    ///< of it not marked as paid
    std::int64_t paidNow = 0; ///< marked as paid on the day
    bool numbered = false;    ///< each fee that is owed has its receipt's number
    bool anyNumber = false;

    [[nodiscard]] bool isPaid() const { return owed > 0 && open == 0; }
};
[[nodiscard]] DossierMoney moneyOf(const Json& dossier, const DayBounds& bounds);

/// Dossiers whose fees somebody changed here on the day.
[[nodiscard]] Result<std::set<std::int64_t>> paidOn(Connection& connection, const DayBounds& bounds);

} // namespace motcua
