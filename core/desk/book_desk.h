// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/books/book_store.h"
#include "core/books/hand_over_file.h"
#include "core/desk/desk.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// Who signed on paper.
struct BookSigner
{
    std::string name;
    std::string title; ///< "Chủ tịch", "KT. Chủ tịch, Phó Chủ tịch"
};

struct SignRequest
{
    std::string code;
    BookSigner signer;
    std::string type;             ///< loại đăng ký; empty: as it follows from the dossier
    std::string performer;        ///< who prepared it; empty: who is signed in
    std::string office;           ///< where it is registered, as papers name it for ever
    bool requesterSigned = false; ///< in the book; needed for a marriage only (Decree 120/2025)
};

/// What signing gave: one number, or one for each document of the dossier, following each other.
struct SignedEntries
{
    std::string book;
    std::int64_t volume = 0; ///< of the first
    std::int64_t first = 0;
    std::int64_t last = 0;
    Day registeredOn{};
    std::string op; ///< the dossier's change that carries it to the portal
};

/// What would be signed, for the screen that asks for it.
struct SignOffer
{
    const BookKind* kind =
        nullptr;      ///< of several (a recognition with a birth) the first without an entry yet
    std::string book; ///< key of the year's book
    std::optional<BookState> state; ///< none: not opened yet
    std::optional<std::string> type;
    std::int64_t numbers = 1;
    Problems problems; ///< why it cannot be signed now; empty: it can
};

struct BookAnnotation
{
    Day date{};          ///< of the writing into the book
    std::string content; ///< "Cải chính ngày sinh: 12/03/2026"
    std::string basis;   ///< "Trích lục cải chính số 07/TLCC ngày 05/10/2026"
    std::string issuer;  ///< who gave the basis
    BookSigner signer;
    Json set = Json::object(); ///< pointers into the entry's content to the values that hold from now on
};

/// How a book is opened: none of both for the year after one that this counter holds.
struct BookOpening
{
    std::optional<BookBalance> balance; ///< what a paper book of this year already has
    std::string reason;
    std::int64_t entriesPerPage = 0; ///< 0: as the kind says
    std::int64_t pagesPerVolume = 0;
};

/// One counter of the unit that may get a book.
struct KnownCounter
{
    CounterCard card;
    std::string code; ///< as it was compared
    Instant since;
};

/// Everything that a person can do with the ledgers, each act one transaction: the book's act, its journal
/// entry, the rows and, when a dossier is signed or its entry cancelled, the dossier's change for the portal.
///
/// Only the counter that holds a book writes in it; the hold goes from counter to counter by a file that is
/// handed over (handOver, takeOver), or, where the holder is lost, by a leader from the paper book (recover).
/// Refusals as Desk's; their rules are "book-…".
class BookDesk
{
public:
    explicit BookDesk(Desk& desk);

    // Reading
    [[nodiscard]] BookStore& books() { return m_store; }
    [[nodiscard]] BookCounter self() const;
    [[nodiscard]] Result<SignOffer> offer(const std::string& code);
    /// Of a dossier, oldest first.
    [[nodiscard]] Result<std::vector<BookEntry>> entriesOf(const std::string& code);
    [[nodiscard]] Result<std::vector<KnownCounter>> counters();
    [[nodiscard]] Result<CounterCard> card();

    // The book's life
    /// Opens the book of this year. The first one of a kind is a leader's act; another year's needs the book
    /// before it.
    [[nodiscard]] Answer<BookState> open(const std::string& kind, const BookOpening& opening = {});
    [[nodiscard]] Answer<BookState> newVolume(const std::string& book);
    /// After this nothing is numbered or cancelled in it. A leader's act.
    [[nodiscard]] Answer<BookTotals> close(const std::string& book, const BookSigner& signer);

    // Entries
    /// "Ký và vào sổ": gives the number. The dossier must be open (received, processing, paying) or finished,
    /// and without an open conflict.
    [[nodiscard]] Answer<SignedEntries> sign(const SignRequest& request);
    [[nodiscard]] Answer<void> annotate(const std::string& book, std::int64_t number,
                                        const BookAnnotation& annotation);
    /// The number stays and is never given again. A leader's act.
    [[nodiscard]] Answer<void> cancel(const std::string& book, std::int64_t number, const std::string& reason,
                                      const BookSigner& signer);

    // Passing on
    /// Makes another counter known, after a leader compared `code` with what that counter shows.
    [[nodiscard]] Answer<void> know(const CounterCard& card, const std::string& code);
    /// From now on this counter cannot write in the book. The file is handOverFile()'s, also again later.
    /// NotFound… as below; nothing is given away for which no file can be made.
    [[nodiscard]] Answer<void> handOver(const std::string& book, const std::string& toInstall);
    /// The file of the last hand-over, as long as it has not come back. The same content every time.
    [[nodiscard]] Answer<std::string> handOverFile(const std::string& book);
    /// Takes a book over. `code`: the giver's card code, where the giver is not known here yet (a leader's
    /// act then). Whatever is wrong with the file changes nothing.
    [[nodiscard]] Answer<BookState> takeOver(std::string_view file, const std::string& code = {});
    /// The holder is lost, or a restored register has lost what it knew: a leader takes the book up from what
    /// is on paper. Marked for ever.
    [[nodiscard]] Answer<BookState> recover(const std::string& kind, std::int64_t year,
                                            const BookBalance& paper, const std::string& reason);

private:
    struct Writing
    {
        BookState state;
        Json act;
    };
    [[nodiscard]] Result<BookState> known(const std::string& book);
    [[nodiscard]] Answer<BookState> held(const std::string& book);
    [[nodiscard]] Json newAct(const char* name, const BookState& state) const;
    [[nodiscard]] Result<Written> journal(const BookState& after, const char* name, Json detail,
                                          const DossierView* dossier = nullptr);
    [[nodiscard]] Result<void> write(BookState& state, const Json& act, Json detail = Json::object(),
                                     const DossierView* dossier = nullptr);
    [[nodiscard]] Answer<void> mayOpen(const BookKind& kind, std::int64_t year,
                                       const std::optional<BookState>& before, const BookOpening& opening);
    [[nodiscard]] Result<void> addProblems(const DossierView& view, SignOffer& offer);
    [[nodiscard]] Answer<void> checkRequest(const SignRequest& request, const SignOffer& offer) const;
    [[nodiscard]] Result<void> enter(const SignRequest& request, const SignOffer& offer,
                                     const DossierView& view, BookState& state, SignedEntries& done);
    [[nodiscard]] Answer<std::string> tellDossier(const DossierView& view, const std::string& reason);
    [[nodiscard]] Problem alreadyEntered(const Json& dossier, const std::vector<const BookKind*>& kinds,
                                         const std::vector<BookEntry>& entries) const;
    [[nodiscard]] Result<CounterKeys> keys();
    [[nodiscard]] Answer<void> mustTrust(const CounterCard& giver, const std::string& code);
    [[nodiscard]] Result<void> keepCard(const CounterCard& card);
    [[nodiscard]] Answer<std::vector<Writing>> joined(const HandOver& file);
    [[nodiscard]] Answer<void> checkText(const std::string& text, const char* rule, const char* message,
                                         std::size_t most = 2000) const;

    Desk& m_desk;
    BookStore m_store;
};

/// "birth/2026" as people say it: "Sổ đăng ký khai sinh năm 2026".
[[nodiscard]] std::string bookTitle(const Catalogue& catalogue, const std::string& book);

} // namespace motcua
