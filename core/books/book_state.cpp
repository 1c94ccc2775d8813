// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/books/book_state.h"

#include "core/books/book_rules.h"

#include <charconv>

namespace motcua {

namespace {

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
    counter.slot = TRY(bookInteger(json, "slot", 0, 9));
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
    if (read.ec != std::errc{} || read.ptr != end || year < kBookYearLeast || year > kBookYearMost ||
        !isKind) {
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
    balance.last = TRY(bookInteger(json, "last", 0, kBookNumberMost));
    balance.volume = TRY(bookInteger(json, "volume", 1, 10'000));
    balance.page = TRY(bookInteger(json, "page", 0, 2000));
    balance.pagesBefore = TRY(bookInteger(json, "pagesBefore", 0, kBookNumberMost));
    balance.cancelled = TRY(bookInteger(json, "cancelled", 0, balance.last));
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
    const std::string name = stringAt(act, "act");
    const BookRule rule = bookRule(name);
    if (rule == nullptr) {
        return wrong("unknown: " + name);
    }
    TRY(bookInteger(act, "seq", seq + 1, seq + 1));
    if (!isByAnybody(name)) {
        const BookCounter writer = TRY(bookCounterFromJson(at(act, "writer")));
        if (!isHeldBy(writer)) {
            return wrong("not by the holder");
        }
    }
    if (name != "opened" && seq == 0) {
        return wrong("a book begins with its opening");
    }
    BookState after = *this;
    TRY(rule(after, act));
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
        *number = TRY(bookInteger(json, name, 0, kBookNumberMost));
    }
    const Json& totals = at(json, "totals");
    const std::pair<const char*, std::int64_t*> sums[]{
        {"volumes", &state.totals.volumes}, {"pages", &state.totals.pages},
        {"numbers", &state.totals.numbers}, {"carried", &state.totals.carried},
        {"entries", &state.totals.entries}, {"cancelled", &state.totals.cancelled},
        {"notes", &state.totals.notes},
    };
    for (const auto& [name, number] : sums) {
        *number = TRY(bookInteger(totals, name, 0, kBookNumberMost));
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
