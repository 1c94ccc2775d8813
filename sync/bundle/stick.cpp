// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/stick.h"

#include "core/base/check.h"
#include "sync/bundle/file_ends.h"

namespace motcua {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

const unsigned char* raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// Hands everything that `source` has to `take`, piece by piece.
Result<std::int64_t> pump(BundleSource& source, const StickProgress& progress,
                          const std::function<Result<void>(std::string_view)>& take)
{
    std::string piece(kPieceBytes, '\0');
    std::int64_t total = 0;
    while (const std::size_t got = TRY(source.read(piece.data(), piece.size()))) {
        TRY(take(std::string_view(piece).substr(0, got)));
        total += static_cast<std::int64_t>(got);
        if (progress && !progress(total)) {
            return fail(ErrorKind::Refused, kStopped);
        }
    }
    return total;
}

tl::unexpected<Error> unreadable(const Error& error)
{
    return error.kind == ErrorKind::Storage
               ? fail(ErrorKind::Damaged, "cannot be read from the stick: " + error.detail)
               : tl::unexpected(error);
}

class StickSource final : public BundleSource
{
public:
    explicit StickSource(std::unique_ptr<BundleSource> file) : m_file(std::move(file)) {}
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t count) override
    {
        const auto got = m_file->read(into, count);
        return got ? got : unreadable(got.error());
    }
    [[nodiscard]] Result<void> rewind() override
    {
        const auto done = m_file->rewind();
        return done ? done : unreadable(done.error());
    }

private:
    std::unique_ptr<BundleSource> m_file;
};

} // namespace

HashingSink::HashingSink(BundleSink& sink, StickProgress progress)
    : m_sink(sink), m_progress(std::move(progress))
{
    require(sodium_init() >= 0, "libsodium starts");
    crypto_hash_sha256_init(&m_state);
}

Result<void> HashingSink::append(std::string_view text)
{
    TRY(m_sink.append(text));
    crypto_hash_sha256_update(&m_state, raw(text), text.size());
    m_bytes += static_cast<std::int64_t>(text.size());
    if (m_progress && !m_progress(m_bytes)) {
        return fail(ErrorKind::Refused, kStopped);
    }
    return {};
}

Hash HashingSink::digest()
{
    Hash hash{};
    crypto_hash_sha256_final(&m_state, hash.data());
    return hash;
}

Result<void> proveWritten(Stick::NewFile& file, HashingSink& written, const StickProgress& progress)
{
    const auto source = TRY(file.readBack());
    crypto_hash_sha256_state state{};
    crypto_hash_sha256_init(&state);
    const auto total = pump(*source, progress, [&state](std::string_view piece) {
        crypto_hash_sha256_update(&state, raw(piece), piece.size());
        return Result<void>();
    });
    if (!total) {
        const bool isStop = total.error().kind == ErrorKind::Refused;
        return isStop ? tl::unexpected(total.error())
                      : fail(ErrorKind::Damaged, "cannot be read back: " + total.error().detail);
    }
    Hash found{};
    crypto_hash_sha256_final(&state, found.data());
    if (*total != written.bytes() || found != written.digest()) {
        return fail(ErrorKind::Damaged, "the stick gives back something else than was written");
    }
    return {};
}

Result<std::unique_ptr<BundleSource>> openOnStick(Stick& stick, const std::string& name)
{
    auto file = stick.open(name);
    if (!file) {
        return unreadable(file.error());
    }
    return std::unique_ptr<BundleSource>(std::make_unique<StickSource>(std::move(*file)));
}

Result<std::unique_ptr<BundleSource>> copyPrivately(Stick& stick, const std::string& name,
                                                    const std::string& folder, const StickProgress& progress)
{
    const auto source = TRY(openOnStick(stick, name));
    auto created = PrivateFile::create(folder);
    if (!created) {
        return fail(ErrorKind::Storage, created.error().detail); // also where the folder is gone
    }
    auto copy = std::move(*created);
    std::int64_t total = 0;
    TRY(pump(*source, progress, [&copy, &total](std::string_view piece) {
        total += static_cast<std::int64_t>(piece.size());
        return total > kBundleFileBytesMax ? fail(ErrorKind::Refused, "the file is too large")
                                           : copy->append(piece);
    }));
    TRY(copy->rewind());
    return std::unique_ptr<BundleSource>(std::move(copy));
}

} // namespace motcua
