// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/vault/register_folder.h"

#include <string>

namespace motcua {

/// What most tests make: a practice register of Phúc Thọ whose administrator is Nguyễn Thị Lan. Its keys are
/// quick to derive, so that thousands can be made.
inline NewRegister practiceRegister(int slot = 1)
{
    NewRegister made;
    made.unit = "H26.131";
    made.unitName = "UBND xã Phúc Thọ";
    made.slot = slot;
    made.admin = "lan";
    made.adminFullName = "Nguyễn Thị Lan";
    made.practice = true;
    made.quickKeys = true;
    return made;
}

/// Her signing in. Nobody waits for a lock in a test: whoever holds it holds it for good.
inline SignIn practiceSignIn(const std::string& vfs = {})
{
    SignIn who;
    who.account = "lan";
    who.password = Secret("mật khẩu thử");
    who.lockTimeout = Millis{0};
    who.vfs = vfs;
    return who;
}

} // namespace motcua
