// SPDX-License-Identifier: GPL-3.0-or-later
// An old ledger in the window: mapped, looked at, taken in, stopped and gone on with, found by the search.
#include "app/ledger/column_table.h"
#include "app/ledger/found_rows_dialog.h"
#include "app/ledger/imports_dialog.h"
#include "app/ledger/ledger_dialog.h"
#include "app/ledger/preview_table.h"
#include "app/ledger/withdraw_dialog.h"
#include "app/theme/theme.h"
#include "core/import/legacy_text.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

constexpr int kWaitMs = 20'000;

/// A ledger in TCVN3, as bytes.
std::string ledger(int rows)
{
    const auto bytes = [](const std::string& text) { return legacyBytes(text, LetterCode::Tcvn3).value(); };
    static const std::vector<std::string> names{"Nguyễn Văn An",  "Trần Thị Hương", "Lê Đức Thịnh",
                                                "Phạm Ngọc Bích", "Hoàng Thị Mỹ",   "Vũ Quang Dũng"};
    std::string text = bytes("Số;Họ và tên;Ngày sinh;Giới tính;Nơi sinh\n");
    for (int i = 1; i <= rows; ++i) {
        text += bytes(std::to_string(i) + "/2005;" + names[static_cast<std::size_t>(i) % names.size()] +
                      (i % 3 == 0 ? ";khoảng 1950;Nữ;xã Phúc Thọ, huyện Phúc Thọ\n"
                                  : ";21/06/1984;Nam;thị trấn Quảng Oai\n"));
    }
    return text + bytes(";;mùa xuân;;\n");
}

struct Window
{
    explicit Window(int rows)
    {
        file = office.folder.filePath(QStringLiteral("so-khai-sinh.csv"));
        QFile out(file);
        REQUIRE(out.open(QIODevice::WriteOnly));
        const std::string bytes = ledger(rows);
        out.write(bytes.data(), static_cast<qint64>(bytes.size()));
    }
    std::unique_ptr<LedgerDialog> open()
    {
        auto dialog = std::make_unique<LedgerDialog>(theme, *office.place);
        dialog->show();
        dialog->openFile(file);
        settle(*dialog);
        return dialog;
    }
    static void settle(LedgerDialog& dialog)
    {
        REQUIRE(QTest::qWaitFor([&] { return !button(dialog, "stopLedger")->isVisible(); }, kWaitMs));
    }
    /// Says that somebody looked, and takes the file in.
    static void takeIn(LedgerDialog& dialog)
    {
        dialog.findChild<QCheckBox*>(QStringLiteral("ledgerSeen"))->setChecked(true);
        button(dialog, "importLedger")->click();
        settle(dialog);
    }
    /// All imports, newest first.
    [[nodiscard]] std::vector<LedgerRecord> imports() const
    {
        const auto all = LedgerStore(office.place->connection()).all();
        REQUIRE(all);
        return *all;
    }
    static QPushButton* button(const QWidget& dialog, const char* name)
    {
        return dialog.findChild<QPushButton*>(QLatin1String(name));
    }
    static QString said(const QWidget& dialog)
    {
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>()) {
            if (label->isVisibleTo(&dialog)) {
                texts << label->text();
            }
        }
        return texts.join(QLatin1Char('|'));
    }
    static void picture(QWidget& dialog, const char* name)
    {
        if (qEnvironmentVariableIsSet("MOTCUA_TEST_PICTURES")) {
            REQUIRE(dialog.grab().save(qEnvironmentVariable("MOTCUA_TEST_PICTURES") + QLatin1Char('/') +
                                       QLatin1String(name) + QLatin1String(".png")));
        }
    }

    test::OpenRegister office;
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    QString file;
};

} // namespace

TEST_CASE("a ledger's columns are suggested, and its letters shown before and after", "[ui][ledger]")
{
    test::needGui();
    Window window(40);
    const auto dialog = window.open();

    auto* columns = dialog->findChild<ColumnTable*>();
    REQUIRE(columns->rowCount() == 5);
    CHECK(columns->item(1, 0)->text().contains(QStringLiteral("Họ và tên")));
    CHECK(columns->item(1, 5)->text().contains(QStringLiteral("Tr\u00C7n")));
    CHECK(columns->item(1, 6)->text() == QStringLiteral("Trần Thị Hương"));
    auto* preview = dialog->findChild<PreviewTable*>();
    CHECK(preview->rowCount() == 25);
    CHECK(preview->item(1, 3)->text() == QStringLiteral("Lê Đức Thịnh"));
    Window::picture(*dialog, "ledger-mapping");

    // Nothing comes in before somebody has looked.
    CHECK_FALSE(Window::button(*dialog, "importLedger")->isEnabled());
    dialog->findChild<QCheckBox*>(QStringLiteral("ledgerSeen"))->setChecked(true);
    CHECK(Window::button(*dialog, "importLedger")->isEnabled());

    // Another choice is seen at once.
    auto* code = qobject_cast<QComboBox*>(columns->cellWidget(1, 2));
    code->setCurrentIndex(code->findText(QStringLiteral("VNI"), Qt::MatchStartsWith));
    CHECK(columns->item(1, 6)->text() != QStringLiteral("Trần Thị Hương"));
    CHECK(preview->item(1, 1)->text() == QStringLiteral("Cần xem lại"));
}

TEST_CASE("a ledger comes in, says what to look at, and is known when it is chosen again", "[ui][ledger]")
{
    test::needGui();
    Window window(40);
    auto dialog = window.open();
    dialog->findChild<QCheckBox*>(QStringLiteral("ledgerSeen"))->setChecked(true);

    Window::button(*dialog, "checkLedger")->click();
    Window::settle(*dialog);
    CHECK(Window::said(*dialog).contains(QStringLiteral("41 dòng nhập được, trong đó 1 dòng cần xem lại")));
    CHECK(LedgerStore(window.office.place->connection()).all()->empty());

    dialog->findChild<QCheckBox*>(QStringLiteral("ledgerSeen"))->setChecked(true);
    Window::button(*dialog, "importLedger")->click();
    Window::settle(*dialog);
    CHECK(Window::said(*dialog).contains(QStringLiteral("Đã nhập xong")));
    CHECK(Window::button(*dialog, "saveLedgerProblems")->isVisible());
    CHECK_FALSE(Window::button(*dialog, "importLedger")->isVisible());
    Window::picture(*dialog, "ledger-done");

    dialog = window.open();
    CHECK(Window::said(*dialog).contains(QStringLiteral("đã được nhập")));
    CHECK_FALSE(Window::button(*dialog, "importLedger")->isVisible());

    LedgerStore store(window.office.place->connection());
    FoundRowsDialog found(*window.office.place, *store.search("le duc thinh", 50),
                          QStringLiteral("le duc thinh"));
    found.show();
    CHECK(Window::said(found).contains(QStringLiteral("so-khai-sinh.csv")));
    Window::picture(found, "ledger-found");
}

TEST_CASE("an import that is stopped keeps what came in and goes on there", "[ui][ledger]")
{
    test::needGui();
    Window window(4000);
    auto dialog = window.open();
    dialog->findChild<QCheckBox*>(QStringLiteral("ledgerSeen"))->setChecked(true);
    Window::button(*dialog, "importLedger")->click();
    Window::picture(*dialog, "ledger-running");
    Window::button(*dialog, "stopLedger")->click();
    Window::settle(*dialog);

    const auto half = LedgerStore(window.office.place->connection()).all();
    REQUIRE(half->size() <= 1);
    CHECK((half->empty() || !half->front().isDone));
    if (!half->empty()) {
        CHECK(Window::said(*dialog).contains(QStringLiteral("Đã dừng")));
        Window::picture(*dialog, "ledger-stopped");
    }
    dialog = window.open();
    dialog->findChild<QCheckBox*>(QStringLiteral("ledgerSeen"))->setChecked(true);
    Window::button(*dialog, "importLedger")->click();
    Window::settle(*dialog);
    const auto whole = LedgerStore(window.office.place->connection()).all();
    REQUIRE(whole->size() == 1);
    CHECK(whole->front().isDone);
    CHECK(whole->front().tally.imported() == 4001);
}

TEST_CASE("an import is taken back after a question, kept, and the file comes in again", "[ui][ledger]")
{
    test::needGui();
    Window window(40);
    const auto dialog = window.open();
    Window::takeIn(*dialog);

    Window::button(*dialog, "showImports")->click();
    auto* list = dialog->findChild<ImportsDialog*>();
    REQUIRE(list != nullptr);
    CHECK(list->findChild<QTableWidget*>()->rowCount() == 1);
    CHECK(list->findChild<QTableWidget*>()->item(0, 3)->text() == QStringLiteral("41"));
    Window::button(*list, "withdrawLedger")->click();
    auto* question = list->findChild<WithdrawDialog*>();
    REQUIRE(question != nullptr);
    CHECK(Window::said(*question).contains(QStringLiteral("Sẽ gỡ 41 dòng")));
    CHECK(
        Window::said(*question).contains(QStringLiteral("Ô gốc của từng dòng, nhật ký và lý do gỡ vẫn nằm")));
    Window::picture(*list, "ledger-imports");
    Window::picture(*question, "ledger-withdraw");

    // Nothing goes without a reason.
    Window::button(*question, "confirmWithdraw")->click();
    CHECK(Window::said(*question).contains(QStringLiteral("Chưa ghi lý do gỡ")));
    CHECK_FALSE(window.imports().front().withdrawn);

    question->findChild<QLineEdit*>()->setText(QStringLiteral("nhập nhầm cột"));
    Window::button(*question, "confirmWithdraw")->click();
    REQUIRE(window.imports().front().withdrawn);
    CHECK(*window.imports().front().withdrawn == "nhập nhầm cột");
    CHECK(Window::said(*list).contains(QStringLiteral("Đã gỡ 41 dòng")));
    CHECK_FALSE(Window::button(*list, "withdrawLedger")->isEnabled());
    LedgerStore store(window.office.place->connection());
    CHECK(store.search("le duc thinh", 50)->empty());
    CHECK(store.rows(1, 0, 100)->size() == 41);
    Window::button(*list, "closeImports")->click();

    // The window stands where the file may come in again.
    CHECK(Window::said(*dialog).contains(QStringLiteral("Đã gỡ bản nhập của tệp này")));
    CHECK_FALSE(Window::button(*dialog, "saveLedgerProblems")->isVisible());
    CHECK_FALSE(Window::button(*dialog, "importLedger")->isEnabled()); // the letters are looked at again
    Window::picture(*dialog, "ledger-withdrawn");
    Window::takeIn(*dialog);
    CHECK(window.imports().size() == 2);
    CHECK_FALSE(store.search("le duc thinh", 50)->empty());
}

TEST_CASE("an import that somebody else took back meanwhile says so", "[ui][ledger]")
{
    test::needGui();
    Window window(5);
    const auto dialog = window.open();
    Window::takeIn(*dialog);
    ImportsDialog list(window.theme, *window.office.place, 0);
    list.show();
    Window::button(list, "withdrawLedger")->click();
    auto* question = list.findChild<WithdrawDialog*>();
    Workplace& place = *window.office.place;
    REQUIRE(withdrawLedger({place.connection(), place.identity(), place.desk().actor(), place.clock()}, 1,
                           "nhầm sổ"));

    question->findChild<QLineEdit*>()->setText(QStringLiteral("nhầm"));
    Window::button(*question, "confirmWithdraw")->click();

    CHECK(question->isVisible());
    CHECK(Window::said(*question).contains(QStringLiteral("Bản nhập này đã được gỡ trước đó")));
    CHECK(*window.imports().front().withdrawn == "nhầm sổ");
}

TEST_CASE("who only receives sees the imports and takes none back", "[ui][ledger]")
{
    test::needGui();
    Window window(5);
    const auto dialog = window.open();
    Window::takeIn(*dialog);
    Workplace& place = *window.office.place;
    const Secret password(test::OpenRegister::kPassword);
    REQUIRE(place.folder().addKeySlot("hoa", password));
    REQUIRE(place.desk().addAccount({"hoa", "Trần Thị Hoa", Role::Official, false}));
    REQUIRE(place.switchTo("hoa", password));

    ImportsDialog list(window.theme, place, 0);
    list.show();

    CHECK(list.findChild<QTableWidget*>()->rowCount() == 1);
    CHECK_FALSE(Window::button(list, "withdrawLedger")->isEnabled());
    CHECK(Window::said(list).contains(QStringLiteral("Chỉ lãnh đạo hoặc quản trị được gỡ")));
}

TEST_CASE("an import begun with another row of titles goes on with it", "[ui][ledger]")
{
    test::needGui();
    Window window(1200);
    Workplace& place = *window.office.place;
    {
        const auto file = inspectTable(window.file.toStdString());
        REQUIRE(file);
        const auto survey = surveyLedger(*file, {"", 3});
        REQUIRE(survey);
        LedgerMap map = suggestedMap(*survey);
        map.columns[0].field = "number";
        map.columns[1].field = "person.name";
        const auto ready = readyMap(map, *survey);
        REQUIRE(ready);
        auto begun = LedgerImport::begin(
            {place.connection(), place.identity(), place.desk().actor(), place.clock()}, *survey, *ready, {});
        REQUIRE(begun);
        REQUIRE(begun->step());
    }

    const auto dialog = window.open();
    CHECK(Window::said(*dialog).contains(QStringLiteral("đang nhập dở")));
    Window::takeIn(*dialog);

    REQUIRE(window.imports().size() == 1);
    CHECK(window.imports().front().isDone);
    CHECK(window.imports().front().tally.imported() == 1199); // rows 4 to 1202
}

TEST_CASE("a file that is no ledger is refused in words, and the dialog stays usable", "[ui][ledger]")
{
    test::needGui();
    Window window(3);
    QFile broken(window.file);
    REQUIRE(broken.open(QIODevice::WriteOnly));
    broken.write("PK\x03\x04 cut off");
    broken.close();
    const auto dialog = window.open();

    CHECK(Window::said(*dialog).contains(QStringLiteral("Tệp bị hỏng")));
    CHECK(Window::button(*dialog, "chooseLedger")->isEnabled());
    CHECK_FALSE(Window::button(*dialog, "importLedger")->isEnabled());
}

} // namespace motcua
