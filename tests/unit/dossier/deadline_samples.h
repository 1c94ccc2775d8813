// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/calendar.h"
#include "core/dossier/deadline.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace motcua::test {

inline Json catalogueFile(const std::string& name)
{
    std::ifstream file(std::string(MOTCUA_SOURCE_DIR) + "/resources/catalogue/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    const auto json = parseJson(text.str());
    REQUIRE(json);
    return *json;
}

/// The shipped calendar, with an office's own days on top.
inline Calendar calendarWith(const Json& unitDays = {})
{
    const auto calendar =
        Calendar::fromJson(catalogueFile("holidays.json"), catalogueFile("lunar.json"), unitDays);
    REQUIRE(calendar);
    return *calendar;
}

inline Day day(const std::string& iso)
{
    const auto read = parseIsoDay(iso);
    REQUIRE(read);
    return *read;
}

/// "2026-11-23 15:10" as on the clock in the office.
inline Instant at(const std::string& local)
{
    const std::string seconds = local.size() == 16 ? ":00" : "";
    const auto read = parseRfc3339(local.substr(0, 10) + "T" + local.substr(11) + seconds + "+07:00");
    REQUIRE(read);
    return *read;
}

/// "FROM/TO, FROM/" with times as above.
inline std::vector<Suspension> suspensions(const std::string& text)
{
    std::vector<Suspension> list;
    std::istringstream in(text);
    for (std::string one; std::getline(in, one, ',');) {
        const std::size_t slash = one.find('/');
        Suspension pause{at(one.substr(0, slash))};
        if (slash + 1 < one.size()) {
            pause.to = at(one.substr(slash + 1));
        }
        list.push_back(pause);
    }
    return list;
}

inline Term term(const char* json)
{
    const auto read = termFromJson(Json::parse(json));
    REQUIRE(read);
    return *read;
}

} // namespace motcua::test
