// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/problem_details.h"

#include <array>

namespace motcua {

namespace {

constexpr std::string_view kUrnHead = "urn:motcua:problem:";
constexpr std::size_t kFieldsMax = 100;
constexpr std::size_t kTextBytesMax = 2000;

struct Entry
{
    ProblemType type;
    std::string_view name;
    int httpStatus;
    std::string_view title;
};

constexpr std::array kEntries{
    Entry{ProblemType::BadRequest, "bad-request", 400, "Yêu cầu không đúng quy định"},
    Entry{ProblemType::DigestMismatch, "digest-mismatch", 400, "Nội dung không khớp mã băm"},
    Entry{ProblemType::Unsupported, "unsupported", 415, "Không hỗ trợ"},
    Entry{ProblemType::NotEnrolled, "not-enrolled", 401, "Quầy chưa được ghi danh"},
    Entry{ProblemType::Revoked, "revoked", 403, "Quầy đã bị thu hồi quyền"},
    Entry{ProblemType::UnknownCode, "unknown-code", 404, "Không có mã ghi danh này"},
    Entry{ProblemType::ExpiredCode, "expired-code", 410, "Mã ghi danh đã hết hạn"},
    Entry{ProblemType::CodeUsed, "code-used", 409, "Mã ghi danh đã được dùng"},
    Entry{ProblemType::SlotUsed, "slot-used", 409, "Dải số này đã có quầy khác dùng"},
    Entry{ProblemType::ClientTooOld, "client-too-old", 426, "Phiên bản phần mềm quá cũ"},
    Entry{ProblemType::TooLarge, "too-large", 413, "Nội dung quá lớn"},
    Entry{ProblemType::Busy, "busy", 503, "Cổng đang bận, chưa làm gì cả"},
    Entry{ProblemType::NotFound, "not-found", 404, "Không tìm thấy"},
    Entry{ProblemType::DossierGone, "dossier-gone", 410, "Hồ sơ đã được thành phố rút khỏi cổng"},
    Entry{ProblemType::CursorGone, "cursor-gone", 410, "Con trỏ không còn giá trị, hãy tải lại từ đầu"},
    Entry{ProblemType::WrongOffset, "wrong-offset", 409, "Vị trí tải lên không đúng"},
    Entry{ProblemType::RevMismatch, "rev-mismatch", 409, "Hồ sơ đã được thay đổi ở nơi khác"},
    Entry{ProblemType::NumberTaken, "number-taken", 409, "Mã hồ sơ đã được dùng"},
    Entry{ProblemType::UidTaken, "uid-taken", 409, "Hồ sơ này đã có trên cổng"},
    Entry{ProblemType::AlreadyApplied, "already-applied", 409, "Việc này đã được thực hiện"},
    Entry{ProblemType::InvalidFields, "invalid-fields", 422, "Nội dung không đúng quy định"},
    Entry{ProblemType::IllegalMove, "illegal-move", 422, "Không được chuyển trạng thái như vậy"},
    Entry{ProblemType::ChainFork, "chain-fork", 409, "Nhật ký của quầy bị tách nhánh (đĩa bị sao chép?)"},
};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < kEntries.size(); ++i) {
        if (static_cast<std::size_t>(kEntries[i].type) != i) {
            return false;
        }
    }
    return true;
}
static_assert(inOrder());

const Entry& entryOf(ProblemType type)
{
    return kEntries[static_cast<std::size_t>(type)];
}

/// Cuts at a code point's border.
std::string bounded(std::string text)
{
    if (text.size() <= kTextBytesMax) {
        return text;
    }
    std::size_t end = kTextBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    text.resize(end);
    return text;
}

} // namespace

std::string_view problemName(ProblemType type)
{
    return entryOf(type).name;
}

std::string problemUrn(ProblemType type)
{
    return std::string(kUrnHead) + std::string(problemName(type));
}

std::optional<ProblemType> parseProblemType(std::string_view text)
{
    if (text.starts_with(kUrnHead)) {
        text.remove_prefix(kUrnHead.size());
    }
    for (const Entry& entry : kEntries) {
        if (entry.name == text) {
            return entry.type;
        }
    }
    return std::nullopt;
}

int httpStatusOf(ProblemType type)
{
    return entryOf(type).httpStatus;
}

ProblemDetails problemOf(ProblemType type, std::string detail)
{
    return {type, std::string(entryOf(type).title), std::move(detail), {}};
}

ProblemDetails invalidFields(const Problems& problems)
{
    ProblemDetails details = problemOf(ProblemType::InvalidFields);
    for (const Problem& problem : problems) {
        if (details.fields.size() == kFieldsMax) {
            break;
        }
        details.fields.push_back({bounded(problem.pointer), problem.message});
    }
    return details;
}

Json toJson(const ProblemDetails& problem)
{
    Json json{{"type", problemUrn(problem.type)}, {"title", problem.title}};
    if (!problem.detail.empty()) {
        json["detail"] = problem.detail;
    }
    if (!problem.fields.empty()) {
        Json& fields = json["fields"] = Json::array();
        for (const ProblemField& field : problem.fields) {
            fields.push_back({{"pointer", field.pointer}, {"message", field.message}});
        }
    }
    return json;
}

Result<ProblemDetails> problemFromJson(const Json& json)
{
    const auto type = parseProblemType(stringAt(json, "type"));
    if (!type || !at(json, "title").is_string()) {
        return fail(ErrorKind::Invalid, "not a problem of the contract");
    }
    ProblemDetails problem{*type, bounded(stringAt(json, "title")), bounded(stringAt(json, "detail")), {}};
    for (const Json& field : at(json, "fields")) {
        if (problem.fields.size() == kFieldsMax) {
            break;
        }
        problem.fields.push_back({bounded(stringAt(field, "pointer")), bounded(stringAt(field, "message"))});
    }
    return problem;
}

} // namespace motcua
