// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/symbol.h"

#include <algorithm>

#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

namespace motcua {

namespace {

constexpr qsizetype kLongestCode128 = 60;
constexpr qsizetype kLongestQr = 400;

/// ZXing throws on text that a format cannot hold; that ends here.
Result<Symbol> encoded(ZXing::MultiFormatWriter& writer, const QString& text, int onlyRows)
{
    try {
        const ZXing::BitMatrix matrix = writer.setMargin(0).encode(text.toStdWString(), 0, 0);
        Symbol symbol;
        symbol.columns = matrix.width();
        symbol.rows = onlyRows > 0 ? onlyRows : matrix.height();
        symbol.dark.reserve(static_cast<std::size_t>(symbol.columns) * static_cast<std::size_t>(symbol.rows));
        for (int y = 0; y < symbol.rows; ++y) {
            for (int x = 0; x < symbol.columns; ++x) {
                symbol.dark.push_back(matrix.get(x, y));
            }
        }
        return symbol;
    } catch (const std::exception& thrown) {
        return fail(ErrorKind::Invalid, std::string("cannot be written as a code: ") + thrown.what());
    }
}

} // namespace

Result<Symbol> code128(const QString& text)
{
    const bool isPrintable = std::all_of(
        text.begin(), text.end(), [](QChar c) { return c >= QLatin1Char(' ') && c <= QLatin1Char('~'); });
    if (text.isEmpty() || text.size() > kLongestCode128 || !isPrintable) {
        return fail(ErrorKind::Invalid, "a Code 128 holds 1 to 60 printable ASCII characters");
    }
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::Code128);
    return encoded(writer, text, 1);
}

Result<Symbol> qrCode(const QString& text)
{
    if (text.isEmpty() || text.toUtf8().size() > kLongestQr) {
        return fail(ErrorKind::Invalid, "a QR code on a paper holds 1 to 400 bytes");
    }
    constexpr int kEccLevelM = 3; // ZXing counts 0 to 8 for all its formats; 3 is M for QR
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    writer.setEncoding(ZXing::CharacterSet::UTF8).setEccLevel(kEccLevelM);
    return encoded(writer, text, 0);
}

QPainterPath outline(const Symbol& symbol, const QRectF& box)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    const double width = box.width() / symbol.columns;
    const double height = box.height() / symbol.rows;
    for (int y = 0; y < symbol.rows; ++y) {
        for (int x = 0; x < symbol.columns;) {
            const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(symbol.columns);
            int end = x;
            while (end < symbol.columns && symbol.dark[at + static_cast<std::size_t>(end)]) {
                ++end;
            }
            if (end > x) {
                path.addRect(box.left() + x * width, box.top() + y * height, (end - x) * width, height);
            }
            x = std::max(end, x + 1);
        }
    }
    return path;
}

} // namespace motcua
