// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/error_text.h"

namespace motcua {

namespace {

/// A detail in brackets, for whoever helps by telephone; nothing where there is none.
std::string withDetail(std::string sentence, const std::string& detail)
{
    return detail.empty() ? sentence + '.' : sentence + " (" + detail + ").";
}

constexpr const char* kNothingWritten = "Chưa có gì được ghi, dữ liệu cũ còn nguyên.";
constexpr const char* kUntouched = "Sổ được giữ nguyên, không bị sửa.";

} // namespace

ErrorText explain(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Invalid:
        return {withDetail("Dữ liệu chưa hợp lệ", error.detail), kNothingWritten, "Sửa lại rồi làm lại."};
    case ErrorKind::NotFound:
        return {withDetail("Không tìm thấy", error.detail), kNothingWritten,
                "Kiểm tra lại mã hoặc tên đã nhập."};
    case ErrorKind::Refused:
        return {withDetail("Quy định không cho phép việc này", error.detail), kNothingWritten,
                "Kiểm tra trạng thái hồ sơ và quyền của tài khoản."};
    case ErrorKind::Duplicate:
        return {withDetail("Đã có rồi", error.detail), kNothingWritten, "Dùng cái đã có hoặc đặt tên khác."};
    case ErrorKind::Storage:
        return {withDetail("Không ghi hoặc không đọc được đĩa", error.detail),
                "Việc vừa làm CHƯA được lưu; những gì đã lưu trước đó còn nguyên.",
                "Kiểm tra đĩa còn chỗ trống rồi làm lại."};
    case ErrorKind::Network:
        return {withDetail("Không liên lạc được với cổng dịch vụ công", error.detail),
                "Mọi hồ sơ còn nguyên trong sổ và trong hàng đợi.",
                "Kiểm tra mạng; chương trình sẽ gửi tiếp sau."};
    case ErrorKind::Unsupported:
        return {withDetail("Bản này chưa làm được việc đó", error.detail), kNothingWritten,
                "Dùng bản mới hơn của chương trình."};
    case ErrorKind::WrongKey:
    case ErrorKind::Locked:
    case ErrorKind::Newer:
    case ErrorKind::Damaged:
    case ErrorKind::Foreign:
        break;
    }
    return explainOpening(error);
}

ErrorText explainOpening(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::WrongKey:
        return {"Tên tài khoản hoặc mật khẩu không đúng, hoặc tài khoản đã bị khóa.", kUntouched,
                "Kiểm tra tên và tệp mật khẩu; nếu quên mật khẩu, hỏi người quản trị."};
    case ErrorKind::Locked:
        return {withDetail("Sổ đang được một chương trình khác mở", error.detail), kUntouched,
                "Đóng chương trình kia, hoặc chờ nó làm xong rồi thử lại."};
    case ErrorKind::Newer:
        return {withDetail("Sổ này do bản mới hơn của chương trình ghi", error.detail), kUntouched,
                "Mở bằng bản chương trình mới hơn."};
    case ErrorKind::Damaged:
        return {withDetail("Sổ bị hỏng", error.detail), "Không có gì được ghi thêm vào sổ hỏng.",
                "Sao chép cả thư mục sổ ra nơi khác, rồi khôi phục từ bản sao lưu gần nhất."};
    case ErrorKind::Foreign:
        return {withDetail("Đây không phải sổ của chương trình này", error.detail), kUntouched,
                "Chọn đúng thư mục sổ."};
    case ErrorKind::NotFound:
        return {withDetail("Không có sổ ở đó", error.detail), kUntouched,
                "Chọn đúng thư mục bằng --register, hoặc lập sổ mới bằng lệnh init."};
    case ErrorKind::Storage:
        return {withDetail("Không đọc được sổ từ đĩa", error.detail), kUntouched,
                "Kiểm tra đĩa và quyền truy cập thư mục sổ."};
    default:
        return explain(error);
    }
}

std::string_view errorName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
        return "invalid";
    case ErrorKind::NotFound:
        return "not-found";
    case ErrorKind::Refused:
        return "refused";
    case ErrorKind::WrongKey:
        return "wrong-key";
    case ErrorKind::Locked:
        return "locked";
    case ErrorKind::Newer:
        return "newer";
    case ErrorKind::Damaged:
        return "damaged";
    case ErrorKind::Foreign:
        return "foreign";
    case ErrorKind::Duplicate:
        return "duplicate";
    case ErrorKind::Storage:
        return "storage";
    case ErrorKind::Network:
        return "network";
    case ErrorKind::Unsupported:
        return "unsupported";
    }
    return "unknown";
}

} // namespace motcua
