// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/books/book_state.h"

#include "core/base/time.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace motcua {

namespace {

constexpr std::int64_t kNumberMost = 10'000'000;
constexpr std::int64_t kYearLeast = 1900;
constexpr std::int64_t kYearMost = 9999;

/// A member that must be an integer within bounds.
Result<std::int64_t> whole(const Json& json, const char* name, std::int64_t least, std::int64_t most)
{
    const Json& value = at(json, name);
    if (!value.is_number_integer() ||
        (value.is_number_unsigned() && value.get<std::uint64_t>() > kNumberMost)) {
        return fail(ErrorKind::Invalid, std::string("book act: no number ") + name);
    }
    const auto number = value.get<std::int64_t>();
    if (number < least || number > most) {
        return fail(ErrorKind::Invalid, std::string("book act: out of range: ") + name);
    }
    return number;
}

Result<bool> truth(const Json& json, const char* name)
{
    if (!at(json, name).is_boolean()) {
        return fail(ErrorKind::Invalid, std::string("book state: no truth ") + name);
    }
    return at(json, name).get<bool>();
}

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
    state.entriesPerPage = TRY(whole(act, "entriesPerPage", 1, 100));
    state.pagesPerVolume = TRY(whole(act, "pagesPerVolume", 1, 2000));
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
    const BookPlace place
    {
        TRY(whole(act, "number", 1, kNumberMost))
        , TRY(whole(act, "volume", 1, kNumberMost))
        , TRY(whole(act, "page", 1, kNumberMost))
        , TRY(whole(act, "line", 1, 100))
    };
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
    TRY(whole(act, "number", 1, state.totals.numbers));
    TRY(mustBeText(act, "reason"));
    if (state.closed) {
        return wrong("nothing is cancelled after the closing");
    }
    ++state.totals.cancelled;
    return {};
}

Result<void> annotated(BookState& state, const Json& act)
{
    TRY(whole(act, "number", 1, state.totals.numbers));
    TRY(mustBeText(act, "content"));
    TRY(mustBeText(act, "basis"));
    TRY(mustBeText(at(act, "signer"), "name"));
    ++state.totals.notes;
    return {};
}

Result<void> nextVolume(BookState& state, const Json& act)
{
    TRY(whole(act, "volume", state.volume + 1, state.volume + 1));
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
    TRY(whole(act, "year", state.year + 1, kYearMost));
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
    TRY(whole(act, "hop", state.hop + 1, state.hop + 1));
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
    TRY(whole(act, "hop", state.hop, state.hop));
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
    TRY(whole(act, "hop", state.hop + 1, state.hop + 1));
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

using Apply = Result<void> (*)(BookState&, const Json&);

const std::map<std::string, Apply, std::less<>>& table()
{
    static const std::map<std::string, Apply, std::less<>> acts{
        {"opened", opened},       {"entered", entered},        {"cancelled", cancelled},
        {"annotated", annotated}, {"volume", nextVolume},      {"succeeded", succeeded},
        {"closed", closed},       {"handed-over", handedOver}, {"taken", taken},
        {"recovered", recovered},
    };
    return acts;
}

/// Acts that another than the holder does: the first, the taking, and the taking up of a lost book.
bool isByAnybody(std::string_view name)
{
    return name == "opened" || name == "taken" || name == "recovered";
}

Json holderJson(const BookState& state)
{
    return state.holder ? toJson(*state.holder) : Json();
}

} // namespace

Json toJson(const BookCounter& counter)
{
    return {{"install", counter.install}, {"epoch", counter.epoch}, {"slot", counter.slot}};
}

Result<BookCounter> bookCounterFromJson(const Json& json)
{
    BookCounter counter;
    counter.install = stringAt(json, "install");
    const Json& epoch = at(json, "epoch");
    counter.slot = TRY(whole(json, "slot", 0, 9));
    if (counter.install.empty() || counter.install.size() > 64 || !epoch.is_number_integer()) {
        return wrong("no counter");
    }
    counter.epoch = epoch.get<std::int64_t>();
    return counter;
}

std::string bookKey(const std::string& kind, std::int64_t year)
{
    return kind + '/' + std::to_string(year);
}

std::optional<std::pair<std::string, std::int64_t>> parseBookKey(std::string_view key)
{
    const auto slash = key.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash > 40) {
        return std::nullopt;
    }
    std::int64_t year = 0;
    const char* const end = key.data() + key.size();
    const auto read = std::from_chars(key.data() + slash + 1, end, year);
    const std::string_view kind = key.substr(0, slash);
    const bool isKind = std::ranges::all_of(kind, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    if (read.ec != std::errc{} || read.ptr != end || year < kYearLeast || year > kYearMost || !isKind) {
        return std::nullopt;
    }
    return std::pair(std::string(kind), year);
}

Json toJson(const BookBalance& balance)
{
    return {{"last", balance.last},
            {"volume", balance.volume},
            {"page", balance.page},
            {"pagesBefore", balance.pagesBefore},
            {"cancelled", balance.cancelled}};
}

Result<BookBalance> bookBalanceFromJson(const Json& json)
{
    BookBalance balance;
    balance.last = TRY(whole(json, "last", 0, kNumberMost));
    balance.volume = TRY(whole(json, "volume", 1, 10'000));
    balance.page = TRY(whole(json, "page", 0, 2000));
    balance.pagesBefore = TRY(whole(json, "pagesBefore", 0, kNumberMost));
    balance.cancelled = TRY(whole(json, "cancelled", 0, balance.last));
    return balance;
}

Json toJson(const BookTotals& totals)
{
    return {{"volumes", totals.volumes}, {"pages", totals.pages},     {"numbers", totals.numbers},
            {"carried", totals.carried}, {"entries", totals.entries}, {"cancelled", totals.cancelled},
            {"notes", totals.notes}};
}

BookPlace BookState::next() const
{
    if (line < entriesPerPage) {
        return {totals.numbers + 1, volume, page, line + 1};
    }
    if (page < pagesPerVolume) {
        return {totals.numbers + 1, volume, page + 1, 1};
    }
    return {totals.numbers + 1, volume + 1, 1, 1};
}

Result<void> BookState::apply(const Json& act)
{
    const auto found = table().find(stringAt(act, "act"));
    if (found == table().end()) {
        return wrong("unknown: " + stringAt(act, "act"));
    }
    TRY(whole(act, "seq", seq + 1, seq + 1));
    if (!isByAnybody(found->first)) {
        const BookCounter writer = TRY(bookCounterFromJson(at(act, "writer")));
        if (!isHeldBy(writer)) {
            return wrong("not by the holder");
        }
    }
    if (found->first != "opened" && seq == 0) {
        return wrong("a book begins with its opening");
    }
    BookState after = *this;
    TRY(found->second(after, act));
    after.seq = seq + 1;
    after.chain = chainAfter(chain, dumpJson(act));
    *this = std::move(after);
    return {};
}

Hash chainAfter(const Hash& before, std::string_view act)
{
    return sha256(bytesOf(before), bytesOf(sha256(act)));
}

Json toJson(const BookState& state)
{
    return {{"unit", state.unit},
            {"kind", state.kind},
            {"year", state.year},
            {"entriesPerPage", state.entriesPerPage},
            {"pagesPerVolume", state.pagesPerVolume},
            {"volume", state.volume},
            {"page", state.page},
            {"line", state.line},
            {"totals", toJson(state.totals)},
            {"holder", holderJson(state)},
            {"inTransit", state.inTransit},
            {"hop", state.hop},
            {"recoveries", state.recoveries},
            {"closed", state.closed},
            {"succeeded", state.succeeded},
            {"openedAt", state.openedAt},
            {"closedAt", state.closedAt},
            {"seq", state.seq},
            {"chain", toHex(state.chain)}};
}

Result<BookState> bookStateFromJson(const Json& json)
{
    BookState state;
    state.unit = stringAt(json, "unit");
    state.kind = stringAt(json, "kind");
    state.openedAt = stringAt(json, "openedAt");
    state.closedAt = stringAt(json, "closedAt");
    const std::pair<const char*, std::int64_t*> numbers[]{
        {"year", &state.year},     {"entriesPerPage", &state.entriesPerPage},
        {"volume", &state.volume}, {"pagesPerVolume", &state.pagesPerVolume},
        {"page", &state.page},     {"line", &state.line},
        {"hop", &state.hop},       {"recoveries", &state.recoveries},
        {"seq", &state.seq},
    };
    for (const auto& [name, number] : numbers) {
        *number = TRY(whole(json, name, 0, kNumberMost));
    }
    const Json& totals = at(json, "totals");
    const std::pair<const char*, std::int64_t*> sums[]{
        {"volumes", &state.totals.volumes}, {"pages", &state.totals.pages},
        {"numbers", &state.totals.numbers}, {"carried", &state.totals.carried},
        {"entries", &state.totals.entries}, {"cancelled", &state.totals.cancelled},
        {"notes", &state.totals.notes},
    };
    for (const auto& [name, number] : sums) {
        *number = TRY(whole(totals, name, 0, kNumberMost));
    }
    if (!at(json, "holder").is_null()) {
        state.holder = TRY(bookCounterFromJson(at(json, "holder")));
    }
    state.inTransit = TRY(truth(json, "inTransit"));
    state.closed = TRY(truth(json, "closed"));
    state.succeeded = TRY(truth(json, "succeeded"));
    const auto bytes = fromHex(stringAt(json, "chain"));
    const auto chain = bytes ? hashFromBytes(*bytes) : std::nullopt;
    if (!chain) {
        return fail(ErrorKind::Damaged, "a book has no chain value");
    }
    state.chain = *chain;
    return state;
}

} // namespace motcua
