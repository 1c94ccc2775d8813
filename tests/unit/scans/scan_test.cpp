// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scans/picture.h"
#include "core/scans/scan.h"
#include "tests/support/memory_shelf.h"
#include "tests/support/sample_files.h"
#include "tests/support/small_counter.h"

#include <QBuffer>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <catch2/catch.hpp>
#include <fstream>
#include <sys/stat.h>

using namespace motcua;

namespace fs = std::filesystem;

namespace {

struct Shop
{
    SmallCounter counter;
    MemoryShelf shelf;
    FileStore store{*counter.connection, shelf, counter.folder->dataKey(), counter.clock};
    TemporaryFolder home;

    fs::path file(const std::string& name, const std::string& bytes)
    {
        std::ofstream(home.path() / name, std::ios::binary | std::ios::trunc) << bytes;
        return home.path() / name;
    }
    std::string refusalOf(const fs::path& path)
    {
        const auto inspected = inspectScan(path);
        const auto scanned = scanIn(path, "", store);
        REQUIRE_FALSE(scanned);
        CHECK_FALSE(scanned.error().message.empty());
        if (!inspected) {
            CHECK(inspected.error().rule == scanned.error().rule);
        }
        return scanned.error().rule;
    }
    std::string bytesOf(const NamedFile& file)
    {
        const auto record = store.find(file.sha256);
        REQUIRE((record && *record));
        const auto bytes = store.piece(**record, 0, static_cast<std::size_t>((*record)->size));
        REQUIRE(bytes);
        return *bytes;
    }
};

QImage drawing(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.fillRect(0, 0, width / 2, height / 2, QColor(200, 30, 30)); // red where the top left is
    painter.setPen(Qt::black);
    painter.drawText(width / 2, height / 2, QStringLiteral("x"));
    return image;
}

std::string encoded(const QImage& image, const char* format, int quality = 90)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    writer.setText(QStringLiteral("Comment"), QStringLiteral("CANARY-7714"));
    REQUIRE(writer.write(image));
    return bytes.toStdString();
}

/// The JPEG with EXIF data put behind its beginning: turned by a quarter, and a place in it.
std::string withExif(const std::string& jpeg)
{
    const std::string tiff = std::string("MM\0*\0\0\0\x08", 8) + bigEndian(1, 2) + // one entry
                             bigEndian(0x0112, 2) + bigEndian(3, 2) + bigEndian(1, 4) + bigEndian(6, 2) +
                             bigEndian(0, 2) + bigEndian(0, 4) + "GPS 21.1,105.5 CANARY-9183";
    const std::string exif = std::string("Exif\0\0", 6) + tiff;
    return jpeg.substr(0, 2) + "\xff\xe1" + bigEndian(static_cast<std::uint32_t>(exif.size() + 2), 2) + exif +
           jpeg.substr(2);
}

QImage decoded(const std::string& bytes)
{
    return QImage::fromData(reinterpret_cast<const uchar*>(bytes.data()), static_cast<int>(bytes.size()));
}

} // namespace

TEST_CASE("a PDF goes in as it is, under the name it has or is given")
{
    Shop shop;
    const std::string bytes = samplePdf(200000);
    const auto file = scanIn(shop.file("Giấy chứng sinh.pdf", bytes), "", shop.store);
    REQUIRE(file);
    CHECK(file->name == "Giấy chứng sinh.pdf");
    CHECK(file->type == "application/pdf");
    CHECK(file->size == 200000);
    CHECK(file->sha256 == toHex(sha256(bytes)));
    CHECK(shop.bytesOf(*file) == bytes);
    CHECK(scanIn(shop.file("x", bytes), "../../Trang 1.png", shop.store)->name == "Trang 1.pdf");
}

TEST_CASE("a large picture becomes a JPEG of a sensible size, upright, with nothing beside its dots")
{
    Shop shop;
    const std::string photo = withExif(encoded(drawing(4000, 3000), "jpeg", 95));
    REQUIRE(photo.find("CANARY-9183") != std::string::npos);

    const auto file = scanIn(shop.file("IMG_1.JPG", photo), "", shop.store);

    REQUIRE(file);
    CHECK(file->type == "image/jpeg");
    CHECK(file->name == "IMG_1.JPG");
    const std::string kept = shop.bytesOf(*file);
    CHECK(kept.size() < photo.size());
    CHECK(kept.find("CANARY") == std::string::npos);
    CHECK(kept.find("Exif") == std::string::npos);
    const QImage image = decoded(kept);
    CHECK(image.width() == 1860); // a quarter turned
    CHECK(image.height() == 2480);
    CHECK(qRed(image.pixel(1800, 60)) > 150); // what was top left is top right now
    CHECK(qGreen(image.pixel(1800, 60)) < 100);
    CHECK(qGreen(image.pixel(60, 60)) > 200);
    CHECK(decodedPicture(kept, 200).size() == QSize(150, 200));
}

TEST_CASE("a PNG becomes a JPEG too; a small picture keeps its size, a grey one stays grey")
{
    Shop shop;
    QImage clear(300, 200, QImage::Format_ARGB32);
    clear.fill(Qt::transparent);
    const auto file = scanIn(shop.file("a.png", encoded(clear, "png")), "", shop.store);
    REQUIRE(file);
    CHECK(file->name == "a.jpg");
    const std::string kept = shop.bytesOf(*file);
    CHECK(kept.find("CANARY") == std::string::npos);
    const QImage image = decoded(kept);
    CHECK(image.size() == QSize(300, 200));
    CHECK(qGray(image.pixel(10, 10)) > 250); // what was clear is paper
    CHECK(image.format() == QImage::Format_Grayscale8);
    CHECK(scanIn(shop.file("b.png", encoded(drawing(6000, 600), "png")), "", shop.store)->size > 0);
}

TEST_CASE("what is no file, empty, too large, of another kind or broken off is refused by its rule")
{
    Shop shop;
    CHECK(shop.refusalOf(shop.home.path() / "nothing.pdf") == "file-missing");
    CHECK(shop.refusalOf(shop.home.path()) == "file-not-ordinary");
    CHECK(shop.refusalOf("/dev/zero") == "file-not-ordinary");
    REQUIRE(::mkfifo((shop.home.path() / "pipe.pdf").c_str(), 0600) == 0);
    CHECK(shop.refusalOf(shop.home.path() / "pipe.pdf") == "file-not-ordinary");
    CHECK(shop.refusalOf(shop.file("a.pdf", "")) == "file-empty");
    CHECK(shop.refusalOf(shop.file("a.pdf", samplePdf(kFileBytesMax + 1))) == "file-too-large");
    CHECK(scanIn(shop.file("a.pdf", samplePdf(kFileBytesMax)), "", shop.store));
    for (const char* other :
         {"PK\3\4 a document", "GIF89a", "<svg onload='x'/>", "II*x", "MZ", "%PD", "hello", "\xff\xd8"}) {
        CHECK(shop.refusalOf(shop.file("a.pdf", other)) == "file-type");
    }
    CHECK(shop.refusalOf(shop.file("a.pdf", "%PDF-1.4\n no end")) == "file-broken");
    const std::string jpeg = encoded(drawing(400, 300), "jpeg");
    CHECK(shop.refusalOf(shop.file("a.jpg", jpeg.substr(0, jpeg.size() / 2))) == "file-broken");
    const std::string png = encoded(drawing(400, 300), "png");
    CHECK(shop.refusalOf(shop.file("a.png", png.substr(0, png.size() - 20))) == "file-broken");
    std::string garbled = png;
    char& middle = garbled[garbled.size() / 2]; // of the dots
    middle = static_cast<char>(middle ^ 0x55);
    CHECK(shop.refusalOf(shop.file("a.png", garbled)) == "file-broken");
    CHECK(shop.shelf.files.size() == 1); // the one that was good
}

TEST_CASE("bombs are refused before anything of them is decoded")
{
    Shop shop;
    CHECK(shop.refusalOf(shop.file("a.png", pngBomb(12000, 12000))) == "image-too-large");
    CHECK(shop.refusalOf(shop.file("a.png", pngBomb(0x7fffffff, 0x7fffffff))) == "image-too-large");
    CHECK(shop.refusalOf(shop.file("a.png", pngBomb(0xffffffff, 1))) == "image-too-large");
    CHECK(shop.refusalOf(shop.file("a.jpg", jpegBomb(65535, 65535, '\xc0', 1))) == "image-too-large");
    CHECK(shop.refusalOf(shop.file("a.jpg", jpegBomb(9000, 9000, '\xc2', 1))) == "image-too-large");
    CHECK(shop.refusalOf(shop.file("a.jpg", jpegBomb(100, 100, '\xc2', 1000))) == "image-too-large");
    CHECK(shop.refusalOf(shop.file("a.png", pngBomb(0, 5))) == "file-broken");
    // One that says a bearable size and is none breaks while it is decoded.
    CHECK(shop.refusalOf(shop.file("a.png", pngBomb(1000, 1000))) == "file-broken");
    CHECK(shop.refusalOf(shop.file("a.jpg", jpegBomb(1000, 1000, '\xc0', 1))) == "file-broken");
    CHECK(shop.shelf.files.empty());
}

TEST_CASE("a name that is an attack stays inside its sentence")
{
    Shop shop;
    const auto refused = inspectScan(shop.home.path() / "\u202Egpj\n<b>.exe");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("\u202E") == std::string::npos);
    CHECK(refused.error().message.find('\n') == std::string::npos);
}

TEST_CASE("a disk that fails is told as such, and nothing is kept")
{
    Shop shop;
    const auto path = shop.file("a.pdf", samplePdf(100000));
    shop.shelf.happensAt(2, MemoryShelf::Fate::Full);
    const auto refused = scanIn(path, "", shop.store);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().rule == "file-not-kept");
    REQUIRE(refused.error().error);
    CHECK(refused.error().error->kind == ErrorKind::Storage);
    CHECK(shop.shelf.files.empty());
}
