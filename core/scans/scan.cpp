// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scans/scan.h"

#include "core/base/text.h"
#include "core/files/file_name.h"
#include "core/scans/picture.h"

#include <algorithm>

namespace motcua {

namespace {

/// Decoding goes over a picture once a scan; cameras write about ten.
constexpr int kScansMax = 64;
/// A camera of a hundred megapixels; read at a fraction of its size, so that memory stays small.
constexpr std::int64_t kDotsMax = 120'000'000;
/// A progressive JPEG is in memory whole while it is decoded, about three bytes a dot.
constexpr std::int64_t kProgressiveDotsMax = 50'000'000;
/// A PNG is decoded at its full size.
constexpr std::int64_t kPngBytesMax = std::int64_t{64} << 20;
constexpr std::int64_t kEdgeMax = 65'500;

tl::unexpected<ScanRefusal> refused(const char* rule, const std::string& message)
{
    return tl::unexpected<ScanRefusal>(ScanRefusal(rule, message));
}

/// As people see it: its last part, tidied, so that a hostile name cannot break the sentence.
std::string shown(const std::filesystem::path& path)
{
    const std::string name = tidyText(path.filename().string());
    return "“" + (name.empty() ? tidyText(path.string()) : name) + "”";
}

std::string megabytes(std::int64_t bytes)
{
    const std::int64_t tenths = (bytes * 10 + (1 << 19)) >> 20;
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " MB";
}

Scanned<std::unique_ptr<DiskSource>> opened(const std::filesystem::path& path)
{
    auto source = DiskSource::open(path);
    if (source) {
        return std::move(*source);
    }
    if (source.error().kind == ErrorKind::Invalid) {
        return refused("file-not-ordinary", shown(path) + " không phải một tệp.");
    }
    return refused("file-missing",
                   "Không đọc được tệp " + shown(path) + ": không có tệp này, hoặc không có quyền đọc.");
}

bool costsTooMuch(const FileFacts& facts)
{
    if (facts.width > kEdgeMax || facts.height > kEdgeMax || facts.scans > kScansMax) {
        return true;
    }
    const std::int64_t dots = facts.width * facts.height;
    if (facts.kind == FileKind::Png) {
        return dots * facts.bitsPerPixel / 8 > kPngBytesMax;
    }
    return dots > (facts.isProgressive ? kProgressiveDotsMax : kDotsMax);
}

Scanned<FileFacts> examined(DiskSource& source, const std::filesystem::path& path)
{
    if (source.size() == 0) {
        return refused("file-empty", "Tệp " + shown(path) + " rỗng; hãy quét lại.");
    }
    if (source.size() > kFileBytesMax) {
        return refused("file-too-large",
                       "Tệp " + shown(path) + " lớn " + megabytes(source.size()) +
                           ", mỗi tệp không quá 20 MB; hãy quét lại ở 300 dpi hoặc chia nhỏ.");
    }
    const auto facts = TRY(examineFile(source));
    if (!facts) {
        return refused("file-type", "Tệp " + shown(path) +
                                        " không phải PDF, JPEG hay PNG (xét theo nội dung, không theo tên).");
    }
    if (!facts->isWhole) {
        return refused("file-broken",
                       "Tệp " + shown(path) + " hỏng hoặc chép chưa trọn; hãy quét hoặc chép lại.");
    }
    if (facts->kind != FileKind::Pdf && costsTooMuch(*facts)) {
        return refused("image-too-large", "Ảnh " + shown(path) + " có " + std::to_string(facts->width) +
                                              " × " + std::to_string(facts->height) +
                                              " điểm, quá lớn để xử lý; hãy quét lại ở 300 dpi.");
    }
    return *facts;
}

/// What the source turned out to be when it was taken in: it may have changed since it was inspected.
ScanRefusal notKept(const Error& error, const std::filesystem::path& path)
{
    if (error.kind == ErrorKind::Invalid) {
        return {"file-changed", "Tệp " + shown(path) + " đang bị thay đổi trong lúc đọc; hãy thử lại."};
    }
    return ScanRefusal(error);
}

NamedFile named(const FileRecord& file, std::string name)
{
    return {toHex(file.sha256), file.size, std::string(mediaType(file.kind)), std::move(name)};
}

} // namespace

ScanRefusal::ScanRefusal(Error e)
    : rule("file-not-kept"), message("Chưa lưu được tệp vào sổ; đĩa có thể đã đầy. Tệp gốc còn nguyên."),
      error(std::move(e))
{}

Scanned<FileFacts> inspectScan(const std::filesystem::path& path)
{
    const auto source = TRY(opened(path));
    return examined(*source, path);
}

Scanned<NamedFile> scanIn(const std::filesystem::path& path, const std::string& name, FileStore& store)
{
    const auto source = TRY(opened(path));
    const FileFacts facts = TRY(examined(*source, path));
    const std::string given = name.empty() ? path.filename().string() : name;
    if (facts.kind == FileKind::Pdf) {
        const auto file = store.add(*source, FileKind::Pdf);
        return file ? Scanned<NamedFile>(named(*file, takenName(given, FileKind::Pdf)))
                    : tl::unexpected(notKept(file.error(), path));
    }
    TRY(source->rewind());
    const auto jpeg = writtenAnew(source->descriptor(), facts);
    if (!jpeg) {
        return refused("file-broken", "Ảnh " + shown(path) + " hỏng, không mở được; hãy quét lại.");
    }
    MemorySource bytes(*jpeg);
    const auto file = store.add(bytes, FileKind::Jpeg);
    return file ? Scanned<NamedFile>(named(*file, takenName(given, FileKind::Jpeg)))
                : tl::unexpected(notKept(file.error(), path));
}

} // namespace motcua
