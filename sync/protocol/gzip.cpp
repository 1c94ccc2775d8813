// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/gzip.h"

#include "core/base/check.h"

#include <algorithm>
#include <libdeflate.h>
#include <memory>

namespace motcua {

namespace {

constexpr int kLevel = 6;
constexpr std::size_t kFirstGuess = std::size_t{16} << 10;
/// What JSON usually unpacks to; a wrong guess costs a second attempt, nothing else.
constexpr std::size_t kUsualRatio = 6;

using Compressor = std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)>;
using Decompressor = std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>;

/// Appends the first member of `packed`; how many bytes of it that took.
Result<std::size_t> unpackMember(libdeflate_decompressor* unpacker, std::string_view packed,
                                 std::size_t limit, std::string& bytes)
{
    const std::size_t before = bytes.size();
    const std::size_t most = limit - before;
    std::size_t room = std::min(most, std::max(kFirstGuess, packed.size() * kUsualRatio));
    while (true) {
        bytes.resize(before + room);
        std::size_t taken = 0;
        std::size_t made = 0;
        const auto result = libdeflate_gzip_decompress_ex(unpacker, packed.data(), packed.size(),
                                                          bytes.data() + before, room, &taken, &made);
        if (result == LIBDEFLATE_SUCCESS) {
            bytes.resize(before + made);
            return taken;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE) {
            return fail(ErrorKind::Invalid, "damaged or cut off gzip");
        }
        if (room == most) {
            return fail(ErrorKind::Refused, "unpacks to more than " + std::to_string(limit) + " bytes");
        }
        room = std::min(most, room * 2);
    }
}

} // namespace

std::string gzip(std::string_view bytes)
{
    const Compressor packer(libdeflate_alloc_compressor(kLevel), &libdeflate_free_compressor);
    require(packer != nullptr, "memory for packing");
    std::string packed(libdeflate_gzip_compress_bound(packer.get(), bytes.size()), '\0');
    packed.resize(
        libdeflate_gzip_compress(packer.get(), bytes.data(), bytes.size(), packed.data(), packed.size()));
    require(!packed.empty(), "the bound of the packer holds");
    return packed;
}

Result<std::string> gunzip(std::string_view packed, std::size_t limit, int members)
{
    const Decompressor unpacker(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    require(unpacker != nullptr, "memory for unpacking");
    std::string bytes;
    do {
        if (members-- == 0) {
            return fail(ErrorKind::Refused, "more members than anybody writes");
        }
        const std::size_t taken = TRY(unpackMember(unpacker.get(), packed, limit, bytes));
        packed.remove_prefix(taken);
    } while (!packed.empty());
    return bytes;
}

} // namespace motcua
