// SPDX-License-Identifier: GPL-3.0-or-later
// The acts on a book: which of them it allows, and what they make of it.
#include "core/books/book_rules.h"

#include "core/base/time.h"

#include <map>

namespace motcua {

namespace {

tl::unexpected<Error> wrong(const std::string& what)
{
    return fail(ErrorKind::Invalid, "book act: " + what);
}

Result<void> mustBeText(const Json& act, const char* name)
{
    return stringAt(act, name).empty() ? wrong(std::string("no ") + name) : Result<void>{};
}

/// Whether an act is of a later year than the book. Who takes up the book of a past year from the paper
/// cannot know whether the next one was begun: that right is not in it.
bool isAfterItsYear(const BookState& state, const Json& act)
{
    const auto at = parseRfc3339(stringAt(act, "at"));
    return !at || static_cast<int>(dayInVietnam(*at).year()) > state.year;
}

void begin(BookState& state, const BookBalance& balance)
{
    state.volume = balance.volume;
    state.page = balance.page;
    state.line = state.entriesPerPage; // the next entry begins a page of its own
}

Result<void> opened(BookState& state, const Json& act)
{
    const auto key = parseBookKey(stringAt(act, "book"));
    if (!key || state.seq != 0) {
        return wrong("a book is opened once, at its beginning");
    }
    state.kind = key->first;
    state.year = key->second;
    state.unit = stringAt(act, "unit");
    TRY(mustBeText(act, "unit"));
    state.entriesPerPage = TRY(bookInteger(act, "entriesPerPage", 1, 100));
    state.pagesPerVolume = TRY(bookInteger(act, "pagesPerVolume", 1, 2000));
    state.openedAt = stringAt(act, "at");
    BookBalance balance;
    if (!at(act, "balance").is_null()) {
        balance = TRY(bookBalanceFromJson(at(act, "balance")));
        TRY(mustBeText(act, "reason"));
    }
    begin(state, balance);
    state.totals.numbers = balance.last;
    state.totals.carried = balance.last;
    state.totals.cancelled = balance.cancelled;
    state.totals.pages = balance.pagesBefore + balance.page;
    state.totals.volumes = balance.volume;
    state.holder = TRY(bookCounterFromJson(at(act, "writer")));
    // Taken up by a counter that never saw the lost book: a line of its own, as with "recovered".
    const bool isRecovered = !at(act, "recovered").is_null();
    state.recoveries = isRecovered ? 1 : 0;
    state.succeeded = isRecovered && isAfterItsYear(state, act);
    return {};
}

Result<void> entered(BookState& state, const Json& act)
{
    const BookPlace next = state.next();
    BookPlace place;
    place.number = TRY(bookInteger(act, "number", 1, kBookNumberMost));
    place.volume = TRY(bookInteger(act, "volume", 1, kBookNumberMost));
    place.page = TRY(bookInteger(act, "page", 1, kBookNumberMost));
    place.line = TRY(bookInteger(act, "line", 1, 100));
    if (place.number != next.number || place.volume != next.volume || place.page != next.page ||
        place.line != next.line) {
        return wrong("an entry's place is not the next one");
    }
    if (state.closed || state.succeeded) {
        return wrong("no number after the closing");
    }
    if (stringAt(act, "registeredOn").substr(0, 4) != std::to_string(state.year) ||
        !parseIsoDay(stringAt(act, "registeredOn"))) {
        return wrong("an entry of another year");
    }
    TRY(mustBeText(act, "uid"));
    TRY(mustBeText(at(act, "signer"), "name"));
    if (!at(act, "content").is_object()) {
        return wrong("an entry without content");
    }
    state.totals.volumes = place.volume;
    state.totals.pages += place.page != state.page || place.volume != state.volume ? 1 : 0;
    state.volume = place.volume;
    state.page = place.page;
    state.line = place.line;
    ++state.totals.numbers;
    ++state.totals.entries;
    return {};
}

Result<void> cancelled(BookState& state, const Json& act)
{
    TRY(bookInteger(act, "number", 1, state.totals.numbers));
    TRY(mustBeText(act, "reason"));
    if (state.closed) {
        return wrong("nothing is cancelled after the closing");
    }
    ++state.totals.cancelled;
    return {};
}

Result<void> annotated(BookState& state, const Json& act)
{
    TRY(bookInteger(act, "number", 1, state.totals.numbers));
    TRY(mustBeText(act, "content"));
    TRY(mustBeText(act, "basis"));
    TRY(mustBeText(at(act, "signer"), "name"));
    ++state.totals.notes;
    return {};
}

Result<void> nextVolume(BookState& state, const Json& act)
{
    TRY(bookInteger(act, "volume", state.volume + 1, state.volume + 1));
    if (state.closed || state.succeeded) {
        return wrong("no volume after the closing");
    }
    ++state.volume;
    state.totals.volumes = state.volume;
    state.page = 0;
    state.line = state.entriesPerPage;
    return {};
}

Result<void> succeeded(BookState& state, const Json& act)
{
    TRY(bookInteger(act, "year", state.year + 1, kBookYearMost));
    if (state.succeeded) {
        return wrong("the next year is open already");
    }
    state.succeeded = true;
    return {};
}

Result<void> closed(BookState& state, const Json& act)
{
    if (state.closed) {
        return wrong("closed already");
    }
    if (at(act, "totals") != toJson(state.totals)) {
        return wrong("the totals do not add up");
    }
    TRY(mustBeText(at(act, "signer"), "name"));
    state.closed = true;
    state.closedAt = stringAt(act, "at");
    return {};
}

Result<void> handedOver(BookState& state, const Json& act)
{
    const BookCounter to = TRY(bookCounterFromJson(at(act, "to")));
    TRY(bookInteger(act, "hop", state.hop + 1, state.hop + 1));
    if (to.install == state.holder->install) {
        return wrong("handed over to its holder");
    }
    ++state.hop;
    state.holder = to;
    state.inTransit = true;
    return {};
}

Result<void> taken(BookState& state, const Json& act)
{
    TRY(bookInteger(act, "hop", state.hop, state.hop));
    const BookCounter writer = TRY(bookCounterFromJson(at(act, "writer")));
    if (!state.inTransit || !(*state.holder == writer)) {
        return wrong("taken by another than it was handed over to");
    }
    state.inTransit = false;
    return {};
}

/// The holder is lost, or has lost what it knew: a leader takes the book up from what is on paper.
Result<void> recovered(BookState& state, const Json& act)
{
    const BookBalance found = TRY(bookBalanceFromJson(at(act, "balance")));
    TRY(bookInteger(act, "hop", state.hop + 1, state.hop + 1));
    TRY(mustBeText(act, "reason"));
    const bool isFurther =
        found.volume > state.volume || (found.volume == state.volume && found.page >= state.page);
    const bool isCounted = found.volume == state.volume || found.pagesBefore >= state.totals.pages;
    const std::int64_t unknown = found.last - state.totals.numbers;
    if (!isCounted || unknown < 0 || !isFurther || found.cancelled > unknown ||
        ((state.closed || state.succeeded) && unknown > 0)) {
        return wrong("the paper book is behind what is known");
    }
    // Pages of volumes that were begun and filled meanwhile are told by pagesBefore; else those of the open
    // one.
    const std::int64_t before =
        found.volume == state.volume ? state.totals.pages - state.page : found.pagesBefore;
    ++state.hop;
    ++state.recoveries;
    state.inTransit = false;
    state.holder = TRY(bookCounterFromJson(at(act, "writer")));
    if (unknown > 0 || found.volume > state.volume || found.page > state.page) {
        state.totals.pages = before + found.page;
        begin(state, found);
    }
    state.totals.volumes = state.volume;
    state.totals.numbers = found.last;
    state.totals.carried += unknown;
    state.totals.cancelled += found.cancelled;
    state.succeeded = state.succeeded || isAfterItsYear(state, act);
    return {};
}

} // namespace

Result<std::int64_t> bookInteger(const Json& json, const char* name, std::int64_t least, std::int64_t most)
{
    const Json& value = at(json, name);
    if (!value.is_number_integer() ||
        (value.is_number_unsigned() && value.get<std::uint64_t>() > kBookNumberMost)) {
        return fail(ErrorKind::Invalid, std::string("book act: no number ") + name);
    }
    const auto number = value.get<std::int64_t>();
    if (number < least || number > most) {
        return fail(ErrorKind::Invalid, std::string("book act: out of range: ") + name);
    }
    return number;
}

BookRule bookRule(std::string_view act)
{
    static const std::map<std::string, BookRule, std::less<>> rules{
        {"opened", opened},       {"entered", entered},        {"cancelled", cancelled},
        {"annotated", annotated}, {"volume", nextVolume},      {"succeeded", succeeded},
        {"closed", closed},       {"handed-over", handedOver}, {"taken", taken},
        {"recovered", recovered},
    };
    const auto found = rules.find(act);
    return found == rules.end() ? nullptr : found->second;
}

} // namespace motcua
