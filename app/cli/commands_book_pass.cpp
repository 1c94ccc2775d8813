// SPDX-License-Identifier: GPL-3.0-or-later
// A book passes between two counters: cards, hand-over, taking over, taking up a lost one.
#include "app/cli/book_words.h"
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/cli/target_file.h"
#include "core/base/file.h"

namespace motcua::cli {

Reply<std::string> bookOf(Workplace& place, const std::string& word)
{
    BookStore books(place.connection());
    if (const auto key = parseBookKey(word); key && place.catalogue().bookKind(key->first) != nullptr) {
        return word;
    }
    const BookKind* kind = place.catalogue().bookKind(word);
    const auto newest = kind == nullptr ? std::optional<BookState>{} : TRY(books.newest(kind->id));
    if (!newest) {
        return forbidden("book-kind", "Quầy này không có sổ “" + word + "”. Xem motcuactl book list.");
    }
    return newest->key();
}

BookSigner signerOf(Workplace& place, const Arguments& arguments)
{
    const Actor& actor = place.desk().actor();
    return {arguments.value("signer").value_or(actor.fullName.empty() ? actor.account : actor.fullName),
            arguments.value("title").value_or(std::string(roleLabel(actor.role)))};
}

Reply<std::optional<BookBalance>> balanceOf(const Arguments& arguments)
{
    constexpr std::int64_t kMost = 10'000'000;
    const auto last = TRY(arguments.integer("last", 0, kMost));
    if (!last) {
        return std::optional<BookBalance>{};
    }
    BookBalance balance;
    balance.last = *last;
    balance.volume = TRY(arguments.integer("volume", 1, 10'000))
    .value_or(1);
    balance.page = TRY(arguments.integer("page", 0, 2'000))
    .value_or(0);
    balance.pagesBefore = TRY(arguments.integer("pages-before", 0, kMost))
    .value_or(0);
    balance.cancelled = TRY(arguments.integer("cancelled", 0, kMost))
    .value_or(0);
    return std::optional(balance);
}

namespace {

constexpr std::size_t kCardBytesMax = 65'536;

Reply<Outcome> writeOut(const Arguments& arguments, const std::string& bytes, const std::string& done)
{
    const std::string target = TRY(arguments.required("out"));
    TRY(mustBeReplaceable(target));
    TRY(writeFileDurably(target, bytes));
    Outcome outcome;
    outcome.document = {{"file", target}, {"bytes", bytes.size()}, {"sha256", toHex(sha256(bytes))}};
    outcome.text = done + target;
    return outcome;
}

Reply<Outcome> runCard(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    const CounterCard card = TRY(BookDesk(place->desk()).card());
    Outcome outcome = TRY(writeOut(arguments, cardFile(card), "Đã lưu thẻ quầy: "));
    outcome.document["code"] = cardCode(card);
    addLine(outcome.text, "Mã thẻ để so ở quầy kia: " + cardCode(card));
    return outcome;
}

Reply<Outcome> runKnow(Session& session, const Arguments& arguments)
{
    const std::string code = TRY(arguments.required("code"));
    const std::string bytes = TRY(readFile(arguments.words().front(), kCardBytesMax));
    const CounterCard card = TRY(readCardFile(bytes));
    Workplace* place = TRY(session.workplace(arguments));
    TRY(BookDesk(place->desk()).know(card, code));
    Outcome outcome;
    outcome.document = {{"slot", card.counter.slot}, {"code", cardCode(card)}};
    outcome.text = "Đã biết quầy " + std::to_string(card.counter.slot) + ".";
    return outcome;
}

Reply<Outcome> runCounters(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    Outcome outcome;
    outcome.document["counters"] = Json::array();
    for (const KnownCounter& known : TRY(BookDesk(place->desk()).counters())) {
        outcome.document["counters"].push_back({{"slot", known.card.counter.slot},
                                                {"install", known.card.counter.install},
                                                {"code", known.code},
                                                {"since", toRfc3339(known.since)}});
        addLine(outcome.text, "Quầy " + std::to_string(known.card.counter.slot) + "  " + known.code);
    }
    return outcome;
}

Reply<Outcome> runHandOver(Session& session, const Arguments& arguments)
{
    TRY(mustBeReplaceable(TRY(arguments.required("out"))));
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    const std::string book = TRY(bookOf(*place, arguments.words().front()));
    if (!arguments.has("again")) {
        const auto slot = TRY(arguments.integer("to", 0, 9));
        if (!slot) {
            return misuse("Thiếu --to QUẦY (hoặc --again để lưu lại tệp đã bàn giao).");
        }
        std::string install;
        for (const KnownCounter& known : TRY(books.counters())) {
            install = known.card.counter.slot == *slot ? known.card.counter.install : install;
        }
        TRY(books.handOver(book, install));
    }
    const std::string bytes = TRY(books.handOverFile(book));
    return writeOut(arguments, bytes, "Đã bàn giao " + bookTitle(place->catalogue(), book) + ", tệp: ");
}

Reply<Outcome> runTakeOver(Session& session, const Arguments& arguments)
{
    const std::string bytes = TRY(readFile(arguments.words().front(), kHandOverBytesMax + 4096));
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    const BookState state = TRY(books.takeOver(bytes, arguments.value("code").value_or("")));
    Outcome outcome;
    outcome.document = {{"book", state.key()}, {"lastNumber", state.totals.numbers}, {"hop", state.hop}};
    outcome.text = "Đã nhận " + bookTitle(place->catalogue(), state.key()) + ", số cuối " +
                   bookNumber(state.totals.numbers) + ".";
    return outcome;
}

Reply<Outcome> runRecover(Session& session, const Arguments& arguments)
{
    const auto balance = TRY(balanceOf(arguments));
    const auto year = TRY(arguments.integer("year", 1900, 9999));
    const std::string reason = TRY(arguments.required("reason"));
    if (!balance || !year) {
        return misuse("Thiếu --year NĂM hoặc --last SỐ-CUỐI trên sổ giấy.");
    }
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    const BookState state = TRY(books.recover(arguments.words().front(), *year, *balance, reason));
    Outcome outcome;
    outcome.document = {{"book", state.key()}, {"lastNumber", state.totals.numbers}, {"hop", state.hop}};
    outcome.text = "Đã lập lại " + bookTitle(place->catalogue(), state.key()) + " từ số " +
                   bookNumber(state.totals.numbers) + ". Hãy hủy các tệp bàn giao cũ của sổ này.";
    return outcome;
}

constexpr std::array kCommands{
    Command{"book card", "--out TỆP", "Thẻ của quầy này, để quầy khác nhận ra.", 0, 0, {"out"}, runCard},
    Command{"book know",
            "TỆP --code MÃ-THẺ",
            "Ghi nhận một quầy khác sau khi so mã thẻ.",
            1,
            1,
            {"code"},
            runKnow},
    Command{"book counters", "", "Các quầy đã biết.", 0, 0, {}, runCounters},
    Command{"book hand-over",
            "SỔ --to QUẦY --out TỆP [--again]",
            "Bàn giao sổ; --again lưu lại tệp đã bàn giao.",
            1,
            1,
            {"to", "out", "again"},
            runHandOver},
    Command{"book take-over", "TỆP [--code MÃ-THẺ]", "Nhận sổ được bàn giao.", 1, 1, {"code"}, runTakeOver},
    Command{"book recover",
            "LOẠI --year NĂM --last SỐ --volume QUYỂN --page TRANG [--pages-before N] [--cancelled N] "
            "--reason LÝ-DO",
            "Lập lại sổ từ sổ giấy khi quầy giữ sổ đã mất.",
            1,
            1,
            {"year", "last", "volume", "page", "pages-before", "cancelled", "reason"},
            runRecover},
};

} // namespace

std::span<const Command> bookPassCommands()
{
    return kCommands;
}

} // namespace motcua::cli
