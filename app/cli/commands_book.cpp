// SPDX-License-Identifier: GPL-3.0-or-later
// The ledgers: listing, opening, entries, closing. Passing them on: commands_book_pass.cpp.
#include "app/cli/book_words.h"
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/common/paper_registration.h"

namespace motcua::cli {

namespace {

Json stateToJson(const Workplace& place, const BookDesk& books, const BookState& state)
{
    const BookKind* kind = place.catalogue().bookKind(state.kind);
    Json json = toJson(state);
    json["book"] = state.key();
    json["title"] = bookTitle(place.catalogue(), state.key());
    json["symbol"] = kind == nullptr ? "" : kind->symbol;
    json["here"] = state.isHeldBy(books.self());
    json["lastNumber"] = state.totals.numbers;
    json["chainCode"] = chainCode(state.chain);
    return json;
}

std::string stateToText(const Workplace& place, const BookDesk& books, const BookState& state)
{
    std::string text = state.key() + "  " + bookTitle(place.catalogue(), state.key()) + "  số cuối " +
                       bookNumber(state.totals.numbers) + ", quyển " + std::to_string(state.volume);
    if (state.closed) {
        return text + ", đã khóa";
    }
    return text + (state.isHeldBy(books.self()) ? ", quầy này giữ"
                   : state.inTransit            ? ", đang bàn giao"
                                     : ", ở quầy " + std::to_string(state.holder ? state.holder->slot : 0));
}

Outcome stateOutcome(const Workplace& place, const BookDesk& books, const BookState& state)
{
    Outcome outcome;
    outcome.document = stateToJson(place, books, state);
    outcome.text = stateToText(place, books, state);
    return outcome;
}

Reply<Outcome> runList(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    Outcome outcome;
    outcome.document["books"] = Json::array();
    for (const BookState& state : TRY(books.books().states())) {
        outcome.document["books"].push_back(stateToJson(*place, books, state));
        addLine(outcome.text, stateToText(*place, books, state));
    }
    if (outcome.text.empty()) {
        outcome.text = "Chưa có sổ nào. Mở sổ: motcuactl book open LOẠI";
    }
    return outcome;
}

Reply<Outcome> runOpen(Session& session, const Arguments& arguments)
{
    BookOpening opening;
    opening.balance = TRY(balanceOf(arguments));
    opening.reason = arguments.value("reason").value_or("");
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    const BookState state = TRY(books.open(arguments.words().front(), opening));
    return stateOutcome(*place, books, state);
}

Reply<Outcome> runSign(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    SignRequest request;
    request.code = arguments.words().front();
    request.signer = signerOf(*place, arguments);
    request.type = arguments.value("type").value_or("");
    request.performer = arguments.value("performer").value_or("");
    request.requesterSigned = arguments.has("requester-signed");
    request.office = registeringOffice(*place);
    const SignedEntries done = TRY(BookDesk(place->desk()).sign(request));
    Outcome outcome;
    outcome.document = {{"book", done.book},    {"volume", done.volume},
                        {"number", done.first}, {"to", done.last},
                        {"op", done.op},        {"registeredOn", toIsoDay(done.registeredOn)}};
    outcome.text = "Đã vào " + bookTitle(place->catalogue(), done.book) + ", quyển " +
                   std::to_string(done.volume) + ", số " + bookNumber(done.first) +
                   (done.last > done.first ? " đến " + bookNumber(done.last) : "");
    return outcome;
}

Reply<Outcome> runEntry(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    Outcome outcome;
    outcome.document["entries"] = Json::array();
    for (const BookEntry& entry : TRY(books.entriesOf(arguments.words().front()))) {
        Json row = entry.registration();
        row["content"] = at(entry.act, "content");
        row["current"] = entry.current();
        outcome.document["entries"].push_back(std::move(row));
        addLine(outcome.text, bookTitle(place->catalogue(), entry.book) + ", số " +
                                  bookNumber(entry.place.number) + (entry.cancelled ? " (đã hủy)" : ""));
    }
    TRY(place->desk().recordOpened(arguments.words().front()));
    return outcome;
}

Reply<Outcome> runPage(Session& session, const Arguments& arguments)
{
    const auto volume = TRY(arguments.integer("volume", 1, 10'000));
    const auto page = TRY(arguments.integer("page", 1, 10'000));
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    const std::string book = TRY(bookOf(*place, arguments.words().front()));
    const BookPage read = TRY(books.books().page(book, volume.value_or(1), page.value_or(1)));
    Outcome outcome;
    outcome.document = toJson(read);
    for (const BookEntry& entry : read.entries) {
        addLine(outcome.text, bookNumber(entry.place.number) + (entry.cancelled ? " (đã hủy)" : ""));
    }
    addLine(outcome.text, "Mã trang: " + read.chainCode);
    TRY(place->desk().recordView("book.read",
                                 {{"book", book}, {"volume", read.volume}, {"page", read.page}}));
    return outcome;
}

Reply<Outcome> runAnnotate(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    const auto number = readInteger(arguments.words().back());
    if (!number) {
        return misuse("SỐ phải là một số nguyên.");
    }
    BookAnnotation annotation;
    annotation.date = TRY(arguments.day("date"))
    .value_or(dayInVietnam(place->clock().now()));
    annotation.content = TRY(arguments.required("content"));
    annotation.basis = TRY(arguments.required("basis"));
    annotation.issuer = arguments.value("issuer").value_or("");
    annotation.signer = signerOf(*place, arguments);
    for (const std::string& text : arguments.values("set")) {
        const Assignment assignment = TRY(assignmentOf(text, "set"));
        annotation.set[assignment.pointer] = valueOf(assignment.value);
    }
    const std::string book = TRY(bookOf(*place, arguments.words().front()));
    TRY(BookDesk(place->desk()).annotate(book, *number, annotation));
    Outcome outcome;
    outcome.document = {{"book", book}, {"number", *number}};
    outcome.text = "Đã ghi chú vào số " + bookNumber(*number) + ".";
    return outcome;
}

Reply<Outcome> runCancel(Session& session, const Arguments& arguments)
{
    const auto number = readInteger(arguments.words().back());
    if (!number) {
        return misuse("SỐ phải là một số nguyên.");
    }
    const std::string reason = TRY(arguments.required("reason"));
    Workplace* place = TRY(session.workplace(arguments));
    const std::string book = TRY(bookOf(*place, arguments.words().front()));
    TRY(BookDesk(place->desk()).cancel(book, *number, reason, signerOf(*place, arguments)));
    Outcome outcome;
    outcome.document = {{"book", book}, {"number", *number}};
    outcome.text = "Đã hủy số " + bookNumber(*number) + "; số này không dùng lại.";
    return outcome;
}

Reply<Outcome> runVolume(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    const BookState state = TRY(books.newVolume(TRY(bookOf(*place, arguments.words().front()))));
    return stateOutcome(*place, books, state);
}

Reply<Outcome> runClose(Session& session, const Arguments& arguments)
{
    Workplace* place = TRY(session.workplace(arguments));
    BookDesk books(place->desk());
    const std::string book = TRY(bookOf(*place, arguments.words().front()));
    const BookTotals totals = TRY(books.close(book, signerOf(*place, arguments)));
    Outcome outcome;
    outcome.document = toJson(totals);
    outcome.document["book"] = book;
    outcome.text = "Đã khóa " + bookTitle(place->catalogue(), book) + ": " + std::to_string(totals.volumes) +
                   " quyển, " + std::to_string(totals.pages) + " trang, " + std::to_string(totals.numbers) +
                   " số, trong đó " + std::to_string(totals.cancelled) + " số đã hủy.";
    return outcome;
}

constexpr std::array kCommands{
    Command{"book list", "", "Các sổ: ai giữ, số cuối, quyển đang mở.", 0, 0, {}, runList},
    Command{"book open",
            "LOẠI [--last SỐ --volume QUYỂN --page TRANG --pages-before N --cancelled N --reason LÝ-DO]",
            "Mở sổ năm nay; --last và các số sau nhận số dư của sổ giấy.",
            1,
            1,
            {"last", "volume", "page", "pages-before", "cancelled", "reason"},
            runOpen},
    Command{"book sign",
            "MÃ --signer HỌ-TÊN --title CHỨC-VỤ [--type LOẠI] [--performer HỌ-TÊN] [--requester-signed]",
            "Ký và vào sổ: cấp số.",
            1,
            1,
            {"signer", "title", "type", "performer", "requester-signed"},
            runSign},
    Command{"book entry", "MÃ", "Hồ sơ đã vào sổ nào, số nào.", 1, 1, {}, runEntry},
    Command{"book page",
            "SỔ --volume QUYỂN --page TRANG",
            "Một trang sổ, cộng trang, cộng dồn, mã trang.",
            1,
            1,
            {"volume", "page"},
            runPage},
    Command{
        "book annotate",
        "SỔ SỐ --content NỘI-DUNG --basis CĂN-CỨ [--issuer NƠI-CẤP] [--date NGÀY] --signer HỌ-TÊN --title "
        "CHỨC-VỤ [--set CON-TRỎ=GIÁ-TRỊ …]",
        "Ghi chú sau đăng ký; --set là giá trị từ nay.",
        2,
        2,
        {"content", "basis", "issuer", "date", "signer", "title", "set"},
        runAnnotate},
    Command{"book cancel",
            "SỔ SỐ --reason LÝ-DO [--signer HỌ-TÊN --title CHỨC-VỤ]",
            "Hủy một số; số giữ nguyên, không dùng lại.",
            2,
            2,
            {"reason", "signer", "title"},
            runCancel},
    Command{"book volume", "SỔ", "Mở quyển tiếp theo.", 1, 1, {}, runVolume},
    Command{"book close",
            "SỔ [--signer HỌ-TÊN --title CHỨC-VỤ]",
            "Khóa sổ của năm với tổng số; sau đó không cấp số nữa.",
            1,
            1,
            {"signer", "title"},
            runClose},
};

} // namespace

std::span<const Command> bookCommands()
{
    return kCommands;
}

} // namespace motcua::cli
