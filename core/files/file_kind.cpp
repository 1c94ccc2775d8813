// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_kind.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::string_view kPdfBegins = "%PDF-";
constexpr std::string_view kPdfEnds = "%%EOF";
constexpr std::string_view kJpegBegins = "\xff\xd8\xff";
constexpr std::string_view kPngBegins = "\x89PNG\r\n\x1a\n";
/// Readers look for the end of a PDF this far from the file's end.
constexpr std::size_t kPdfTail = 2048;

struct Row
{
    FileKind kind;
    std::string_view type;
    std::string_view suffix;
};
constexpr std::array kRows{Row{FileKind::Pdf, "application/pdf", ".pdf"},
                           Row{FileKind::Jpeg, "image/jpeg", ".jpg"},
                           Row{FileKind::Png, "image/png", ".png"}};

/// Byte by byte from front to back, with one error kept to the end.
class Bytes
{
public:
    explicit Bytes(ByteSource& source) : m_source(source), m_buffer(std::size_t{64} << 10, '\0') {}

    /// -1 at the end and after an error.
    int next()
    {
        if (m_at == m_size && !fill()) {
            return -1;
        }
        return static_cast<unsigned char>(m_buffer[m_at++]);
    }
    std::int64_t number(int bytes)
    {
        std::int64_t value = 0;
        for (int i = 0; i < bytes; ++i) {
            const int byte = next();
            if (byte < 0) {
                return -1;
            }
            value = value * 256 + byte;
        }
        return value;
    }
    bool skip(std::int64_t count)
    {
        while (count > 0) {
            if (m_at == m_size && !fill()) {
                return false;
            }
            const auto step = std::min<std::int64_t>(count, static_cast<std::int64_t>(m_size - m_at));
            m_at += static_cast<std::size_t>(step);
            count -= step;
        }
        return true;
    }
    /// The bytes at the front; taken back, so that reading begins with them.
    std::string_view front(std::size_t count)
    {
        while (m_size < count && fill()) {
        }
        m_at = 0;
        return std::string_view(m_buffer).substr(0, std::min(count, m_size));
    }
    /// All the rest; its last bytes.
    std::string tail(std::size_t count)
    {
        std::string last;
        do {
            last += std::string_view(m_buffer).substr(m_at, m_size - m_at);
            m_at = m_size;
            if (last.size() > count) {
                last.erase(0, last.size() - count);
            }
        } while (fill());
        return last;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    bool fill()
    {
        const auto got = readFully(m_source, m_buffer.data(), m_buffer.size());
        if (!got) {
            m_error = got.error();
        }
        m_at = 0;
        m_size = got ? *got : 0;
        return m_size > 0;
    }

    ByteSource& m_source;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::size_t m_size = 0;
    std::optional<Error> m_error;
};

bool isFrame(int marker)
{
    // SOF0 to SOF15 but DHT, JPG and DAC, which stand among them.
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

bool isBare(int marker)
{
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

void readFrame(Bytes& bytes, int marker, FileFacts& facts)
{
    bytes.next(); // bits a sample
    facts.height = bytes.number(2);
    facts.width = bytes.number(2);
    facts.isProgressive = marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce;
}

/// The next marker, after whatever compressed data stands before it; -1 at the end.
int nextMarker(Bytes& bytes)
{
    int byte = bytes.next();
    for (;;) {
        while (byte >= 0 && byte != 0xff) {
            byte = bytes.next();
        }
        while (byte == 0xff) {
            byte = bytes.next();
        }
        if (byte != 0) { // 0: a data byte 255
            return byte;
        }
        byte = bytes.next();
    }
}

FileFacts readJpeg(Bytes& bytes)
{
    FileFacts facts;
    facts.kind = FileKind::Jpeg;
    for (int marker = nextMarker(bytes); marker >= 0; marker = nextMarker(bytes)) {
        if (marker == 0xd9) {
            facts.isWhole = facts.width > 0 && facts.height > 0 && facts.scans > 0;
            break; // what phones put behind it is not looked at
        }
        if (isBare(marker)) {
            continue;
        }
        const std::int64_t length = bytes.number(2) - 2;
        if (length < 0) {
            break;
        }
        facts.scans += marker == 0xda ? 1 : 0;
        std::int64_t read = 0;
        if (isFrame(marker) && length >= 5) {
            readFrame(bytes, marker, facts);
            read = 5;
        }
        if (!bytes.skip(length - read)) {
            break;
        }
    }
    return facts;
}

/// As Qt keeps the pixels of a PNG, by its colour type and bit depth.
int bitsFor(std::int64_t depth, std::int64_t colour)
{
    const bool isGrey = colour == 0;
    const bool isPalette = colour == 3;
    if (depth == 16) {
        return isGrey ? 16 : 64;
    }
    return (isGrey && depth <= 8) || isPalette ? 8 : 32;
}

FileFacts readPng(Bytes& bytes)
{
    FileFacts facts;
    facts.kind = FileKind::Png;
    bytes.skip(static_cast<std::int64_t>(kPngBegins.size()));
    for (bool isFirst = true;; isFirst = false) {
        const std::int64_t length = bytes.number(4);
        const std::int64_t name = bytes.number(4);
        constexpr std::int64_t kHeader = 0x49484452; // IHDR
        constexpr std::int64_t kEnd = 0x49454e44;    // IEND
        if (length < 0 || name < 0 || (isFirst && (name != kHeader || length != 13))) {
            return facts;
        }
        std::int64_t read = 0;
        if (isFirst) {
            facts.width = bytes.number(4);
            facts.height = bytes.number(4);
            const std::int64_t depth = bytes.number(1);
            facts.bitsPerPixel = bitsFor(depth, bytes.number(1));
            read = 10;
        }
        if (!bytes.skip(length - read + 4)) { // and its checksum
            return facts;
        }
        if (name == kEnd) {
            facts.isWhole = facts.width > 0 && facts.height > 0;
            return facts;
        }
    }
}

FileFacts readPdf(Bytes& bytes)
{
    FileFacts facts;
    facts.kind = FileKind::Pdf;
    facts.isWhole = bytes.tail(kPdfTail).find(kPdfEnds) != std::string::npos;
    return facts;
}

} // namespace

std::string_view mediaType(FileKind kind)
{
    return kRows.at(static_cast<std::size_t>(kind)).type;
}

std::optional<FileKind> fileKindOf(std::string_view mediaType)
{
    const auto* found =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.type == mediaType; });
    return found == kRows.end() ? std::nullopt : std::optional(found->kind);
}

std::string_view fileSuffix(FileKind kind)
{
    return kRows.at(static_cast<std::size_t>(kind)).suffix;
}

Result<std::optional<FileFacts>> examineFile(ByteSource& source)
{
    Bytes bytes(source);
    const std::string front(bytes.front(kPngBegins.size()));
    std::optional<FileFacts> facts;
    if (front.starts_with(kPdfBegins)) {
        facts = readPdf(bytes);
    } else if (front.starts_with(kJpegBegins)) {
        facts = readJpeg(bytes);
    } else if (front == kPngBegins) {
        facts = readPng(bytes);
    }
    if (bytes.error()) {
        return tl::unexpected(*bytes.error());
    }
    return facts;
}

} // namespace motcua
