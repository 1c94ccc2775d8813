// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/books/book_text.h"
#include "app/common/workplace.h"
#include "app/widgets/page.h"

#include <optional>

class QFrame;
class QLabel;
class QTableWidget;
class QVBoxLayout;

namespace motcua {

class Theme;

/// "Sổ bộ": every ledger with who holds it, its last number and open volume; below, the entries of the chosen
/// one; beside them what can be done with it.
class BooksPage : public Page
{
    Q_OBJECT
public:
    BooksPage(Theme& theme, Workplace& place, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* contextPanel() override;
    void arrive() override;

signals:
    /// "birth/2026": pages of it onto paper, as BookPages counts them.
    void printWanted(const QString& book, qint64 first, qint64 last);

private:
    /// A row: a book that is here, or a kind of which none is.
    struct Row
    {
        const BookKind* kind = nullptr;
        std::optional<BookState> state;
    };

    void readBooks();
    void fillBooks();
    void showChosen();
    void fillEntries();
    void fillPanel();
    void addTotals(const BookState& state);
    void addActs(const Row& row);
    void addThisYear(const BookState& state, int year);
    void addButton(const QString& words, const char* id, void (BooksPage::*act)(), bool isMain = false);
    [[nodiscard]] const Row* chosen() const;
    [[nodiscard]] std::string chosenBook() const;
    [[nodiscard]] std::int64_t chosenNumber() const; ///< of the entry; 0: none

    // What the buttons do, in book_acts.cpp; the first three in book_entry_acts.cpp
    void wantPrint();
    void askAnnotate();
    void askCancel();
    void askOpen();
    void askTakeBalance();
    void askVolume();
    void askClose();
    void askHandOver();
    void saveFileAgain();
    void askTakeOver();
    void askRecover();
    void askRecoverNow();
    void askRecoverOf(std::int64_t year);
    void askCounters();
    void saveFile(const std::string& book);
    void done(const QString& what, const QString& next = {});
    void ask(const QString& title, const QString& lead, const std::vector<AskField>& fields,
             const QString& action, const AskDialog::Act& act);
    [[nodiscard]] QString readCard(const QString& file);

    Theme& m_theme;
    Workplace& m_place;
    BookDesk m_books;
    std::vector<Row> m_rows;
    QTableWidget* m_list;
    QLabel* m_entriesTitle;
    QTableWidget* m_entries;
    QLabel* m_empty;
    QFrame* m_panel = nullptr;
    QVBoxLayout* m_panelColumn = nullptr;
};

} // namespace motcua
