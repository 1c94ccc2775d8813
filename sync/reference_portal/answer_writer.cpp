// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/answer_writer.h"

namespace motcua::portal {

AnswerWriter::AnswerWriter(Stick& answers, BundleHeader header, std::string recipient, JwsSigner signer,
                           std::string hello, std::int64_t volumeBytes)
    : m_answers(answers), m_header(std::move(header)), m_recipient(std::move(recipient)),
      m_signer(std::move(signer)), m_hello(std::move(hello)), m_volumeBytes(volumeBytes)
{}

Result<void> AnswerWriter::beginVolume()
{
    auto file = m_answers.create(bundleFileName(m_header));
    if (!file) {
        return fail(ErrorKind::Storage,
                    "the answer: " + file.error().detail); // whatever it is, it is no bundle's fault
    }
    m_file = std::move(*file);
    m_sink = std::make_unique<HashingSink>(*m_file);
    m_writer = std::make_unique<BundleWriter>(*m_sink, m_recipient);
    TRY(m_writer->begin(m_header));
    return m_writer->add(RecordKind::Hello, m_hello);
}

Result<void> AnswerWriter::add(RecordKind kind, std::string_view bytes)
{
    const bool isFull = m_writer->records() > 1 &&
                        m_writer->recordBytes() + BundleWriter::sizeOf(bytes.size()) > m_volumeBytes;
    if (isFull) {
        TRY(endVolume(false));
        ++m_header.volume;
        TRY(beginVolume());
    }
    return m_writer->add(kind, bytes);
}

Result<void> AnswerWriter::finish()
{
    return endVolume(true);
}

Result<void> AnswerWriter::endVolume(bool isLast)
{
    TRY(m_writer->finish(m_signer, isLast));
    m_writer.reset();
    TRY(m_file->flush());
    TRY(proveWritten(*m_file, *m_sink));
    TRY(m_file->place());
    m_files.push_back(bundleFileName(m_header));
    m_sink.reset();
    m_file.reset();
    return {};
}

} // namespace motcua::portal
