// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/gzip.h"

#include "core/base/check.h"

#include <algorithm>
#include <zlib.h>

namespace motcua {

namespace {

constexpr int kGzipWindow = 15 + 16; ///< 15 bits of window, and 16 for zlib's "with a gzip header"
constexpr std::size_t kPiece = std::size_t{64} << 10;

Bytef* input(std::string_view bytes)
{
    // zlib never writes to its input; its interface is older than const.
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
}

struct Inflater
{
    z_stream stream{};
    Inflater() { require(inflateInit2(&stream, kGzipWindow) == Z_OK, "zlib starts"); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
};

} // namespace

std::string gzip(std::string_view bytes)
{
    z_stream stream{};
    require(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK,
            "zlib starts");
    std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the bound of zlib holds");
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

Result<std::string> gunzip(std::string_view packed, std::size_t limit)
{
    Inflater inflater;
    auto& stream = inflater.stream;
    stream.next_in = input(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string bytes;
    for (;;) {
        const auto before = bytes.size();
        if (before > limit) {
            return fail(ErrorKind::Invalid, "unpacks to more than " + std::to_string(limit) + " bytes");
        }
        bytes.resize(before + std::min(kPiece, limit + 1 - before));
        stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
        stream.avail_out = static_cast<uInt>(bytes.size() - before);
        const int code = inflate(&stream, Z_NO_FLUSH);
        bytes.resize(bytes.size() - stream.avail_out);
        if (code == Z_STREAM_END) {
            break;
        }
        if (code != Z_OK || (stream.avail_in == 0 && stream.avail_out != 0)) {
            return fail(ErrorKind::Invalid, "broken or cut off gzip");
        }
    }
    if (stream.avail_in != 0 || bytes.size() > limit) {
        return fail(ErrorKind::Invalid, "more than one gzip member, or too long");
    }
    return bytes;
}

} // namespace motcua
