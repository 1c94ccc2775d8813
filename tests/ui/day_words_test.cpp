// SPDX-License-Identifier: GPL-3.0-or-later
// The day and the network's diary as an official reads them.
#include "app/common/day_words.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

constexpr Day kFriday{std::chrono::year{2026} / 11 / 20};

Instant at(Millis timeOfDay)
{
    return instantInVietnam(kFriday, timeOfDay);
}

DayStatus evening()
{
    DayStatus status;
    status.day = kFriday;
    status.at = at(17h + 45min);
    status.takenIn = 42;
    return status;
}

DayStatus withWaiting(OpState state, std::int64_t attempts, std::optional<Reach> reach,
                      const std::string& detail = {})
{
    DayStatus status = evening();
    QueuedOperation oldest;
    oldest.code = "H26.131-261120-1039";
    oldest.name = "Lê Thị Hoa";
    oldest.at = at(15h + 55min);
    oldest.state = state;
    oldest.attempts = attempts;
    status.oldest = oldest;
    status.queue.toSend = 1;
    if (reach) {
        status.network = Sighting{at(17h + 40min), "run", *reach, 1, detail};
        status.networkSince = at(15h + 40min);
        status.isNetworkFresh = true;
    }
    return status;
}

} // namespace

TEST_CASE("the answer is one sentence, and each verdict has its own")
{
    DayStatus status = evening();
    CHECK(verdictHeadline(status) == "Về được.");
    CHECK(verdictAdvice(status) == "Mọi việc đã có xác nhận của cổng; giấy tờ và tiền khớp nhau.");
    status.takenIn = 0;
    CHECK(verdictAdvice(status) == "Hôm nay quầy chưa nhận hồ sơ nào, và không còn gì chờ gửi.");

    status = withWaiting(OpState::Waiting, 0, Reach::Online);
    CHECK(verdictHeadline(status) == "Về được: máy đang gửi nốt 1 việc.");
    status.network->reach = Reach::Offline;
    CHECK(verdictHeadline(status) == "Về được: 1 việc chờ gửi, máy tự gửi khi tới được cổng.");
    CHECK(verdictAdvice(status).ends_with("Nếu mạng còn mất lâu: gửi bằng USB ở Hàng đợi (F6)."));
    status.oldest->at = status.at - 72h;
    CHECK(verdictAdvice(status).ends_with("và báo thành phố (Báo cáo, F8)."));
    status.files = {3, 900'000, 1};
    CHECK(verdictHeadline(status) == "Về được: 1 việc và 2 tệp quét chờ gửi, máy tự gửi khi tới được cổng.");
    status.queue.toSend = 0;
    CHECK(verdictHeadline(status) == "Về được: 2 tệp quét chờ gửi, máy tự gửi khi tới được cổng.");
    status.network->reach = Reach::Held;
    CHECK(verdictHeadline(status) == "Về được: 2 tệp quét chờ gửi, nhưng cổng không nhận máy này.");
    CHECK(verdictAdvice(status).ends_with("đợi thêm thì máy cũng không tự gửi được."));
    status.differences.push_back({});
    CHECK(verdictHeadline(status) == "Chưa xong: giấy tờ hoặc tiền còn 1 chỗ chưa khớp.");
    status.queue.needsYou = 1;
    status.queue.conflicts = 1;
    CHECK(verdictHeadline(status) == "Chưa về được: còn 2 việc cần bạn.");
}

TEST_CASE("why the oldest waits is told by what is in its way")
{
    const auto [status, why] = GENERATE(table<DayStatus, std::string>({
        {withWaiting(OpState::Waiting, 0, Reach::Offline, "timeout"), "vì mất mạng từ 15:40."},
        {withWaiting(OpState::Waiting, 0, Reach::Offline, "connection refused"),
         "vì không tới được cổng từ 15:40."},
        {withWaiting(OpState::Waiting, 0, Reach::NotPortal), "vì có mạng nhưng bị chặn trước cổng từ 15:40."},
        {withWaiting(OpState::Waiting, 0, {}), "máy này chưa nối với cổng lần nào."},
        {withWaiting(OpState::Waiting, 3, Reach::Online), "đã thử 3 lần."},
        {withWaiting(OpState::Waiting, 0, Reach::Online), "chưa gửi lần nào."},
        {withWaiting(OpState::Sending, 1, Reach::Online), "đang gửi."},
        {withWaiting(OpState::Blocked, 0, Reach::Offline), "chờ việc trước của cùng hồ sơ xong."},
        {withWaiting(OpState::Backoff, 1, Reach::Busy), "cổng hẹn gửi lại sau."},
    }));

    CHECK(waitingReason(status) == "H26.131-261120-1039 (Lê Thị Hoa) chờ 1 giờ 50 phút: " + why);
    CHECK(waitingReason(evening()).empty());
}

TEST_CASE("a network that was last seen long ago is not told as one that is there")
{
    DayStatus status = withWaiting(OpState::Sending, 1, Reach::Online);
    CHECK(networkWords(status) == "Có mạng từ 15:40");
    status.isNetworkFresh = false;
    status.network->at = at(11h + 20min);

    CHECK(verdictHeadline(status) == "Về được: 1 việc chờ gửi, máy tự gửi khi tới được cổng.");
    CHECK(waitingReason(status).ends_with(": máy chưa thử lại đường tới cổng từ 11:20."));
    CHECK(networkWords(status) == "Có mạng lúc 11:20, từ đó chưa thử lại");
}

TEST_CASE("every gap says what it is and what to do")
{
    for (const DayGap gap :
         {DayGap::SlipMissing, DayGap::SlipUnsure, DayGap::RefusalMissing, DayGap::PaidWithoutNumber,
          DayGap::PaidWithoutSlip, DayGap::NumberWithoutPaid, DayGap::SlipWithoutPaid, DayGap::ScanStuck}) {
        const GapWords words = gapWords({"H26.131-261120-1001", "Lê Thị Hoa", gap, 21'000});
        INFO(dayGapName(gap));
        CHECK_FALSE(words.what.empty());
        CHECK(words.todo.ends_with('.'));
        CHECK_FALSE(gapTitle(gap).empty());
    }
    CHECK(gapWords({"", "", DayGap::PaidWithoutNumber, 21'000}).what ==
          "Đã thu 21.000 đ, chưa ghi số biên lai");
}

TEST_CASE("running numbers are drawn together, overflow and other days included")
{
    CHECK(numberRanges({}).empty());
    CHECK(numberRanges({"H26.131-261120-1001"}) == "1001");
    CHECK(numberRanges({"H26.131-261120-1001", "H26.131-261120-1002", "H26.131-261120-1003",
                        "H26.131-261120-1007", "H26.131-261120-11000"}) == "1001–1003, 1007, 11000");
}

TEST_CASE("spans are told in two units at most")
{
    CHECK(spanText(-5min) == "chưa đầy 1 phút");
    CHECK(spanText(59s) == "chưa đầy 1 phút");
    CHECK(spanText(40min) == "40 phút");
    CHECK(spanText(2h) == "2 giờ");
    CHECK(spanText(2h + 28min) == "2 giờ 28 phút");
    CHECK(spanText(76h) == "3 ngày 4 giờ");
}

TEST_CASE("an outage over days names both, and what nobody saw")
{
    Outage outage;
    outage.since = at(15h + 30min);
    outage.until = at(32h); // 08:00 the next day
    outage.unseen = 15h;
    CHECK(outageTime(outage, at(40h)) == "T6 20/11 15:30 – T7 21/11 08:00, 16 giờ 30 phút");
    CHECK(outageExtent(outage) == "Không có việc nào phải chờ. Trong đó máy tắt 15 giờ.");
    outage.endUnseen = true;
    CHECK(outageTime(outage, at(40h)).ends_with("ít nhất 16 giờ 30 phút"));
    CHECK(outageExtent(outage).ends_with("Tắt máy khi chưa hết."));
}

TEST_CASE("a copied or restored register is told why the portal takes nothing from it, and who is to look")
{
    Outage outage;
    outage.reach = Reach::Held;
    outage.detail = "store-behind";
    CHECK(outageExtent(outage) ==
          "Không có việc nào phải chờ. Do cổng có nhiều hơn sổ này, sổ đã lùi về bản cũ, "
          "người quản trị phải xem.");
    outage.detail = "409 chain-fork";
    CHECK(outageExtent(outage).ends_with("cổng thấy hai bản của sổ này, người quản trị phải xem."));
}

TEST_CASE("a backup and the way to the portal are told with their moments")
{
    DayStatus status = evening();
    CHECK(backupWords(status) == "Chưa có bản sao lưu nào được đọc lại để kiểm");
    status.backup = ProvenBackup{at(7h + 30min), "a.backup", 12};
    CHECK(backupWords(status) == "Sao lưu đã đọc lại được lúc 07:30 (a.backup)");
    status.backup->at = at(-30h);
    CHECK(backupWords(status) == "Sao lưu đã đọc lại được lúc 18:00 ngày 18/11/2026 (a.backup)");
    CHECK(networkWords(status) == "Máy này chưa nối với cổng lần nào");
}
