// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/secret.h"
#include "core/db/connection.h"
#include "core/files/folder_shelf.h"
#include "core/identity/role.h"

#include <filesystem>
#include <memory>
#include <string>

namespace motcua {

/// Holds the lock of a register's folder for the life of the process. Another program is told who holds it.
class FolderLock
{
public:
    /// Waits up to `timeout`. Error Locked: detail names the holder ("motcua, tiến trình 1234, từ …").
    [[nodiscard]] static Result<FolderLock>
    take(const std::filesystem::path& folder, std::string_view program, const Clock& clock, Millis timeout);
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

struct NewRegister
{
    std::string unit;     ///< "H26.131", the head of each code
    std::string unitName; ///< "UBND xã Phúc Thọ"
    int slot = 0;         ///< 0…9, this counter's share of the day's numbers
    std::string admin;    ///< account name of the first administrator
    std::string adminFullName;
    bool practice = false;
    bool quickKeys = false; ///< cheap key derivation, practice registers only
};

struct SignIn
{
    std::string account;
    Secret password;
    std::string program = "motcua"; ///< named to whoever finds the folder locked
    Millis lockTimeout{5000};
    std::string vfs; ///< tests put a failing disk here
};

/// Settings that are fixed when a register is made.
struct RegisterIdentity
{
    std::string install; ///< 32 hex digits
    std::int64_t epoch = 1;
    std::string unit;
    std::string unitName;
    int slot = 0;
    bool practice = false;
};

inline constexpr const char* kFilesFolder = "files";

/// Whether somebody is to sign in there; else a register may be made. Keys alone count, for a register.db
/// that was lost, but not beside one that was being made when the program ended: nothing was ever in it.
[[nodiscard]] bool holdsRegister(const std::filesystem::path& folder);

/// An opened register: its lock is held, its key is in memory, whoever signed in is known. One object a
/// process; connections are made from it, one a thread.
///
/// Folder: register.db (encrypted), register.keys (the data key, wrapped once a person), register.lock,
/// files/ (scans and documents, encrypted). Errors of open(): NotFound, Locked (holder named), WrongKey
/// (account or password), Newer, Foreign, Damaged; in all of them nothing was written.
class RegisterFolder
{
public:
    [[nodiscard]] static Result<RegisterFolder> create(const std::filesystem::path& folder,
                                                       const NewRegister& made, SignIn admin,
                                                       const Clock& clock, Random& random);
    [[nodiscard]] static Result<RegisterFolder> open(const std::filesystem::path& folder, SignIn who,
                                                     const Clock& clock);

    [[nodiscard]] Result<Connection> connect(OpenMode mode = OpenMode::ReadWrite) const;
    /// Where the files of dossiers lie, see core/files.
    [[nodiscard]] FolderShelf shelf() const { return FolderShelf(m_folder / kFilesFolder); }
    [[nodiscard]] const RegisterIdentity& identity() const { return m_identity; }
    [[nodiscard]] const Actor& actor() const { return m_actor; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] const Secret& dataKey() const { return m_dataKey; }

    /// Reads again what is fixed for a run: after a restore began a new epoch.
    [[nodiscard]] Result<void> reload() { return readIdentity(m_actor.account); }

    /// Another official takes this PC over (two seconds, no restart). On failure the old one stays.
    [[nodiscard]] Result<void> switchTo(const std::string& account, const Secret& password);
    /// The key slot of a new account or a new password; the account itself is an act of the desk.
    [[nodiscard]] Result<void> addKeySlot(const std::string& account, const Secret& password);
    [[nodiscard]] Result<void> removeKeySlot(const std::string& account);

private:
    RegisterFolder(std::filesystem::path folder, FolderLock lock, Secret key, std::string vfs);
    [[nodiscard]] Result<void> readIdentity(const std::string& account);

    std::filesystem::path m_folder;
    FolderLock m_lock;
    Secret m_dataKey;
    std::string m_vfs;
    RegisterIdentity m_identity;
    Actor m_actor;
};

} // namespace motcua
