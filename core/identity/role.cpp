// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/role.h"

#include <array>

namespace motcua {

namespace {

struct RoleRow
{
    Role role;
    std::string_view name;
    std::string_view label;
};

constexpr std::array kRoles{
    RoleRow{Role::Official, "official", "Công chức một cửa"},
    RoleRow{Role::Specialist, "specialist", "Công chức chuyên môn"},
    RoleRow{Role::Leader, "leader", "Lãnh đạo"},
    RoleRow{Role::Supervisor, "supervisor", "Giám sát"},
    RoleRow{Role::Admin, "admin", "Quản trị"},
};

const RoleRow& rowOf(Role role)
{
    return kRoles[static_cast<std::size_t>(role)];
}

} // namespace

std::string_view roleName(Role role)
{
    return rowOf(role).name;
}
std::string_view roleLabel(Role role)
{
    return rowOf(role).label;
}

std::optional<Role> parseRole(std::string_view name)
{
    for (const RoleRow& row : kRoles) {
        if (row.name == name) {
            return row.role;
        }
    }
    return std::nullopt;
}

bool mayDo(Role role, Act act)
{
    switch (act) {
    case Act::Search:
    case Act::Report:
        return true;
    case Act::Receive:
    case Act::Print:
    case Act::Connect:
    case Act::ImportLedger:
    case Act::KeepBooks:
        return role != Role::Supervisor;
    case Act::Decide:
        return role != Role::Supervisor && role != Role::Specialist;
    case Act::DecideIdentity:
    case Act::LeadBooks:
    case Act::ManageAccounts:
    case Act::BackUp:
        return role == Role::Admin || role == Role::Leader;
    }
    return false;
}

} // namespace motcua
