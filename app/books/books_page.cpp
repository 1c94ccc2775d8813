// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/books/books_page.h"

#include "app/common/error_text.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "core/journal/chain_code.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace motcua {

namespace {

constexpr std::int64_t kEntriesShown = 500; ///< the newest; a page of a volume has at most a hundred

QTableWidget* makeTable(const char* id, const QString& spoken, const QStringList& heads)
{
    auto* table = named(new QTableWidget(0, static_cast<int>(heads.size())), id, spoken);
    table->setHorizontalHeaderLabels(heads);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    return table;
}

void setCell(QTableWidget* table, int row, int column, const QString& text, bool isQuiet = false)
{
    auto* item = new QTableWidgetItem(text);
    if (isQuiet) {
        item->setForeground(table->palette().brush(QPalette::PlaceholderText));
    }
    table->setItem(row, column, item);
}

} // namespace

BooksPage::BooksPage(Theme& theme, Workplace& place, QWidget* parent)
    : Page(parent), m_theme(theme), m_place(place), m_books(place.desk()),
      m_list(makeTable("bookList", tr("Các sổ"),
                       {tr("Sổ"), tr("Năm"), tr("Ai giữ"), tr("Số cuối"), tr("Quyển"), tr("Trang")})),
      m_entriesTitle(makeLineLabel({}, "heading")),
      m_entries(makeTable("bookEntries", tr("Các mục trong sổ"),
                          {tr("Số"), tr("Ngày"), tr("Họ tên"), tr("Hồ sơ"), tr("Người ký"), tr("Ghi chú")})),
      m_empty(makeLabel({}, "hint"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLineLabel(tr("Sổ bộ"), "title"));
    column->addWidget(m_list, 3);
    column->addSpacing(2 * kGrid);
    column->addWidget(m_entriesTitle);
    column->addWidget(m_empty);
    column->addWidget(m_entries, 4);
    column->addStretch(0);
    m_list->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_entries->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    connect(m_list, &QTableWidget::itemSelectionChanged, this, &BooksPage::showChosen);
    connect(m_entries, &QTableWidget::itemSelectionChanged, this, &BooksPage::fillPanel);
    connect(m_entries, &QTableWidget::itemActivated, this,
            [this](QTableWidgetItem* item) { emit dossierWanted(m_entries->item(item->row(), 3)->text()); });
}

QWidget* BooksPage::contextPanel()
{
    if (m_panel == nullptr) {
        m_panel = makeFrame("page", 5 * kGrid, 2 * kGrid, this);
        m_panel->hide();
        m_panel->setMinimumWidth(300);
        m_panelColumn = columnOf(m_panel);
        fillPanel();
    }
    return m_panel;
}

void BooksPage::arrive()
{
    readBooks();
    m_list->setFocus();
}

void BooksPage::readBooks()
{
    const auto states = m_books.books().states();
    if (!states) {
        const ErrorText text = explain(states.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return;
    }
    const std::string before = chosenBook();
    m_rows.clear();
    for (const BookState& state : *states) {
        m_rows.push_back({m_place.catalogue().bookKind(state.kind), state});
    }
    for (const BookKind& kind : m_place.catalogue().bookKinds()) {
        const bool isHere = std::any_of(states->begin(), states->end(),
                                        [&](const BookState& state) { return state.kind == kind.id; });
        if (!isHere) {
            m_rows.push_back({&kind, std::nullopt});
        }
    }
    fillBooks();
    int row = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        row = m_rows[i].state && m_rows[i].state->key() == before ? static_cast<int>(i) : row;
    }
    m_list->selectRow(row);
    showChosen();
}

void BooksPage::fillBooks()
{
    const QSignalBlocker quietly(m_list);
    m_list->setRowCount(static_cast<int>(m_rows.size()));
    for (int i = 0; i < m_list->rowCount(); ++i) {
        const Row& row = m_rows[static_cast<std::size_t>(i)];
        const QString title = row.kind != nullptr ? displayText(row.kind->title) : toQString(row.state->kind);
        const QString symbol = row.kind != nullptr && !row.kind->symbol.empty()
                                   ? QStringLiteral(" · ") + toQString(row.kind->symbol)
                                   : QString();
        setCell(m_list, i, 0, title + symbol, !row.state);
        if (!row.state) {
            setCell(m_list, i, 1, {});
            setCell(m_list, i, 2, tr("Chưa mở ở quầy này"), true);
            for (int column = 3; column < 6; ++column) {
                setCell(m_list, i, column, {});
            }
            continue;
        }
        const BookState& state = *row.state;
        setCell(m_list, i, 1, QString::number(state.year));
        setCell(m_list, i, 2, state.closed ? tr("Đã khóa") : holdWords(state, m_books.self()));
        setCell(m_list, i, 3, toQString(bookNumber(state.totals.numbers)));
        setCell(m_list, i, 4, QString::number(state.volume));
        setCell(m_list, i, 5, QString::number(state.page));
    }
}

const BooksPage::Row* BooksPage::chosen() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < static_cast<int>(m_rows.size()) ? &m_rows[static_cast<std::size_t>(row)]
                                                             : nullptr;
}

std::string BooksPage::chosenBook() const
{
    const Row* row = chosen();
    return row != nullptr && row->state ? row->state->key() : std::string();
}

std::int64_t BooksPage::chosenNumber() const
{
    const int row = m_entries->currentRow();
    const QTableWidgetItem* item = row < 0 ? nullptr : m_entries->item(row, 0);
    return item == nullptr ? 0 : item->data(Qt::UserRole).toLongLong();
}

void BooksPage::showChosen()
{
    fillEntries();
    fillPanel();
}

void BooksPage::fillEntries()
{
    const QSignalBlocker quietly(m_entries);
    m_entries->setRowCount(0);
    const Row* row = chosen();
    const std::string book = chosenBook();
    m_entriesTitle->setText(row == nullptr ? QString()
                            : book.empty() ? displayText(row->kind->title)
                                           : displayText(bookTitle(m_place.catalogue(), book)));
    std::vector<BookEntry> entries;
    if (!book.empty()) {
        const auto first = std::max<std::int64_t>(1, row->state->totals.numbers - kEntriesShown + 1);
        if (auto read = m_books.books().entries(book, first, kEntriesShown)) {
            entries = std::move(*read);
        }
    }
    m_entries->setVisible(!entries.empty());
    m_empty->setVisible(entries.empty());
    m_empty->setText(book.empty()
                         ? tr("Sổ này chưa mở ở quầy này. Bấm “Mở sổ” bên phải; nếu sổ đang ở quầy khác, "
                              "hãy nhận bàn giao.")
                         : tr("Chưa có mục nào. Mở một hồ sơ trong Sổ hồ sơ (F3) rồi bấm “Ký và vào sổ”."));
    m_entries->setRowCount(static_cast<int>(entries.size()));
    int line = 0;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry, ++line) {
        setCell(m_entries, line, 0, toQString(bookNumber(entry->place.number)));
        m_entries->item(line, 0)->setData(Qt::UserRole, static_cast<qlonglong>(entry->place.number));
        const auto day = parseIsoDay(stringAt(entry->act, "registeredOn"));
        setCell(m_entries, line, 1, day ? toQString(toDisplayDay(*day)) : QString());
        setCell(m_entries, line, 2, displayText(stringAt(at(entry->current(), "applicant"), "name")));
        setCell(m_entries, line, 3, toQString(stringAt(entry->act, "code")));
        setCell(m_entries, line, 4, displayText(stringAt(at(entry->act, "signer"), "name")));
        setCell(m_entries, line, 5,
                entry->cancelled       ? tr("Đã hủy")
                : entry->notes.empty() ? QString()
                                       : tr("%n ghi chú", nullptr, static_cast<int>(entry->notes.size())));
    }
}

void BooksPage::addButton(const QString& words, const char* id, void (BooksPage::*act)(), bool isMain)
{
    auto* button = makeButton(words, isMain ? "primary" : "", id);
    connect(button, &QPushButton::clicked, this, act);
    m_panelColumn->addWidget(button);
}

void BooksPage::addTotals(const BookState& state)
{
    const BookTotals& totals = state.totals;
    m_panelColumn->addWidget(makeLabel(
        tr("%1 số · %2 trang · %3 quyển").arg(totals.numbers).arg(totals.pages).arg(totals.volumes)));
    QStringList more;
    if (totals.cancelled > 0) {
        more << tr("%1 số đã hủy").arg(totals.cancelled);
    }
    if (totals.carried > 0) {
        more << tr("%1 số từ sổ giấy").arg(totals.carried);
    }
    if (totals.notes > 0) {
        more << tr("%1 ghi chú").arg(totals.notes);
    }
    if (!more.isEmpty()) {
        m_panelColumn->addWidget(makeLabel(more.join(QStringLiteral(" · ")), "small"));
    }
    if (state.recoveries > 0) {
        m_panelColumn->addWidget(makeLabel(tr("Sổ đã được lập lại từ sổ giấy."), "soft-problem"));
    }
    m_panelColumn->addWidget(makeLabel(tr("Mã sổ: %1").arg(toQString(chainCode(state.chain))), "small"));
}

void BooksPage::fillPanel()
{
    if (m_panel == nullptr) {
        return;
    }
    clearLayout(m_panelColumn);
    const Row* row = chosen();
    if (row != nullptr && row->state) {
        m_panelColumn->addWidget(makeLabel(
            row->state->closed ? tr("Đã khóa sổ") : holdWords(*row->state, m_books.self()), "heading"));
        addTotals(*row->state);
    } else if (row != nullptr) {
        m_panelColumn->addWidget(makeLabel(tr("Chưa mở"), "heading"));
    }
    m_panelColumn->addSpacing(2 * kGrid);
    if (row != nullptr) {
        addActs(*row);
    }
    m_panelColumn->addSpacing(2 * kGrid);
    addButton(tr("&Nhận sổ từ tệp bàn giao…"), "bookTakeOver", &BooksPage::askTakeOver);
    addButton(tr("&Quầy khác của xã…"), "bookCounters", &BooksPage::askCounters);
    m_panelColumn->addStretch();
}

void BooksPage::addActs(const Row& row)
{
    if (row.kind == nullptr) {
        m_panelColumn->addWidget(makeLabel(tr("Danh mục không còn loại sổ này; chỉ để tra cứu."), "hint"));
        return;
    }
    if (!row.state) {
        addButton(tr("&Mở sổ"), "bookOpen", &BooksPage::askOpen, true);
        addButton(tr("Mở sổ, nhận &số dư sổ giấy…"), "bookBalance", &BooksPage::askTakeBalance);
        addButton(tr("&Lập lại sổ đã mất…"), "bookRecover", &BooksPage::askRecover);
        return;
    }
    const BookState& state = *row.state;
    const int year = static_cast<int>(dayInVietnam(m_place.clock().now()).year());
    if (!state.isHeldBy(m_books.self())) {
        const bool isOurs =
            state.inTransit && state.holder && state.holder->install != m_books.self().install;
        if (isOurs) {
            addButton(tr("Lưu lại &tệp bàn giao…"), "bookFileAgain", &BooksPage::saveFileAgain, true);
        }
        addButton(tr("&Lập lại sổ đã mất…"), "bookRecover", &BooksPage::askRecover);
        addThisYear(state, year);
        return;
    }
    if (chosenNumber() > 0) {
        m_panelColumn->addWidget(makeLabel(tr("Số %1").arg(toQString(bookNumber(chosenNumber()))), "label"));
        addButton(tr("&Ghi chú vào mục này…"), "bookAnnotate", &BooksPage::askAnnotate);
        addButton(tr("&Hủy số này…"), "bookCancel", &BooksPage::askCancel);
        m_panelColumn->addSpacing(2 * kGrid);
    }
    m_panelColumn->addWidget(makeLabel(tr("Cả sổ"), "label"));
    if (state.year < year && !state.succeeded) {
        addButton(tr("&Mở sổ năm %1").arg(year), "bookOpen", &BooksPage::askOpen, true);
    }
    addButton(tr("&In sổ…"), "bookPrint", &BooksPage::wantPrint);
    addButton(tr("&Bàn giao cho quầy khác…"), "bookHandOver", &BooksPage::askHandOver);
    if (!state.closed && !state.succeeded) {
        addButton(tr("Mở &quyển tiếp theo…"), "bookVolume", &BooksPage::askVolume);
    }
    if (!state.closed) {
        addButton(tr("&Khóa sổ cuối năm…"), "bookClose", &BooksPage::askClose);
    }
    if (state.succeeded) {
        addThisYear(state, year);
    }
}

/// The counter that opened this year's book may be lost while here only last year's is known.
void BooksPage::addThisYear(const BookState& state, int year)
{
    const bool isKnown = std::any_of(m_rows.begin(), m_rows.end(), [&](const Row& row) {
        return row.state && row.state->kind == state.kind && row.state->year == year;
    });
    if (state.year < year && !isKnown) {
        addButton(tr("Lập lại sổ năm %1 theo sổ giấy…").arg(year), "bookRecoverNow",
                  &BooksPage::askRecoverNow);
    }
}

} // namespace motcua
