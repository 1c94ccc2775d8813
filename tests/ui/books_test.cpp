// SPDX-License-Identifier: GPL-3.0-or-later
// The ledgers on the screen: what stands there before there is one, an entry, a book that is elsewhere.
#include "app/books/books_page.h"
#include "app/books/entry_fields.h"
#include "app/books/sign_dialog.h"
#include "app/papers/paper_desk.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <catch2/catch.hpp>

namespace motcua {

namespace {

constexpr const char* kPictures = "MOTCUA_BOOK_PICTURES";

struct Books
{
    Books()
    {
        page.resize(900, 640);
        panel = page.contextPanel();
        panel->resize(340, 640);
        page.show();
        panel->show();
        page.arrive();
    }
    [[nodiscard]] QTableWidget& table(const char* name)
    {
        auto* found = page.findChild<QTableWidget*>(QLatin1String(name));
        REQUIRE(found != nullptr);
        return *found;
    }
    [[nodiscard]] bool hasButton(const char* name)
    {
        return panel->findChild<QPushButton*>(QLatin1String(name)) != nullptr;
    }
    void choose(const QString& title)
    {
        QTableWidget& list = table("bookList");
        for (int i = 0; i < list.rowCount(); ++i) {
            if (list.item(i, 0)->text().startsWith(title)) {
                list.selectRow(i);
            }
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    /// Presses a button, fills what is asked and confirms it.
    void press(const char* name, const std::map<QString, QString>& values)
    {
        auto* button = panel->findChild<QPushButton*>(QLatin1String(name));
        REQUIRE(button != nullptr);
        answer(values);
        QTest::mouseClick(button, Qt::LeftButton);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    static void answer(const std::map<QString, QString>& values)
    {
        QTimer::singleShot(0, [values] {
            auto* dialog = qobject_cast<AskDialog*>(QApplication::activeModalWidget());
            // No exception may leave an event handler of Qt.
            CHECK(dialog != nullptr);
            if (dialog == nullptr) {
                return;
            }
            for (const auto& [id, value] : values) {
                auto* line = dialog->findChild<QLineEdit*>(QStringLiteral("ask:") + id);
                auto* box = dialog->findChild<QComboBox*>(QStringLiteral("ask:") + id);
                INFO(id.toStdString());
                CHECK((line != nullptr || box != nullptr));
                if (line != nullptr) {
                    line->setText(value);
                } else if (box != nullptr) {
                    CHECK(box->findData(value) >= 0);
                    box->setCurrentIndex(box->findData(value));
                }
            }
            static int count = 0;
            test::keepPicture(*dialog, kPictures, QStringLiteral("dialog-%1").arg(++count));
            QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
            if (dialog->isVisible()) {
                dialog->reject();
            }
        });
    }
    void picture(const char* name)
    {
        test::keepPicture(page, kPictures, QLatin1String(name));
        test::keepPicture(*panel, kPictures, QLatin1String(name) + QStringLiteral("-panel"));
    }

    test::OpenRegister office;
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    BooksPage page{theme, *office.place};
    QWidget* panel = nullptr;
};

/// A dossier that is signed into its book.
void enter(test::OpenRegister& office)
{
    SignRequest request;
    request.code = office.receive();
    request.signer = {"Trần Văn Minh", "Chủ tịch"};
    REQUIRE(BookDesk(office.place->desk()).sign(request));
}

/// The book of certified copies with one entry, on a machine with a screen.
struct BookOfOne
{
    BookOfOne()
    {
        test::needGui();
        REQUIRE(desk.open("copies"));
        enter(office);
    }

    test::OpenRegister office;
    BookDesk desk{office.place->desk()};
    PaperDesk papers{*office.place};
};

/// Gives a book to a counter that will be lost.
void giveAway(BookDesk& desk, const std::string& book)
{
    auto card = desk.card();
    REQUIRE(card);
    char& last = card->counter.install.back();
    last = last == '0' ? '1' : '0';
    REQUIRE(desk.know(*card, cardCode(*card)));
    REQUIRE(desk.handOver(book, card->counter.install));
}

} // namespace

TEST_CASE("before any book is open, the page says what to do")
{
    test::needGui();
    Books books;

    CHECK(books.table("bookList").rowCount() ==
          static_cast<int>(books.office.place->catalogue().bookKinds().size()));
    CHECK_FALSE(books.table("bookEntries").isVisible());
    CHECK(books.hasButton("bookOpen"));
    CHECK(books.hasButton("bookTakeOver"));
    CHECK_FALSE(books.hasButton("bookClose"));
    books.picture("empty");
}

TEST_CASE("a book is opened, a dossier signed into it, its number cancelled, the year closed")
{
    test::needGui();
    Books books;
    books.choose(QStringLiteral("Sổ chứng thực bản sao"));

    books.press("bookOpen", {});

    const auto state = BookStore(books.office.place->connection()).state("copies/2026");
    REQUIRE(state);
    REQUIRE(*state);
    const std::string code = books.office.receive();
    REQUIRE(maySignInto(books.office.place->desk(), code));
    Books::answer({{QStringLiteral("signer"), QStringLiteral("Trần Văn Minh")}});
    const auto done = askToSign(books.theme, books.office.place->desk(), code, &books.page);
    REQUIRE(done);
    CHECK(done->first == 1);
    CHECK_FALSE(maySignInto(books.office.place->desk(), code));
    CHECK(bookLines(books.office.place->desk(), code) ==
          QStringList{QStringLiteral("Đã vào Sổ chứng thực bản sao từ bản chính năm 2026, quyển 1, số 01")});
    books.page.arrive();
    books.choose(QStringLiteral("Sổ chứng thực bản sao"));
    CHECK(books.table("bookEntries").rowCount() == 1);
    books.table("bookEntries").selectRow(0);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    books.picture("entry");
    QStringList printed;
    QObject::connect(&books.page, &BooksPage::printWanted, &books.page,
                     [&](const QString& book, qint64 first, qint64 last) {
                         printed << QStringLiteral("%1 %2-%3").arg(book).arg(first).arg(last);
                     });
    books.press("bookPrint", {});
    books.press("bookPrint", {{QStringLiteral("to"), QStringLiteral("1")}});
    books.press("bookPrint", {{QStringLiteral("from"), QStringLiteral("2")}}); // there is no such page
    CHECK(printed == QStringList{QStringLiteral("copies/2026 1-0"), QStringLiteral("copies/2026 1-1")});
    PaperDesk papers(*books.office.place);
    const auto job = papers.book("copies/2026", {});
    REQUIRE(job);
    CHECK(job->paper.pageCount() == 1);
    REQUIRE(job->record(PressEnd{}, "good"));
    books.press("bookCancel", {{QStringLiteral("reason"), QStringLiteral("Bản chính giả")}});
    CHECK(books.table("bookEntries").item(0, 5)->text() == QStringLiteral("Đã hủy"));
    books.press("bookClose", {});
    CHECK_FALSE(books.hasButton("bookClose"));
    CHECK(books.hasButton("bookHandOver"));
    books.picture("closed");
}

TEST_CASE("an annotation changes a field of the entry, and what was signed stays")
{
    test::needGui();
    Books books;
    BookDesk desk(books.office.place->desk());
    REQUIRE(desk.open("copies"));
    enter(books.office);
    const auto annotate = [&](const char* field, const char* value) {
        books.page.arrive();
        books.choose(QStringLiteral("Sổ chứng thực bản sao"));
        books.table("bookEntries").selectRow(0);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        books.press("bookAnnotate", {{QStringLiteral("content"), QStringLiteral("Cải chính")},
                                     {QStringLiteral("basis"), QStringLiteral("Quyết định số 5")},
                                     {QStringLiteral("field"), QLatin1String(field)},
                                     {QStringLiteral("value"), QString::fromUtf8(value)}});
    };

    annotate("/applicant/name", "LÊ THỊ HÒA");
    annotate("/applicant/phone", "không có"); // no digits
    annotate("/applicant/name", "");
    annotate("", "LÊ THỊ HÀ");
    annotate("", "");

    const auto entry = desk.books().entry("copies/2026", 1);
    REQUIRE(entry);
    REQUIRE(entry->notes.size() == 2);
    CHECK(at(entry->notes[0], "set") == Json{{"/applicant/name", "LÊ THỊ HÒA"}});
    CHECK(at(entry->notes[1], "set") == Json::object());
    CHECK(stringAt(at(entry->current(), "applicant"), "name") == "LÊ THỊ HÒA");
    CHECK(stringAt(at(at(entry->act, "content"), "applicant"), "name") == "LÊ THỊ HOA");
}

TEST_CASE("fields of an entry say whose they are, and each label stands once")
{
    test::OpenRegister office;
    const Catalogue& catalogue = office.place->catalogue();
    const Procedure* marriage = catalogue.find("1.000894", dayInVietnam(office.place->clock().now()));
    REQUIRE(marriage != nullptr);
    BookEntry entry;
    entry.act = {{"procedure", marriage->code}, {"registeredOn", "2026-11-20"}};
    for (const char* who : {"wife", "husband"}) {
        entry.act["content"]["form"][who] = {{"name", "LÊ THỊ HOA"},
                                             {"birth", {{"text", "21/06/2000"}, {"precision", "day"}}}};
    }

    std::map<QString, QString> labels;
    for (const EntryField& field : entryFields(catalogue, entry)) {
        CHECK(labels.emplace(field.label, field.now).second);
    }

    CHECK(labels.size() == 4);
    CHECK(labels[QStringLiteral("Bên nữ – Ngày, tháng, năm sinh")] == QStringLiteral("21/06/2000"));
    entry.act["procedure"] = "0.000000";
    CHECK(entryFields(catalogue, entry).empty());
}

TEST_CASE("the new value of a field is what the field can hold")
{
    EntryField field;
    field.leaf.pointer = "/form/child/birth";
    field.leaf.kind = LeafKind::Date;
    CHECK(typedValue(field, QStringLiteral("6/1984")) == Json{{"text", "06/1984"}, {"precision", "month"}});
    CHECK_FALSE(typedValue(field, QStringLiteral("31/02/2026")));
    field.leaf.kind = LeafKind::Choice;
    field.leaf.choices = {{"male", "Nam"}, {"female", "Nữ"}};
    CHECK(typedValue(field, QStringLiteral("nữ")) == Json("female"));
    CHECK_FALSE(typedValue(field, QStringLiteral("khác")));
    field.leaf.pointer = "/form/child/personalId";
    field.leaf.kind = LeafKind::Digits;
    field.leaf.maxLength = 12;
    CHECK(typedValue(field, QStringLiteral("001084123456")) == Json("001084123456"));
    CHECK_FALSE(typedValue(field, QStringLiteral("00108412345")));
    field.leaf.kind = LeafKind::Text;
    field.leaf.maxLength = 5;
    CHECK(typedValue(field, QStringLiteral("Hường")) == Json("Hường"));
    CHECK_FALSE(typedValue(field, QStringLiteral("Hường ơi")));
}

TEST_CASE("pages to print are a range of the book, and no more than can be looked at")
{
    const auto range = [](const char* from, const char* to, qint64 count) {
        return pagesFrom(
            {{QStringLiteral("from"), QLatin1String(from)}, {QStringLiteral("to"), QLatin1String(to)}},
            count);
    };
    CHECK(range("", "", 200) == std::pair<qint64, qint64>(1, 0));
    CHECK(range("1", "", 0) == std::pair<qint64, qint64>(1, 0)); // a closing without an entry
    CHECK(range("3", "7", 20) == std::pair<qint64, qint64>(3, 7));
    CHECK(range("101", "300", 400) == std::pair<qint64, qint64>(101, 300));
    CHECK_FALSE(range("", "", 201));
    CHECK_FALSE(range("101", "301", 400));
    CHECK_FALSE(range("7", "3", 20));
    CHECK_FALSE(range("0", "3", 20));
    CHECK_FALSE(range("21", "", 20));
    CHECK_FALSE(range("x", "3", 20));
    CHECK_FALSE(range("1", "x", 20));
}

TEST_CASE("a book that was taken up anew is printed without the pages that stand on paper only")
{
    BookOfOne book;
    giveAway(book.desk, "copies/2026");
    REQUIRE(book.desk.recover("copies", 2026, {24, 1, 3, 0, 0}, "Quầy 2 cháy"));
    enter(book.office);

    const auto job = book.papers.book("copies/2026", {});

    CHECK(*book.desk.books().pages("copies/2026") == std::vector{BookPagePlace{1, 1}, BookPagePlace{1, 4}});
    REQUIRE(job);
    CHECK(job->paper.pageCount() == 2);
    CHECK(book.papers.book("copies/2026", {2, 2})->paper.pageCount() == 1);
    CHECK_FALSE(book.papers.book("copies/2026", {3, 4}));
}

TEST_CASE("where only last year's book is known and lost, this year's is taken up from the paper")
{
    test::needGui();
    Books books;
    BookDesk desk(books.office.place->desk());
    REQUIRE(desk.recover("copies", 2025, {24, 1, 3, 0, 0}, "Quầy 2 cháy"));
    giveAway(desk, "copies/2025");
    books.page.arrive();
    books.choose(QStringLiteral("Sổ chứng thực bản sao"));
    books.picture("last-year");

    books.press("bookRecoverNow",
                {{QStringLiteral("last"), QStringLiteral("7")},
                 {QStringLiteral("page"), QStringLiteral("1")},
                 {QStringLiteral("reason"), QStringLiteral("Quầy 2 cháy, chị Lan đã đếm")}});

    const auto state = desk.books().state("copies/2026");
    REQUIRE(state);
    REQUIRE(*state);
    CHECK((*state)->isHeldBy(desk.self()));
    enter(books.office);
    CHECK(desk.books().entry("copies/2026", 8));
    books.page.arrive();
    books.choose(QStringLiteral("Sổ chứng thực bản sao"));
    CHECK_FALSE(books.hasButton("bookRecoverNow"));
}

TEST_CASE("the closing is printed as it was signed, whatever is annotated later")
{
    BookOfOne book;
    REQUIRE(book.desk.close("copies/2026", {"Trần Văn Minh", "Chủ tịch"}));
    const auto closing = [&] {
        const auto job = book.papers.book("copies/2026", {});
        REQUIRE(job);
        REQUIRE(job->paper.pageCount() == 2);
        return job->paper.renderPage(1, 72);
    };
    const QImage before = closing();
    BookAnnotation note;
    note.date = dayInVietnam(book.office.place->clock().now());
    note.content = "Cải chính";
    note.basis = "Quyết định số 5";
    note.signer = {"Trần Văn Minh", "Chủ tịch"};

    REQUIRE(book.desk.annotate("copies/2026", 1, note));

    CHECK((*book.desk.books().state("copies/2026"))->totals.notes == 1);
    CHECK(closing() == before);
}

TEST_CASE("a choice that must be made is asked for, and the dialog stays")
{
    test::needGui();
    Theme theme(*qobject_cast<QApplication*>(QCoreApplication::instance()));
    AskField type{QStringLiteral("type"), QStringLiteral("Loại đăng ký"), {}, true, {}, {}};
    type.choices = {{QString(), QStringLiteral("(chọn loại đăng ký)")},
                    {QStringLiteral("again"), QStringLiteral("Đăng ký lại")}};
    AskDialog dialog(theme, QStringLiteral("Ký và vào sổ"), {}, {type}, QStringLiteral("Ký"), nullptr);
    int acts = 0;
    dialog.setAct([&](const std::map<QString, QString>&) {
        ++acts;
        return QString();
    });
    dialog.show();

    QTest::keyClick(&dialog, Qt::Key_Return);
    QTest::keyClick(&dialog, Qt::Key_Return);

    CHECK(dialog.isVisible());
    CHECK(acts == 0);
    const auto labels = dialog.findChildren<QLabel*>();
    CHECK(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("Chưa ghi: Loại đăng ký.");
    }));
    dialog.findChild<QComboBox*>(QStringLiteral("ask:type"))->setCurrentIndex(1);
    QTest::keyClick(&dialog, Qt::Key_Return);
    CHECK(acts == 1);
    CHECK_FALSE(dialog.isVisible());
}

TEST_CASE("what stands in the way is said in the dialog, and nothing is written")
{
    test::needGui();
    Books books;
    const std::string code = books.office.receive();
    Books::answer({});

    CHECK_FALSE(askToSign(books.theme, books.office.place->desk(), code, &books.page));

    CHECK(bookLines(books.office.place->desk(), code).isEmpty());
    books.choose(QStringLiteral("Sổ đăng ký khai sinh"));
    books.press("bookBalance", {{QStringLiteral("last"), QStringLiteral("12")}}); // no page, no reason
    CHECK_FALSE(*BookStore(books.office.place->connection()).state("birth/2026"));
}

} // namespace motcua
