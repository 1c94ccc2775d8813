// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/enrol.h"

#include "sync/engine/calls.h"
#include "sync/engine/classify.h"
#include "sync/protocol/problem_details.h"

namespace motcua {

namespace {

Result<Enrolment> readEnrolment(const Reply& reply)
{
    const auto json = TRY(parseJson(reply.body));
    return enrolmentFromJson(json);
}

/// "unknown-code: …" where the portal said why.
tl::unexpected<Error> refusal(const Reply& reply, const Verdict& verdict)
{
    const bool isWord = verdict.end == RequestEnd::Refused || verdict.end == RequestEnd::Later;
    const auto json = isWord ? parseJson(reply.body) : Result<Json>(Json());
    const auto problem = json ? problemFromJson(*json) : Result<ProblemDetails>(tl::unexpected(json.error()));
    if (verdict.end == RequestEnd::Refused && problem) {
        return fail(ErrorKind::Refused, std::string(problemName(problem->type)) + ": " + problem->title);
    }
    return fail(ErrorKind::Network, verdict.detail);
}

} // namespace

Result<Enrolled> enrol(Transport& transport, const RegisterIdentity& identity, const PortalBinding& to,
                       const std::string& code, const std::string& name, const Clock& clock)
{
    EnrolRequest body;
    body.enrolmentCode = code;
    body.install = identity.install;
    body.name = name;
    body.slot = identity.slot;
    body.app = "motcua " MOTCUA_VERSION;
    const auto reply = transport.exchange(enrolCall(body));
    const auto verdict = classify(reply, clock.now());
    if (!verdict.isAnswered()) {
        return refusal(reply, verdict);
    }
    const auto enrolment = readEnrolment(reply);
    if (!enrolment) {
        return fail(ErrorKind::Network, enrolment.error().detail);
    }
    if (enrolment->unit != identity.unit) {
        return fail(ErrorKind::Refused, "wrong-unit: " + enrolment->unit);
    }
    if (enrolment->slot != identity.slot) {
        return fail(ErrorKind::Refused, "wrong-slot: " + std::to_string(enrolment->slot));
    }
    PortalBinding binding = to;
    binding.token = enrolment->token;
    binding.portalEpoch = enrolment->portalEpoch;
    binding.keys = Json::array();
    for (const auto& key : enrolment->keys) {
        binding.keys.push_back(toJson(key));
    }
    binding.cursor.reset();
    return Enrolled{*enrolment, std::move(binding)};
}

} // namespace motcua
