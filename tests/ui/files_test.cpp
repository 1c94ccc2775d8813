// SPDX-License-Identifier: GPL-3.0-or-later
// Scans in the window: attached to a paper, shown, taken off, and found again in the dossier.
#include "app/common/draft_files.h"
#include "app/files/file_desk.h"
#include "app/files/file_row.h"
#include "app/intake/paper_files.h"
#include "app/intake/papers_view.h"
#include "app/papers/paper_desk.h"
#include "app/papers/paper_press.h"
#include "app/register/dossier_panel.h"
#include "app/register/file_words.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
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
    QString photo(const QString& name)
    {
        QImage image(1200, 1600, QImage::Format_RGB32);
        image.fill(Qt::lightGray);
        REQUIRE(image.save(office.folder.filePath(name), "jpg"));
        return office.folder.filePath(name);
    }
    PaperFiles& firstFiles() { return *papers.findChildren<PaperFiles*>().front(); }
    void settle()
    {
        REQUIRE(QTest::qWaitFor([&] { return !papers.isBusy(); }, kWaitMs));
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
    CHECK(window.papers.isBusy());
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
