// SPDX-License-Identifier: GPL-3.0-or-later
// The ledgers on the screen: what stands there before there is one, an entry, a book that is elsewhere.
#include "app/books/books_page.h"
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
                INFO(id.toStdString());
                CHECK(line != nullptr);
                if (line != nullptr) {
                    line->setText(value);
                }
            }
            const QByteArray folder = qgetenv("MOTCUA_BOOK_PICTURES");
            if (!folder.isEmpty()) {
                static int count = 0;
                dialog->grab().save(QString::fromUtf8(folder) +
                                    QStringLiteral("/dialog-%1.png").arg(++count));
            }
            QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
            if (dialog->isVisible()) {
                dialog->reject();
            }
        });
    }
    void picture(const char* name)
    {
        const QByteArray folder = qgetenv("MOTCUA_BOOK_PICTURES");
        if (!folder.isEmpty()) {
            page.grab().save(QString::fromUtf8(folder) + QLatin1Char('/') + QLatin1String(name) +
                             QStringLiteral(".png"));
            panel->grab().save(QString::fromUtf8(folder) + QLatin1Char('/') + QLatin1String(name) +
                               QStringLiteral("-panel.png"));
        }
    }

    test::OpenRegister office;
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    BooksPage page{theme, *office.place};
    QWidget* panel = nullptr;
};

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
                     [&](const QString& book) { printed << book; });
    QTest::mouseClick(books.panel->findChild<QPushButton*>(QStringLiteral("bookPrint")), Qt::LeftButton);
    CHECK(printed == QStringList{QStringLiteral("copies/2026")});
    PaperDesk papers(*books.office.place);
    const auto job = papers.book("copies/2026");
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
