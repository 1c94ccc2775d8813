// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "sync/protocol/jws.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// POST /v1/devices.
struct EnrolRequest
{
    std::string enrolmentCode;
    std::string install;
    std::string name;
    std::optional<std::int64_t> slot; ///< wanted; none: the portal chooses
    std::string app;
};

/// What the portal gives a counter once (contract, Enrolment).
struct Enrolment
{
    std::string token;
    std::string unit;
    std::string unitName;
    std::int64_t slot = 0;
    std::string portalEpoch;
    std::vector<PortalKey> keys;
};

/// POST /v1/hello.
struct HelloRequest
{
    std::string install;
    std::int64_t epoch = 1;
    std::int64_t lastSeq = 0;
    std::string chainHead; ///< hex
    std::optional<std::int64_t> waiting;
    std::optional<Instant> oldestWaiting;
    std::string app;
};

/// The portal's answer to it (contract, Hello).
struct Hello
{
    std::string portalEpoch;
    Instant now;
    std::int64_t lastSeq = 0; ///< highest seq stored of this install and epoch
    std::int64_t held = 0;    ///< applied operations of this install, all epochs
    std::vector<PortalKey> keys;
    std::optional<std::int64_t> spreadSeconds;
    std::optional<std::string> minApp;
    std::optional<std::string> token; ///< a new one; the old works until the new was first used
    bool revoked = false;
};

[[nodiscard]] Json toJson(const PortalKey& key);
[[nodiscard]] Json toJson(const EnrolRequest& request);
[[nodiscard]] Json toJson(const Enrolment& enrolment);
[[nodiscard]] Json toJson(const HelloRequest& request);
[[nodiscard]] Json toJson(const Hello& hello);

[[nodiscard]] Result<PortalKey> portalKeyFromJson(const Json& json);
[[nodiscard]] Result<EnrolRequest> enrolRequestFromJson(const Json& json);
[[nodiscard]] Result<Enrolment> enrolmentFromJson(const Json& json);
[[nodiscard]] Result<HelloRequest> helloRequestFromJson(const Json& json);
[[nodiscard]] Result<Hello> helloFromJson(const Json& json);

/// Whether a program of version `app` ("motcua 0.3.0") may talk to a portal that asks for `minApp`
/// ("0.3.0"): compared as numbers between dots, missing ones are 0. An unreadable version is too old.
[[nodiscard]] bool isRecentEnough(std::string_view app, std::string_view minApp);

} // namespace motcua
