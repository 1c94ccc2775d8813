// SPDX-License-Identifier: GPL-3.0-or-later
// The window's printing, against the print server that a counter has.
#include "app/papers/paper_desk.h"
#include "app/papers/paper_press.h"
#include "app/papers/print_dialog.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/papers/paper_output.h"
#include "tests/ui/gui_session.h"
#include "tests/ui/print_server.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

constexpr int kWaitMs = 10'000;

PressEnd pressed(PaperPress& press, const PrintJob& job, const QString& printer)
{
    std::optional<Result<PressEnd>> end;
    press.press(job.paper, job.stem, printer, job.madeAt,
                [&](const Result<PressEnd>& given) { end = given; });
    REQUIRE(QTest::qWaitFor([&] { return end.has_value(); }, kWaitMs));
    REQUIRE(*end);
    return **end;
}

/// Prints of the slip that the register knows, as their history says them.
std::vector<std::string> prints(Workplace& place, const std::string& code)
{
    std::vector<std::string> notes;
    const auto view = place.desk().dossiers().byCode(code);
    REQUIRE(view);
    const auto history = place.desk().dossiers().history(view->row.id);
    REQUIRE(history);
    for (const HistoryEntry& entry : *history) {
        if (entry.kind == "paper.printed") {
            notes.push_back(entry.note);
        }
    }
    return notes;
}

bool says(const QWidget& widget, const QString& words)
{
    const auto labels = widget.findChildren<QLabel*>();
    return std::ranges::any_of(labels, [&](const QLabel* label) {
        return label->isVisibleTo(&widget) && label->text().contains(words);
    });
}

/// Presses Print in the dialog, on this queue, and waits for what it says about it.
void tryQueue(PrintDialog& dialog, const QString& queue, const QString& words)
{
    auto* printer = dialog.findChild<QComboBox*>(QStringLiteral("printer"));
    REQUIRE(printer->findData(queue) >= 0);
    printer->setCurrentIndex(printer->findData(queue));
    auto* print = dialog.findChild<QPushButton*>(QStringLiteral("print"));
    print->click();
    print->click(); // a double press prints once
    const bool said = QTest::qWaitFor([&] { return says(dialog, words); }, kWaitMs);
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        UNSCOPED_INFO(toUtf8(label->text()));
    }
    CHECK(said);
}

/// A dossier's paper in the dialog, over a real queue.
struct Printing
{
    explicit Printing(const std::string& name)
    {
        auto job = papers.paperOf(code, name);
        REQUIRE(job);
        dialog.emplace(theme, press, std::move(*job), nullptr);
    }

    test::OpenRegister office;
    std::string code = office.receive();
    test::PrintServer server;
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    PaperDesk papers{*office.place};
    PaperPress press{toUtf8(office.folder.path())};
    std::optional<PrintDialog> dialog;
};

} // namespace

TEST_CASE("a slip comes out of a real queue once, as the bytes that were digested, and is recorded")
{
    test::OpenRegister office;
    const std::string code = office.receive();
    test::PrintServer server;
    PaperDesk papers(*office.place);
    PaperPress press(toUtf8(office.folder.path()));
    CHECK(press.printers().contains(QStringLiteral("quay1")));
    auto job = papers.paperOf(code, "slip");
    REQUIRE(job);

    const PressEnd end = pressed(press, *job, QStringLiteral("quay1"));
    REQUIRE_FALSE(end.trouble);
    REQUIRE(job->record(end, "good"));

    const auto came = server.printed(1);
    REQUIRE(came.size() == 1);
    CHECK(came.front().startsWith("%PDF"));
    CHECK(toHex(sha256(came.front().toStdString())) == end.sha256);
    CHECK(prints(*office.place, code) == std::vector<std::string>{"slip: good"});
    const auto again = papers.paperOf(code, "slip");
    REQUIRE(again);
    CHECK(again->paper.marking().reprint == 1);
}

TEST_CASE("a queue that is stopped or refuses says so in words, and the failed print is on record")
{
    Printing on("slip");

    tryQueue(*on.dialog, QStringLiteral("dung"), QStringLiteral("Máy in dung đang dừng (hết giấy)."));
    tryQueue(*on.dialog, QStringLiteral("tuchoi"), QStringLiteral("Máy in tuchoi đang từ chối nhận giấy."));
    CHECK(prints(*on.office.place, on.code) == std::vector<std::string>{"slip: jammed", "slip: jammed"});
    on.server.stop();
    tryQueue(*on.dialog, QStringLiteral("quay1"), QStringLiteral("Dịch vụ in của máy này không chạy."));

    CHECK(prints(*on.office.place, on.code).size() == 2); // nobody was there to say no
    CHECK(on.server.printed(0).empty());
    const auto printed = on.office.place->desk().printed(on.code, "slip");
    REQUIRE(printed);
    CHECK(printed->times == 0); // nothing came out, so the next one is no reprint
}

TEST_CASE("a spoiled sheet uses its number up: the next one from the same dialog bears a new number")
{
    Printing on("control-slip");
    const QString asked = QStringLiteral("Giấy ra thế nào?");
    const auto number = [&] {
        const auto printed = on.office.place->desk().printed(on.code, "control-slip");
        REQUIRE(printed);
        return printed->numbered ? printed->numbered->number.number : 0;
    };
    const auto answer = [&](const char* outcome) {
        on.dialog->findChild<QPushButton*>(QLatin1String(outcome))->click();
    };

    tryQueue(*on.dialog, QStringLiteral("tuchoi"), QStringLiteral("đang từ chối nhận giấy"));
    CHECK(number() == 1); // a queue that refuses used no sheet
    tryQueue(*on.dialog, QStringLiteral("quay1"), asked);
    CHECK(number() == 1);
    answer("printJammed");
    tryQueue(*on.dialog, QStringLiteral("quay1"), asked);
    CHECK(number() == 1);
    answer("printSpoiled");
    CHECK(says(*on.dialog, QStringLiteral("bấm In lần nữa để cấp số mới")));
    CHECK(number() == 0);
    tryQueue(*on.dialog, QStringLiteral("quay1"), asked);
    CHECK(number() == 2);
    answer("printGood");

    const std::string paper = "control-slip: ";
    CHECK(prints(*on.office.place, on.code) ==
          std::vector<std::string>{paper + "jammed", paper + "jammed", paper + "spoiled", paper + "good"});
    const auto series = on.office.place->desk().paperSeries();
    REQUIRE(series);
    REQUIRE(series->size() == 1);
    CHECK(series->front().given == 2);
    CHECK(series->front().spoiled == 1);
}

TEST_CASE("a numbered paper that is opened again after a jam gets a new number when it is spoiled")
{
    test::OpenRegister office;
    const std::string code = office.receive();
    PaperDesk papers(*office.place);
    auto first = papers.paperOf(code, "control-slip");
    REQUIRE(first);
    REQUIRE(first->issue());
    REQUIRE(first->record(PressEnd{}, "jammed"));

    auto opened = papers.paperOf(code, "control-slip");
    REQUIRE(opened);
    CHECK_FALSE(opened->issue); // it has its number
    REQUIRE(opened->again);
    REQUIRE(opened->record(PressEnd{}, "spoiled"));
    auto anew = opened->again();

    REQUIRE(anew);
    REQUIRE(anew->issue);
    REQUIRE(anew->issue());
    REQUIRE(anew->record(PressEnd{}, "good"));
    const auto printed = office.place->desk().printed(code, "control-slip");
    REQUIRE(printed);
    REQUIRE(printed->numbered);
    CHECK(printed->numbered->number.number == 2);
    const auto reprint = papers.paperOf(code, "control-slip");
    REQUIRE(reprint);
    CHECK_FALSE(reprint->again);
}

TEST_CASE("a slip from the window and one from the command line are the same bytes")
{
    test::OpenRegister office;
    const std::string code = office.receive();
    const auto copy = std::filesystem::path(toUtf8(office.folder.path())) / "copy";
    std::filesystem::copy(office.place->folder().folder(), copy, std::filesystem::copy_options::recursive);
    PaperDesk papers(*office.place);
    PaperPress press(toUtf8(office.folder.path()));
    auto job = papers.paperOf(code, "slip");
    REQUIRE(job);

    const PressEnd end = pressed(press, *job, {});

    const QString password = office.folder.filePath(QStringLiteral("password"));
    REQUIRE(writeFileDurably(toUtf8(password), test::OpenRegister::kPassword));
    const QString file = office.folder.filePath(QStringLiteral("cli.pdf"));
    QProcess ctl;
    ctl.start(QStringLiteral(MOTCUA_BINARY_DIR "/motcuactl"),
              {QStringLiteral("--register"), toQString(copy.string()), QStringLiteral("--user"),
               QStringLiteral("lan"), QStringLiteral("--password-file"), password, QStringLiteral("--at"),
               toQString(toRfc3339(job->madeAt)), QStringLiteral("print"), toQString(code),
               QStringLiteral("--paper"), QStringLiteral("slip"), QStringLiteral("--out"), file});
    REQUIRE(ctl.waitForFinished(kWaitMs));
    INFO(ctl.readAllStandardError().toStdString() << ctl.readAllStandardOutput().toStdString());
    REQUIRE(ctl.exitCode() == 0);
    CHECK(readFile(toUtf8(file), 1U << 22).value() == readFile(toUtf8(end.file), 1U << 22).value());
}

} // namespace motcua
