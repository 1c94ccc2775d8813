// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/restore.h"

#include "core/base/file.h"
#include "core/desk/desk_support.h"
#include "core/desk/verify.h"

namespace motcua {

namespace fs = std::filesystem;

namespace {

/// The folder in which the register is put together. Removes what this program puts there, and nothing else.
class Scaffold
{
public:
    explicit Scaffold(fs::path path) : m_path(std::move(path)) { clear(); }
    Scaffold(const Scaffold&) = delete;
    Scaffold& operator=(const Scaffold&) = delete;
    ~Scaffold() { clear(); }

    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    void clear()
    {
        std::error_code ignored;
        for (const char* name : {"register.db", "register.db-wal", "register.db-shm", "register.db.restoring",
                                 "register.keys", "register.lock"}) {
            fs::remove(m_path / name, ignored);
        }
        fs::remove_all(m_path / kFilesFolder, ignored);
        fs::remove(m_path, ignored); // only when it is empty
    }
    fs::path m_path;
};

Result<void> mustBeFree(const fs::path& into)
{
    std::error_code error;
    const bool there = fs::exists(into, error);
    if (there && (!fs::is_directory(into, error) || !fs::is_empty(into, error))) {
        return fail(ErrorKind::Duplicate, into.string());
    }
    return {};
}

/// A scan that was lost before the backup was made must not keep the register from coming back: it is
/// counted.
Result<std::int64_t> badFilesIn(const std::vector<Finding>& findings)
{
    std::int64_t bad = 0;
    for (const Finding& finding : findings) {
        if (finding.kind != kFileFinding) {
            return fail(ErrorKind::Damaged, finding.kind + ": " + finding.detail);
        }
        ++bad;
    }
    return bad;
}

/// How many files of dossiers are lost or damaged.
Result<std::int64_t> beginAnew(const fs::path& folder, SignIn who, const Practice& practice)
{
    auto place = TRY(Workplace::open(folder, std::move(who)));
    TRY(place->practise(practice));
    const Verification found = TRY(verifyRegister(place->connection(), place->identity(),
                                                  fieldOf(place->catalogue()), Depth::Full, &place->files()));
    const std::int64_t bad = TRY(badFilesIn(found.findings));
    TRY(beginNewEpoch(place->folder(), place->clock(), NewEpoch::Restored));
    return bad;
}

} // namespace

Result<BackupInfo> restoreRegister(const fs::path& backup, const fs::path& into, SignIn who,
                                   const Practice& practice)
{
    TRY(mustBeFree(into));
    fs::path beside = into.has_filename() ? into : into.parent_path();
    beside += ".restoring";
    const Scaffold scaffold(beside);
    BackupInfo info = TRY(unpackBackup(backup, scaffold.path()));
    info.filesBad = TRY(beginAnew(scaffold.path(), std::move(who), practice));
    std::error_code error;
    fs::rename(scaffold.path(), into, error);
    if (error) {
        return fail(ErrorKind::Storage, into.string() + ": " + error.message());
    }
    // Of `beside`: with a slash at its end the parent of `into` would be itself.
    const fs::path parent = fs::absolute(beside, error).lexically_normal().parent_path();
    TRY(flushToDisk(parent));
    return info;
}

} // namespace motcua
