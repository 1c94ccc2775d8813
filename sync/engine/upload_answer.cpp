// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/upload_answer.h"

#include <charconv>

namespace motcua {

namespace {

Verdict spoken(const Reply& reply, std::string detail)
{
    Verdict verdict{RequestEnd::Answered, Trouble::None, reply.status, {}, {}};
    verdict.detail = std::to_string(reply.status) + (detail.empty() ? "" : " " + detail);
    return verdict;
}

std::optional<std::int64_t> offsetIn(const Reply& reply)
{
    const auto header = headerOf(reply.headers, "Upload-Offset").value_or("");
    std::int64_t value = -1;
    const auto read = std::from_chars(header.data(), header.data() + header.size(), value);
    const bool isGood = read.ec == std::errc{} && read.ptr == header.data() + header.size() && value >= 0;
    return isGood ? std::optional(value) : std::nullopt;
}

/// What the two headers say together; both must make sense.
UploadAnswer headersSay(const Reply& reply, std::int64_t size)
{
    const auto offset = offsetIn(reply);
    const auto complete = headerOf(reply.headers, "Upload-Complete").value_or("?0");
    const bool isComplete = complete == "?1";
    if (!offset || *offset > size || (!isComplete && complete != "?0") || (isComplete && *offset != size)) {
        return {UploadWord::Nothing, 0, unusable(reply, "no sensible Upload-Offset")};
    }
    return {isComplete ? UploadWord::Complete : UploadWord::Offset, *offset, spoken(reply, {})};
}

UploadAnswer wordOf(UploadWord word, const Reply& reply, const char* detail)
{
    return {word, 0, spoken(reply, detail)};
}

} // namespace

UploadAnswer readOffset(const Reply& reply, std::int64_t size, Instant now)
{
    if (reply.failure == Failure::None && reply.status == 200) {
        return headersSay(reply, size);
    }
    const Verdict verdict = classifyBodyless(reply, now);
    if (verdict.end == RequestEnd::Refused && reply.status == 404) {
        return wordOf(UploadWord::NotKnown, reply, "not-found");
    }
    return {UploadWord::Nothing, 0, verdict};
}

UploadAnswer readAppended(const Reply& reply, std::int64_t offset, std::int64_t count, std::int64_t size,
                          Instant now)
{
    if (reply.failure == Failure::None && reply.status == 204) {
        UploadAnswer answer = headersSay(reply, size);
        const bool moves = answer.offset >= offset && answer.offset <= offset + count;
        if (answer.word != UploadWord::Nothing && !moves) {
            return {UploadWord::Nothing, 0,
                    unusable(reply, "an Upload-Offset that this piece cannot have given")};
        }
        return answer;
    }
    const Verdict verdict = classify(reply, now);
    const std::string name = problemName(reply).value_or("");
    if (verdict.end != RequestEnd::Refused) {
        return {UploadWord::Nothing, 0, verdict};
    }
    if (reply.status == 409 && verdict.trouble != Trouble::ChainFork) {
        return headersSay(reply, size);
    }
    if (reply.status == 422) {
        return name == "digest-mismatch" ? wordOf(UploadWord::Discarded, reply, "digest-mismatch")
                                         : wordOf(UploadWord::NotAllowed, reply, "bad-request");
    }
    if (reply.status == 413) {
        return wordOf(UploadWord::TooLarge, reply, "too-large");
    }
    if (reply.status == 404) {
        return wordOf(UploadWord::NotKnown, reply, "not-found");
    }
    return {UploadWord::Nothing, 0, verdict};
}

} // namespace motcua
