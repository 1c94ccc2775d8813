// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/volume_judge.h"

#include <utility>

namespace motcua::portal {

namespace {

constexpr std::size_t kFilesAtOnce = 500;
/// Of results in one record: well below what a record of a bundle may have.
constexpr std::size_t kResultsBytesMax = std::size_t{3} << 20;

tl::unexpected<Error> damaged(const char* what)
{
    return fail(ErrorKind::Damaged, std::string("the bundle has ") + what);
}

} // namespace

Result<void> VolumeCheck::look(const BundleRecord& record)
{
    switch (record.kind) {
    case RecordKind::Operation: {
        const bool isLine = !record.bytes.empty() && record.bytes.find('\n') == std::string::npos &&
                            record.bytes.size() < kBatchBytesMax;
        return isLine && readLine(record.bytes).op
                   ? Result<void>()
                   : damaged("a line that does not say which operation it is");
    }
    case RecordKind::File:
        return beginFile(record.bytes);
    case RecordKind::FileBytes:
        m_fileLeft -= static_cast<std::int64_t>(record.bytes.size());
        return m_fileLeft >= 0 ? Result<void>() : damaged("a file that is larger than it says");
    default:
        return damaged("a record that a counter does not write");
    }
}

Result<void> VolumeCheck::beginFile(const std::string& text)
{
    const BundleFile file = TRY(readFileText(text));
    m_fileLeft = file.size;
    return {};
}

Result<void> VolumeJudge::take(const BundleRecord& record)
{
    switch (record.kind) {
    case RecordKind::Operation:
        return takeOperation(record.bytes);
    case RecordKind::File:
        TRY(push()); // a file is known when an operation names it
        TRY(endFile());
        return beginFile(record.bytes);
    case RecordKind::FileBytes:
        return takePiece(record.bytes);
    default:
        return {};
    }
}

Result<void> VolumeJudge::finish()
{
    TRY(push());
    TRY(endFile());
    return tellFiles();
}

Result<void> VolumeJudge::takeOperation(const std::string& line)
{
    const std::string op = readLine(line).op->text();
    const bool isFull = m_batch.size() == kBatchLinesMax || m_batchBytes + line.size() + 1 > kBatchBytesMax;
    if (isFull || m_ops.contains(op)) {
        TRY(push());
    }
    m_batch.push_back(line);
    m_batchBytes += line.size() + 1;
    m_ops.insert(op);
    return {};
}

Result<void> VolumeJudge::push()
{
    const std::vector<std::string> batch = std::exchange(m_batch, {});
    m_batchBytes = 0;
    m_ops.clear();
    return batch.empty() ? Result<void>() : pushLines(batch);
}

/// Halved where there is too much to answer at once, as a counter does it.
Result<void> VolumeJudge::pushLines(std::span<const std::string> lines)
{
    std::string body;
    for (const std::string& line : lines) {
        body += line + "\n";
    }
    const auto reply = TRY(m_portal.push(m_device, body));
    if (!reply && reply.error().type == ProblemType::TooLarge && lines.size() > 1) {
        TRY(pushLines(lines.first(lines.size() / 2)));
        return pushLines(lines.subspan(lines.size() / 2));
    }
    if (!reply) {
        return fail(ErrorKind::Refused,
                    std::string(problemName(reply.error().type)) + ": " +
                        (reply.error().detail.empty() ? reply.error().title : reply.error().detail));
    }
    for (const OpResult& result : reply->results) {
        ++m_report.results[std::string(outcomeName(result.result))];
    }
    return tellResults(*reply);
}

/// In as many records as they need: each conflict brings the whole dossier, and a record is bounded.
Result<void> VolumeJudge::tellResults(const Results& results)
{
    Json record = toJson(results);
    Json all = std::exchange(record["results"], Json::array());
    std::size_t bytes = 0;
    for (Json& each : all) {
        const std::size_t more = dumpJson(each).size();
        if (bytes > 0 && bytes + more > kResultsBytesMax) {
            TRY(m_answer.add(RecordKind::Results, dumpJson(record)));
            record["results"] = Json::array();
            bytes = 0;
        }
        bytes += more;
        record["results"].push_back(std::move(each));
    }
    return m_answer.add(RecordKind::Results, dumpJson(record));
}

Result<void> VolumeJudge::beginFile(const std::string& text)
{
    m_file = TRY(readFileText(text));
    const auto size = TRY(m_portal.blobSize(m_device, m_file->sha256));
    m_at = m_held = 0;
    m_isWanted = size && *size == m_file->size;
    if (m_isWanted) {
        const auto held = TRY(m_portal.blobs().settled(m_device.unit, m_file->sha256, m_file->size));
        m_held = held.bytes;
        m_file->isComplete = held.isComplete;
        m_isWanted = !held.isComplete;
    }
    return {};
}

/// What the portal has already is passed over; a file whose digest turns out wrong is not begun a second
/// time.
Result<void> VolumeJudge::takePiece(std::string_view piece)
{
    const std::int64_t begin = m_at;
    m_at += static_cast<std::int64_t>(piece.size());
    if (!m_file || !m_isWanted || m_at <= m_held) {
        return {};
    }
    piece.remove_prefix(static_cast<std::size_t>(std::max<std::int64_t>(0, m_held - begin)));
    const auto taken =
        TRY(m_portal.blobs().append(m_device.unit, m_file->sha256, m_held, piece, m_file->size));
    m_held += static_cast<std::int64_t>(piece.size());
    m_file->isComplete = taken == BlobStore::Taken::Whole;
    m_isWanted = taken == BlobStore::Taken::More;
    return {};
}

Result<void> VolumeJudge::endFile()
{
    if (!m_file) {
        return {};
    }
    m_report.files += m_file->isComplete ? 1 : 0;
    m_told.push_back(std::move(*m_file));
    m_file.reset();
    return m_told.size() == kFilesAtOnce ? tellFiles() : Result<void>();
}

Result<void> VolumeJudge::tellFiles()
{
    if (m_told.empty()) {
        return {};
    }
    const std::string text = filesText(m_told);
    m_told.clear();
    return m_answer.add(RecordKind::Files, text);
}

} // namespace motcua::portal
