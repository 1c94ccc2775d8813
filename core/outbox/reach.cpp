// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/reach.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

struct Name
{
    Reach reach;
    std::string_view text;
};
constexpr std::array kNames{Name{Reach::Online, "online"}, Name{Reach::Busy, "busy"},
                            Name{Reach::Held, "held"}, Name{Reach::NotPortal, "not-portal"},
                            Name{Reach::Offline, "offline"}};

} // namespace

std::string_view reachName(Reach reach)
{
    const auto* found =
        std::find_if(kNames.begin(), kNames.end(), [&](const Name& name) { return name.reach == reach; });
    return found == kNames.end() ? kNames.back().text : found->text;
}

std::optional<Reach> parseReach(std::string_view name)
{
    const auto* found =
        std::find_if(kNames.begin(), kNames.end(), [&](const Name& one) { return one.text == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->reach);
}

} // namespace motcua
