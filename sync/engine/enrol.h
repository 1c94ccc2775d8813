// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/desk/portal_desk.h"
#include "sync/engine/transport.h"
#include "sync/protocol/devices.h"

namespace motcua {

/// What enrolling gave: the portal's words, and what the register has to remember of them.
struct Enrolled
{
    Enrolment enrolment;
    PortalBinding binding; ///< without a cursor: the first pull begins at the beginning
};

/// Hands the one-time code in. Asks for the register's own slot, and refuses an enrolment for another unit or
/// slot, because every code that this counter issues would be rejected. When the answer is lost the same
/// code gives the same answer for a day, so calling again is right.
///
/// Errors: Refused (the portal said no; `detail` begins with the problem's name: "unknown-code" …),
/// Network (not reached, or not the portal).
[[nodiscard]] Result<Enrolled> enrol(Transport& transport, const RegisterIdentity& identity,
                                     const PortalBinding& to, const std::string& code,
                                     const std::string& name, const Clock& clock);

} // namespace motcua
