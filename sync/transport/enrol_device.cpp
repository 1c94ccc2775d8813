// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/enrol_device.h"

#include "sync/transport/http_transport.h"

namespace motcua {

Result<Enrolled> enrolDevice(const std::string& url, const std::string& ca, const std::string& code,
                             const RegisterIdentity& identity, const std::string& name, const Clock& clock)
{
    auto transport = TRY(HttpTransport::create(url, ca));
    PortalBinding to;
    to.url = url;
    to.ca = ca;
    return enrol(*transport, identity, to, code, name, clock);
}

} // namespace motcua
