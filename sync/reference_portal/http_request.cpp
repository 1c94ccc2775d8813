// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/http_request.h"

#include <array>
#include <charconv>

namespace motcua::portal {

namespace {

/// Beside the bytes of a body that comes in chunks; a chunk has its size before it and a line's end behind.
constexpr std::uint64_t kFramingRoom = 64 << 10;

/// Headers that cpp-httplib would act on by itself: it would unpack bodies before their digest can be
/// checked and without a bound, and pack answers as it likes. They are put aside under names that no
/// request can carry.
constexpr std::array<const char*, 3> kKeptHeaders{"Content-Encoding", "Accept-Encoding", "Range"};

std::string keptName(const std::string& name)
{
    return "(kept) " + name;
}

} // namespace

void keepHeaders(httplib::Request& request)
{
    for (const char* name : kKeptHeaders) {
        const auto found = request.headers.find(name);
        const std::string value = found == request.headers.end() ? std::string() : found->second;
        const bool isThere = found != request.headers.end();
        request.headers.erase(name);
        request.headers.erase(keptName(name));
        if (isThere) {
            request.headers.emplace(keptName(name), value);
        }
    }
    request.ranges.clear();
}

std::optional<std::string> headerOf(const httplib::Request& request, const std::string& name)
{
    for (const std::string& candidate : {name, keptName(name)}) {
        const auto found = request.headers.find(candidate);
        if (found != request.headers.end()) {
            return found->second;
        }
    }
    return std::nullopt;
}

bool hasBody(const httplib::Request& request)
{
    const std::string length = request.get_header_value("Content-Length");
    return request.has_header("Transfer-Encoding") || (!length.empty() && length != "0");
}

std::optional<std::uint64_t> declaredLength(const httplib::Request& request)
{
    const std::string text = request.get_header_value("Content-Length");
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isGood = !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
    return isGood ? std::optional(value) : std::nullopt;
}

BodyRead readBody(const httplib::Request& request, const httplib::ContentReader& reader, std::size_t bytesMax)
{
    if (!hasBody(request)) {
        return {};
    }
    const auto declared = declaredLength(request);
    const bool isChunked = request.has_header("Transfer-Encoding");
    // Two lengths, or none that can be read, are how requests are smuggled.
    if (declared.has_value() == isChunked || request.get_header_value_count("Content-Length") > 1) {
        return {{}, BodyEnd::Broken};
    }
    if (declared && *declared > bytesMax) {
        return {{}, BodyEnd::TooLarge};
    }
    BodyRead body;
    body.bytes.reserve(declared.value_or(0));
    bool isTooLarge = false;
    const bool isWhole = reader([&body, &isTooLarge, bytesMax](const char* data, std::size_t size) {
        isTooLarge = body.bytes.size() + size > bytesMax;
        if (!isTooLarge) {
            body.bytes.append(data, size);
        }
        return !isTooLarge;
    });
    body.end = isTooLarge ? BodyEnd::TooLarge : isWhole ? BodyEnd::Whole : BodyEnd::Broken;
    return body;
}

/// Chunks of eight bytes have as much framing as content; nobody who means well sends smaller ones.
std::uint64_t wireBytesMax(const httplib::Request& request, std::size_t bytesMax)
{
    return request.has_header("Transfer-Encoding") ? std::uint64_t{2} * bytesMax + kFramingRoom : bytesMax;
}

} // namespace motcua::portal
