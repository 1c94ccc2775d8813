// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers in a book: signing, annotations, cancellation.
#include "core/base/text.h"
#include "core/books/registration_type.h"
#include "core/db/transaction.h"
#include "core/desk/book_desk.h"
#include "core/desk/book_words.h"
#include "core/dossier/patch.h"
#include "core/dossier/schema.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::int64_t kItemsMost = 200;
constexpr std::size_t kNameMost = 120;
constexpr const char* kRegistration = "/form/registration";

Problem hard(std::string rule, std::string message)
{
    return {"", std::move(rule), std::move(message), Severity::Hard, {}};
}

bool maySign(Status status)
{
    return status == Status::Received || status == Status::Processing || status == Status::Paying ||
           status == Status::Finished;
}

/// The documents of a dossier, where each has a number of its own.
std::int64_t itemsOf(const BookKind& kind, const Json& dossier)
{
    const Json* items = kind.items.empty() ? nullptr : findAt(dossier, kind.items);
    return items != nullptr && items->is_array() && !items->empty() ? static_cast<std::int64_t>(items->size())
                                                                    : 1;
}

/// A recognition that comes with a birth names its two persons as the birth does; in its own book they stand
/// as in any other recognition.
void nameRecognition(Json& form)
{
    if (form.contains("recogniser")) {
        return;
    }
    const std::string by = stringAt(form, "recognition") == "mẹ nhận con" ? "mother" : "father";
    for (const char* what : {"", "EthnicGroup", "Nationality"}) {
        form[std::string("recogniser") + what] = at(form, by + what);
        form[std::string("recognised") + what] = at(form, std::string("child") + what);
    }
}

/// What the entry keeps of the dossier for ever.
Json contentOf(const BookKind& kind, const Json& dossier, std::int64_t item)
{
    Json content{{"applicant", at(dossier, "applicant")}, {"form", at(dossier, "form")}};
    content["form"].erase("registration");
    if (kind.id == "recognition") {
        nameRecognition(content["form"]);
    }
    const Json* items = kind.items.empty() ? nullptr : findAt(dossier, kind.items);
    if (items != nullptr && items->is_array() && item < static_cast<std::int64_t>(items->size())) {
        content["item"] = (*items)[static_cast<std::size_t>(item)];
    }
    return content;
}

Json toJson(const BookSigner& signer)
{
    return {{"name", tidyText(signer.name)}, {"title", tidyText(signer.title)}};
}

bool standsIn(const std::vector<BookEntry>& entries, const std::string& kind)
{
    return std::ranges::any_of(entries, [&](const BookEntry& entry) {
        const auto key = parseBookKey(entry.book);
        return !entry.cancelled && key && key->first == kind;
    });
}

/// The number in a book of this kind that the dossier says it has, given at another counter or before a
/// restore, so that this register need not have the entry. Null where it has none, or where that number was
/// cancelled here.
const Json* numberOf(const Json& dossier, const std::string& kind, const std::vector<BookEntry>& entries)
{
    const Json& first = at(at(dossier, "form"), "registration");
    std::vector<const Json*> all{&first};
    const Json& also = at(first, "also");
    for (std::size_t i = 0; also.is_array() && i < also.size(); ++i) {
        all.push_back(&also[i]);
    }
    for (const Json* one : all) {
        const Json& year = at(*one, "year");
        const bool isCancelled = std::ranges::any_of(entries, [&](const BookEntry& entry) {
            return entry.cancelled && year.is_number_integer() &&
                   entry.book == bookKey(kind, year.get<int>()) && at(*one, "number") == entry.place.number;
        });
        if (stringAt(*one, "book") == kind && !isCancelled) {
            return one;
        }
    }
    return nullptr;
}

/// What a dossier says of the numbers that it has: those in the first book, in further ones as `also`. Null:
/// none.
Json registrationOf(const std::vector<BookEntry>& entries)
{
    Json books = Json::array();
    for (const BookEntry& entry : entries) {
        const auto key = parseBookKey(entry.book);
        if (entry.cancelled || !key) {
            continue;
        }
        const bool isNext = !books.empty() && books.back().at("book") == key->first;
        if (isNext) {
            books.back()["to"] = entry.place.number;
            continue;
        }
        books.push_back({{"book", key->first},
                         {"year", key->second},
                         {"volume", entry.place.volume},
                         {"number", entry.place.number},
                         {"registeredOn", stringAt(entry.act, "registeredOn")}});
    }
    if (books.empty()) {
        return nullptr;
    }
    Json registration = books.front();
    books.erase(0);
    if (!books.empty()) {
        registration["also"] = std::move(books);
    }
    return registration;
}

bool isConflict(const OperationRow& row)
{
    return asksAPerson(row.state);
}

} // namespace

Result<SignOffer> BookDesk::offer(const std::string& code)
{
    const DossierView view = TRY(m_desk.m_register.byCode(code));
    const Day today = dayInVietnam(m_desk.m_clock.now());
    SignOffer offer;
    const Day received = dayInVietnam(view.row.received);
    const auto kinds = m_desk.m_catalogue.booksOf(view.row.procedure, received);
    if (kinds.empty()) {
        offer.problems.push_back(hard("book-none", "Thủ tục này không có sổ để vào."));
        return offer;
    }
    offer.kind = kinds.front();
    const auto entries = TRY(m_store.entriesOf(view.row.uid));
    const auto open = std::ranges::find_if(kinds, [&](const BookKind* kind) {
        return !standsIn(entries, kind->id) && numberOf(view.dossier, kind->id, entries) == nullptr;
    });
    if (open == kinds.end()) {
        offer.problems.push_back(alreadyEntered(view.dossier, kinds, entries));
    } else {
        offer.kind = *open;
    }
    offer.book = bookKey(offer.kind->id, static_cast<int>(today.year()));
    offer.state = TRY(m_store.state(offer.book));
    const Procedure* procedure = m_desk.m_catalogue.find(view.row.procedure, received);
    if (procedure != nullptr) {
        const Form form = m_desk.m_catalogue.form(*procedure, received);
        offer.type = registrationType(*offer.kind, form, view.dossier, m_desk.m_catalogue.calendar());
    }
    offer.numbers = itemsOf(*offer.kind, view.dossier);
    if (offer.problems.empty()) {
        TRY(addProblems(view, offer));
    }
    return offer;
}

Problem BookDesk::alreadyEntered(const Json& dossier, const std::vector<const BookKind*>& kinds,
                                 const std::vector<BookEntry>& entries) const
{
    for (const BookKind* kind : kinds) {
        const Json* number = numberOf(dossier, kind->id, entries);
        if (!standsIn(entries, kind->id) && number != nullptr) {
            return hard("book-entered",
                        "Hồ sơ đã có số " + dumpJson(at(*number, "number")) + " năm " +
                            dumpJson(at(*number, "year")) + " trong " + kind->title +
                            ", cấp ở quầy khác hoặc trước khi phục hồi: không cấp số thứ hai.");
        }
    }
    const auto last = std::find_if(entries.rbegin(), entries.rend(),
                                   [](const BookEntry& entry) { return !entry.cancelled; });
    return hard("book-entered", "Hồ sơ đã vào " + bookTitle(m_desk.m_catalogue, last->book) + ", số " +
                                    bookNumber(last->place.number) + ".");
}

Result<void> BookDesk::addProblems(const DossierView& view, SignOffer& offer)
{
    const auto rows = TRY(m_desk.m_projector.operations().ofDossier(view.row.id));
    if (!maySign(view.row.status)) {
        offer.problems.push_back(
            hard("book-status",
                 "Hồ sơ đang “" + std::string(statusLabel(view.row.status)) + "” nên chưa ký vào sổ được."));
    }
    if (std::ranges::any_of(rows, isConflict)) {
        offer.problems.push_back(hard(
            "book-conflict", "Hồ sơ còn điều phải quyết định ở mục Cần bạn: xử lý xong rồi mới ký vào sổ."));
    }
    if (offer.numbers > kItemsMost) {
        offer.problems.push_back(hard("book-items", "Hồ sơ có quá 200 giấy tờ: hãy tách hồ sơ."));
    }
    if (!offer.state) {
        offer.problems.push_back(
            hard("book-not-open", bookTitle(m_desk.m_catalogue, offer.book) +
                                      " chưa mở ở quầy này: mở sổ, hoặc nhận bàn giao sổ."));
    } else if (!offer.state->isHeldBy(self())) {
        offer.problems.push_back(hard("book-elsewhere", whoHolds(*offer.state, self())));
    } else if (offer.state->closed || offer.state->succeeded) {
        offer.problems.push_back(hard("book-closed", kClosedWords));
    }
    return {};
}

Answer<void> BookDesk::checkRequest(const SignRequest& request, const SignOffer& offer) const
{
    TRY(checkText(request.signer.name, "signer-required", "Cần họ tên người ký.", kNameMost));
    if (codePoints(request.signer.title) > kNameMost || codePoints(request.performer) > kNameMost) {
        return tl::unexpected(bookProblem("max-length", "Họ tên, chức vụ tối đa 120 ký tự."));
    }
    const auto& types = offer.kind->types;
    if (!types.empty() && request.type.empty() && !offer.type) {
        return tl::unexpected(bookProblem("type-required", "Cần chọn loại đăng ký.", "/type"));
    }
    if (!request.type.empty() &&
        std::ranges::find(types, request.type, &RegistrationType::value) == types.end()) {
        return tl::unexpected(bookProblem("book-type", "Sổ này không có loại đăng ký ấy.", "/type"));
    }
    if (offer.kind->requesterSigns && !request.requesterSigned) {
        return tl::unexpected(bookProblem(
            "requester-signature", "Người yêu cầu phải ký vào sổ trước khi cấp số (kết hôn: cả hai bên).",
            "/requesterSigned"));
    }
    const Actor& actor = m_desk.m_actor;
    const std::string performer = request.performer.empty() ? actor.fullName : request.performer;
    if (offer.kind->twoPersons && fold(performer) == fold(request.signer.name)) {
        return tl::unexpected(bookProblem(
            "two-persons", "Việc này cần hai người: người ký phải khác người thực hiện.", "/signer"));
    }
    return {};
}

Result<void> BookDesk::enter(const SignRequest& request, const SignOffer& offer, const DossierView& view,
                             BookState& state, SignedEntries& done)
{
    const Actor& actor = m_desk.m_actor;
    for (std::int64_t item = 0; item < offer.numbers; ++item) {
        const BookPlace place = state.next();
        Json act = newAct("entered", state);
        act["number"] = place.number;
        act["volume"] = place.volume;
        act["page"] = place.page;
        act["line"] = place.line;
        act["item"] = item;
        act["uid"] = view.row.uid;
        act["code"] = view.row.code;
        act["procedure"] = view.row.procedure;
        act["registeredOn"] = toIsoDay(done.registeredOn);
        act["type"] = request.type.empty() ? offer.type.value_or("") : request.type;
        act["signer"] = toJson(request.signer);
        act["performer"] = tidyText(!request.performer.empty() ? request.performer
                                    : actor.fullName.empty()   ? actor.account
                                                               : actor.fullName);
        act["requesterSigned"] = request.requesterSigned;
        if (!request.office.empty()) {
            act["office"] = tidyText(request.office);
        }
        act["content"] = contentOf(*offer.kind, view.dossier, item);
        TRY(write(state, act, {{"number", place.number}, {"volume", place.volume}}, &view));
        done.volume = item == 0 ? place.volume : done.volume;
        done.first = item == 0 ? place.number : done.first;
        done.last = place.number;
    }
    return {};
}

Answer<SignedEntries> BookDesk::sign(const SignRequest& request)
{
    TRY(m_desk.mustBeAllowed(Act::KeepBooks));
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    const DossierView view = TRY(m_desk.m_register.byCode(request.code));
    SignOffer offer = TRY(this->offer(request.code));
    if (!offer.problems.empty()) {
        return tl::unexpected(Refusal(std::move(offer.problems)));
    }
    TRY(checkRequest(request, offer));
    SignedEntries done;
    done.book = offer.book;
    done.registeredOn = dayInVietnam(m_desk.m_clock.now());
    BookState state = *offer.state;
    TRY(enter(request, offer, view, state, done));
    done.op = TRY(tellDossier(view, {}));
    TRY(transaction.commit());
    return done;
}

Answer<std::string> BookDesk::tellDossier(const DossierView& view, const std::string& reason)
{
    Json registration = registrationOf(TRY(m_store.entriesOf(view.row.uid)));
    const Acted acted = TRY(m_desk.changeWithin(view, {{kRegistration, std::move(registration)}}, reason));
    return acted.op;
}

Answer<void> BookDesk::annotate(const std::string& book, std::int64_t number,
                                const BookAnnotation& annotation)
{
    TRY(m_desk.mustBeAllowed(Act::KeepBooks));
    TRY(checkText(annotation.content, "content-required", "Cần ghi nội dung, tối đa 2000 ký tự."));
    TRY(checkText(annotation.basis, "basis-required", "Cần ghi căn cứ: tên giấy tờ, số, ngày.", 500));
    TRY(checkText(annotation.signer.name, "signer-required", "Cần họ tên người ký.", kNameMost));
    if (!annotation.date.ok() || annotation.date > dayInVietnam(m_desk.m_clock.now())) {
        return tl::unexpected(bookProblem("date", "Ngày ghi chú không hợp lệ hoặc ở sau hôm nay.", "/date"));
    }
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    BookState state = TRY(held(book));
    const BookEntry entry = TRY(m_store.entry(book, number));
    if (entry.cancelled) {
        return tl::unexpected(bookProblem("book-cancelled", "Số này đã hủy, không ghi chú thêm."));
    }
    const Json current = entry.current();
    for (const auto& item : annotation.set.items()) {
        if (findAt(current, item.key()) == nullptr) {
            return tl::unexpected(
                bookProblem("pointer", "Mục trong sổ không có trường “" + item.key() + "”.", item.key()));
        }
    }
    Json act = newAct("annotated", state);
    act["number"] = number;
    act["date"] = toIsoDay(annotation.date);
    act["content"] = tidyText(annotation.content, Lines::Keep);
    act["basis"] = tidyText(annotation.basis);
    act["issuer"] = tidyText(annotation.issuer);
    act["signer"] = toJson(annotation.signer);
    act["set"] = annotation.set;
    TRY(write(state, act, {{"number", number}}));
    TRY(transaction.commit());
    return {};
}

Answer<void> BookDesk::cancel(const std::string& book, std::int64_t number, const std::string& reason,
                              const BookSigner& signer)
{
    TRY(m_desk.mustBeAllowed(Act::LeadBooks));
    TRY(checkText(reason, "reason-required", "Hủy một số phải ghi lý do, tối đa 2000 ký tự."));
    TRY(checkText(signer.name, "signer-required", "Cần họ tên người ký.", kNameMost));
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    BookState state = TRY(held(book));
    const BookEntry entry = TRY(m_store.entry(book, number));
    if (entry.cancelled) {
        return tl::unexpected(bookProblem("book-cancelled", "Số này đã hủy rồi."));
    }
    if (state.closed) {
        return tl::unexpected(bookProblem(
            "book-closed", "Sổ đã khóa: việc hủy được ghi bằng ghi chú vào mục này, số vẫn giữ nguyên."));
    }
    Json act = newAct("cancelled", state);
    act["number"] = number;
    act["date"] = toIsoDay(dayInVietnam(m_desk.m_clock.now()));
    act["reason"] = tidyText(reason, Lines::Keep);
    act["signer"] = toJson(signer);
    const auto view = m_desk.m_register.byUid(stringAt(entry.act, "uid"));
    TRY(write(state, act, {{"number", number}}, view ? &*view : nullptr));
    // The dossier may be entered anew; while it cannot be changed, it keeps the number it had.
    if (view && maySign(view->row.status) && findAt(view->dossier, kRegistration) != nullptr) {
        const auto rows = TRY(m_desk.m_projector.operations().ofDossier(view->row.id));
        if (std::ranges::none_of(rows, isConflict)) {
            TRY(tellDossier(*view, tidyText(reason, Lines::Keep)));
        }
    }
    TRY(transaction.commit());
    return {};
}

Result<std::vector<BookEntry>> BookDesk::entriesOf(const std::string& code)
{
    const DossierView view = TRY(m_desk.m_register.byCode(code));
    return m_store.entriesOf(view.row.uid);
}

} // namespace motcua
