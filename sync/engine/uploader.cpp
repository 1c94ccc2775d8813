// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/uploader.h"

#include "sync/engine/calls.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr int kDueAtOnce = 500;
/// How far a file is, for people to see, is written down no more often: each time costs a flush of the disk.
constexpr Millis kTellEvery{10'000};
/// So often in a row a piece, or a question, may go wrong before other files have their turn.
constexpr int kLossesBeforeAside = 3;
/// A question has no body: what takes it longer than this is the line.
constexpr Millis kSlowQuestion{1'500};

} // namespace

Result<void> Uploader::readDue()
{
    m_due = TRY(m_desk.filesDue(kDueAtOnce + static_cast<int>(m_aside.size())));
    m_isStale = false;
    for (const FileOnItsWay& each : m_due) {
        const auto found = m_aside.find(each.file.id);
        if (found != m_aside.end() && found->second.isStuck && each.trouble.empty()) {
            // Somebody brought its bytes in again: it begins anew. The portal may hold some of it all the
            // same.
            const bool isBegun = found->second.isBegun;
            found->second = Aside{};
            found->second.isBegun = isBegun;
        }
    }
    return {};
}

Result<const FileOnItsWay*> Uploader::choose()
{
    const Millis now = m_clock.monotonic();
    const auto isAside = [&](const FileOnItsWay& each) {
        const auto found = m_aside.find(each.file.id);
        return found != m_aside.end() && found->second.until > now;
    };
    for (bool isFresh = false; !isFresh;) {
        if (m_isStale || std::all_of(m_due.begin(), m_due.end(), isAside)) {
            TRY(readDue());
            isFresh = true;
        }
        const auto found = std::find_if_not(m_due.begin(), m_due.end(), isAside);
        if (found != m_due.end()) {
            return &*found;
        }
    }
    return nullptr;
}

Result<std::optional<Request>> Uploader::next(const std::string& token)
{
    for (;;) {
        const FileOnItsWay* const file = TRY(choose());
        if (file == nullptr) {
            m_current.reset();
            return std::optional<Request>{};
        }
        if (!m_current || m_current->file.file.id != file->file.id) {
            // One that goes in a single piece and of which nobody heard yet need not be asked about.
            const bool isUnheard = file->sent == 0 && !file->wasComplete && !m_aside[file->file.id].isBegun &&
                                   file->file.size <= static_cast<std::int64_t>(m_piece.bytes());
            m_current = Current{*file, isUnheard ? std::optional<std::int64_t>(0) : std::nullopt};
        }
        if (auto request = TRY(requestFor(token))) {
            return request;
        }
    }
}

/// Nothing: its bytes cannot be read, and it has stepped aside.
Result<std::optional<Request>> Uploader::requestFor(const std::string& token)
{
    Current& current = *m_current;
    const FileRecord& file = current.file.file;
    current.isAsking = !current.offset;
    if (current.isAsking) {
        return std::optional(offsetCall(toHex(file.sha256), token));
    }
    current.count =
        std::min<std::int64_t>(file.size - *current.offset, static_cast<std::int64_t>(m_piece.bytes()));
    auto piece = m_files.piece(file, *current.offset, static_cast<std::size_t>(current.count));
    if (!piece) {
        const ErrorKind kind = piece.error().kind;
        TRY(stuck(kind == ErrorKind::NotFound  ? "missing"
                  : kind == ErrorKind::Damaged ? "damaged"
                                               : "unreadable"));
        return std::optional<Request>{};
    }
    current.isSent = true;
    m_aside[file.id].isBegun = true;
    return std::optional(appendCall(toHex(file.sha256), *current.offset, file.size, std::move(*piece),
                                    m_piece.patience(current.count), token));
}

Result<Verdict> Uploader::landed(const Reply& reply, Millis took, const std::string& portalEpoch)
{
    const std::int64_t size = m_current->file.file.size;
    const UploadAnswer answer =
        m_current->isAsking ? readOffset(reply, size, m_clock.now())
                            : readAppended(reply, *m_current->offset, m_current->count, size, m_clock.now());
    switch (answer.word) {
    case UploadWord::Nothing:
        lost();
        break;
    case UploadWord::Offset:
        TRY(m_current->isAsking ? asked(answer, took) : appended(answer, took));
        break;
    case UploadWord::Complete:
        TRY(complete(took, portalEpoch));
        break;
    case UploadWord::Discarded:
        TRY(discarded());
        break;
    case UploadWord::NotKnown:
        TRY(stepAside("not-known"));
        break;
    case UploadWord::NotAllowed:
        TRY(stuck("not-allowed"));
        break;
    case UploadWord::TooLarge:
        m_piece.lost();
        TRY(m_piece.bytes() > PieceSize::kLeast ? Result<void>() : stepAside("too-large"));
        break;
    }
    return answer.verdict;
}

Result<void> Uploader::asked(const UploadAnswer& answer, Millis took)
{
    if (took > kSlowQuestion) {
        m_piece.slowLine();
    }
    return standsAt(answer.offset);
}

Result<void> Uploader::appended(const UploadAnswer& answer, Millis took)
{
    const std::int64_t before = *m_current->offset;
    if (answer.offset == before + m_current->count && m_current->count > 0) {
        m_piece.good(m_current->count, took);
        return standsAt(answer.offset);
    }
    // Taken in part, or it stands somewhere else than we thought. A portal that says so again and again, or
    // has all the bytes and still not the file, must not keep us here for ever.
    const bool moved = answer.offset != before;
    const int losses = ++m_aside[m_current->file.file.id].losses;
    if (!moved || losses >= kLossesBeforeAside) {
        return stepAside("no-progress");
    }
    return standsAt(answer.offset);
}

Result<void> Uploader::standsAt(std::int64_t offset)
{
    FileOnItsWay& file = m_current->file;
    m_current->offset = offset;
    Aside& aside = m_aside[file.file.id];
    if (offset > aside.sent) {
        aside.losses = 0; // it moves, however often it breaks
        aside.sent = offset;
    }
    const bool isNews = file.sent != offset && (!m_told || m_clock.monotonic() - *m_told >= kTellEvery);
    if (isNews || !file.trouble.empty()) {
        TRY(m_desk.fileSent(file.file.id, offset, {}));
        m_told = m_clock.monotonic();
        file.sent = offset;
        file.trouble.clear();
    }
    return {};
}

Result<void> Uploader::complete(Millis took, const std::string& portalEpoch)
{
    const std::int64_t id = m_current->file.file.id;
    TRY(m_desk.fileHeld(id, portalEpoch));
    if (!m_current->isAsking) {
        m_piece.good(m_current->count, took);
    }
    m_completed += m_current->isSent || !m_current->file.wasComplete ? 1 : 0;
    std::erase_if(m_due, [&](const FileOnItsWay& each) { return each.file.id == id; });
    m_aside.erase(id);
    m_current.reset();
    return {};
}

Result<void> Uploader::discarded()
{
    const FileState state = TRY(m_files.check(m_current->file.file));
    if (state != FileState::Good) {
        return stuck(state == FileState::Missing ? "missing" : "damaged");
    }
    m_aside[m_current->file.file.id].sent = 0;
    return stepAside("digest-mismatch");
}

Result<void> Uploader::stepAside(const std::string& trouble)
{
    const std::int64_t id = m_current->file.file.id;
    Aside& aside = m_aside[id];
    aside.until = m_clock.monotonic() + m_retry.delay(aside.losses++, m_random.unit()) + Millis{1};
    TRY(m_desk.fileSent(id, m_current->file.sent, trouble));
    m_current.reset();
    m_isStale = true; // with what was just written about it
    return {};
}

Result<void> Uploader::stuck(const std::string& trouble)
{
    const std::int64_t id = m_current->file.file.id;
    m_aside[id].isStuck = true;
    m_aside[id].until = m_clock.monotonic() + kLongestPause;
    TRY(m_desk.fileSent(id, m_current->file.sent, trouble));
    m_current.reset();
    m_isStale = true;
    return {};
}

void Uploader::lost()
{
    Aside& aside = m_aside[m_current->file.file.id];
    if (!m_current->isAsking) {
        m_piece.lost();
    }
    if (++aside.losses >= kLossesBeforeAside) {
        aside.until = m_clock.monotonic() + m_retry.delay(aside.losses, m_random.unit());
    }
    m_current->offset.reset(); // what arrived before the break counts, and only the portal knows it
}

std::optional<Millis> Uploader::nextDue() const
{
    const Millis now = m_clock.monotonic();
    std::optional<Millis> next;
    for (const auto& [file, aside] : m_aside) {
        if (!aside.isStuck && aside.until > now && (!next || aside.until < *next)) {
            next = aside.until;
        }
    }
    return next;
}

void Uploader::endPauses()
{
    for (auto& [file, aside] : m_aside) {
        aside.until = Millis{0};
    }
}

} // namespace motcua
