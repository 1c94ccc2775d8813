// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/backup.h"

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/files/folder_shelf.h"
#include "core/journal/journal.h"
#include "core/vault/backup_files.h"

#include <fstream>
#include <openssl/evp.h>
#include <set>

namespace motcua {

namespace fs = std::filesystem;

namespace {

/// Half of what a Position holds: there is always a higher epoch left, whatever a clock said.
constexpr std::int64_t kEpochByClockMost = std::int64_t{1} << 22;
/// A clock that is further ahead is noticed at once: each slip shows the day.
constexpr std::chrono::days kDaysAhead{7};
/// Numbers of days that are longer gone are not given out again. It is that many because a clock may be set
/// back more than once before anybody sets it right.
constexpr std::chrono::days kDaysBack{60};
constexpr std::string_view kMagic = "MOTCUA-BACKUP 2\n";
/// Before registers had files.
constexpr std::string_view kFirstMagic = "MOTCUA-BACKUP 1\n";
constexpr std::size_t kKeysBytesMax = std::size_t{1} << 20;
constexpr std::size_t kHeaderBytesMax = 4096;
constexpr std::size_t kPiece = std::size_t{1} << 20;
/// More than a counter hands out between two backups of a day; s001 to s899 leave room for it.
constexpr std::int64_t kNumbersSkipped = 200;

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

/// The days on which the lost hours may have printed numbers: around today and around the backup's last
/// entry, and the furthest one. Nobody knows whether the clock was right then or is right now, nor whether it
/// goes back once more to a day on which it stood in the lost hours.
Result<std::set<std::chrono::sys_days>> doubtfulDays(Connection& connection, Day today)
{
    auto query = TRY(connection.prepare(R"(
        SELECT max(at), (SELECT at FROM journal ORDER BY position DESC LIMIT 1) FROM journal
    )"));
    TRY(query.step());
    std::set<std::chrono::sys_days> days;
    for (const auto& at :
         {std::optional<std::int64_t>(), query.optionalInteger(0), query.optionalInteger(1)}) {
        const std::chrono::sys_days around{at ? dayInVietnam(fromMillis(*at)) : today};
        for (auto day = around - kDaysBack; day <= around + kDaysAhead; day += std::chrono::days{1}) {
            days.insert(day);
        }
    }
    return days;
}

std::int64_t minuteOf(Instant now)
{
    const auto since = now - Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    return std::min<std::int64_t>(std::chrono::duration_cast<std::chrono::minutes>(since).count(),
                                  kEpochByClockMost);
}

/// The same backup may be restored twice, and the first time is not known to the second: an epoch that began
/// then must not begin again. So it is the minute, as long as that is higher. Two machines of one disk may
/// begin in the same minute, and where a clock was ahead the minute says nothing: what each has written and
/// the moment part them.
std::int64_t epochAfter(std::int64_t epoch, const JournalHead& head, Instant now, NewEpoch reason)
{
    const std::int64_t minute = minuteOf(now);
    if (minute > epoch && reason == NewEpoch::Restored) {
        return minute;
    }
    const Hash dice = sha256(std::string(bytesOf(head.chain)) + std::to_string(toMillis(now)));
    return std::max(epoch, minute) + 1 + dice[0] * 256 + dice[1]; // there are enough for 64 times and more
}

/// Marks the numbers as given that the lost hours may have printed. core/desk's rebuild knows them from the
/// entry that is written with this.
Result<std::int64_t> skipNumbers(Connection& connection, Day day, int slot, std::int64_t epoch)
{
    // Machines of one disk begin different epochs: most of them jump differently, too, and do not print the
    // same numbers once more.
    const std::int64_t jump = kNumbersSkipped * (1 + epoch % 3);
    const std::int64_t dayNumber = static_cast<int>(day.year()) * 10000 +
                                   static_cast<unsigned>(day.month()) * 100 +
                                   static_cast<unsigned>(day.day());
    auto query = TRY(connection.prepare(R"(
        SELECT max(number) FROM number
        WHERE day = :day AND slot = :slot AND number NOT BETWEEN :slot * 1000 + 900 AND :slot * 1000 + 999
    )"));
    query.bind(":day", dayNumber).bind(":slot", slot);
    TRY(query.step());
    const std::int64_t last = query.optionalInteger(0).value_or(slot * 1000);
    // Beyond s899 the numbers go on with s1000; nine thousand are left there, so a jump always fits.
    const std::int64_t wanted = last + jump;
    const bool overflows = last < slot * 1000 + 1000 && wanted > slot * 1000 + 899;
    const std::int64_t skipped = overflows ? slot * 10000 + 1000 + jump : wanted;
    auto take = TRY(connection.prepare(R"(
        INSERT INTO number(day, slot, number, dossier) VALUES(:day, :slot, :number, 0)
    )"));
    take.bind(":day", dayNumber).bind(":slot", slot).bind(":number", skipped);
    TRY(take.run());
    return skipped;
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

Result<void> beginNewEpoch(RegisterFolder& folder, const Clock& clock, NewEpoch reason)
{
    auto connection = TRY(folder.connect());
    const RegisterIdentity& identity = folder.identity();
    const JournalHead before = TRY(Journal(connection, identity.install, identity.epoch).head());
    auto transaction = TRY(Transaction::begin(connection));
    auto raise = TRY(connection.prepare("UPDATE setting SET value = :epoch WHERE key = 'epoch'"));
    const std::int64_t next = epochAfter(identity.epoch, before, clock.now(), reason);
    const std::string epoch = std::to_string(next);
    raise.bind(":epoch", epoch);
    TRY(raise.run());
    if (reason == NewEpoch::Copied) {
        // Any name that was ever given may be the other machine's by now.
        TRY(putSetting(connection, kPortalAudit, std::string(kPortalAuditBegins)));
        const auto told = TRY(settingOf(connection, kToldBefore));
        TRY(putSetting(connection, kToldBefore, told.value_or("0"))); // the portal itself went nowhere
    }
    const Day today = dayInVietnam(clock.now());
    Json skipped = Json::array();
    for (const Day day : TRY(doubtfulDays(connection, today))) {
        const std::int64_t to = TRY(skipNumbers(connection, day, identity.slot, next));
        skipped.push_back({{"day", toIsoDay(day)}, {"to", to}});
    }
    NewEntry entry;
    entry.kind = "epoch.started";
    entry.official = folder.actor().fullName;
    entry.at = clock.now();
    entry.body = {{"reason", reason == NewEpoch::Copied ? "copied" : "restored"},
                  {"previousHead", toHex(before.chain)},
                  {"previousSeq", before.position.seq()},
                  {"slot", identity.slot},
                  {"skipped", std::move(skipped)}};
    Journal journal(connection, identity.install, next);
    TRY(journal.append(entry));
    TRY(transaction.commit());
    return folder.reload();
}

} // namespace motcua
