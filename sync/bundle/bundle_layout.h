// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/jws.h"

#include <array>
#include <cstddef>
#include <sodium.h>
#include <string>
#include <string_view>

namespace motcua::layout {

// The bytes of a bundle; README.md describes them. For the reader and the writer only.

/// Its end tells a file that went through a program for texts.
inline constexpr std::string_view kMagic = "MCHOP\x01\r\n";
inline constexpr std::size_t kHintBytes = 8;
/// What the sealed box holds: the stream's key and its header.
inline constexpr std::size_t kSecretBytes =
    crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_secretstream_xchacha20poly1305_HEADERBYTES;
inline constexpr std::size_t kSealedBytes = kSecretBytes + crypto_box_SEALBYTES;
inline constexpr std::size_t kPreambleBytes = kMagic.size() + kHintBytes + kSealedBytes;

/// Records are cut into blocks of this size, and each is packed by itself: so no block can become more.
inline constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
/// A block that packs better than this goes as it is, and one that claims more is a bomb.
inline constexpr std::size_t kRatioMax = 20;
/// A message: what sort it is, and the block, packed or as it is.
inline constexpr std::size_t kMessageBytesMax = kBlockBytes + 1;
inline constexpr std::size_t kCipherBytesMax =
    kMessageBytesMax + crypto_secretstream_xchacha20poly1305_ABYTES;
enum MessageSort : char
{
    Plain = 0,
    Packed = 1,
    Signature = 2, ///< the last message
};
inline constexpr std::size_t kRecordHeadBytes = 5; ///< kind, length in 32 bits, little end first

/// Tells for whom a bundle is without telling who that is to anybody else.
[[nodiscard]] std::string hintOf(std::string_view recipient);
/// What is signed: the SHA-256 of all blocks, and for whom they were sealed, so that nobody can pass a bundle
/// on as if it had been made for somebody else.
[[nodiscard]] std::string signedWords(std::string_view recipient, std::string_view digestHex);

[[nodiscard]] inline std::array<char, 4> littleEnd(std::uint32_t number)
{
    return {static_cast<char>(number & 0xff), static_cast<char>((number >> 8) & 0xff),
            static_cast<char>((number >> 16) & 0xff), static_cast<char>((number >> 24) & 0xff)};
}
[[nodiscard]] inline std::uint32_t fromLittleEnd(std::string_view four)
{
    std::uint32_t number = 0;
    for (std::size_t i = 4; i > 0; --i) {
        number = (number << 8) | static_cast<unsigned char>(four[i - 1]);
    }
    return number;
}

[[nodiscard]] inline unsigned char* bytes(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}
[[nodiscard]] inline const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace motcua::layout
