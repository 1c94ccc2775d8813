// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/day_words.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace motcua {

namespace {

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

/// "09:12", with the day where it is another one than `day`.
std::string timeOn(Instant instant, Day day)
{
    const std::string full = toDisplayTime(instant); // "09:12 ngày 20/11/2026"
    return dayInVietnam(instant) == day ? full.substr(0, full.find(' ')) : full;
}

/// Each begins with a plain capital letter.
std::string_view reachWords(Reach reach)
{
    switch (reach) {
    case Reach::Online:
        return "Có mạng";
    case Reach::Busy:
        return "Cổng bận";
    case Reach::Held:
        return "Cổng không nhận máy này";
    case Reach::NotPortal:
        return "Có mạng nhưng bị chặn trước cổng";
    case Reach::Offline:
        break;
    }
    return "Mất mạng";
}

struct Cause
{
    std::string_view detail; ///< as the engine notes it
    std::string_view title;  ///< empty: as the reach says
    std::string_view words;
};

constexpr std::array kCauses{
    Cause{"host not found", {}, "không tìm được máy chủ của cổng"},
    Cause{"timeout", {}, "không có trả lời"},
    Cause{"connection broken", {}, "đường truyền đứt giữa chừng"},
    Cause{"connection refused", "Không tới được cổng", "máy chủ của cổng không nhận kết nối"},
    Cause{"unusable answer", "Không tới được cổng", "máy chủ của cổng trả lời hỏng"},
    Cause{"answer unreadable", "Không tới được cổng", "máy chủ của cổng trả lời hỏng"},
    Cause{"answer too large", "Không tới được cổng", "máy chủ của cổng trả lời hỏng"},
    Cause{"TLS failed", "Không tới được cổng", "không lập được kênh bảo mật"},
    Cause{"certificate not trusted", {}, "chứng thư của máy trả lời không đáng tin"},
    Cause{"not-enrolled", {}, "cổng không biết máy này, cần đăng ký lại"},
    Cause{"revoked", {}, "cổng đã khóa máy này"},
    Cause{"client-too-old", {}, "chương trình đã quá cũ, cần cập nhật"},
    Cause{"chain-fork", {}, "cổng thấy hai bản của sổ này, người quản trị phải xem"},
    Cause{"store-behind", {}, "cổng có nhiều hơn sổ này, sổ đã lùi về bản cũ, người quản trị phải xem"},
    Cause{"spread", "Cổng hẹn gửi sau", "nhiều quầy cùng trở lại, cổng hẹn mỗi máy một lúc"},
    Cause{"not the portal's answer", {}, "trang đăng nhập mạng hoặc máy khác trả lời thay"},
};

const Cause* causeOf(std::string_view detail)
{
    // Where an answer came its status stands before: "502 unusable answer".
    if (detail.size() > 4 && detail[3] == ' ' && detail[0] >= '1' && detail[0] <= '9') {
        detail.remove_prefix(4);
    }
    for (const Cause& cause : kCauses) {
        if (detail == cause.detail) {
            return &cause;
        }
    }
    return nullptr;
}

std::string reachTitle(Reach reach, std::string_view detail)
{
    const Cause* cause = causeOf(detail);
    return std::string(cause != nullptr && !cause->title.empty() ? cause->title : reachWords(reach));
}

/// What is in the way of what goes by itself, of one operation.
std::string stateReason(const QueuedOperation& oldest)
{
    switch (oldest.state) {
    case OpState::Blocked:
        return "chờ việc trước của cùng hồ sơ xong";
    case OpState::Sending:
        return "đang gửi";
    case OpState::Unknown:
        return "đã gửi nhưng chưa nhận được trả lời; máy sẽ hỏi lại, không sợ trùng";
    case OpState::Backoff:
        return "cổng hẹn gửi lại sau";
    default:
        return oldest.attempts == 0 ? "chưa gửi lần nào" : "đã thử " + number(oldest.attempts) + " lần";
    }
}

/// There was a network when somebody last looked, which is long ago.
bool isLongUnseen(const DayStatus& status)
{
    return status.network && status.network->reach == Reach::Online && !status.isNetworkFresh;
}

std::string withoutNetwork(const DayStatus& status)
{
    if (!status.network) {
        return "máy này chưa nối với cổng lần nào";
    }
    if (isLongUnseen(status)) {
        return "máy chưa thử lại đường tới cổng từ " + timeOn(status.network->at, status.day);
    }
    std::string words = reachTitle(status.network->reach, status.network->detail);
    words = std::string("vì ") + static_cast<char>(words.front() - 'A' + 'a') + words.substr(1);
    return status.networkSince ? words + " từ " + timeOn(*status.networkSince, status.day) : words;
}

/// So long that the city is told; see core/report/unsettled.h.
bool waitsForDays(const DayStatus& status)
{
    return status.oldest && status.at - status.oldest->at >= Millis{3 * 24 * 60 * 60 * 1'000};
}

std::string pieces(std::int64_t count, const char* one)
{
    return number(count) + ' ' + one;
}

/// What goes by itself: text, and scans behind it.
std::string restWords(const DayStatus& status)
{
    const std::int64_t acts = status.queue.toSend;
    const std::int64_t scans = status.files.toSend();
    if (scans == 0) {
        return pieces(acts, "việc");
    }
    return (acts == 0 ? std::string() : pieces(acts, "việc và ")) + pieces(scans, "tệp quét");
}

/// The portal is there and does not take this machine's calls: waiting alone does not help.
bool isHeld(const DayStatus& status)
{
    return status.network && status.network->reach == Reach::Held;
}

} // namespace

bool isPortalsFault(std::string_view detail)
{
    const Cause* cause = causeOf(detail);
    return cause != nullptr && !cause->title.empty();
}

std::string gapTitle(DayGap gap)
{
    switch (gap) {
    case DayGap::SlipMissing:
        return "Chưa in giấy tiếp nhận";
    case DayGap::SlipUnsure:
        return "Giấy đã gửi ra máy in, không rõ ra thế nào";
    case DayGap::RefusalMissing:
        return "Chưa in phiếu từ chối";
    case DayGap::PaidWithoutNumber:
        return "Đã thu, chưa ghi số biên lai";
    case DayGap::PaidWithoutSlip:
        return "Đã thu, chưa in phiếu thu";
    case DayGap::NumberWithoutPaid:
        return "Có số biên lai, chưa ghi là đã thu";
    case DayGap::ScanStuck:
        return "Có bản quét không gửi được lên cổng";
    case DayGap::SlipWithoutPaid:
        break;
    }
    return "Đã in phiếu thu, chưa ghi là đã thu";
}

std::string spanText(Millis span)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
    if (minutes < 1) {
        return "chưa đầy 1 phút";
    }
    const auto both = [](std::int64_t large, const char* unit, std::int64_t small, const char* smaller) {
        return pieces(large, unit) + (small > 0 ? ' ' + pieces(small, smaller) : std::string());
    };
    if (minutes < 60) {
        return pieces(minutes, "phút");
    }
    constexpr std::int64_t kHour = 60;
    constexpr std::int64_t kDay = 24 * kHour;
    if (minutes < 2 * kDay) {
        return both(minutes / kHour, "giờ", minutes % kHour, "phút");
    }
    return both(minutes / kDay, "ngày", minutes % kDay / kHour, "giờ");
}

std::string verdictHeadline(const DayStatus& status)
{
    switch (status.verdict()) {
    case DayVerdict::Clear:
        return "Về được.";
    case DayVerdict::Sending:
        return "Về được: máy đang gửi nốt " + restWords(status) + '.';
    case DayVerdict::WaitsForNetwork:
        return "Về được: " + restWords(status) +
               (isHeld(status) ? " chờ gửi, nhưng cổng không nhận máy này."
                               : " chờ gửi, máy tự gửi khi tới được cổng.");
    case DayVerdict::Differs:
        return "Chưa xong: giấy tờ hoặc tiền còn " +
               pieces(static_cast<std::int64_t>(status.differences.size()), "chỗ chưa khớp.");
    case DayVerdict::NeedsYou:
        break;
    }
    return "Chưa về được: còn " + pieces(status.forPerson(), "việc cần bạn.");
}

std::string verdictAdvice(const DayStatus& status)
{
    const bool anything = status.takenIn + status.refused > 0;
    const std::string kept = "Mọi việc đã nằm trong sổ của máy này, tắt máy cũng không mất.";
    switch (status.verdict()) {
    case DayVerdict::Clear:
        return anything ? "Mọi việc đã có xác nhận của cổng; giấy tờ và tiền khớp nhau."
                        : "Hôm nay quầy chưa nhận hồ sơ nào, và không còn gì chờ gửi.";
    case DayVerdict::Sending:
        return kept + " Thường gửi xong trong vài phút.";
    case DayVerdict::WaitsForNetwork:
        if (isHeld(status)) {
            return kept + " Báo người quản trị: đợi thêm thì máy cũng không tự gửi được.";
        }
        return kept + (waitsForDays(status)
                           ? " Đã chờ từ 3 ngày: gửi bằng USB ở Hàng đợi (F6) và báo thành phố (Báo cáo, F8)."
                           : " Nếu mạng còn mất lâu: gửi bằng USB ở Hàng đợi (F6).");
    case DayVerdict::Differs:
        return "Làm theo từng dòng dưới đây, hoặc ghi lý do vào phiếu cuối ngày. " + kept;
    case DayVerdict::NeedsYou:
        break;
    }
    return "Máy không được tự quyết những việc này; mở từng việc và làm. " + kept;
}

std::string waitingReason(const DayStatus& status)
{
    if (!status.oldest) {
        const std::int64_t scans = status.files.toSend();
        return scans == 0 ? std::string() : "Còn " + pieces(scans, "tệp quét, đi sau phần chữ của hồ sơ.");
    }
    const QueuedOperation& oldest = *status.oldest;
    const bool ownReason = oldest.state == OpState::Blocked || oldest.state == OpState::Backoff;
    std::string why = status.isOnline() || ownReason ? stateReason(oldest) : withoutNetwork(status);
    return oldest.code + " (" + oldest.name + ") chờ " +
           spanText(std::max(Millis{0}, status.at - oldest.at)) + ": " + why + '.';
}

std::string networkWords(const DayStatus& status)
{
    if (!status.network) {
        return "Máy này chưa nối với cổng lần nào";
    }
    const std::string words = reachTitle(status.network->reach, status.network->detail);
    if (isLongUnseen(status)) {
        return words + " lúc " + timeOn(status.network->at, status.day) + ", từ đó chưa thử lại";
    }
    return status.networkSince ? words + " từ " + timeOn(*status.networkSince, status.day) : words;
}

std::string backupWords(const DayStatus& status)
{
    if (!status.backup) {
        return "Chưa có bản sao lưu nào được đọc lại để kiểm";
    }
    return "Sao lưu đã đọc lại được lúc " + timeOn(status.backup->at, status.day) + " (" +
           status.backup->file + ')';
}

GapWords gapWords(const DayDifference& difference)
{
    const std::string money = formatDong(difference.amount);
    switch (difference.gap) {
    case DayGap::SlipMissing:
        return {gapTitle(difference.gap), "Mở hồ sơ, in giấy tiếp nhận và trao cho công dân."};
    case DayGap::SlipUnsure:
        return {gapTitle(difference.gap), "Xem ở máy in; mở hồ sơ in lại nếu không thấy."};
    case DayGap::RefusalMissing:
        return {gapTitle(difference.gap), "Mở hồ sơ, in phiếu từ chối và trao cho công dân."};
    case DayGap::PaidWithoutNumber:
        return {"Đã thu " + money + ", chưa ghi số biên lai", "Mở hồ sơ, ghi số biên lai vào khoản thu."};
    case DayGap::PaidWithoutSlip:
        return {"Đã thu " + money + ", chưa in phiếu thu", "Mở hồ sơ, in phiếu ghi thu phí, lệ phí."};
    case DayGap::NumberWithoutPaid:
        return {"Có số biên lai, " + money + " chưa ghi là đã thu",
                "Đếm tiền, rồi mở hồ sơ ghi đã thu; biên lai hỏng thì xóa số."};
    case DayGap::ScanStuck:
        return {gapTitle(difference.gap), "Mở hồ sơ xem tệp nào; quét lại giấy và đính kèm lần nữa."};
    case DayGap::SlipWithoutPaid:
        break;
    }
    return {"Đã in phiếu thu, " + money + " chưa ghi là đã thu",
            "Đếm tiền, rồi mở hồ sơ ghi đã thu; chưa thu thì hủy tờ phiếu."};
}

std::string outageWords(const Outage& outage)
{
    switch (outage.reach) {
    case Reach::NotPortal:
        return "Bị chặn trước cổng";
    case Reach::Held:
        return "Cổng không nhận máy";
    case Reach::Online:
    case Reach::Busy:
    case Reach::Offline:
        break;
    }
    return reachTitle(outage.reach, outage.detail);
}

std::string outageTime(const Outage& outage, Instant now)
{
    const Day first = dayInVietnam(outage.since);
    const std::string span = spanText(outage.length(now));
    std::string text = shortDayName(first) + ' ' + timeOn(outage.since, first);
    if (!outage.until) {
        return text + " đến giờ, " + span;
    }
    const Day last = dayInVietnam(*outage.until);
    text += " – " + (last == first ? std::string() : shortDayName(last) + ' ') + timeOn(*outage.until, last);
    return text + (outage.endUnseen ? ", ít nhất " : ", ") + span;
}

std::string outageExtent(const Outage& outage)
{
    std::string text = outage.waitingMost == 0 ? std::string("Không có việc nào phải chờ.")
                                               : "Nhiều nhất " + pieces(outage.waitingMost, "việc phải chờ.");
    if (const Cause* cause = causeOf(outage.detail)) {
        text += " Do " + std::string(cause->words) + '.';
    }
    if (outage.lost > 0) {
        text += ' ' + pieces(outage.lost, "lượt gửi không có trả lời.");
    }
    if (outage.unseen >= Millis{60'000}) {
        text += " Trong đó máy tắt " + spanText(outage.unseen) + '.';
    }
    return outage.endUnseen ? text + " Tắt máy khi chưa hết." : text;
}

std::string shortDayName(Day day)
{
    const unsigned weekday = std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding();
    return (weekday == 0 ? std::string("CN") : 'T' + std::to_string(weekday + 1)) + ' ' +
           toDisplayDay(day).substr(0, 5);
}

std::string numberRanges(const std::vector<std::string>& codes)
{
    std::string text;
    long first = -2;
    long last = -2;
    const auto close = [&] {
        if (first >= 0) {
            text += (text.empty() ? "" : ", ") + std::to_string(first) +
                    (last > first ? "–" + std::to_string(last) : std::string());
        }
    };
    for (const std::string& code : codes) {
        const std::size_t dash = code.rfind('-');
        long value = -2;
        std::from_chars(code.data() + dash + 1, code.data() + code.size(), value);
        if (value != last + 1) {
            close();
            first = value;
        }
        last = value;
    }
    close();
    return text;
}

} // namespace motcua
