// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace motcua {

// Files that only look like what they are; invented, of nobody.

inline std::string bigEndian(std::uint32_t value, int bytes)
{
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) {
        text += static_cast<char>(value >> (8 * i));
    }
    return text;
}

/// A PDF as far as anybody looks into one, of so many bytes.
inline std::string samplePdf(std::size_t bytes, int kind = 1)
{
    std::string pdf = "%PDF-1.4\n";
    const std::string end = "\n%%EOF\n";
    while (pdf.size() + end.size() < bytes) {
        pdf += static_cast<char>('a' + (pdf.size() * static_cast<std::size_t>(kind) * 7) % 26);
    }
    return pdf + end;
}

/// A PNG that says it has so many dots and holds none of them.
inline std::string pngBomb(std::uint32_t width, std::uint32_t height)
{
    return "\x89PNG\r\n\x1a\n" + bigEndian(13, 4) + "IHDR" + bigEndian(width, 4) + bigEndian(height, 4) +
           "\x08\x02" + std::string(3, '\0') + "crc!" + bigEndian(0, 4) + "IENDcrc!";
}

/// A JPEG that says it has so many dots and goes over them so many times.
inline std::string jpegBomb(std::uint32_t width, std::uint32_t height, char frame, int scans)
{
    std::string jpeg = "\xff\xd8\xff";
    jpeg += frame;
    jpeg += bigEndian(11, 2) + "\x08" + bigEndian(height, 2) + bigEndian(width, 2) + "\x01\x01\x11" +
            std::string(1, '\0');
    for (int i = 0; i < scans; ++i) {
        jpeg += "\xff\xda" + bigEndian(3, 2) + "xdata";
    }
    return jpeg + "\xff\xd9";
}

} // namespace motcua
