// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/backup.h"

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/db/transaction.h"
#include "core/files/folder_shelf.h"
#include "core/journal/journal.h"
#include "core/vault/backup_files.h"

#include <fstream>
#include <openssl/evp.h>

namespace motcua {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "MOTCUA-BACKUP 2\n";
/// Before registers had files.
constexpr std::string_view kFirstMagic = "MOTCUA-BACKUP 1\n";
constexpr std::size_t kKeysBytesMax = std::size_t{1} << 20;
constexpr std::size_t kHeaderBytesMax = 4096;
constexpr std::size_t kPiece = std::size_t{1} << 20;

/// Removes a half-made file unless it was kept.
class Unfinished
{
public:
    explicit Unfinished(fs::path path) : m_path(std::move(path)) {}
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished()
    {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm"}) {
            fs::remove(m_path.string() + suffix, ignored);
        }
    }
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// Copies `bytes` from where `in` stands, hashing them.
Result<Hash> copyPart(std::istream& in, std::ostream& out, std::uint64_t bytes)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    require(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1, "SHA-256 begins");
    std::string piece(kPiece, '\0');
    for (std::uint64_t left = bytes; left > 0;) {
        const auto want = static_cast<std::streamsize>(std::min<std::uint64_t>(left, piece.size()));
        if (!in.read(piece.data(), want)) {
            return fail(ErrorKind::Damaged, "the file is shorter than it says");
        }
        EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(want));
        if (!out.write(piece.data(), want)) {
            return fail(ErrorKind::Storage, "the copy could not be written");
        }
        left -= static_cast<std::uint64_t>(want);
    }
    Hash hash{};
    EVP_DigestFinal_ex(context.get(), hash.data(), nullptr);
    return hash;
}

struct Header
{
    std::uint64_t keysBytes = 0;
    std::uint64_t databaseBytes = 0;
    std::string databaseHash;
    std::int64_t entries = 0;
    std::string head;
    bool hasFiles = true; ///< they follow behind the register
};

Result<Header> readHeader(std::istream& in)
{
    std::string magic(kMagic.size(), '\0');
    if (!in.read(magic.data(), static_cast<std::streamsize>(magic.size())) ||
        (magic != kMagic && magic != kFirstMagic)) {
        return fail(ErrorKind::Foreign, "not a backup of this program");
    }
    std::string line(kHeaderBytesMax, '\0');
    if (!in.getline(line.data(), static_cast<std::streamsize>(line.size()))) {
        return fail(ErrorKind::Damaged, "the backup has no header");
    }
    line.resize(std::char_traits<char>::length(line.c_str()));
    const auto json = parseJson(line);
    if (!json || !at(*json, "keysBytes").is_number_unsigned() ||
        !at(*json, "databaseBytes").is_number_unsigned() || !at(*json, "entries").is_number_integer()) {
        return fail(ErrorKind::Damaged, "the backup's header is not readable");
    }
    Header header{json->at("keysBytes").get<std::uint64_t>(), json->at("databaseBytes").get<std::uint64_t>(),
                  stringAt(*json, "databaseSha256"), json->at("entries").get<std::int64_t>(),
                  stringAt(*json, "head")};
    if (header.keysBytes > kKeysBytesMax) {
        return fail(ErrorKind::Damaged, "the backup's key slots are too large");
    }
    header.hasFiles = magic == kMagic;
    return header;
}

Result<Header> headerFor(std::size_t keysBytes, Connection& copy, const std::string& install,
                         std::int64_t epoch)
{
    Header header;
    header.keysBytes = keysBytes;
    auto count = TRY(copy.prepare("SELECT count(*) FROM journal"));
    TRY(count.step());
    header.entries = count.integer(0);
    header.head = toHex(TRY(Journal(copy, install, epoch).head()).chain);
    return header;
}

Result<Hash> hashOf(const fs::path& file, std::uint64_t bytes)
{
    std::ifstream in(file, std::ios::binary);
    std::ofstream nowhere("/dev/null", std::ios::binary);
    return copyPart(in, nowhere, bytes);
}

/// Returns how many files went in.
Result<std::int64_t> compose(const fs::path& container, Header header, const std::string& keys,
                             const fs::path& database, FileStore& files)
{
    std::error_code error;
    header.databaseBytes = fs::file_size(database, error);
    std::ifstream in(database, std::ios::binary);
    if (error || !in) {
        return fail(ErrorKind::Storage, "the copy cannot be read back");
    }
    header.databaseHash = toHex(TRY(hashOf(database, header.databaseBytes)));
    std::ofstream out(container, std::ios::binary | std::ios::trunc);
    out << kMagic
        << dumpJson({{"keysBytes", header.keysBytes},
                     {"databaseBytes", header.databaseBytes},
                     {"databaseSha256", header.databaseHash},
                     {"entries", header.entries},
                     {"head", header.head}})
        << '\n'
        << keys;
    TRY(copyPart(in, out, header.databaseBytes));
    const std::int64_t count = TRY(writeFiles(files, out));
    if (!out.flush()) {
        return fail(ErrorKind::Storage, "write " + container.string());
    }
    out.close();
    TRY(flushToDisk(container));
    dropFromCache(container);
    return count;
}

/// Reads the finished file as a restore would, up to opening the register and every file in it.
Result<void> readBack(const fs::path& container, const RegisterFolder& folder, const Clock& clock,
                      BackupInfo& info)
{
    const Unfinished database(container.string() + ".check");
    std::ifstream in(container, std::ios::binary);
    const Header header = TRY(readHeader(in));
    in.seekg(static_cast<std::streamoff>(header.keysBytes), std::ios::cur);
    {
        std::ofstream out(database.path(), std::ios::binary | std::ios::trunc);
        if (toHex(TRY(copyPart(in, out, header.databaseBytes))) != header.databaseHash) {
            return fail(ErrorKind::Damaged, "the backup reads back differently");
        }
    }
    auto shelf = TRY(BackupShelf::read(in, container));
    OpenOptions options;
    options.path = database.path().string();
    options.key = &folder.dataKey();
    auto copy = TRY(Connection::open(options));
    const auto problems = TRY(copy.integrityProblems());
    const auto findings = TRY(verifyChain(copy));
    const RegisterIdentity& identity = folder.identity();
    const auto head = TRY(Journal(copy, identity.install, identity.epoch).head());
    if (!problems.empty() || !findings.empty() || toHex(head.chain) != info.head) {
        return fail(ErrorKind::Damaged, "the backup does not open to what was copied");
    }
    FileStore files(copy, shelf, folder.dataKey(), clock);
    info.filesBad = TRY(badFiles(files));
    return {};
}

/// How many files were unpacked.
Result<std::int64_t> unpackFiles(std::istream& in, const fs::path& container, const fs::path& into)
{
    auto from = TRY(BackupShelf::read(in, container));
    FolderShelf to(into);
    TRY(copyShelf(from, to));
    return from.count();
}

} // namespace

Result<BackupInfo> writeBackup(const RegisterFolder& folder, Connection& connection, const fs::path& target,
                               const Clock& clock)
{
    std::error_code error;
    TRY(makeFoldersDurably(target, FileMode::Shared));
    std::string stamp = toRfc3339(clock.now());
    std::erase_if(stamp, [](char c) { return c == ':' || c == '.' || c == '-'; });
    const RegisterIdentity& identity = folder.identity();
    BackupInfo info;
    info.file =
        target / ("motcua-" + identity.unit + "-" + std::to_string(identity.slot) + "-" + stamp + ".backup");
    if (fs::exists(info.file, error)) {
        return fail(ErrorKind::Duplicate, info.file.string());
    }
    const std::string keys = TRY(readFile(folder.folder() / "register.keys", kKeysBytesMax));
    const Unfinished database(info.file.string() + ".copy");
    const Unfinished container(info.file.string() + ".part");
    TRY(connection.backupTo(database.path().string(), &folder.dataKey()));
    {
        OpenOptions options;
        options.path = database.path().string();
        options.key = &folder.dataKey();
        auto copy = TRY(Connection::open(options));
        const Header header = TRY(headerFor(keys.size(), copy, identity.install, identity.epoch));
        FolderShelf shelf = folder.shelf();
        FileStore files(copy, shelf, folder.dataKey(), clock);
        info.entries = header.entries;
        info.head = header.head;
        info.files = TRY(compose(container.path(), header, keys, database.path(), files));
    }
    TRY(readBack(container.path(), folder, clock, info));
    fs::rename(container.path(), info.file, error);
    if (error) {
        return fail(ErrorKind::Storage, "name the backup: " + error.message());
    }
    TRY(flushToDisk(target));
    return info;
}

Result<BackupInfo> unpackBackup(const fs::path& file, const fs::path& into)
{
    std::error_code error;
    if (fs::exists(into / "register.db", error) || fs::exists(into / kFilesFolder, error)) {
        return fail(ErrorKind::Duplicate, into.string());
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return fail(ErrorKind::NotFound, file.string());
    }
    const Header header = TRY(readHeader(in));
    TRY(makeFoldersDurably(into));
    fs::permissions(into, fs::perms::owner_all, error);
    std::string keys(header.keysBytes, '\0');
    if (!in.read(keys.data(), static_cast<std::streamsize>(keys.size()))) {
        return fail(ErrorKind::Damaged, "the backup ends in its key slots");
    }
    const Unfinished database(into / "register.db.restoring");
    {
        std::ofstream out(database.path(), std::ios::binary | std::ios::trunc);
        if (toHex(TRY(copyPart(in, out, header.databaseBytes))) != header.databaseHash) {
            return fail(ErrorKind::Damaged, "the register in the backup is not what was written");
        }
    }
    TRY(flushToDisk(database.path()));
    const auto files = header.hasFiles ? unpackFiles(in, file, into / kFilesFolder) : Result<std::int64_t>(0);
    if (!files) {
        fs::remove_all(into / kFilesFolder, error); // was not there before
        return tl::unexpected(files.error());
    }
    TRY(writeFileDurably(into / "register.keys", keys));
    fs::rename(database.path(), into / "register.db", error);
    if (error) {
        return fail(ErrorKind::Storage, "name the register: " + error.message());
    }
    TRY(flushToDisk(into));
    return BackupInfo{file, header.entries, header.head, *files, 0};
}

} // namespace motcua
