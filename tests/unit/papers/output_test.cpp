// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/papers/paper_output.h"
#include "core/papers/paper_templates.h"
#include "core/papers/print_snapshot.h"
#include "paper_samples.h"

#include <QBuffer>
#include <QPdfWriter>
#include <QTemporaryDir>
#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

const Instant kNow = fromMillis(1'795'222'800'000);

LaidOutPaper slip(const Marking& marking = {})
{
    const auto data = paperDataFor(birthRequest("slip"));
    REQUIRE(data);
    const auto paper = layOut(*data, PaperTemplates(), marking);
    REQUIRE(paper);
    return *paper;
}

class NoPrinter : public QPdfWriter
{
public:
    using QPdfWriter::QPdfWriter;

protected:
    [[nodiscard]] QPaintEngine* paintEngine() const override { return nullptr; }
};

class JammedPrinter : public QPdfWriter
{
public:
    using QPdfWriter::QPdfWriter;
    bool newPage() override { return false; }
};

} // namespace

TEST_CASE("the same paper at the same moment is the same file")
{
    const auto first = toPdf(slip(), kNow);
    const auto second = toPdf(slip(), kNow);
    const auto later = toPdf(slip(), kNow + std::chrono::hours{1});

    REQUIRE(first);
    CHECK(*first == *second);
    CHECK(*first != *later);
}

TEST_CASE("the PDF is an archive file with its fonts, its title and the given date")
{
    const auto pdf = toPdf(slip(), kNow);
    REQUIRE(pdf);
    const std::string info = outputOf("TZ=UTC pdfinfo -isodates FILE", *pdf);
    const std::string fonts = outputOf("pdffonts FILE", *pdf);

    CHECK(contains(info, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"));
    CHECK(contains(info, "CreationDate:    " + toRfc3339(kNow).substr(0, 19)));
    CHECK(contains(info, "A4"));
    CHECK(contains(*pdf, "pdfaid:part=\"1\" pdfaid:conformance=\"B\""));
    CHECK(contains(*pdf, "/OutputIntents"));
    CHECK(contains(fonts, "LiberationSerif-Bold"));
    CHECK(count(fonts, "CID TrueType") ==
          count(fonts, "Identity-H       yes no  yes")); // embedded, with their letters
    CHECK(contains(outputOf("qpdf --check FILE 2>&1", *pdf), "No syntax or stream encoding errors found"));
}

TEST_CASE("a PDF that cannot be written leaves nothing behind")
{
    const QTemporaryDir folder;
    const std::filesystem::path missing = folder.path().toStdString() + "/none/slip.pdf";

    const auto written = writePdf(slip(), kNow, missing);

    REQUIRE_FALSE(written);
    CHECK(written.error().kind == ErrorKind::Storage);
    CHECK_FALSE(std::filesystem::exists(missing));
    const auto digest = writePdf(slip(), kNow, folder.path().toStdString() + "/slip.pdf");
    REQUIRE(digest);
    CHECK(*digest == toHex(sha256(toPdf(slip(), kNow).value())));
    CHECK(readFile(folder.path().toStdString() + "/slip.pdf", 1U << 20).value() ==
          toPdf(slip(), kNow).value());
}

TEST_CASE("the same lines go to a printer of another resolution")
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    REQUIRE(buffer.open(QIODevice::WriteOnly));
    QPdfWriter printer(&buffer);
    printer.setResolution(600);

    REQUIRE(printOn(printer, slip()));
    CHECK(textOf(bytes.toStdString()) == textOf(*toPdf(slip(), kNow)));
}

TEST_CASE("pages are chosen")
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    REQUIRE(buffer.open(QIODevice::WriteOnly));
    QPdfWriter printer(&buffer);

    REQUIRE(printOn(printer, slip(), PageRange{2, 2}));
    const std::string text = textOf(bytes.toStdString());
    CHECK(contains(text, "Liên 2"));
    CHECK_FALSE(contains(text, "Liên 1"));
    CHECK_FALSE(printOn(printer, slip(), PageRange{3, 3}));
    CHECK_FALSE(printOn(printer, slip(), PageRange{0, 1}));
}

TEST_CASE("a printer that does not take the paper, or stops half-way, is an error")
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    REQUIRE(buffer.open(QIODevice::WriteOnly));
    NoPrinter none(&buffer);
    const auto refused = printOn(none, slip());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Storage);

    JammedPrinter jammed(&buffer);
    const auto stopped = printOn(jammed, slip());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().detail == "the printer stopped before page 2");
}

TEST_CASE("a preview is a white A4 page with black on it")
{
    const QImage page = slip().renderPage(0, 100);

    CHECK(page.size() == QSize(827, 1169));
    CHECK(page.pixelColor(2, 2) == QColor(Qt::white));
    int dark = 0;
    for (int y = 0; y < page.height(); ++y) {
        for (int x = 0; x < page.width(); ++x) {
            dark += page.pixelColor(x, y).lightness() < 100 ? 1 : 0;
        }
    }
    CHECK(dark > 10'000);
    CHECK(dark < 100'000);
}

TEST_CASE("a reprint is what was printed, with its mark")
{
    const PrintSnapshot snapshot = snapshotOf(slip());
    const auto again = layOutAgain(snapshot.bytes, Marking{2});
    REQUIRE(again);
    const std::string first = textOf(*toPdf(slip(), kNow));
    const std::string second = textOf(*toPdf(*again, kNow));

    CHECK_FALSE(contains(first, "BẢN IN LẠI"));
    CHECK(count(second, "BẢN IN LẠI lần 2") == 2);
    CHECK(again->pageCount() == 2);
    CHECK(snapshotOf(*again).sha256 == snapshot.sha256);
    const auto plain = layOutAgain(snapshot.bytes, {});
    REQUIRE(plain);
    CHECK(toPdf(*plain, kNow).value() == toPdf(slip(), kNow).value());
}

TEST_CASE("papers of a practice register say so, also when printed again")
{
    const LaidOutPaper practice = slip(Marking{0, true});
    CHECK(count(textOf(*toPdf(practice, kNow)), "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ") == 2);

    const auto again = layOutAgain(snapshotOf(practice).bytes, Marking{1});
    REQUIRE(again);
    CHECK(contains(textOf(*toPdf(*again, kNow)), "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ · BẢN IN LẠI lần 1"));
}

TEST_CASE("bytes that are no snapshot are damage")
{
    for (const char* bytes :
         {"", "{}", "[1]", R"({"version":2,"markup":[]})", R"({"version":1,"markup":[7]})"}) {
        const auto again = layOutAgain(bytes, {});
        REQUIRE_FALSE(again);
        CHECK(again.error().kind == ErrorKind::Damaged);
    }
}
