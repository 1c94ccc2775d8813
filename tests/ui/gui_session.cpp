// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gui_session.h"

#include <QApplication>

#include <catch2/catch.hpp>

namespace motcua::test {

namespace {

constexpr const char* kPassword = "mot-hai-ba";

std::filesystem::path registerIn(const QTemporaryDir& folder)
{
    return std::filesystem::path(folder.path().toStdString()) / "register";
}

/// Friday 20/11/2026, 09:00: a working day, in office hours.
Practice aFriday()
{
    return {instantInVietnam(Day{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{20}},
                             std::chrono::hours{9}),
            7};
}

} // namespace

void needGui()
{
    static int count = 1;
    static char name[] = "test_ui";
    static char* arguments[] = {name, nullptr};
    static QApplication application(count, arguments);
}

OpenRegister::OpenRegister()
{
    needGui();
    NewRegister made;
    made.unit = "H26.131";
    made.unitName = "UBND xã Phúc Thọ";
    made.slot = 1;
    made.admin = "lan";
    made.adminFullName = "Nguyễn Thị Lan";
    made.practice = true;
    made.quickKeys = true;
    SignIn admin;
    admin.account = "lan";
    admin.password = Secret(kPassword);
    auto opened = Workplace::create(registerIn(folder), made, std::move(admin), aFriday());
    REQUIRE(opened);
    place = std::move(*opened);
}

void OpenRegister::reopen()
{
    place.reset();
    SignIn who;
    who.account = "lan";
    who.password = Secret(kPassword);
    auto opened = Workplace::open(registerIn(folder), std::move(who));
    REQUIRE(opened);
    place = std::move(*opened);
    REQUIRE(place->practise(aFriday()));
}

} // namespace motcua::test
