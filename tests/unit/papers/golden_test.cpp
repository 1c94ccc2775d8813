// SPDX-License-Identifier: GPL-3.0-or-later
// Every paper as it looks, at ordinary and at the greatest lengths, against pictures in golden/. A change
// that was meant: run `MOTCUA_GOLDEN=write test_core_papers "[golden]"`, look at the pictures that git calls
// changed, commit.
#include "core/papers/paper_sample.h"
#include "core/papers/paper_shelf.h"
#include "core/papers/paper_templates.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

using namespace motcua;

namespace {

constexpr int kDotsPerInch = 45;
constexpr int kGreys = 8;
/// What another version of the font's rasteriser may do to the edge of a letter.
constexpr int kEdge = 110;
/// Over a square of eight by eight pixels edges even out; a letter that is another one does not.
constexpr int kSquare = 8;
constexpr double kMeanOfSquare = 14;

/// The pages of one copy side by side, in eight greys: small files.
QImage pictureOf(const PaperKind& kind, SampleLength length)
{
    auto paper = sampleLaidOut(kind, length, PaperTemplates());
    INFO(kind.name << ": " << (paper ? std::string() : paper.error().detail));
    REQUIRE(paper);
    paper = LaidOutPaper::create(kind.name, {paper->markup().front()}); // the other copies look the same
    REQUIRE(paper);
    const QSize page = paper->renderPage(0, kDotsPerInch).size();
    QImage whole(page.width() * paper->pageCount(), page.height(), QImage::Format_Grayscale8);
    QPainter painter(&whole);
    for (int i = 0; i < paper->pageCount(); ++i) {
        painter.drawImage(page.width() * i, 0, paper->renderPage(i, kDotsPerInch));
    }
    painter.end();
    QList<QRgb> greys;
    for (int i = 0; i < kGreys; ++i) {
        const int grey = i * 255 / (kGreys - 1);
        greys.append(qRgb(grey, grey, grey));
    }
    QImage small(whole.size(), QImage::Format_Indexed8);
    small.setColorTable(greys);
    for (int y = 0; y < whole.height(); ++y) {
        for (int x = 0; x < whole.width(); ++x) {
            small.setPixel(x, y, static_cast<uint>((whole.constScanLine(y)[x] * (kGreys - 1) + 127) / 255));
        }
    }
    return small;
}

/// Empty when both are the same paper.
std::string difference(const QImage& before, const QImage& now)
{
    if (before.size() != now.size()) {
        return "another size or another number of pages";
    }
    const QImage a = before.convertToFormat(QImage::Format_Grayscale8);
    const QImage b = now.convertToFormat(QImage::Format_Grayscale8);
    for (int top = 0; top < a.height(); top += kSquare) {
        for (int left = 0; left < a.width(); left += kSquare) {
            int sum = 0;
            int worst = 0;
            for (int y = top; y < std::min(top + kSquare, a.height()); ++y) {
                for (int x = left; x < std::min(left + kSquare, a.width()); ++x) {
                    const int apart = std::abs(a.constScanLine(y)[x] - b.constScanLine(y)[x]);
                    sum += apart;
                    worst = std::max(worst, apart);
                }
            }
            if (worst > kEdge || sum > kMeanOfSquare * kSquare * kSquare) {
                return "differs at " + std::to_string(left) + ", " + std::to_string(top);
            }
        }
    }
    return {};
}

std::string nameOf(const PaperKind& kind, SampleLength length)
{
    return kind.name + (kind.effectiveFrom ? '-' + toIsoDay(*kind.effectiveFrom) : std::string()) +
           (length == SampleLength::Longest ? "-long.png" : ".png");
}

} // namespace

TEST_CASE("every paper looks as it was looked at", "[golden]")
{
    const auto shelf = PaperShelf::load();
    REQUIRE(shelf);
    const QDir golden(QStringLiteral(MOTCUA_GOLDEN_FOLDER));
    const char* wish = std::getenv("MOTCUA_GOLDEN");
    const bool writes = wish != nullptr && std::string_view(wish) == "write";
    QStringList expected;
    for (const PaperKind& kind : shelf->all()) {
        for (const SampleLength length : {SampleLength::Ordinary, SampleLength::Longest}) {
            const QString file = QString::fromStdString(nameOf(kind, length));
            const QImage now = pictureOf(kind, length);
            expected.append(file);
            if (writes) {
                REQUIRE(now.save(golden.filePath(file), "PNG", 1));
                continue;
            }
            const QImage before(golden.filePath(file));
            const std::string apart = before.isNull() ? "no picture of it" : difference(before, now);
            if (!apart.empty()) {
                QDir().mkpath(QStringLiteral(MOTCUA_BINARY_DIR "/golden-now"));
                now.save(QStringLiteral(MOTCUA_BINARY_DIR "/golden-now/") + file);
            }
            INFO(file.toStdString() << ": " << apart << "; see golden-now/ beside the programs");
            CHECK(apart.empty());
        }
    }
    // A picture whose paper is gone would be believed for ever.
    QStringList there = golden.entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
    expected.sort();
    there.sort();
    CHECK(there.join(QLatin1Char(' ')).toStdString() == expected.join(QLatin1Char(' ')).toStdString());
}

TEST_CASE("a paper with one other letter is another picture", "[golden]")
{
    const auto shelf = PaperShelf::load();
    REQUIRE(shelf);
    PaperKind kind = *shelf->find("slip", Day{std::chrono::year{2026} / 11 / 21});
    const QImage before = pictureOf(kind, SampleLength::Ordinary);
    QImage other = before.copy();
    CHECK(difference(before, other).empty());
    PaperKind certificate = *shelf->find("birth-certificate", Day{std::chrono::year{2026} / 11 / 21});
    const QImage right = pictureOf(certificate, SampleLength::Ordinary);
    for (PaperBlock& block : certificate.blocks) {
        for (PaperLine& line : block.lines) {
            for (PaperField& field : line.fields) {
                if (field.name == "childName") {
                    field.sample = "Đặng Nguyễn Bảo Ân"; // one mark more
                }
            }
        }
    }
    CHECK_FALSE(difference(right, pictureOf(certificate, SampleLength::Ordinary)).empty());
}
