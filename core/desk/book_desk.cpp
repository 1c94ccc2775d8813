// SPDX-License-Identifier: GPL-3.0-or-later
// The life of a book: opened, written in by its holder, closed.
#include "core/desk/book_desk.h"

#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/desk/book_words.h"
#include "core/desk/clock_doubt.h"
#include "core/desk/desk_support.h"
#include "core/dossier/schema.h"

namespace motcua {

BookDesk::BookDesk(Desk& desk) : m_desk(desk), m_store(desk.m_connection) {}

BookCounter BookDesk::self() const
{
    return {m_desk.m_identity.install, m_desk.m_identity.epoch, m_desk.m_identity.slot};
}

Result<BookState> BookDesk::known(const std::string& book)
{
    auto state = TRY(m_store.state(book));
    if (!state) {
        return fail(ErrorKind::NotFound, "Quầy này chưa có " + bookTitle(m_desk.m_catalogue, book) + ".");
    }
    return std::move(*state);
}

Answer<BookState> BookDesk::held(const std::string& book)
{
    BookState state = TRY(known(book));
    if (!state.isHeldBy(self())) {
        return tl::unexpected(bookProblem("book-elsewhere", whoHolds(state, self())));
    }
    return state;
}

Answer<void> BookDesk::checkText(const std::string& text, const char* rule, const char* message,
                                 std::size_t most) const
{
    if (tidyText(text, Lines::Keep).empty() || codePoints(text) > most) {
        return tl::unexpected(bookProblem(rule, message));
    }
    return {};
}

Json BookDesk::newAct(const char* name, const BookState& state) const
{
    const Actor& actor = m_desk.m_actor;
    return {{"act", name},
            {"seq", state.seq + 1},
            {"at", toRfc3339(m_desk.m_clock.now())},
            {"by", actor.fullName.empty() ? actor.account : actor.fullName},
            {"writer", toJson(self())}};
}

Result<Written> BookDesk::journal(const BookState& after, const char* name, Json detail,
                                  const DossierView* dossier)
{
    NewEntry entry;
    entry.kind = std::string("book.") + name;
    entry.official = m_desk.m_actor.fullName.empty() ? m_desk.m_actor.account : m_desk.m_actor.fullName;
    entry.at = m_desk.m_clock.now();
    entry.body = std::move(detail);
    entry.body["book"] = after.key();
    entry.body["seq"] = after.seq;
    entry.body["chain"] = toHex(after.chain);
    if (dossier != nullptr) {
        entry.dossier = dossier->row.id;
        entry.uid = Uid(dossier->row.uid);
    }
    entry.local = TRY(withClockDoubt(m_desk.m_connection, entry.at, {}));
    return m_desk.m_journal.append(entry);
}

Result<void> BookDesk::write(BookState& state, const Json& act, Json detail, const DossierView* dossier)
{
    TRY(state.apply(act));
    const std::string name = stringAt(act, "act");
    const Written written = TRY(journal(state, name.c_str(), std::move(detail), dossier));
    return m_store.write(state, act, written.position);
}

Answer<void> BookDesk::mayOpen(const BookKind& kind, std::int64_t year,
                               const std::optional<BookState>& before, const BookOpening& opening)
{
    if (before && before->year >= year) {
        const bool isSame = before->year == year;
        return tl::unexpected(bookProblem(
            isSame ? "book-open" : "book-later-year",
            isSame ? bookTitle(m_desk.m_catalogue, before->key()) + " đã mở rồi. " + whoHolds(*before, self())
                   : "Sổ năm " + std::to_string(before->year) + " đã mở. Hãy xem lại đồng hồ của máy."));
    }
    if (before && !before->isHeldBy(self())) {
        return tl::unexpected(bookProblem("book-elsewhere", "Sổ năm mới do quầy đang giữ sổ năm trước mở. " +
                                                                whoHolds(*before, self())));
    }
    if (before && before->succeeded) {
        return tl::unexpected(bookProblem("book-open",
                                          "Sổ năm sau đã được mở ở một quầy khác, hoặc sổ năm trước "
                                          "được lập lại từ sổ giấy: nhận bàn giao sổ năm nay, hoặc "
                                          "lãnh đạo lập lại sổ năm nay theo sổ giấy (chưa có số: 0)."));
    }
    if (!before || opening.balance) {
        TRY(m_desk.mustBeAllowed(Act::LeadBooks));
    }
    if (!before && m_desk.m_identity.epoch != kFirstEpoch) {
        return tl::unexpected(bookProblem(
            "book-restored",
            "Quầy này đã phục hồi từ bản sao lưu nên không biết sổ đã mở hay chưa: lãnh đạo lập lại sổ "
            "theo sổ giấy (chưa có số nào thì số cuối là 0)."));
    }
    if (opening.balance || (!before && m_desk.m_identity.slot != kHomeSlot)) {
        const char* why =
            opening.balance
                ? "Nhận số dư từ sổ giấy phải ghi lý do (sổ nào, ai kiểm đếm), tối đa 2000 ký tự."
                : "Sổ mở lần đầu ở quầy 1. Mở ở quầy khác phải ghi lý do, và chắc chắn quầy 1 chưa "
                  "mở sổ này.";
        TRY(checkText(opening.reason, "reason-required", why));
    }
    if (kind.id.empty()) {
        return tl::unexpected(bookProblem("book-kind", "Không có loại sổ này."));
    }
    return {};
}

Answer<BookState> BookDesk::open(const std::string& name, const BookOpening& opening)
{
    TRY(m_desk.mustBeAllowed(Act::KeepBooks));
    const BookKind* kind = m_desk.m_catalogue.bookKind(name);
    if (kind == nullptr) {
        return tl::unexpected(bookProblem("book-kind", "Không có loại sổ “" + name + "”."));
    }
    const auto year = static_cast<int>(dayInVietnam(m_desk.m_clock.now()).year());
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    std::optional<BookState> before = TRY(m_store.newest(kind->id));
    TRY(mayOpen(*kind, year, before, opening));
    BookState state;
    Json act = newAct("opened", state);
    act["book"] = bookKey(kind->id, year);
    act["unit"] = m_desk.m_identity.unit;
    act["entriesPerPage"] = opening.entriesPerPage > 0 ? opening.entriesPerPage : kind->entriesPerPage;
    act["pagesPerVolume"] = opening.pagesPerVolume > 0 ? opening.pagesPerVolume : kind->pagesPerVolume;
    if (!opening.reason.empty()) {
        act["reason"] = tidyText(opening.reason, Lines::Keep);
    }
    if (opening.balance) {
        act["balance"] = toJson(*opening.balance);
    }
    if (before) {
        act["before"] = {{"book", before->key()}, {"chain", toHex(before->chain)}};
        Json successor = newAct("succeeded", *before);
        successor["year"] = year;
        TRY(write(*before, successor));
    }
    if (const auto written = write(state, act); !written) {
        return tl::unexpected(written.error().kind == ErrorKind::Invalid
                                  ? bookProblem("book-balance",
                                                "Số dư của sổ giấy không hợp lý: xem lại số cuối, "
                                                "quyển, trang và số mục đã hủy.")
                                  : Refusal(written.error()));
    }
    TRY(transaction.commit());
    return state;
}

Answer<BookState> BookDesk::newVolume(const std::string& book)
{
    TRY(m_desk.mustBeAllowed(Act::KeepBooks));
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    BookState state = TRY(held(book));
    if (state.closed || state.succeeded) {
        return tl::unexpected(bookProblem("book-closed", kClosedWords));
    }
    if (state.page == 0) {
        return tl::unexpected(bookProblem("book-volume-empty", "Quyển đang mở chưa có mục nào."));
    }
    Json act = newAct("volume", state);
    act["volume"] = state.volume + 1;
    TRY(write(state, act, {{"volume", state.volume + 1}}));
    TRY(transaction.commit());
    return state;
}

Answer<BookTotals> BookDesk::close(const std::string& book, const BookSigner& signer)
{
    TRY(m_desk.mustBeAllowed(Act::LeadBooks));
    TRY(checkText(signer.name, "signer-required", "Cần họ tên người ký khóa sổ.", 120));
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    BookState state = TRY(held(book));
    if (state.closed) {
        return tl::unexpected(bookProblem("book-closed", "Sổ này đã khóa."));
    }
    Json act = newAct("closed", state);
    act["totals"] = toJson(state.totals);
    act["signer"] = {{"name", tidyText(signer.name)}, {"title", tidyText(signer.title)}};
    TRY(write(state, act, {{"totals", toJson(state.totals)}}));
    TRY(transaction.commit());
    return state.totals;
}

} // namespace motcua
