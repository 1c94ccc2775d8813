// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/sealed_file.h"

#include "core/base/check.h"

#include <algorithm>
#include <sodium.h>

namespace motcua {

namespace {

constexpr std::string_view kMagic = "MOTCUA-FILE 1\n";
constexpr std::size_t kChunk = std::size_t{64} << 10;
constexpr std::size_t kSealBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kHeaderBytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;

unsigned char* bytes(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// The cipher's state, wiped when it is no longer needed.
struct Stream
{
    crypto_secretstream_xchacha20poly1305_state state{};
    Stream() = default;
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { sodium_memzero(&state, sizeof state); }
};

class Unsealed final : public ByteSource
{
public:
    Unsealed(std::unique_ptr<ByteSource> sealed, Secret key)
        : m_sealed(std::move(sealed)), m_key(std::move(key))
    {}

    Result<void> begin()
    {
        std::string header(kMagic.size() + kHeaderBytes, '\0');
        const std::size_t got = TRY(readFully(*m_sealed, header.data(), header.size()));
        const bool isOurs = got == header.size() && header.starts_with(kMagic);
        if (!isOurs || crypto_secretstream_xchacha20poly1305_init_pull(
                           &m_stream.state, bytes(header) + kMagic.size(), bytes(m_key.bytes())) != 0) {
            return fail(ErrorKind::Damaged, "a sealed file does not begin as one");
        }
        m_chunk.clear();
        m_at = 0;
        m_isLast = false;
        return {};
    }

    Result<std::size_t> read(char* to, std::size_t most) override
    {
        if (m_at == m_chunk.size() && !m_isLast) {
            TRY(nextChunk());
        }
        const std::size_t count = std::min(most, m_chunk.size() - m_at);
        std::copy_n(m_chunk.data() + m_at, count, to);
        m_at += count;
        return count;
    }

    Result<void> rewind() override
    {
        TRY(m_sealed->rewind());
        return begin();
    }

private:
    Result<void> nextChunk()
    {
        m_chunk.clear();
        m_at = 0;
        m_box.resize(kChunk + kSealBytes);
        const std::size_t got = TRY(readFully(*m_sealed, m_box.data(), m_box.size()));
        if (got < kSealBytes) {
            return fail(ErrorKind::Damaged, "a sealed file ends too early");
        }
        std::string plain(got - kSealBytes, '\0');
        unsigned char tag = 0;
        if (crypto_secretstream_xchacha20poly1305_pull(&m_stream.state, bytes(plain), nullptr, &tag,
                                                       bytes(m_box), got, bytes(kMagic),
                                                       kMagic.size()) != 0) {
            return fail(ErrorKind::Damaged, "a chunk of a sealed file is not what was written");
        }
        m_isLast = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        char more = 0;
        if ((m_isLast && TRY(m_sealed->read(&more, 1)) != 0) || (!m_isLast && plain.empty())) {
            return fail(ErrorKind::Damaged, "a sealed file does not end where it ends");
        }
        m_chunk = std::move(plain);
        return {};
    }

    std::unique_ptr<ByteSource> m_sealed;
    Secret m_key;
    Stream m_stream;
    std::string m_box;
    std::string m_chunk;
    std::size_t m_at = 0;
    bool m_isLast = false;
};

} // namespace

Secret makeFileKey()
{
    require(sodium_init() >= 0, "libsodium starts");
    std::string key(crypto_secretstream_xchacha20poly1305_KEYBYTES, '\0');
    crypto_secretstream_xchacha20poly1305_keygen(bytes(key));
    return Secret(std::move(key));
}

Result<Digest> seal(ByteSource& plain, std::int64_t size, const Secret& key, FileShelf::Unfinished& into)
{
    require(key.bytes().size() == crypto_secretstream_xchacha20poly1305_KEYBYTES, "a file key has 32 bytes");
    Stream stream;
    std::string header(kHeaderBytes, '\0');
    crypto_secretstream_xchacha20poly1305_init_push(&stream.state, bytes(header), bytes(key.bytes()));
    TRY(into.append(std::string(kMagic) + header));

    Digester digester;
    std::string chunk(kChunk, '\0');
    std::string box(kChunk + kSealBytes, '\0');
    for (std::int64_t left = size;;) {
        const auto want = static_cast<std::size_t>(std::min<std::int64_t>(left, kChunk));
        const std::size_t got = TRY(readFully(plain, chunk.data(), want));
        if (got != want) {
            return fail(ErrorKind::Invalid, "a file became shorter while it was read");
        }
        left -= static_cast<std::int64_t>(got);
        digester.add(std::string_view(chunk).substr(0, got));
        const unsigned char tag = left == 0 ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
        unsigned long long sealed = 0;
        crypto_secretstream_xchacha20poly1305_push(&stream.state, bytes(box), &sealed, bytes(chunk), got,
                                                   bytes(kMagic), kMagic.size(), tag);
        TRY(into.append(std::string_view(box).substr(0, sealed)));
        if (left == 0) {
            break;
        }
    }
    char more = 0;
    if (TRY(plain.read(&more, 1)) != 0) {
        return fail(ErrorKind::Invalid, "a file became longer while it was read");
    }
    return digester.digest();
}

Result<std::unique_ptr<ByteSource>> unseal(std::unique_ptr<ByteSource> sealed, Secret key)
{
    auto unsealed = std::make_unique<Unsealed>(std::move(sealed), std::move(key));
    TRY(unsealed->begin());
    return std::unique_ptr<ByteSource>(std::move(unsealed));
}

} // namespace motcua
