// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/city.h"

#include "core/dossier/patch.h"
#include "core/dossier/schema.h"
#include "sync/reference_portal/blob_names.h"

#include <array>
#include <cstdio>

namespace motcua::portal {

namespace {

constexpr const char* kCityName = "Thành phố";
constexpr std::int64_t kOnlineNumbersMax = 99999; // six digits beginning with 0

std::string described(const Problems& problems)
{
    std::string text;
    for (const Problem& problem : problems) {
        text += (text.empty() ? "" : "; ") + problem.pointer + ": " + problem.message;
    }
    return text;
}

std::string yymmdd(Instant instant)
{
    const std::string day = toIsoDay(dayInVietnam(instant));
    return day.substr(2, 2) + day.substr(5, 2) + day.substr(8, 2);
}

} // namespace

Result<StoredDossier> City::find(const Uid& uid)
{
    auto dossier = TRY(m_portal.dossiers().findDossier(uid));
    if (!dossier) {
        return fail(ErrorKind::NotFound, "no dossier " + uid.text());
    }
    return std::move(*dossier);
}

Result<City::Opened> City::open(const Uid& uid)
{
    const std::string unit = TRY(find(uid))
    .unit; // for ever the same
    auto work = TRY(m_portal.dossiers().begin(unit));
    auto dossier = TRY(find(uid));
    return Opened{std::move(work), std::move(dossier)};
}

Result<Rev> City::write(const StoredDossier& before, const Json& after, bool onlyOfficialCode, bool gone)
{
    NewRevision revision;
    revision.uid = before.uid;
    revision.unit = before.unit;
    revision.previousSeq = before.seq;
    revision.rev = Rev(m_random.hex(16)); // other changes get any other value
    revision.by = kCityName;
    revision.onlyOfficialCode = onlyOfficialCode;
    revision.gone = gone;
    revision.at = m_clock.now();
    revision.dossier = &after;
    for (const BlobName& blob : blobsNamedIn(after)) {
        TRY(m_portal.dossiers().nameBlob(before.unit, blob));
    }
    TRY(m_portal.dossiers().addRevision(TRY(m_portal.dossiers().nextSeq()), revision));
    return revision.rev;
}

Result<Json> City::changed(const Json& before, const std::map<std::string, Json>& values)
{
    Json set = Json::object();
    Json dossier = before;
    for (const auto& [pointer, value] : values) {
        if (pointer == "/status") {
            const Json move{{"to", value}};
            auto moved = applyMove(dossier, move, m_clock.now());
            if (!moved) {
                return fail(ErrorKind::Refused, described(moved.error()));
            }
            dossier = std::move(*moved);
        } else {
            set[pointer] = value;
        }
    }
    auto patched = set.empty() ? tl::expected<Json, Problems>(dossier) : applyPatch(dossier, set);
    if (!patched) {
        return fail(ErrorKind::Refused, described(patched.error()));
    }
    return std::move(*patched);
}

Result<Rev> City::set(const Uid& uid, const std::map<std::string, Json>& values)
{
    const auto officialCode = values.find("/officialCode");
    if (values.size() == 1 && officialCode != values.end() && officialCode->second.is_string()) {
        return giveOfficialCode(uid, officialCode->second.get<std::string>());
    }
    auto [work, stored] = TRY(open(uid));
    const Json dossier = TRY(changed(TRY(parseJson(stored.text)), values));
    Rev rev = TRY(write(stored, dossier, false, false));
    TRY(work.commit());
    return rev;
}

Result<Rev> City::move(const Uid& uid, const Json& move)
{
    if (const Problems problems = validateMoveBody(move); !problems.empty()) {
        return fail(ErrorKind::Refused, described(problems));
    }
    auto [work, stored] = TRY(open(uid));
    const auto moved = applyMove(TRY(parseJson(stored.text)), move, m_clock.now());
    if (!moved) {
        return fail(ErrorKind::Refused, described(moved.error()));
    }
    Rev rev = TRY(write(stored, *moved, false, false));
    TRY(work.commit());
    return rev;
}

Result<Rev> City::giveOfficialCode(const Uid& uid, const std::string& code)
{
    auto [work, stored] = TRY(open(uid));
    if (stored.officialCode) {
        return fail(ErrorKind::Refused, "the official code is given at most once");
    }
    if (isOwnOfficialCode(code) && code != officialCodeOf(uid)) {
        return fail(ErrorKind::Refused, "this official code is kept for another dossier");
    }
    const std::string given = code.empty() ? officialCodeOf(uid) : code;
    if (given.empty() || codePoints(given) > 60 || TRY(m_portal.dossiers().isOfficialCodeTaken(given))) {
        return fail(ErrorKind::Refused, "the official code is taken or too long");
    }
    Json dossier = TRY(parseJson(stored.text));
    dossier["officialCode"] = given;
    Rev rev = TRY(write(stored, dossier, true, stored.gone));
    TRY(work.commit());
    return rev;
}

/// A number that a failed write took is not given again.
Result<std::string> City::takeOnlineCode(const std::string& head)
{
    const std::int64_t held = TRY(m_portal.dossiers().onlineCount(head));
    const std::int64_t number = TRY(m_portal.keys().takeOnlineNumber(head, held + 1));
    if (number > kOnlineNumbersMax) {
        return fail(ErrorKind::Refused, "the day's numbers for online dossiers are used up");
    }
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%06lld", static_cast<long long>(number));
    return head + "-" + digits.data();
}

Result<City::Filed> City::fileOnline(const std::string& unit, Json draft)
{
    if (!draft.is_object()) {
        return fail(ErrorKind::Refused, "the draft is no dossier");
    }
    auto work = TRY(m_portal.dossiers().begin(unit));
    const Instant now = m_clock.now();
    const std::string head = unit + "-" + yymmdd(now);
    const Json decided{{"channel", "online"}, {"status", "registered"}, {"receivedAt", toRfc3339(now)}};
    for (const auto& [member, value] : decided.items()) {
        if (!draft.contains(member)) {
            draft[member] = value;
        }
    }
    draft["code"] = head + "-000000";
    if (const Problems problems = validateDossier(draft); !problems.empty()) {
        return fail(ErrorKind::Refused, described(problems));
    }
    draft["code"] = TRY(takeOnlineCode(head));
    StoredDossier stored;
    stored.uid = Uid(makeUuidV7(toMillis(now), m_random));
    stored.unit = unit;
    Filed filed
    {
        stored.uid, stringAt(draft, "code"), TRY(write(stored, draft, false, false))
    };
    TRY(work.commit());
    return filed;
}

Result<Rev> City::takeAway(const Uid& uid)
{
    auto [work, stored] = TRY(open(uid));
    const Json dossier = TRY(parseJson(stored.text));
    Rev rev = TRY(write(stored, dossier, false, true));
    TRY(work.commit());
    return rev;
}

} // namespace motcua::portal
