// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/stick.h"

#include <filesystem>
#include <string>

namespace motcua {

/// A folder of the file system as a stick. Follows no link below it, opens no device and no pipe.
class FolderStick final : public Stick
{
public:
    explicit FolderStick(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    [[nodiscard]] Result<std::vector<File>> bundles() override;
    [[nodiscard]] Result<std::unique_ptr<BundleSource>> open(const std::string& name) override;
    [[nodiscard]] Result<std::unique_ptr<NewFile>> create(const std::string& name) override;

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    /// For whoever is not the stick's owner; nothing where the system does not say.
    [[nodiscard]] std::optional<std::int64_t> freeBytes() const;

private:
    std::filesystem::path m_folder;
};

} // namespace motcua
