// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/portal_api_call.h"

namespace motcua::portal {

HttpAnswer PortalApi::catalogue(const Call& call)
{
    const std::string known = call.header("If-None-Match").value_or("");
    auto found = with(call, [&](Portal& portal) { return portal.catalogue(*call.device, known); });
    if (!found || !*found) {
        return !found ? std::move(found.error()) : failureAnswer(found->error());
    }
    Reply<CatalogueAnswer>& reply = **found;
    if (!reply) {
        return problemAnswer(reply.error());
    }
    HttpAnswer answer;
    answer.headers.emplace_back("ETag", reply->etag);
    answer.status = reply->jws ? 200 : 304;
    if (reply->jws) {
        answer.contentType = "application/jose";
        answer.body = std::move(*reply->jws);
    }
    return answer;
}

} // namespace motcua::portal
