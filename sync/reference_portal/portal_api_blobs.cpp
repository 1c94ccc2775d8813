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
    const auto size = isLowerHex(call.parameter, 64) ? m_portal.blobSize(*call.device, call.parameter)
                                                     : Result<std::optional<std::int64_t>>(std::nullopt);
    if (!size) {
        return tl::unexpected(closing(failureAnswer(size.error())));
    }
    if (!*size) {
        return tl::unexpected(closing(problemAnswer(problemOf(ProblemType::NotFound))));
    }
    return **size;
}

HttpAnswer PortalApi::blobHead(const Call& call)
{
    const std::lock_guard lock(m_mutex);
    if (const auto size = knownBlob(call); !size) {
        return size.error();
    }
    const auto held = m_portal.blobs().held(call.device->unit, call.parameter);
    if (!held) {
        return failureAnswer(held.error());
    }
    HttpAnswer answer;
    tellOffset(answer, *held);
    return answer;
}

HttpAnswer PortalApi::blobAppend(const Call& call)
{
    const auto offset = numberIn(call.header("Upload-Offset"));
    const auto length = numberIn(call.header("Upload-Length"));
    if (!offset || !length || *length < 1 || *length > kBlobBytesMax) {
        return closing(problemAnswer(problemOf(ProblemType::BadRequest, "Upload-Offset, Upload-Length")));
    }
    const auto unpackedOnly = call.header("Content-Encoding").value_or("identity") == "identity";
    if (!unpackedOnly) {
        return closing(problemAnswer(problemOf(ProblemType::Unsupported, "Content-Encoding")));
    }
    std::unique_lock lock(m_mutex);
    const auto size = knownBlob(call);
    if (!size) {
        return size.error();
    }
    if (*size != *length) {
        return closing(
            problemAnswer(problemOf(ProblemType::BadRequest, "Độ dài khác với việc đã nêu."), 422));
    }
    lock.unlock(); // the piece may come slowly
    if (call.header("Content-Type").value_or("") != "application/octet-stream") {
        return closing(problemAnswer(problemOf(ProblemType::Unsupported, "application/octet-stream")));
    }
    const BodyRead piece = call.ask.readBody(kPieceBytesMax);
    if (piece.end == BodyEnd::TooLarge) {
        return closing(problemAnswer(problemOf(ProblemType::TooLarge)));
    }
    lock.lock();
    const auto before = m_portal.blobs().held(call.device->unit, call.parameter);
    if (!before) {
        return failureAnswer(before.error());
    }
    const bool isInPlace = !before->isComplete && before->bytes == *offset;
    if (isInPlace && *offset + static_cast<std::int64_t>(piece.bytes.size()) > *length) {
        return problemAnswer(problemOf(ProblemType::BadRequest, "Đoạn vượt quá độ dài."), 422);
    }
    // Bytes that arrived before a break count.
    const auto taken =
        isInPlace ? m_portal.blobs().append(call.device->unit, call.parameter, *offset, piece.bytes, *length)
                  : Result<BlobStore::Taken>(BlobStore::Taken::WrongOffset);
    const auto held = m_portal.blobs().held(call.device->unit, call.parameter);
    if (!taken || !held) {
        return failureAnswer(!taken ? taken.error() : held.error());
    }
    if (*taken == BlobStore::Taken::Discarded) {
        return problemAnswer(problemOf(ProblemType::DigestMismatch), 422);
    }
    HttpAnswer answer = *taken == BlobStore::Taken::WrongOffset
                            ? problemAnswer(problemOf(ProblemType::WrongOffset))
                            : HttpAnswer{};
    answer.status = *taken == BlobStore::Taken::WrongOffset ? answer.status : 204;
    answer.closes = piece.end == BodyEnd::Broken;
    tellOffset(answer, *held);
    return answer;
}

HttpAnswer PortalApi::blobGet(const Call& call)
{
    const std::lock_guard lock(m_mutex);
    const auto size = knownBlob(call);
    if (!size) {
        return size.error();
    }
    const auto range = rangeOf(call.header("Range"), static_cast<std::size_t>(*size));
    const auto first = static_cast<std::int64_t>(range ? range->first : 0);
    const auto last = range ? static_cast<std::int64_t>(range->second) : *size - 1;
    auto bytes = m_portal.blobs().read(call.device->unit, call.parameter, first, last - first + 1);
    if (!bytes) {
        return bytes.error().kind == ErrorKind::NotFound ? problemAnswer(problemOf(ProblemType::NotFound))
                                                         : failureAnswer(bytes.error());
    }
    HttpAnswer answer;
    answer.contentType = "application/octet-stream";
    answer.body = std::move(*bytes);
    if (range) {
        answer.status = 206;
        answer.headers.emplace_back("Content-Range", "bytes " + std::to_string(first) + "-" +
                                                         std::to_string(last) + "/" + std::to_string(*size));
    }
    return answer;
}

} // namespace motcua::portal
