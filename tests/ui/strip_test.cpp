// SPDX-License-Identifier: GPL-3.0-or-later
// The strip at the bottom says what is so, in every state.
#include "app/theme/theme.h"
#include "app/window/strip_state.h"

#include <QApplication>
#include <QLabel>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

using namespace std::chrono_literals;

Instant noon()
{
    return instantInVietnam(Day{std::chrono::year{2026} / 11 / 20}, 12h);
}

struct Strip
{
    [[nodiscard]] QString says(const char* cell) const
    {
        const auto* label = strip.findChild<QLabel*>(QLatin1String(cell));
        REQUIRE(label != nullptr);
        CHECK(label->accessibleName() == label->text()); // a reader hears what the eye sees
        return label->isHidden() ? QString() : label->text();
    }

    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    StatusStrip strip{theme};
};

SyncNews newsOf(Reach reach)
{
    SyncNews news;
    news.enrolled = true;
    news.portal.reach = reach;
    news.portal.online = reach != Reach::Offline && reach != Reach::NotPortal;
    news.portal.since = noon() - 168min;
    return news;
}

} // namespace

TEST_CASE("each state of the network has words of its own, and since when")
{
    Strip strip;
    const auto [reach, words] = GENERATE(table<Reach, const char*>({
        {Reach::Online, "Có mạng từ 09:12"},
        {Reach::Busy, "Cổng đang bận từ 09:12"},
        {Reach::Held, "Cổng không nhận máy này từ 09:12, gọi người quản trị"},
        {Reach::NotPortal, "Có mạng nhưng bị chặn trước cổng từ 09:12"},
        {Reach::Offline, "Mất mạng từ 09:12"},
    }));

    strip.strip.show(stripState(newsOf(reach), {}), noon());

    CHECK(strip.says("stripNetwork").toStdString() == words);
}

TEST_CASE("a server that refuses is no lost line")
{
    Strip strip;
    SyncNews news = newsOf(Reach::Offline);
    news.portal.detail = GENERATE("connection refused", "502 unusable answer");
    strip.strip.show(stripState(news, {}), noon());
    CHECK(strip.says("stripNetwork") == QStringLiteral("Không tới được cổng từ 09:12"));
}

TEST_CASE("before the first call it is being tried, and a register without a portal says so")
{
    Strip strip;
    strip.strip.show(stripState({}, {}), noon());
    CHECK(strip.says("stripNetwork") == QStringLiteral("Đang nối với cổng"));

    SyncNews enrolled;
    enrolled.enrolled = true;
    strip.strip.show(stripState(enrolled, {}), noon());
    CHECK(strip.says("stripNetwork") == QStringLiteral("Đang nối với cổng"));

    strip.strip.show(stripState(SyncNews{}, {}), noon());
    CHECK(strip.says("stripNetwork") == QStringLiteral("Chưa nối với cổng dịch vụ công"));
}

TEST_CASE("what waits for a person is not counted among what goes by itself")
{
    Strip strip;
    QueueSummary queue;
    queue.waiting = 5;
    queue.conflicts = 1;
    queue.needsYou = 1;
    queue.toSend = 3;
    queue.oldestWaiting = noon() - 48h;
    queue.oldestToSend = noon() - 2h;
    queue.lastConfirmed = noon() - 172min;

    strip.strip.show(stripState(newsOf(Reach::Offline), queue), noon());

    CHECK(strip.says("stripWaiting") == QStringLiteral("3 chờ gửi, lâu nhất 2 giờ"));
    CHECK(strip.says("stripConfirmed") == QStringLiteral("Xác nhận gần nhất 09:08"));
    CHECK(strip.says("stripNeedsYou") == QStringLiteral("2 việc cần bạn (F7)"));
}

TEST_CASE(
    "an empty queue is said, also while a person is still needed; clocks that went wrong frighten nobody")
{
    Strip strip;
    QueueSummary queue;
    queue.waiting = 1;
    queue.needsYou = 1;
    queue.lastConfirmed = noon() + 24h * 400;
    strip.strip.show(stripState(newsOf(Reach::Online), queue), noon());
    CHECK(strip.says("stripWaiting") == QStringLiteral("Không còn gì chờ gửi"));
    CHECK(strip.says("stripConfirmed") == QStringLiteral("Xác nhận gần nhất 12:00"));

    queue.toSend = 1;
    queue.oldestToSend = noon() + 3h; // written before the clock was put back
    queue.lastConfirmed.reset();
    queue.needsYou = 0;
    strip.strip.show(stripState(newsOf(Reach::Online), queue), noon());
    CHECK(strip.says("stripWaiting") == QStringLiteral("1 chờ gửi, lâu nhất chưa đầy 1 phút"));
    CHECK(strip.says("stripConfirmed") == QStringLiteral("Chưa có xác nhận nào"));
    CHECK(strip.says("stripNeedsYou").isEmpty());
}

} // namespace motcua
