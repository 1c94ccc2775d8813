// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/bundle_reader.h"
#include "sync/bundle/letters.h"
#include "sync/reference_portal/answer_writer.h"
#include "sync/reference_portal/courier_station.h"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace motcua::portal {

/// What a volume from a counter must look like, whoever signed it; looked at before anything is judged.
/// Error: Damaged.
class VolumeCheck
{
public:
    [[nodiscard]] Result<void> look(const BundleRecord& record);

private:
    [[nodiscard]] Result<void> beginFile(const std::string& text);

    std::int64_t m_fileLeft = 0;
};

/// Hands the operations of a volume to the portal in batches as a push has them, its files in pieces as an
/// upload has them, and writes down what came of both.
class VolumeJudge
{
public:
    VolumeJudge(Portal& portal, const Device& device, AnswerWriter& answer, StationReport& report)
        : m_portal(portal), m_device(device), m_answer(answer), m_report(report)
    {}

    /// Errors: Refused (a copied disk, a batch that the portal refuses), and the store's.
    [[nodiscard]] Result<void> take(const BundleRecord& record);
    [[nodiscard]] Result<void> finish();

private:
    [[nodiscard]] Result<void> takeOperation(const std::string& line);
    [[nodiscard]] Result<void> push();
    [[nodiscard]] Result<void> pushLines(std::span<const std::string> lines);
    [[nodiscard]] Result<void> tellResults(const Results& results);
    [[nodiscard]] Result<void> beginFile(const std::string& text);
    [[nodiscard]] Result<void> takePiece(std::string_view piece);
    [[nodiscard]] Result<void> endFile();
    [[nodiscard]] Result<void> tellFiles();

    Portal& m_portal;
    const Device& m_device;
    AnswerWriter& m_answer;
    StationReport& m_report;
    std::vector<std::string> m_batch;
    std::size_t m_batchBytes = 0; ///< with their line feeds
    std::set<std::string> m_ops;

    std::optional<BundleFile> m_file;
    bool m_isWanted = false; ///< the portal knows the file and has not all of it
    std::int64_t m_at = 0;   ///< of the file's bytes in the bundle
    std::int64_t m_held = 0; ///< of them at the portal
    std::vector<BundleFile> m_told;
};

} // namespace motcua::portal
