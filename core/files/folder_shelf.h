// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_shelf.h"

#include <filesystem>

namespace motcua {

/// The shelf on a disk: one folder, in it folders by the first two characters of a name, so that none grows
/// beyond what file managers and sticks bear. May be used from several threads, each with its own files.
class FolderShelf final : public FileShelf
{
public:
    /// The folder is made when the first file comes.
    explicit FolderShelf(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    [[nodiscard]] Result<std::unique_ptr<Unfinished>> begin() override;
    [[nodiscard]] Result<std::unique_ptr<ByteSource>> open(const std::string& name) override;
    [[nodiscard]] Result<void> each(const std::function<Result<void>(const Entry&)>& visit) override;
    [[nodiscard]] Result<void> remove(const Entry& entry) override;

private:
    std::filesystem::path m_folder;
};

} // namespace motcua
