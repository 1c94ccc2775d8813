// SPDX-License-Identifier: GPL-3.0-or-later
// One dossier's chain: places, what stands before what, and whether an operation is on its base.
#include "core/dossier/schema.h"
#include "sync/reference_portal/blob_names.h"
#include "sync/reference_portal/judge.h"

#include <algorithm>

namespace motcua::portal {

namespace {

/// More cancelled places in a row than any dossier has; ends a walk along links that lead in a circle.
constexpr int kWalkMax = 10000;

void add(Problems& problems, const char* pointer, const char* rule, std::string message)
{
    problems.push_back({.pointer = pointer, .rule = rule, .message = std::move(message), .source = {}});
}

bool isOfInstall(const OpId& op, const OpId& other)
{
    return op.text().compare(0, 32, other.text(), 0, 32) == 0;
}

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<std::string> codeFault(const std::string& code, const Device& device, Instant receivedAt)
{
    const std::size_t dash = code.find('-');
    if (!isDossierCode(code) || code.substr(0, dash) != device.unit) {
        return "Mã hồ sơ không thuộc đơn vị này.";
    }
    const std::string day = toIsoDay(dayInVietnam(receivedAt)); // 2026-11-21
    if (code.substr(dash + 1, 6) != day.substr(2, 2) + day.substr(5, 2) + day.substr(8, 2)) {
        return "Ngày trong mã không phải ngày tiếp nhận.";
    }
    // s001 to s999, after overflow s1000 to s9999; s000 never.
    const std::string number = code.substr(dash + 8);
    const std::string rest = number.substr(1);
    const bool isInRange = (number.size() == 4 && rest != "000") || (number.size() == 5 && rest[0] != '0');
    const auto isOurs = [&number](int slot) { return number[0] == static_cast<char>('0' + slot); };
    if (!isDigits(number) || !isInRange || std::none_of(device.slots.begin(), device.slots.end(), isOurs)) {
        return "Số trong mã không thuộc dải số của quầy.";
    }
    return std::nullopt;
}

Result<Problems> Judge::chainProblems(const Operation& operation)
{
    Problems problems;
    if (operation.supersedes) {
        TRY(checkSupersedes(operation, problems));
    }
    if (operation.after) {
        TRY(checkAfter(operation, problems));
    }
    if (operation.kind == OpKind::Received) {
        const auto receivedAt = parseRfc3339(stringAt(operation.body, "receivedAt"));
        const std::string code = stringAt(operation.body, "code");
        if (const auto fault = codeFault(code, *m_bench.device, receivedAt.value_or(Instant{}))) {
            add(problems, "/body/code", "code", *fault);
        }
    }
    return problems;
}

/// `supersedes` names a place, which is always the first operation in it, of the same uid and install; a
/// withdrawal is no place and cannot be superseded.
Result<void> Judge::checkSupersedes(const Operation& operation, Problems& problems)
{
    if (!isOfInstall(operation.op, *operation.supersedes)) {
        add(problems, "/supersedes", "install", "Việc được thay thế là của quầy khác.");
        return {};
    }
    const auto target = TRY(m_store.findOp(*operation.supersedes));
    if (target && (target->isCancelling || target->supersedes)) {
        add(problems, "/supersedes", "place", "Chỉ được thay thế việc đầu tiên ở một vị trí.");
        return {};
    }
    const auto place = TRY(m_store.findPlace(*operation.supersedes));
    if ((target && target->uid && *target->uid != operation.uid) || (place && place->uid != operation.uid)) {
        add(problems, "/supersedes", "uid", "Việc được thay thế là của hồ sơ khác.");
    }
    const bool hasOtherAfter = place && place->isAfterKnown && place->after != operation.after;
    if (hasOtherAfter && operation.kind != OpKind::Cancelled) {
        add(problems, "/after", "place", "Việc thay thế phải nối sau cùng việc mà vị trí của nó nối sau.");
    }
    return {};
}

Result<void> Judge::checkAfter(const Operation& operation, Problems& problems)
{
    if (!isOfInstall(operation.op, *operation.after)) {
        add(problems, "/after", "install", "Việc đứng trước là của quầy khác.");
        return {};
    }
    if (operation.after == operation.place()) {
        add(problems, "/after", "self", "Việc không thể nối sau chính vị trí của nó.");
        return {};
    }
    const auto previous = TRY(m_store.findOp(*operation.after));
    if (previous && (previous->isCancelling || previous->supersedes)) {
        add(problems, "/after", "place", "Phải nêu việc đầu tiên của vị trí đứng trước.");
        return {};
    }
    const auto place = TRY(m_store.findPlace(*operation.after));
    if ((previous && previous->uid && *previous->uid != operation.uid) ||
        (place && place->uid != operation.uid)) {
        add(problems, "/after", "uid", "Việc đứng trước là của hồ sơ khác.");
    }
    return {};
}

Result<std::optional<Place>> Judge::ownPlace(const OpId& name)
{
    if (m_place && m_place->name == name) {
        return m_place;
    }
    return m_store.findPlace(name);
}

/// The first operation of a place gives it its name, and says what stands before it.
Result<void> Judge::noteFirst(const OperationLine& line)
{
    if (line.supersedes || line.isCancelling || !line.uid) {
        return {};
    }
    Place place = TRY(m_store.findPlace(*line.op))
    .value_or(Place{*line.op, *line.uid, {}, false, {}, {}});
    m_isFork = place.uid != *line.uid; // withdrawn or corrected by a machine that meant another dossier by it
    if (line.operation || line.after) {
        place.after = line.after;
        place.isAfterKnown = true;
    }
    m_place = std::move(place);
    m_isPlaceChanged = true;
    return {};
}

/// A successor that comes before the first operation makes the place known.
Result<void> Judge::noteSuccessor(const Operation& operation)
{
    if (!operation.supersedes) {
        return {};
    }
    const auto known = TRY(ownPlace(*operation.supersedes));
    if (known && known->isAfterKnown) {
        return {};
    }
    m_place = known.value_or(Place{*operation.supersedes, operation.uid, {}, false, {}, {}});
    m_place->after = operation.after;
    m_place->isAfterKnown = true;
    m_isPlaceChanged = true;
    return {};
}

Result<void> Judge::nameBlobs(const OperationLine& line, std::string_view bytes)
{
    if (!line.operation || bytes.find("sha256") == std::string_view::npos) {
        return {};
    }
    for (const BlobName& blob : blobsNamedIn(line.operation->body)) {
        TRY(m_store.nameBlob(m_bench.device->unit, blob));
    }
    return {};
}

/// In place of a cancelled one the portal looks at the place before it; of one never seen, at this
/// install's last older place on the dossier that it knows.
Result<std::optional<OpId>> Judge::placeBefore(const Place& place)
{
    if (place.isAfterKnown) {
        return place.after;
    }
    return m_store.placeBefore(place.name, place.uid);
}

Result<Judge::ChainEnd> Judge::resolve(const std::optional<OpId>& after, const Uid& uid)
{
    std::optional<OpId> name = after;
    for (int i = 0; name && i < kWalkMax; ++i) {
        const auto place = TRY(m_store.findPlace(*name));
        if (!place || place->uid != uid || place->state == PlaceState::Open) {
            return ChainEnd{true, {}};
        }
        if (place->state == PlaceState::Applied) {
            return ChainEnd{false, name};
        }
        name = TRY(placeBefore(*place));
    }
    return ChainEnd{name.has_value(), {}};
}

/// Every revision since `baseRev` (since creation, when null) came from this counter's own places up to
/// `after`, or only gave the official code.
Result<bool> Judge::isOnBase(const Operation& operation, const std::optional<OpId>& chainEnd)
{
    std::int64_t baseSeq = 0;
    if (operation.baseRev) {
        const auto seq = TRY(m_store.seqOfRev(operation.uid, *operation.baseRev));
        if (!seq) {
            return false;
        }
        baseSeq = *seq;
    }
    std::optional<OpId> own = chainEnd; // walks back along the chain as the revisions do
    for (const RevisionCause& cause : TRY(m_store.causesAfter(operation.uid, baseSeq))) {
        if (cause.onlyOfficialCode) {
            continue;
        }
        if (!cause.place || !isOfInstall(*cause.place, operation.op)) {
            return false;
        }
        for (int i = 0; own && own != cause.place && i < kWalkMax; ++i) {
            const auto place = TRY(m_store.findPlace(*own));
            own = place ? TRY(placeBefore(*place)) : std::nullopt;
        }
        if (own != cause.place) {
            return false;
        }
    }
    return true;
}

} // namespace motcua::portal
