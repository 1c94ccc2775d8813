// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scans/picture.h"

#include "core/scans/scan.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>

namespace motcua {

namespace {

/// Qt counts the decoded picture only. A JPEG is read at a half, quarter or eighth where that is enough, so
/// that one of any size stays below twice the edge that we want.
constexpr int kDecodedMegabytesMax = 128;

const char* formatName(FileKind kind)
{
    return kind == FileKind::Png ? "png" : "jpeg";
}

QSize fitting(const QSize& size, int longest)
{
    const bool isSmall = std::max(size.width(), size.height()) <= longest;
    return isSmall ? size : size.scaled(longest, longest, Qt::KeepAspectRatio).expandedTo({1, 1});
}

/// Only the pixels: what a camera or scanner wrote beside them stays behind, and what was clear is paper.
QImage onlyPixels(const QImage& image)
{
    QImage clean(image.size(), QImage::Format_RGB32);
    if (clean.isNull()) {
        return clean;
    }
    clean.fill(Qt::white);
    {
        QPainter painter(&clean);
        painter.drawImage(QPoint(0, 0), image, QRect(QPoint(0, 0), image.size()));
    }
    return clean.isGrayscale() ? clean.convertToFormat(QImage::Format_Grayscale8) : clean;
}

QImage scaledDown(const QImage& image, int longest)
{
    const QSize size = fitting(image.size(), longest);
    return size == image.size() ? image : image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

std::optional<std::string> writtenAnew(int descriptor, const FileFacts& facts)
{
    QFile file;
    if (!file.open(descriptor, QIODevice::ReadOnly, QFileDevice::DontCloseHandle)) {
        return std::nullopt;
    }
    QImageReader::setAllocationLimit(kDecodedMegabytesMax);
    QImageReader reader(&file, formatName(facts.kind)); // by content, and no other reader
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() != facts.width || size.height() != facts.height) {
        return std::nullopt; // it says one thing to us and another to Qt
    }
    if (facts.kind == FileKind::Jpeg) {
        reader.setScaledSize(fitting(size, kLongestEdge));
    }
    QImage image;
    if (!reader.read(&image)) {
        return std::nullopt;
    }
    const QImage clean = onlyPixels(scaledDown(image, kLongestEdge));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(kJpegQuality);
    writer.setOptimizedWrite(true);
    if (clean.isNull() || !writer.write(clean)) {
        return std::nullopt;
    }
    return bytes.toStdString();
}

QImage decodedPicture(const std::string& bytes, int longest)
{
    constexpr std::int64_t kDotsMax = std::int64_t{kLongestEdge} * kLongestEdge;
    MemorySource source(bytes);
    const auto facts = examineFile(source);
    if (!facts || !*facts || (*facts)->kind == FileKind::Pdf ||
        (*facts)->width * (*facts)->height > kDotsMax) {
        return {};
    }
    QByteArray shared = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&shared);
    QImageReader reader(&buffer, formatName((*facts)->kind));
    reader.setScaledSize(fitting(reader.size(), longest));
    return reader.read();
}

} // namespace motcua
