// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_store.h"

#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>

namespace motcua {

// The part of a backup that holds the files: one after the other as they lie on the shelf, still encrypted,
// each behind a line "name length", and at last a line "end count sha256" over all before it. For
// core/vault/backup.cpp only.

/// Copies all files that the register in `files` knows and that lie on its shelf; how many. Storage.
[[nodiscard]] Result<std::int64_t> writeFiles(FileStore& files, std::ostream& out);

/// Where each file begins in a backup, so that it can be read there as on a shelf. Nothing can be written.
class BackupShelf final : public FileShelf
{
public:
    /// Reads the part from where `in` stands. Damaged: it is not what its last line says.
    [[nodiscard]] static Result<BackupShelf> read(std::istream& in, const std::filesystem::path& container);
    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(m_parts.size()); }

    [[nodiscard]] Result<std::unique_ptr<Unfinished>> begin() override;
    [[nodiscard]] Result<std::unique_ptr<ByteSource>> open(const std::string& name) override;
    [[nodiscard]] Result<void> each(const std::function<Result<void>(const Entry&)>& visit) override;
    [[nodiscard]] Result<void> remove(const Entry& entry) override;

private:
    struct Part
    {
        std::int64_t offset = 0;
        std::int64_t bytes = 0;
    };
    std::filesystem::path m_container;
    std::map<std::string, Part> m_parts;
};

/// Puts every file of one shelf onto another.
[[nodiscard]] Result<void> copyShelf(FileShelf& from, FileShelf& to);

/// How many files that operations name are not good on this shelf.
[[nodiscard]] Result<std::int64_t> badFiles(FileStore& files);

} // namespace motcua
