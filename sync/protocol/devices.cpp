// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/devices.h"

#include "core/base/hash.h"
#include "core/dossier/schema.h"
#include "sync/protocol/object_reader.h"
#include "sync/protocol/op_id.h"

#include <algorithm>
#include <charconv>

namespace motcua {

namespace {

constexpr std::size_t kKeysMax = 64;
constexpr std::size_t kTokenBytesMax = 2048;
constexpr std::int64_t kSpreadMax = 24 * 3600;

tl::unexpected<Error> unreadable(const char* what, const ObjectReader& reader)
{
    return fail(ErrorKind::Invalid, std::string("not ") + what + " of the contract: " + reader.firstFault());
}

/// A text of at most so many code points; four bytes each at most.
std::string shortText(ObjectReader& reader, std::string_view member, std::size_t most)
{
    std::string text = reader.text(member, most * 4);
    if (codePoints(text) > most) {
        reader.fault(member);
    }
    return text;
}

/// Goes into a header as it is, so nothing but visible ASCII may be in it.
bool isToken(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

Json toJson(const std::vector<PortalKey>& keys)
{
    Json list = Json::array();
    for (const PortalKey& key : keys) {
        list.push_back(motcua::toJson(key));
    }
    return list;
}

Result<std::vector<PortalKey>> keysFromJson(const Json& list)
{
    std::vector<PortalKey> keys;
    for (const Json& item : list) {
        keys.push_back(TRY(portalKeyFromJson(item)));
    }
    return keys;
}

std::int64_t nextNumber(std::string_view& text)
{
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (text.starts_with('.')) {
        text.remove_prefix(1);
    }
    return read.ec == std::errc() ? value : -1;
}

} // namespace

Json toJson(const PortalKey& key)
{
    Json json{{"kid", key.kid}, {"x", toBase64Url(key.x)}};
    if (key.notAfter) {
        json["notAfter"] = toRfc3339(*key.notAfter);
    }
    return json;
}

Json toJson(const EnrolRequest& request)
{
    Json json{{"enrolmentCode", request.enrolmentCode},
              {"install", request.install},
              {"name", request.name},
              {"app", request.app}};
    if (request.slot) {
        json["slot"] = *request.slot;
    }
    return json;
}

Json toJson(const Enrolment& enrolment)
{
    return {{"token", enrolment.token},
            {"unit", enrolment.unit},
            {"unitName", enrolment.unitName},
            {"slot", enrolment.slot},
            {"portalEpoch", enrolment.portalEpoch},
            {"keys", toJson(enrolment.keys)}};
}

Json toJson(const HelloRequest& request)
{
    Json json{{"install", request.install},
              {"epoch", request.epoch},
              {"lastSeq", request.lastSeq},
              {"chainHead", request.chainHead},
              {"app", request.app}};
    if (request.waiting) {
        json["waiting"] = *request.waiting;
        json["oldestWaiting"] =
            request.oldestWaiting ? Json(toRfc3339(*request.oldestWaiting)) : Json(nullptr);
    }
    return json;
}

Json toJson(const Hello& hello)
{
    Json json{{"portalEpoch", hello.portalEpoch}, {"now", toRfc3339(hello.now)},
              {"lastSeq", hello.lastSeq},         {"held", hello.held},
              {"keys", toJson(hello.keys)},       {"revoked", hello.revoked}};
    if (hello.spreadSeconds) {
        json["spread"] = *hello.spreadSeconds;
    }
    if (hello.minApp) {
        json["minApp"] = *hello.minApp;
    }
    if (hello.token) {
        json["token"] = *hello.token;
    }
    return json;
}

Result<PortalKey> portalKeyFromJson(const Json& json)
{
    ObjectReader reader(json);
    PortalKey key;
    key.kid = reader.text("kid", 200);
    const auto x = fromBase64Url(reader.text("x", 60));
    if (!x || x->size() != 32) {
        reader.fault("x");
    }
    key.x = x.value_or(std::string());
    key.notAfter = reader.optionalInstant("notAfter");
    if (!reader.isGood()) {
        return unreadable("a key", reader);
    }
    return key;
}

Result<EnrolRequest> enrolRequestFromJson(const Json& json)
{
    ObjectReader reader(json);
    EnrolRequest request;
    request.enrolmentCode = shortText(reader, "enrolmentCode", 40);
    request.install = reader.text("install", 32);
    request.name = shortText(reader, "name", 120);
    request.slot = reader.optionalInteger("slot", 0, 9);
    request.app = shortText(reader, "app", 60);
    if (!isInstall(request.install)) {
        reader.fault("install");
    }
    if (!reader.isGood()) {
        return unreadable("an enrolment request", reader);
    }
    return request;
}

Result<Enrolment> enrolmentFromJson(const Json& json)
{
    ObjectReader reader(json);
    Enrolment enrolment;
    enrolment.token = reader.text("token", kTokenBytesMax);
    enrolment.unit = reader.text("unit", 35);
    enrolment.unitName = reader.text("unitName", 2000);
    enrolment.slot = reader.integer("slot", 0, 9);
    enrolment.portalEpoch = reader.text("portalEpoch", 200);
    const Json& keys = reader.array("keys", kKeysMax);
    if (!isToken(enrolment.token)) {
        reader.fault("token");
    }
    if (!isDossierCode(enrolment.unit + "-000000-0000")) {
        reader.fault("unit");
    }
    if (!reader.isGood()) {
        return unreadable("an enrolment", reader);
    }
    enrolment.keys = TRY(keysFromJson(keys));
    return enrolment;
}

Result<HelloRequest> helloRequestFromJson(const Json& json)
{
    ObjectReader reader(json);
    HelloRequest request;
    request.install = reader.text("install", 32);
    request.epoch = reader.integer("epoch", 1, 999999999);
    request.lastSeq = reader.integer("lastSeq", 0);
    request.chainHead = reader.hash("chainHead");
    request.waiting = reader.optionalInteger("waiting", 0);
    request.oldestWaiting = reader.optionalInstant("oldestWaiting");
    request.app = shortText(reader, "app", 60);
    if (!isInstall(request.install)) {
        reader.fault("install");
    }
    if (!reader.isGood()) {
        return unreadable("a hello", reader);
    }
    return request;
}

Result<Hello> helloFromJson(const Json& json)
{
    ObjectReader reader(json);
    Hello hello;
    hello.portalEpoch = reader.text("portalEpoch", 200);
    hello.now = reader.instant("now");
    hello.lastSeq = reader.integer("lastSeq", 0);
    hello.held = reader.integer("held", 0);
    const Json& keys = reader.array("keys", kKeysMax);
    hello.spreadSeconds = reader.optionalInteger("spread", 0);
    if (hello.spreadSeconds) {
        hello.spreadSeconds = std::min(*hello.spreadSeconds, kSpreadMax); // a wrong value must not silence us
    }
    hello.minApp = reader.optionalText("minApp", 60);
    hello.token = reader.optionalText("token", kTokenBytesMax);
    hello.revoked = reader.optionalFlag("revoked");
    if (hello.token && !isToken(*hello.token)) {
        reader.fault("token");
    }
    if (!reader.isGood()) {
        return unreadable("a hello", reader);
    }
    hello.keys = TRY(keysFromJson(keys));
    return hello;
}

bool isRecentEnough(std::string_view app, std::string_view minApp)
{
    const std::size_t space = app.rfind(' ');
    std::string_view have = space == std::string_view::npos ? app : app.substr(space + 1);
    std::string_view wanted = minApp;
    while (!wanted.empty()) {
        const std::int64_t least = nextNumber(wanted);
        const std::int64_t number = have.empty() ? 0 : nextNumber(have);
        if (number != least) {
            return number > least;
        }
        if (least < 0) {
            return false;
        }
    }
    return true;
}

} // namespace motcua
