// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dossier/deadline.h"

// For core/dossier/deadline.cpp only.

namespace motcua {

/// Walks from the receipt to the appointment and writes down each day on the way.
class DeadlineCounter
{
public:
    DeadlineCounter(const DeadlineOptions& options, const Calendar& calendar)
        : m_options(options), m_calendar(calendar)
    {}

    void receive(Instant receivedAt);
    /// False when the dossier still waits for the citizen before the span is over.
    [[nodiscard]] bool count(const TermSpan& span, const std::string& prefix);
    /// Finds day and hour of the appointment at or after the last day counted.
    [[nodiscard]] bool promise();

    [[nodiscard]] Deadline take() { return std::move(m_deadline); }

private:
    enum class Suspended
    {
        No,
        Until,
        Open,
    };

    [[nodiscard]] Suspended suspended(Day day) const;
    [[nodiscard]] Millis closing(const DayInfo& info) const;
    void step(Day day, bool counted, std::string because);
    [[nodiscard]] bool countSameDay(TermUnit unit, const std::string& prefix);
    [[nodiscard]] bool countWorkingDays(int n, const std::string& prefix);
    [[nodiscard]] bool countDays(int n, const std::string& prefix);
    [[nodiscard]] bool countHours(int n, const std::string& prefix);
    [[nodiscard]] Millis officeTimeLeft(const DayInfo& info, Millis from) const;
    [[nodiscard]] Millis afterOfficeTime(Millis from, Millis time) const;
    [[nodiscard]] bool advanceToWorkingDay();
    void skip(Day day, const DayInfo& info);
    /// Ends the walk at a day from which nobody knows how long the citizen takes. Always false.
    bool waiting(Day day);
    [[nodiscard]] std::optional<Instant> promisedOn(const DayInfo& info) const;
    [[nodiscard]] Instant notBefore() const;
    [[nodiscard]] Millis papersCameAt() const;

    const DeadlineOptions& m_options;
    const Calendar& m_calendar;
    Deadline m_deadline;
    Day m_received{};
    Millis m_receivedTime{};
    Day m_day{};      ///< where counting stands; already counted or passed over
    Millis m_hours{}; ///< of terms in hours: the time of day reached
    bool m_exact = false;
};

} // namespace motcua
