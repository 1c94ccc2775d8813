// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_store.h"
#include "sync/courier/courier_files.h"

namespace motcua {

/// The files beside the register, for the courier. Both references are over the courier's own connection.
class StoredFiles final : public CourierFiles
{
public:
    StoredFiles(FileStore& files, PortalDesk& portal) : m_files(files), m_portal(portal) {}

    [[nodiscard]] Result<std::vector<BundleFile>> wanted(const std::vector<Position>& operations) override;
    [[nodiscard]] Result<std::unique_ptr<BundleSource>> open(const BundleFile& file) override;
    [[nodiscard]] Result<bool> noteHeld(const BundleFile& file, const AnswerMoment& moment) override;

private:
    FileStore& m_files;
    PortalDesk& m_portal;
};

} // namespace motcua
