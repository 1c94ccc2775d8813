// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_digest.h"

#include "core/base/check.h"

#include <openssl/evp.h>
#include <string>

namespace motcua {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;

} // namespace

struct Digester::Context
{
    EVP_MD_CTX* value = EVP_MD_CTX_new();
    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { EVP_MD_CTX_free(value); }
};

Digester::Digester() : m_context(std::make_unique<Context>())
{
    require(EVP_DigestInit_ex(m_context->value, EVP_sha256(), nullptr) == 1, "SHA-256 begins");
}
Digester::~Digester() = default;

void Digester::add(std::string_view piece)
{
    require(EVP_DigestUpdate(m_context->value, piece.data(), piece.size()) == 1, "SHA-256 goes on");
    m_size += static_cast<std::int64_t>(piece.size());
}

Digest Digester::digest()
{
    Digest digest{{}, m_size};
    require(EVP_DigestFinal_ex(m_context->value, digest.sha256.data(), nullptr) == 1, "SHA-256 ends");
    return digest;
}

Result<Digest> digestOf(ByteSource& plain, std::int64_t sizeMax)
{
    Digester digester;
    std::string chunk(kChunk, '\0');
    std::int64_t size = 0;
    for (;;) {
        const std::size_t got = TRY(plain.read(chunk.data(), chunk.size()));
        if (got == 0) {
            return digester.digest();
        }
        size += static_cast<std::int64_t>(got);
        if (size > sizeMax) {
            return fail(ErrorKind::Invalid, "a file is longer than " + std::to_string(sizeMax) + " bytes");
        }
        digester.add(std::string_view(chunk).substr(0, got));
    }
}

} // namespace motcua
