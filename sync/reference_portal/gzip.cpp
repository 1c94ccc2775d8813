// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/gzip.h"

#include "core/base/check.h"

#include <algorithm>
#define ZLIB_CONST // its input is never written to
#include <zlib.h>

namespace motcua::portal {

namespace {

constexpr int kLevel = 1;
constexpr int kGzipWindow = 15 + 16; // zlib's way to say gzip
constexpr std::size_t kStep = 64 << 10;

const Bytef* input(std::string_view bytes)
{
    return reinterpret_cast<const Bytef*>(bytes.data());
}

/// Ends the stream whatever way the function is left.
struct Inflater
{
    z_stream stream{};
    bool isReady = inflateInit2(&stream, kGzipWindow) == Z_OK;
    Inflater() = default;
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
};

} // namespace

std::string gzip(std::string_view bytes)
{
    z_stream stream{};
    require(deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK,
            "zlib starts");
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib packs into the bound it gave");
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

Result<std::string> gunzip(std::string_view bytes, std::size_t bytesMax)
{
    Inflater inflater;
    if (!inflater.isReady || bytes.empty()) {
        return fail(ErrorKind::Invalid, "no gzip");
    }
    z_stream& stream = inflater.stream;
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string unpacked;
    while (true) {
        const std::size_t before = unpacked.size();
        unpacked.resize(before + std::min(kStep, bytesMax + 1 - before));
        stream.next_out = reinterpret_cast<Bytef*>(unpacked.data() + before);
        stream.avail_out = static_cast<uInt>(unpacked.size() - before);
        const int code = inflate(&stream, Z_NO_FLUSH);
        unpacked.resize(unpacked.size() - stream.avail_out);
        if (unpacked.size() > bytesMax) {
            return fail(ErrorKind::Refused, "unpacks to more than allowed");
        }
        if (code == Z_STREAM_END && stream.avail_in == 0) {
            return unpacked;
        }
        const bool isNextMember = code == Z_STREAM_END && inflateReset(&stream) == Z_OK;
        const bool goesOn = code == Z_OK && (stream.avail_in > 0 || unpacked.size() > before);
        if (!isNextMember && !goesOn) {
            return fail(ErrorKind::Invalid, "damaged or cut off gzip");
        }
    }
}

} // namespace motcua::portal
