// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/bundle_writer.h"
#include "sync/bundle/stick.h"

#include <memory>
#include <string>
#include <vector>

namespace motcua::portal {

/// Writes an answer onto a stick, in as many volumes as it needs. Each begins with the hello, so that it can
/// be read alone; each is read back before it has its name.
class AnswerWriter
{
public:
    /// `header`: of the first volume. `answers` must outlive the writer.
    AnswerWriter(Stick& answers, BundleHeader header, std::string recipient, JwsSigner signer,
                 std::string hello, std::int64_t volumeBytes);

    /// Before anything is judged, so that a stick that cannot be written is found out first.
    [[nodiscard]] Result<void> begin() { return beginVolume(); }
    [[nodiscard]] Result<void> add(RecordKind kind, std::string_view bytes);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] const std::vector<std::string>& files() const { return m_files; }

private:
    [[nodiscard]] Result<void> beginVolume();
    [[nodiscard]] Result<void> endVolume(bool isLast);

    Stick& m_answers;
    BundleHeader m_header;
    std::string m_recipient;
    JwsSigner m_signer;
    std::string m_hello;
    std::int64_t m_volumeBytes;
    std::unique_ptr<Stick::NewFile> m_file;
    std::unique_ptr<HashingSink> m_sink;
    std::unique_ptr<BundleWriter> m_writer;
    std::vector<std::string> m_files;
};

} // namespace motcua::portal
