// SPDX-License-Identifier: GPL-3.0-or-later
// Scans in the window: attached to a paper, shown, taken off, and found again in the dossier.
#include "app/common/draft_files.h"
#include "app/files/file_actions.h"
#include "app/files/file_desk.h"
#include "app/files/file_row.h"
#include "app/files/picture_dialog.h"
#include "app/intake/paper_files.h"
#include "app/intake/papers_view.h"
#include "app/papers/paper_desk.h"
#include "app/papers/paper_press.h"
#include "app/register/dossier_panel.h"
#include "app/register/file_words.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "core/journal/journal.h"
#include "tests/support/sample_files.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

constexpr int kWaitMs = 10'000;

struct Desktop
{
    Desktop()
    {
        papers.build(
            office.place->catalogue().find("1.001193", dayInVietnam(office.place->clock().now()))->papers);
    }
    QString file(const QString& name, const std::string& bytes)
    {
        QFile out(office.folder.filePath(name));
        REQUIRE(out.open(QIODevice::WriteOnly));
        out.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return out.fileName();
    }
    QString photo(const QString& name, const QColor& paper = Qt::lightGray)
    {
        QImage image(1200, 1600, QImage::Format_RGB32);
        image.fill(paper);
        REQUIRE(image.save(office.folder.filePath(name), "jpg"));
        return office.folder.filePath(name);
    }
    PaperFiles& firstFiles() { return *papers.findChildren<PaperFiles*>().front(); }
    void settle()
    {
        REQUIRE(QTest::qWaitFor([&] { return papers.filesUnderWay() == 0; }, kWaitMs));
    }

    test::OpenRegister office;
    FileDesk desk{*office.place};
    PapersView papers{desk};
};

QString textOf(const QWidget& widget)
{
    QStringList texts;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (!label->isHidden()) {
            texts << label->text();
        }
    }
    return texts.join(QLatin1Char('|'));
}

} // namespace

TEST_CASE("attached scans stand under their paper, tick it, and go into the draft")
{
    Desktop window;
    QSignalSpy edited(&window.papers, &PapersView::edited);

    window.firstFiles().attach({window.file(QStringLiteral("Giấy chứng sinh.pdf"), samplePdf(200'000)),
                                window.photo(QStringLiteral("IMG_0042.JPG"))});
    CHECK(window.papers.filesUnderWay() == 2);
    window.settle();

    CHECK(edited.count() >= 2);
    const Json components = window.papers.components();
    REQUIRE(components.size() == 1); // ticked by itself
    REQUIRE(components[0].at("files").size() == 2);
    CHECK(components[0]["files"][0].at("name") == "Giấy chứng sinh.pdf");
    CHECK(components[0]["files"][0].at("size") == 200'000);
    CHECK(components[0]["files"][1].at("type") == "image/jpeg");
    const auto rows = window.papers.findChildren<FileRow*>();
    REQUIRE(rows.size() == 2);
    CHECK(textOf(*rows[0]).contains(QStringLiteral("195 KB")));
    // As a draft keeps it and opens it again.
    window.papers.setComponents(components);
    CHECK(window.papers.components() == components);
    CHECK(window.papers.findChildren<FileRow*>().size() >= 2);
}

TEST_CASE("what is refused says why beside its paper, and the rest goes on")
{
    Desktop window;
    window.firstFiles().attach({window.file(QStringLiteral("a.pdf"), "PK\3\4"),
                                window.file(QStringLiteral("bomb.png"), pngBomb(12'000, 12'000)),
                                window.file(QStringLiteral("b.pdf"), samplePdf(5'000))});
    window.settle();

    CHECK(window.firstFiles().files().size() == 1);
    const QString said = textOf(window.firstFiles());
    CHECK(said.contains(QStringLiteral("không phải PDF, JPEG hay PNG")));
    CHECK(said.contains(QStringLiteral("12000 × 12000")));
}

TEST_CASE("a file is taken off by its button; the same page twice is one")
{
    Desktop window;
    const QString page = window.file(QStringLiteral("a.pdf"), samplePdf(5'000));
    window.firstFiles().attach({page, page});
    window.settle();
    REQUIRE(window.firstFiles().files().size() == 1);
    QSignalSpy edited(&window.papers, &PapersView::edited);

    auto* drop = window.papers.findChild<QPushButton*>(QStringLiteral("removeFile"));
    REQUIRE(drop != nullptr);
    CHECK(drop->accessibleName() == QStringLiteral("Bỏ tệp a.pdf"));
    drop->click();

    CHECK(edited.count() == 1);
    CHECK(window.firstFiles().files().empty());
    CHECK_FALSE(window.papers.components()[0].contains("files"));
    window.firstFiles().attach({page}); // it may come again at once
    window.settle();
    CHECK(window.firstFiles().files().size() == 1);
}

TEST_CASE("files dropped on a paper are copied in, whatever the hand meant")
{
    Desktop window;
    window.papers.resize(700, 400);
    window.papers.show();
    QWidget* row = window.firstFiles().parentWidget();
    QMimeData dragged;
    const QString page = window.file(QStringLiteral("a.pdf"), samplePdf(5'000));
    dragged.setUrls({QUrl::fromLocalFile(page), QUrl(QStringLiteral("https://example.vn/x.pdf"))});
    QDragEnterEvent enters(QPoint(10, 10), Qt::CopyAction | Qt::MoveAction, &dragged, Qt::LeftButton,
                           Qt::NoModifier);
    QCoreApplication::sendEvent(row, &enters);
    CHECK(enters.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction | Qt::MoveAction, &dragged, Qt::LeftButton,
                    Qt::NoModifier);
    drop.setDropAction(Qt::MoveAction);
    QCoreApplication::sendEvent(row, &drop);
    window.settle();

    CHECK(drop.dropAction() == Qt::CopyAction);
    CHECK(window.firstFiles().files().size() == 1);
    CHECK(QFile::exists(page));
}

TEST_CASE("where the register cannot be opened each file says so, and nothing waits for ever")
{
    Desktop window;
    const QString page = window.file(QStringLiteral("a.pdf"), samplePdf(5'000));
    window.firstFiles().attach({window.photo(QStringLiteral("Trang 1.jpg"))});
    window.settle();
    const NamedFile scan = window.firstFiles().files().front();
    FileActions actions(window.desk, &window.papers);
    QSignalSpy announced(&actions, &FileActions::announced);
    const std::filesystem::path database = window.office.place->registerFolder() / "register.db";
    std::filesystem::rename(database, database.string() + ".away");

    window.firstFiles().attach({page, page});
    window.settle();
    actions.look(scan, {});
    REQUIRE(QTest::qWaitFor([&] { return announced.count() == 1; }, kWaitMs));

    CHECK(window.firstFiles().files().size() == 1);
    CHECK(textOf(window.firstFiles()).count(QStringLiteral("Chưa lưu được tệp vào sổ")) == 2);
    std::filesystem::rename(database.string() + ".away", database);
    window.firstFiles().attach({page});
    window.settle();
    CHECK(window.firstFiles().files().size() == 2);
    CHECK_FALSE(textOf(window.firstFiles()).contains(QStringLiteral("Chưa lưu được")));
}

TEST_CASE("what is being taken in can be stopped, and it is said from which file on")
{
    Desktop window;
    QStringList pages;
    for (int i = 1; i <= 4; ++i) {
        pages << window.photo(QStringLiteral("Trang %1.jpg").arg(i), QColor(60 * i, 200, 200));
    }
    QSignalSpy attached(&window.firstFiles(), &PaperFiles::attached);
    window.firstFiles().attach(pages);
    REQUIRE(QTest::qWaitFor([&] { return attached.count() == 2; }, kWaitMs));
    QSignalSpy idle(&window.desk, &FileDesk::idle);

    auto* stop = window.firstFiles().findChild<QPushButton*>(QStringLiteral("stopFiles"));
    REQUIRE(stop != nullptr);
    stop->click();

    CHECK(window.papers.filesUnderWay() == 0);
    CHECK(textOf(window.firstFiles())
              .contains(QStringLiteral("Đã dừng: 2 tệp chưa vào sổ, kể từ “Trang 3.jpg”.")));
    REQUIRE(QTest::qWaitFor([&] { return idle.count() >= 1; }, kWaitMs));
    CHECK(window.firstFiles().files().size() == 2); // the third, half done, was not brought after all
    window.firstFiles().attach({pages[2], pages[3]});
    window.settle();
    CHECK(window.firstFiles().files().size() == 4);
    CHECK_FALSE(textOf(window.firstFiles()).contains(QStringLiteral("Đã dừng")));
}

TEST_CASE("a whole folder let fall on a paper is refused in words; what was refused stays in sight")
{
    Desktop window;
    const QString page = window.file(QStringLiteral("a.pdf"), samplePdf(5'000));
    window.firstFiles().attach(QStringList(PaperFiles::kMostAtOnce + 1, page));
    CHECK(window.papers.filesUnderWay() == 0);
    CHECK(textOf(window.firstFiles()).contains(QStringLiteral("nhiều nhất 50 tệp; lần này là 51")));

    window.firstFiles().attach({window.file(QStringLiteral("b.pdf"), "PK\3\4"), page, page});
    QSignalSpy attached(&window.firstFiles(), &PaperFiles::attached);
    REQUIRE(QTest::qWaitFor([&] { return attached.count() == 1; }, kWaitMs));
    window.firstFiles().attach({page}); // more, while the last is still under way
    window.settle();
    const QString said = textOf(window.firstFiles());
    CHECK(said.contains(QStringLiteral("không phải PDF, JPEG hay PNG")));
    CHECK_FALSE(said.contains(QStringLiteral("lần này là 51")));
}

TEST_CASE("a paper that has files keeps its tick until they are taken off")
{
    Desktop window;
    auto* check = window.papers.findChild<QCheckBox*>();
    REQUIRE(check != nullptr);
    QSignalSpy announced(&window.papers, &PapersView::announced);
    window.firstFiles().attach({window.file(QStringLiteral("a.pdf"), samplePdf(5'000))});
    check->setChecked(true);
    check->click(); // the file is still on its way
    CHECK(check->isChecked());
    window.settle();

    check->click();

    CHECK(check->isChecked());
    REQUIRE(announced.count() == 2);
    CHECK(announced.back().at(1).toString() == QStringLiteral("Giấy này đang có 1 tệp."));
    CHECK(window.papers.components().at(0).at("files").size() == 1);
    window.papers.findChild<QPushButton*>(QStringLiteral("removeFile"))->click();
    check->click();
    CHECK_FALSE(check->isChecked());
    CHECK(window.papers.components().empty());
    window.papers.setComponents(Json::array()); // and a draft without it opens without it
    CHECK(announced.count() == 2);
}

TEST_CASE("two presses on a scan are one look, and what else is asked for goes on beside it")
{
    Desktop window;
    window.firstFiles().attach({window.photo(QStringLiteral("Trang 1.jpg"))});
    window.settle();
    const NamedFile scan = window.firstFiles().files().front();
    const auto entries = [&] {
        auto head = Journal(window.office.place->connection(), window.office.place->identity().install,
                            window.office.place->identity().epoch)
                        .head();
        REQUIRE(head);
        return head->position.seq();
    };
    const auto before = entries();
    window.papers.show();
    auto* look = window.papers.findChild<QPushButton*>(QStringLiteral("lookFile"));
    REQUIRE(look != nullptr);

    look->click();
    look->click();
    window.firstFiles().attach({window.file(QStringLiteral("a.pdf"), samplePdf(5'000))});
    window.settle(); // the picture stands open meanwhile

    const auto dialogs = window.papers.findChildren<PictureDialog*>();
    REQUIRE(dialogs.size() == 1);
    CHECK(dialogs.front()->isVisible());
    CHECK(entries() == before + 1);
    const QPointer<PictureDialog> shown = dialogs.front();
    shown->accept();
    CHECK(QTest::qWaitFor([&] { return shown.isNull(); }, kWaitMs));
}

TEST_CASE("the open dossier lists its files and how far each is")
{
    Desktop window;
    window.firstFiles().attach({window.photo(QStringLiteral("Trang 1.jpg"))});
    window.settle();
    const NamedFile scan = window.firstFiles().files().front();
    Workplace& place = *window.office.place;
    const std::string code = window.office.receive();
    const auto view = place.desk().dossiers().byCode(code);
    REQUIRE(view);
    Json files = Json::array({toJson(scan)});
    const Json paper{
        {"code", "giay-khac"}, {"name", "Giấy khác"}, {"originals", 1}, {"copies", 0}, {"files", files}};
    const auto changed =
        place.desk().change(code, {{"/components", Json::array({paper})}}, "Bổ sung bản quét.");
    INFO((changed                            ? std::string()
          : changed.error().problems.empty() ? changed.error().error.detail
                                             : changed.error().problems[0].message));
    REQUIRE(changed);

    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    PaperDesk papers{place};
    PaperPress press{std::filesystem::path(toUtf8(window.office.folder.path()))};
    DossierPresenter presenter(place.desk(), place.clock());
    DossierPanel panel(theme, presenter, window.desk, papers, press, {});
    REQUIRE(presenter.open(code));

    const auto listed = presenter.files();
    REQUIRE(listed.size() == 1);
    CHECK_FALSE(allAtPortal(listed));
    CHECK(fileWords(listed[0]).contains(QStringLiteral("chờ gửi")));
    const auto rows = panel.findChildren<FileRow*>();
    REQUIRE(rows.size() == 1);
    CHECK(textOf(*rows[0]).contains(QStringLiteral("Trang 1.jpg")));

    // Saved where somebody answered for it: the plain bytes, and a line in the journal.
    std::optional<Result<void>> saved;
    const QString target = window.office.folder.filePath(QStringLiteral("ra.jpg"));
    window.desk.save(scan, code, target, &panel, [&](const Result<void>& done) { saved = done; });
    REQUIRE(QTest::qWaitFor([&] { return saved.has_value(); }, kWaitMs));
    REQUIRE(*saved);
    CHECK(QFile(target).size() == scan.size);
    CHECK(QImage(target).size() == QSize(1200, 1600));
    CHECK((QFile(target).permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);

    // Opened by another program: a copy in a private folder that goes with the desk.
    QString outside;
    {
        FileDesk other(place);
        std::optional<Result<QString>> out;
        other.takeOut(scan, code, &panel, [&](const Result<QString>& path) { out = path; });
        REQUIRE(QTest::qWaitFor([&] { return out.has_value(); }, kWaitMs));
        REQUIRE(*out);
        outside = **out;
        CHECK(QFile::exists(outside));
    }
    CHECK_FALSE(QFile::exists(outside));
}

TEST_CASE("how far a file is, in words")
{
    Desk::DossierFile file;
    file.named = {std::string(64, 'a'), 2'000'000, "application/pdf", "a.pdf"};
    file.record = FileRecord{};
    CHECK(fileWords(file) == QStringLiteral("1,9 MB · chờ gửi, sau phần chữ của hồ sơ"));
    file.sent = 800'000;
    CHECK(fileWords(file) == QStringLiteral("1,9 MB · đã gửi 40 %"));
    file.named.size = 0; // as a dossier of another program may say
    CHECK(fileWords(file).contains(QStringLiteral("đã gửi")));
    file.named.size = 2'000'000;
    file.trouble = "damaged";
    CHECK(fileWords(file).contains(QStringLiteral("quét lại")));
    CHECK(isSpoiled(file));
    file.isComplete = true;
    file.trouble.clear();
    CHECK(fileWords(file) == QStringLiteral("1,9 MB · đã đủ trên cổng"));
    CHECK(filesWords({file}) == QStringLiteral("Cổng đã có đủ 1 tệp."));
    CHECK(allAtPortal({file}));
    file.record.reset();
    CHECK(fileWords(file).contains(QStringLiteral("chỉ có trên cổng")));
}

} // namespace motcua
