// SPDX-License-Identifier: GPL-3.0-or-later
// Files: offset, append, read. A file is known when a dossier or a stored operation of the unit names it.
#include "core/dossier/schema.h"
#include "sync/reference_portal/portal_api_call.h"

#include <charconv>

namespace motcua::portal {

namespace {

constexpr std::size_t kPieceBytesMax = std::size_t{1} << 20;
constexpr std::int64_t kBlobBytesMax = 20971520;

std::optional<std::int64_t> numberIn(const std::optional<std::string>& header)
{
    std::int64_t value = -1;
    const std::string text = header.value_or("");
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isGood = read.ec == std::errc() && read.ptr == text.data() + text.size() && value >= 0;
    return isGood ? std::optional(value) : std::nullopt;
}

void tellOffset(HttpAnswer& answer, const BlobStore::Held& held)
{
    answer.headers.emplace_back("Upload-Offset", std::to_string(held.bytes));
    if (held.isComplete) {
        answer.headers.emplace_back("Upload-Complete", "?1");
    }
}

HttpAnswer closing(HttpAnswer answer)
{
    answer.closes = true;
    return answer;
}

struct BlobId
{
    const std::string& unit;
    const std::string& sha256;
};

struct Appended
{
    BlobStore::Taken taken = BlobStore::Taken::WrongOffset;
    bool isBeyond = false; ///< the piece would go beyond the file's length
    BlobStore::Held held;
};

/// Bytes that arrived before a break count.
Result<Appended> append(BlobStore& blobs, const BlobId& blob, std::int64_t offset, std::int64_t length,
                        std::string_view piece)
{
    Appended appended;
    const auto before = TRY(blobs.settled(blob.unit, blob.sha256, length));
    const bool isInPlace = !before.isComplete && before.bytes == offset;
    appended.isBeyond = isInPlace && offset + static_cast<std::int64_t>(piece.size()) > length;
    if (isInPlace && !appended.isBeyond) {
        appended.taken = TRY(blobs.append(blob.unit, blob.sha256, offset, piece, length));
    }
    appended.held = TRY(blobs.held(blob.unit, blob.sha256));
    return appended;
}

/// "bytes=a-b" or "bytes=a-" within the size; a header of another form counts for nothing (RFC 9110, 14.2).
std::optional<std::pair<std::size_t, std::size_t>> rangeOf(const std::optional<std::string>& header,
                                                           std::size_t size)
{
    const std::string text = header.value_or("");
    const std::size_t dash = text.find('-');
    if (!text.starts_with("bytes=") || dash == std::string::npos) {
        return std::nullopt;
    }
    const auto first = numberIn(text.substr(6, dash - 6));
    const auto last =
        dash + 1 == text.size() ? std::optional<std::int64_t>(size - 1) : numberIn(text.substr(dash + 1));
    if (!first || !last || *first > *last || static_cast<std::size_t>(*first) >= size) {
        return std::nullopt;
    }
    const auto end = std::min(static_cast<std::size_t>(*last), size - 1);
    return std::pair(static_cast<std::size_t>(*first), end);
}

} // namespace

tl::expected<std::int64_t, HttpAnswer> PortalApi::knownBlob(const Call& call)
{
    if (!isLowerHex(call.parameter, 64)) {
        return tl::unexpected(closing(problemAnswer(problemOf(ProblemType::NotFound))));
    }
    const auto size =
        with(call, [&](Portal& portal) { return portal.blobSize(*call.device, call.parameter); });
    if (!size || !*size) {
        return tl::unexpected(closing(!size ? size.error() : failureAnswer(size->error())));
    }
    if (!**size) {
        return tl::unexpected(closing(problemAnswer(problemOf(ProblemType::NotFound))));
    }
    return ***size;
}

HttpAnswer PortalApi::blobHead(const Call& call)
{
    const auto size = knownBlob(call);
    if (!size) {
        return size.error();
    }
    m_pieces.settle(call.device->install + call.parameter);
    const auto held = with(call, [&](Portal& portal) {
        return portal.blobs().settled(call.device->unit, call.parameter, *size);
    });
    if (!held || !*held) {
        return !held ? held.error() : failureAnswer(held->error());
    }
    HttpAnswer answer;
    tellOffset(answer, **held);
    return answer;
}

HttpAnswer PortalApi::blobAppend(const Call& call)
{
    const auto offset = numberIn(call.header("Upload-Offset"));
    const auto length = numberIn(call.header("Upload-Length"));
    if (!offset || !length || *length < 1 || *length > kBlobBytesMax) {
        return closing(problemAnswer(problemOf(ProblemType::BadRequest, "Upload-Offset, Upload-Length")));
    }
    if (call.header("Content-Encoding").value_or("identity") != "identity") {
        return closing(problemAnswer(problemOf(ProblemType::Unsupported, "Content-Encoding")));
    }
    const auto size = knownBlob(call);
    if (!size) {
        return size.error();
    }
    if (*size != *length) {
        return closing(
            problemAnswer(problemOf(ProblemType::BadRequest, "Độ dài khác với việc đã nêu."), 422));
    }
    if (call.header("Content-Type").value_or("") != "application/octet-stream") {
        return closing(problemAnswer(problemOf(ProblemType::Unsupported, "application/octet-stream")));
    }
    return blobAppendAt(call, *offset, *length);
}

HttpAnswer PortalApi::blobAppendAt(const Call& call, std::int64_t offset, std::int64_t length)
{
    OpenPieces::Piece open(m_pieces, call.device->install + call.parameter, call.ask.endBody);
    const BodyRead piece = call.ask.readBody(kPieceBytesMax);
    open.hasCome();
    if (piece.end == BodyEnd::TooLarge) {
        return closing(problemAnswer(problemOf(ProblemType::TooLarge)));
    }
    const auto done = with(call, [&](Portal& portal) {
        return append(portal.blobs(), {call.device->unit, call.parameter}, offset, length, piece.bytes);
    });
    if (!done || !*done) {
        return !done ? done.error() : failureAnswer(done->error());
    }
    const Appended& appended = **done;
    if (appended.isBeyond) {
        return problemAnswer(problemOf(ProblemType::BadRequest, "Đoạn vượt quá độ dài."), 422);
    }
    if (appended.taken == BlobStore::Taken::Discarded) {
        return problemAnswer(problemOf(ProblemType::DigestMismatch), 422);
    }
    const bool isElsewhere = appended.taken == BlobStore::Taken::WrongOffset;
    HttpAnswer answer = isElsewhere ? problemAnswer(problemOf(ProblemType::WrongOffset)) : HttpAnswer{};
    answer.status = isElsewhere ? answer.status : 204;
    answer.closes = piece.end == BodyEnd::Broken;
    tellOffset(answer, appended.held);
    return answer;
}

HttpAnswer PortalApi::blobGet(const Call& call)
{
    const auto size = knownBlob(call);
    if (!size) {
        return size.error();
    }
    const auto range = rangeOf(call.header("Range"), static_cast<std::size_t>(*size));
    const auto first = static_cast<std::int64_t>(range ? range->first : 0);
    const auto last = range ? static_cast<std::int64_t>(range->second) : *size - 1;
    auto read = with(call, [&](Portal& portal) {
        return portal.blobs().read(call.device->unit, call.parameter, first, last - first + 1);
    });
    if (!read || !*read) {
        return !read                                       ? read.error()
               : read->error().kind == ErrorKind::NotFound ? problemAnswer(problemOf(ProblemType::NotFound))
                                                           : failureAnswer(read->error());
    }
    HttpAnswer answer;
    answer.contentType = "application/octet-stream";
    answer.body = std::move(**read);
    if (range) {
        answer.status = 206;
        answer.headers.emplace_back("Content-Range", "bytes " + std::to_string(first) + "-" +
                                                         std::to_string(last) + "/" + std::to_string(*size));
    }
    return answer;
}

} // namespace motcua::portal
