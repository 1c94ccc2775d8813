// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/courier/stored_files.h"

namespace motcua {

namespace {

/// The store's bytes as a bundle reads them; both have one way of reading.
class StoredSource final : public BundleSource
{
public:
    explicit StoredSource(std::unique_ptr<ByteSource> bytes) : m_bytes(std::move(bytes)) {}
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t count) override
    {
        return m_bytes->read(into, count);
    }
    [[nodiscard]] Result<void> rewind() override { return m_bytes->rewind(); }

private:
    std::unique_ptr<ByteSource> m_bytes;
};

} // namespace

Result<std::vector<BundleFile>> StoredFiles::wanted(const std::vector<Position>& operations)
{
    std::vector<std::int64_t> positions;
    positions.reserve(operations.size());
    for (const Position position : operations) {
        positions.push_back(position.value);
    }
    std::vector<BundleFile> files;
    for (const FileRecord& file : TRY(m_files.rows().carried(positions))) {
        files.push_back({toHex(file.sha256), file.size, false});
    }
    return files;
}

Result<std::unique_ptr<BundleSource>> StoredFiles::open(const BundleFile& file)
{
    const auto record = TRY(m_files.find(file.sha256));
    if (!record || record->size != file.size) {
        return fail(ErrorKind::NotFound, "a file that the register does not know");
    }
    auto bytes = TRY(m_files.open(*record));
    return std::unique_ptr<BundleSource>(std::make_unique<StoredSource>(std::move(bytes)));
}

Result<bool> StoredFiles::noteHeld(const BundleFile& file, const AnswerMoment& moment)
{
    const auto record = TRY(m_files.find(file.sha256));
    if (!record || record->size != file.size) {
        return false; // of another counter of the unit, or said of something else
    }
    return m_portal.fileWasHeld(record->id, moment);
}

} // namespace motcua
