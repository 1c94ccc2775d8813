// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/courier_text.h"

#include <array>

namespace motcua {

namespace {

constexpr const char* kQueueKept = "Mọi hồ sơ còn nguyên trong sổ và trong hàng đợi.";
constexpr const char* kRegisterKept = "Không có gì trong sổ thay đổi.";

/// Why an answer is refused, where an official can do something with it; the rest is for the log.
std::string refusalText(const std::string& detail)
{
    if (detail == kBeforeRestore) {
        return ": nó có từ trước khi cổng được khôi phục.";
    }
    if (detail == kNotItsSender) {
        return ": chữ ký không phải của cổng.";
    }
    if (detail == kSignerEnded) {
        return ": cổng ký bằng khóa đã hết hạn.";
    }
    return ": nội dung không đúng như một trả lời của cổng.";
}

std::string number(std::int64_t value)
{
    std::string text = std::to_string(value);
    for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), ".");
    }
    return text;
}

std::string volumeList(const std::vector<std::int64_t>& volumes)
{
    std::string text;
    for (const std::int64_t volume : volumes) {
        text += (text.empty() ? "" : ", ") + std::to_string(volume);
    }
    return text;
}

std::string missingText(const StickAnswers& answers)
{
    std::string text;
    for (const auto& writing : answers.writings) {
        if (!writing.missing.empty()) {
            text += " Cổng còn thiếu tệp số " + volumeList(writing.missing) + " của lần ghi " +
                    (writing.at ? "lúc " + toDisplayTime(*writing.at) : "này") + ".";
        }
    }
    return text;
}

/// Only where nothing on the stick is still of use to anybody.
std::string mayBeErased(const StickAnswers& answers)
{
    if (!answers.isComplete()) {
        return answers.refused.empty() ? "" : " Đừng xóa USB: có tệp chưa nhận được.";
    }
    return answers.others == 0 ? " Có thể xóa USB."
                               : " Quầy này đã nhận đủ. USB còn " + number(answers.others) +
                                     " tệp gửi cổng hoặc gửi quầy khác: chỉ xóa khi nơi đó đã nhận.";
}

} // namespace

std::string sizeText(std::int64_t bytes)
{
    constexpr std::array<const char*, 4> kUnits{"byte", "kB", "MB", "GB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    const auto tenths = static_cast<std::int64_t>(value * 10 + 0.5);
    std::string text = std::to_string(tenths / 10);
    if (unit > 0 && tenths < 1000 && tenths % 10 != 0) {
        text += "," + std::to_string(tenths % 10);
    }
    return text + " " + kUnits[unit];
}

namespace {

ErrorText exportFailure(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Unsupported:
        return {"Máy này chưa nối với cổng nên chưa biết niêm phong cho ai.", kQueueKept,
                "Đăng ký máy với cổng một lần qua mạng, sau đó mới gửi bằng USB được."};
    case ErrorKind::NotFound:
        return {"Không thấy thư mục của USB.", kQueueKept, "Cắm lại USB rồi chọn lại thư mục."};
    case ErrorKind::Damaged:
        return {"USB không trả lại đúng những gì vừa ghi.",
                "Tệp ghi dở đã được bỏ. " + std::string(kQueueKept),
                "Đừng dùng USB này nữa: hãy lấy USB khác."};
    case ErrorKind::Refused:
        if (error.detail == kStopped) {
            return {"Đã dừng theo yêu cầu của bạn.", "Tệp ghi dở đã được bỏ. " + std::string(kQueueKept),
                    "Khi cần thì ghi lại từ đầu."};
        }
        break;
    case ErrorKind::Storage:
        return {"Không ghi được lên USB.", kQueueKept,
                "Kiểm tra USB còn chỗ, không bị khóa ghi và chưa bị rút ra, rồi ghi lại."};
    default:
        break;
    }
    return explain(error);
}

} // namespace

ErrorText explainExport(const Error& error, std::size_t placed)
{
    ErrorText text = exportFailure(error);
    if (placed > 0) {
        text.safe += " " + std::to_string(placed) + " tệp đầu của bộ đã xong và nằm trên USB.";
        text.next += " Lần sau là một bộ mới: xóa các tệp đầu ấy, hoặc cứ đưa lên trạm cũng không sao.";
    }
    return text;
}

ErrorText explainAnswer(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Foreign:
        return {"Tệp này không phải trả lời của cổng.", kRegisterKept,
                "Chọn thư mục của USB do trạm của thành phố ghi."};
    case ErrorKind::WrongKey:
        return {"Tệp này không dành cho quầy này.", kRegisterKept,
                "Mở nó ở đúng quầy đã gửi, hoặc hỏi lại trạm của thành phố."};
    case ErrorKind::Damaged:
        return {"Tệp trả lời bị hỏng hoặc bị cắt mất một phần.", kRegisterKept,
                "Cắm lại USB rồi nhận lại; nếu vẫn vậy, chép lại tệp từ trạm của thành phố."};
    case ErrorKind::Newer:
        return {"Tệp trả lời do bản mới hơn của chương trình ghi.", kRegisterKept,
                "Nâng cấp chương trình ở quầy rồi nhận lại."};
    case ErrorKind::NotFound:
        return {"Không thấy tệp hoặc thư mục này.", kRegisterKept, "Cắm lại USB rồi chọn lại."};
    case ErrorKind::Refused:
        if (error.detail == kStopped) {
            return {"Đã dừng theo yêu cầu của bạn.", "Những gì đã nhận thì giữ nguyên.",
                    "Nhận lại lúc nào cũng được."};
        }
        return {"Tệp trả lời không được nhận" + refusalText(error.detail), kRegisterKept,
                "Ghi lại một USB mới gửi lên trạm; nếu vẫn vậy, báo quản trị thành phố."};
    case ErrorKind::Unsupported:
        return {"Máy này chưa nối với cổng nên không kiểm được trả lời.", kRegisterKept,
                "Đăng ký máy với cổng trước."};
    case ErrorKind::Storage:
        return {"Không đọc được USB hoặc không ghi được vào đĩa.", "Những gì đã nhận thì giữ nguyên.",
                "Cắm lại USB, kiểm tra đĩa còn chỗ, rồi nhận lại."};
    default:
        break;
    }
    return explain(error);
}

std::string exportAhead(const ExportPlan& plan)
{
    std::string text = number(static_cast<std::int64_t>(plan.choice.items.size())) + " việc chờ gửi";
    if (plan.files > 0) {
        text += ", " + number(plan.files) + " tệp đính kèm";
    }
    text += ", nhiều nhất " + sizeText(plan.bytes);
    if (plan.volumes.size() > 1) {
        text += ", chia thành " + std::to_string(plan.volumes.size()) + " tệp";
    }
    text += ".";
    if (plan.choice.items.empty()) {
        text = plan.files > 0 ? "Chỉ còn " + number(plan.files) + " tệp đính kèm chờ gửi, nhiều nhất " +
                                    sizeText(plan.bytes) + "."
                              : "Không có việc nào chờ gửi; USB chỉ hỏi cổng có gì mới.";
    }
    if (plan.choice.left > 0) {
        text += " " + number(plan.choice.left) + " việc ở lại vì còn chờ bạn quyết định.";
    }
    return text;
}

std::string exportDone(const ExportReport& report)
{
    std::string text = "Đã ghi và đọc lại đúng từng byte: " + number(report.operations) + " việc";
    if (report.files > 0) {
        text += ", " + number(report.files) + " tệp đính kèm";
    }
    text += ", " + sizeText(report.bytes);
    text += report.volumes.size() > 1 ? " trong " + std::to_string(report.volumes.size()) + " tệp." : ".";
    if (report.filesMissing > 0) {
        text +=
            " " + number(report.filesMissing) + " tệp đính kèm không đọc được ở máy này nên chưa đi theo.";
    }
    if (report.filesLeft > 0) {
        text += " USB không đủ chỗ cho " + number(report.filesLeft) +
                " tệp đính kèm: chúng chờ USB sau hoặc chờ mạng.";
    }
    return text +
           " Rút USB an toàn rồi đưa lên trạm của thành phố. Hàng đợi giữ nguyên cho tới khi có trả lời; "
           "mạng về trước cũng không sao.";
}

std::string answersDone(const StickAnswers& answers)
{
    if (answers.volumes == 0) {
        return answers.refused.empty() ? "USB không có trả lời nào cho quầy này. Sổ không thay đổi."
                                       : "Không nhận được trả lời nào. Sổ không thay đổi.";
    }
    if (answers.repeated == answers.volumes && answers.sum.acknowledged + answers.sum.filesHeld == 0) {
        return "Trả lời này đã nhận rồi; nhận lại không thay đổi gì." + missingText(answers) +
               mayBeErased(answers);
    }
    const AnswerReport& sum = answers.sum;
    std::string text =
        "Cổng đã nhận " + number(sum.acknowledged) + " việc, gửi về " + number(sum.pulled) + " thay đổi.";
    if (sum.filesHeld > 0) {
        text += " " + number(sum.filesHeld) + " tệp đính kèm đã đủ trên cổng.";
    }
    if (sum.conflicts + sum.refused > 0) {
        text += " " + number(sum.conflicts + sum.refused) + " việc cổng chưa nhận, xem mục Cần bạn.";
    }
    if (sum.blocked > 0) {
        text += " " + number(sum.blocked) + " việc còn chờ việc trước của cùng hồ sơ.";
    }
    if (sum.unproven > 0) {
        text += " " + number(sum.unproven) + " biên nhận không kiểm được nên không tính.";
    }
    text += missingText(answers);
    if (!sum.isWhole) {
        text += " Trả lời còn thiếu một phần; nhận nốt các tệp còn lại.";
    }
    if (sum.isRevoked) {
        text += " Cổng đã thu hồi quyền của máy này: báo quản trị thành phố.";
    }
    return text + mayBeErased(answers);
}

} // namespace motcua
