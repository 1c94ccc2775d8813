// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/books/registration_type.h"

#include "core/dossier/patch.h"

#include <algorithm>
#include <charconv>

namespace motcua {

namespace {

struct Span
{
    Day first;
    Day last;
};

int numberIn(std::string_view text)
{
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? number : 0;
}

/// The days that an EventDate ("1984", "06/1984", "21/06/1984") may mean.
std::optional<Span> spanOf(const Json& date)
{
    using namespace std::chrono;
    // A person's own birth, or a date of the form.
    const Json& event = date.is_object() && date.contains("birth") ? at(date, "birth") : date;
    const std::string text = stringAt(event, "text");
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) {
        return std::nullopt;
    }
    const year y{numberIn(std::string_view(text).substr(text.size() - 4))};
    const auto part = [&](std::size_t from) {
        return static_cast<unsigned>(numberIn(std::string_view(text).substr(from, 2)));
    };
    Span span{y / January / 1, y / December / 31};
    if (text.size() == 7) {
        const year_month_day first = y / month{part(0)} / 1;
        span = {first, Day{year_month_day_last{y, month_day_last{month{part(0)}}}}};
    } else if (text.size() == 10) {
        span.first = span.last = y / month{part(3)} / day{part(0)};
    }
    return span.first.ok() && span.last.ok() ? std::optional(span) : std::nullopt;
}

} // namespace

std::optional<std::string> registrationType(const BookKind& kind, const Json& dossier)
{
    const std::string procedure = stringAt(dossier, "procedure");
    for (const RegistrationType& type : kind.types) {
        if (std::ranges::find(type.procedures, procedure) != type.procedures.end()) {
            return type.value;
        }
    }
    if (!kind.duty) {
        return kind.types.empty() ? std::nullopt : std::optional(kind.types.front().value);
    }
    const Json* event = findAt(dossier, kind.duty->event);
    const auto span = event == nullptr ? std::nullopt : spanOf(*event);
    const auto received = parseRfc3339(stringAt(dossier, "receivedAt"));
    if (!span || !received) {
        return std::nullopt;
    }
    const auto due = [&](Day from) {
        return Day{std::chrono::sys_days{from} + std::chrono::days{kind.duty->days}};
    };
    const Day day = dayInVietnam(*received);
    if (day <= due(span->first)) {
        return "on-time";
    }
    return day > due(span->last) ? std::optional<std::string>("late") : std::nullopt;
}

std::string registrationTypeLabel(const BookKind& kind, const std::string& type)
{
    const auto found = std::ranges::find(kind.types, type, &RegistrationType::value);
    return found == kind.types.end() ? type : found->label;
}

} // namespace motcua
