// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/problem.h"
#include "core/catalogue/calendar.h"
#include "core/catalogue/term.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// The office's hours. The defaults are the convention of the state's offices; each unit may set its own.
struct OfficeHours
{
    Millis morningOpens = std::chrono::hours{7} + std::chrono::minutes{30};
    Millis morningCloses = std::chrono::hours{11} + std::chrono::minutes{30};
    Millis afternoonOpens = std::chrono::hours{13} + std::chrono::minutes{30};
    Millis afternoonCloses = std::chrono::hours{17};
    Millis promised = std::chrono::hours{16} + std::chrono::minutes{30}; ///< the hour of an appointment
    Millis sameDayUntil = std::chrono::hours{15}; ///< the 15:00 rule; exactly 15:00 is still the same day
};

/// While the dossier waits for the citizen. The days from that of `from` to the day before that of `to` do
/// not count; without `to` it still waits, and no appointment can be named.
struct Suspension
{
    Instant from;
    std::optional<Instant> to{};
};

enum class Extended
{
    No,
    Yes,
};

struct DeadlineOptions
{
    OfficeHours hours{};
    Extended extended = Extended::No;
    std::vector<Suspension> suspensions{};
    std::string channel = "counter";
};

/// A day between receipt and appointment, and why it counted or not.
struct DeadlineStep
{
    Day day;
    bool counted;
    std::string because; ///< Vietnamese
};

struct Deadline
{
    std::optional<Instant> dueAt{};
    std::string unit{};                  ///< as toString(TermUnit)
    std::vector<DeadlineStep> steps{};   ///< in order, without gaps from the receipt to the appointment
    std::vector<std::string> warnings{}; ///< Vietnamese: what the official should check
    std::string reason{};                ///< Vietnamese: why there is no appointment; else empty
};

/// The appointment that a dossier received then gets. Pure: the same arguments give the same answer.
/// Problem `no-term` where the catalogue does not know the limit, `no-extension` where it knows no longer
/// one, `suspension` where one ends before it begins. No appointment but a reason: another agency's matters,
/// repealed procedures, an extension by agreement, and while the dossier waits for the citizen.
///
/// Counting: BLDS Điều 147–148 (the day of receipt does not count; an end on a day off moves on). Conventions
/// where the law is silent: received after hours or on a day off counts as received when the next working day
/// opens; a half day counts, and an hour promised in its afternoon moves to the next working day.
[[nodiscard]] tl::expected<Deadline, Problem> computeDeadline(const Term& term, Instant receivedAt,
                                                              const DeadlineOptions& options,
                                                              const Calendar& calendar);

/// True when a duty of `dutyDays` from an event (birth 60, death 15) was met on `receivedOn`. The day of the
/// event does not count; an end on a day off moves to the next working day.
[[nodiscard]] bool isWithinDuty(Day event, int dutyDays, Day receivedOn, const Calendar& calendar);

} // namespace motcua
