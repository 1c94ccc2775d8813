// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

enum class Role
{
    Official,   ///< công chức một cửa: receives, hands back
    Specialist, ///< công chức chuyên môn: processes
    Leader,     ///< lãnh đạo: decides
    Supervisor, ///< giám sát: reads and reports
    Admin,      ///< quản trị: accounts, enrolment, backup; in a small commune the only official as well
};

enum class Act
{
    Receive,        ///< take in, refuse, change, move
    Decide,         ///< conflicts, withdrawing an operation
    DecideIdentity, ///< conflicts about who somebody is or what was paid; taking up again what was finished
    Print,
    Search,
    Report,
    KeepBooks, ///< sign and enter, annotate, begin a volume, hand a book over and take it
    LeadBooks, ///< open the first, balances, cancel, close, take up a lost one, make counters known
    ManageAccounts,
    Connect, ///< enrol with a portal, send and pull
    BackUp,
    ImportLedger, ///< old ledgers from files
};

[[nodiscard]] std::string_view roleName(Role role);
[[nodiscard]] std::optional<Role> parseRole(std::string_view name);
/// Vietnamese, for screens.
[[nodiscard]] std::string_view roleLabel(Role role);
[[nodiscard]] bool mayDo(Role role, Act act);

/// Who acts, as signed in. Its name stands in every journal entry.
struct Actor
{
    std::string account;
    std::string fullName;
    Role role = Role::Official;
};

} // namespace motcua
