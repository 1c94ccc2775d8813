// SPDX-License-Identifier: GPL-3.0-or-later
// A book passes from counter to counter: hand-over, taking over, taking up a lost one.
#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/desk/book_desk.h"
#include "core/desk/book_words.h"

#include <algorithm>

namespace motcua {

namespace {

Refusal fileRefusal(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Foreign:
        return bookProblem("hand-over-foreign", "Đây không phải tệp bàn giao sổ.");
    case ErrorKind::WrongKey:
        return bookProblem("hand-over-other", "Tệp này lập cho một quầy khác. Sổ chưa thay đổi.");
    case ErrorKind::Newer:
        return bookProblem("hand-over-newer",
                           "Tệp do bản chương trình mới hơn lập: hãy cập nhật rồi nhận lại.");
    case ErrorKind::Damaged:
        return bookProblem(
            "hand-over-damaged",
            "Tệp bàn giao bị cắt, hỏng hoặc đã bị sửa. Sổ chưa thay đổi: hãy lưu lại tệp ở quầy giao.");
    default:
        return Refusal(error);
    }
}

/// The acts that the receiver cannot know: behind its own last hand-over, else all.
std::size_t firstUnknown(const std::vector<BookAct>& log, const BookCounter& receiver)
{
    std::size_t from = 0;
    for (std::size_t i = 0; i < log.size(); ++i) {
        const auto writer = bookCounterFromJson(at(log[i].act, "writer"));
        if (stringAt(log[i].act, "act") == "handed-over" && writer && *writer == receiver) {
            from = i + 1;
        }
    }
    return from;
}

/// An act with which a leader took up a lost book: the one place at which two logs may part.
bool beginsAnew(const Json& act)
{
    return stringAt(act, "act") == "recovered" || !at(act, "recovered").is_null();
}

/// Where a file and what is known here part, and how many acts both have.
struct Overlap
{
    std::size_t same = 0; ///< acts of the file that are known here
    bool parts = false;   ///< the next one is another than ours
};

Result<Overlap> overlapOf(const HandOver& file, const std::vector<BookAct>& mine)
{
    Overlap overlap;
    while (overlap.same < file.acts.size()) {
        const std::size_t place = static_cast<std::size_t>(file.fromSeq) - 1 + overlap.same;
        if (place >= mine.size()) {
            return overlap;
        }
        if (dumpJson(mine[place].act) != dumpJson(file.acts[overlap.same])) {
            overlap.parts = true;
            return overlap;
        }
        ++overlap.same;
    }
    return overlap;
}

Hash chainBefore(const std::vector<BookAct>& log, std::size_t place)
{
    return place == 0 ? Hash{} : log[place - 1].chain;
}

} // namespace

Answer<void> BookDesk::handOver(const std::string& book, const std::string& toInstall)
{
    TRY(m_desk.mustBeAllowed(Act::KeepBooks));
    const CounterCard mine = TRY(card()); // its keys exist before anything is given away
    static_cast<void>(mine);
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    BookState state = TRY(held(book));
    const auto all = TRY(counters());
    const auto to = std::ranges::find_if(
        all, [&](const KnownCounter& known) { return known.card.counter.install == toInstall; });
    if (to == all.end()) {
        return tl::unexpected(
            bookProblem("counter-unknown", "Chưa biết quầy nhận: hãy đọc thẻ của quầy ấy trước."));
    }
    Json act = newAct("handed-over", state);
    act["to"] = toJson(to->card.counter);
    act["hop"] = state.hop + 1;
    TRY(write(state, act, {{"to", toJson(to->card.counter)}}));
    // Before anything is final: a book that is given away without a file that can be made would be lost.
    const auto file = handOverFile(book);
    if (!file) {
        return tl::unexpected(file.error());
    }
    TRY(transaction.commit());
    return {};
}

Answer<std::string> BookDesk::handOverFile(const std::string& book)
{
    TRY(m_desk.mustBeAllowed(Act::KeepBooks));
    const BookState state = TRY(known(book));
    auto log = TRY(m_store.log(book));
    const bool isOurs = !log.empty() && stringAt(log.back().act, "act") == "handed-over" && state.inTransit &&
                        stringAt(at(log.back().act, "writer"), "install") == self().install;
    if (!isOurs) {
        return tl::unexpected(
            bookProblem("book-not-given", "Quầy này không có bàn giao nào của sổ này đang chờ nhận."));
    }
    const auto all = TRY(counters());
    const auto to = std::ranges::find_if(
        all, [&](const KnownCounter& known) { return known.card.counter.install == state.holder->install; });
    if (to == all.end()) {
        return tl::unexpected(bookProblem("counter-unknown", "Chưa biết quầy nhận."));
    }
    HandOver file;
    file.from = TRY(card());
    file.to = *state.holder;
    file.book = book;
    file.hop = state.hop;
    const std::size_t from = firstUnknown(log, *state.holder);
    file.fromSeq = static_cast<std::int64_t>(from) + 1;
    file.before = chainBefore(log, from);
    file.head = state.chain;
    for (std::size_t i = from; i < log.size(); ++i) {
        file.acts.push_back(std::move(log[i].act));
    }
    const CounterKeys mine = TRY(keys());
    return TRY(sealHandOver(file, mine, to->card.sealKey));
}

Answer<std::vector<BookDesk::Writing>> BookDesk::joined(const HandOver& file)
{
    const auto mine = TRY(m_store.log(file.book));
    const auto start = static_cast<std::size_t>(file.fromSeq) - 1;
    if (file.fromSeq < 1 || start > mine.size()) {
        return tl::unexpected(bookProblem("hand-over-gap", "Tệp thiếu phần đầu của sổ mà quầy này chưa có."));
    }
    const Overlap overlap = TRY(overlapOf(file, mine));
    const std::size_t place = start + overlap.same;
    if (!overlap.parts && overlap.same == file.acts.size()) {
        return tl::unexpected(
            bookProblem("hand-over-old",
                        "Tệp này đã nhận rồi, hoặc cũ hơn những gì quầy này biết về sổ. Sổ chưa thay đổi."));
    }
    const bool isAnother = chainBefore(mine, start) != file.before ||
                           (place < mine.size() && !overlap.parts) ||
                           (overlap.parts && !beginsAnew(file.acts[overlap.same]));
    if (isAnother) {
        return tl::unexpected(bookProblem(
            "book-fork",
            "Tệp này và sổ ở quầy này khác nhau từ cùng một chỗ: đã có hai nơi cùng ghi một sổ, hoặc một "
            "máy chép từ ổ đĩa cũ. Không nhận; lãnh đạo phải đối chiếu với sổ giấy."));
    }
    BookState state;
    for (std::size_t i = 0; i < place; ++i) {
        TRY(state.apply(mine[i].act));
    }
    const std::int64_t known = mine.empty() ? -1 : mine.back().line;
    std::vector<Writing> writings;
    for (std::size_t i = overlap.same; i < file.acts.size(); ++i) {
        if (!state.apply(file.acts[i])) {
            return tl::unexpected(fileRefusal(Error{ErrorKind::Damaged, {}}));
        }
        writings.push_back({state, file.acts[i]});
    }
    if (overlap.parts && writings.front().state.recoveries <= known) {
        return tl::unexpected(bookProblem("book-fork",
                                          "Sổ này đã được lập lại ở hai nơi. Không nhận; lãnh đạo phải "
                                          "đối chiếu với sổ giấy."));
    }
    const bool isWhole = state.chain == file.head && state.key() == file.book && state.hop == file.hop &&
                         state.unit == m_desk.m_identity.unit && state.inTransit && *state.holder == self();
    if (!isWhole) {
        return tl::unexpected(fileRefusal(Error{ErrorKind::Damaged, {}}));
    }
    return writings;
}

Answer<BookState> BookDesk::takeOver(std::string_view bytes, const std::string& code)
{
    TRY(m_desk.mustBeAllowed(Act::KeepBooks));
    const auto mine = keys();
    if (!mine && mine.error().kind != ErrorKind::NotFound) {
        return tl::unexpected(Refusal(mine.error()));
    }
    if (!mine) {
        return tl::unexpected(fileRefusal(Error{ErrorKind::WrongKey, {}})); // no card of ours ever went out
    }
    const auto file = openHandOver(bytes, *mine);
    if (!file) {
        return tl::unexpected(fileRefusal(file.error()));
    }
    if (file->to.install != self().install) {
        return tl::unexpected(fileRefusal(Error{ErrorKind::WrongKey, {}}));
    }
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    TRY(mustTrust(file->from, code));
    if (!(file->to == self())) {
        return tl::unexpected(bookProblem("hand-over-restored",
                                          "Tệp lập trước khi quầy này phục hồi từ bản sao lưu, nên có thể đã "
                                          "nhận và đã ghi tiếp. Không nhận lại "
                                          "được: lãnh đạo lập lại sổ theo số cuối trên sổ giấy."));
    }
    auto writings = TRY(joined(*file));
    const auto all = TRY(counters());
    if (std::ranges::none_of(
            all, [&](const KnownCounter& known) { return known.card.counter == file->from.counter; })) {
        TRY(keepCard(file->from));
    }
    BookState state = writings.back().state;
    Json act = newAct("taken", state);
    act["hop"] = state.hop;
    TRY(state.apply(act));
    writings.push_back({state, act});
    const Written written = TRY(journal(state, "taken", {{"from", toJson(file->from.counter)}}));
    for (const Writing& writing : writings) {
        if (const auto done = m_store.write(writing.state, writing.act, written.position); !done) {
            return tl::unexpected(done.error().kind == ErrorKind::Invalid
                                      ? fileRefusal(Error{ErrorKind::Damaged, {}})
                                      : Refusal(done.error()));
        }
    }
    TRY(transaction.commit());
    return state;
}

Answer<BookState> BookDesk::recover(const std::string& name, std::int64_t year, const BookBalance& paper,
                                    const std::string& reason)
{
    TRY(m_desk.mustBeAllowed(Act::LeadBooks));
    TRY(checkText(reason, "reason-required",
                  "Lập lại sổ phải ghi lý do: quầy giữ sổ hỏng hay mất, ai đã kiểm số cuối trên sổ giấy."));
    const BookKind* kind = m_desk.m_catalogue.bookKind(name);
    if (kind == nullptr) {
        return tl::unexpected(bookProblem("book-kind", "Không có loại sổ “" + name + "”."));
    }
    if (year > static_cast<int>(dayInVietnam(m_desk.m_clock.now()).year())) {
        return tl::unexpected(bookProblem("book-later-year", "Không lập lại sổ của năm chưa tới.", "/year"));
    }
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    const auto known = TRY(m_store.state(bookKey(kind->id, year)));
    if (known && known->isHeldBy(self())) {
        return tl::unexpected(bookProblem("book-held", "Quầy này đang giữ sổ, không phải lập lại."));
    }
    BookState state = known.value_or(BookState{});
    Json act = newAct(known ? "recovered" : "opened", state);
    act["reason"] = tidyText(reason, Lines::Keep);
    act["balance"] = toJson(paper);
    if (known) {
        act["hop"] = state.hop + 1;
    } else {
        act["book"] = bookKey(kind->id, year);
        act["unit"] = m_desk.m_identity.unit;
        act["entriesPerPage"] = kind->entriesPerPage;
        act["pagesPerVolume"] = kind->pagesPerVolume;
        act["recovered"] = true;
    }
    if (const auto written = write(state, act, {{"last", paper.last}, {"recovered", true}}); !written) {
        return tl::unexpected(
            written.error().kind == ErrorKind::Invalid
                ? bookProblem("book-balance",
                              "Số cuối, quyển, trang không thể ở trước những gì quầy này đã biết (số " +
                                  bookNumber(state.totals.numbers) + "). Hãy đọc lại trên sổ giấy.")
                : Refusal(written.error()));
    }
    TRY(transaction.commit());
    return state;
}

} // namespace motcua
