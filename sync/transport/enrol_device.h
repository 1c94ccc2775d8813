// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/enrol.h"

namespace motcua {

/// Enrols this register with the portal at `url` over the network; the caller stores the binding. Blocks,
/// needs an application object. `ca`: the only certificates to trust, in PEM; empty: the system's. Errors as
/// enrol(), and Invalid for URL and CA.
[[nodiscard]] Result<Enrolled> enrolDevice(const std::string& url, const std::string& ca,
                                           const std::string& code, const RegisterIdentity& identity,
                                           const std::string& name, const Clock& clock);

} // namespace motcua
