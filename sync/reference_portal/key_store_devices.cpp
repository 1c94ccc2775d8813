// SPDX-License-Identifier: GPL-3.0-or-later
// Enrolment codes, tokens and the devices behind them.
#include "core/base/hash.h"
#include "sync/reference_portal/key_store.h"

#include <algorithm>

namespace motcua::portal {

namespace {

using std::chrono::hours;

/// Crockford's base32: no letter that is taken for a digit. 12 of them are 60 bits.
constexpr std::string_view kCodeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeLength = 12;
constexpr Millis kCodeLife = hours{7 * 24};
constexpr Millis kRepeatLife = hours{24}; // contract, POST /v1/devices, 201
/// Each loss of a race means that another counter of the unit was enrolled; there are ten slots.
constexpr int kRacesMax = 20;
/// From one enrolment of a counter to its next. A token follows from its generation, and whoever had the old
/// one may have been given the one after it; a stick may be signed with the one before the present. Two
/// generations that nobody was ever given keep what was revoked from becoming good again by either way.
constexpr std::int64_t kGenerationsToNextEnrolment = 3;

/// As typed: small letters, spaces and hyphens do not count.
std::string hashOfCode(std::string_view code)
{
    std::string plain;
    for (const char c : code) {
        if (c != '-' && c != ' ') {
            plain += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        }
    }
    return std::string(bytesOf(sha256("enrolment|", plain)));
}

std::string hashOfToken(std::string_view token)
{
    return std::string(bytesOf(sha256("token|", token)));
}

} // namespace

Result<std::string> KeyStore::newEnrolmentCode(const std::string& unit)
{
    std::string code;
    for (std::size_t i = 0; i < kCodeLength; ++i) {
        code += i > 0 && i % 4 == 0 ? "-" : "";
        code += kCodeLetters[m_random.below(kCodeLetters.size())];
    }
    if (!TRY(addCode(hashOfCode(code), unit, m_clock.now() + kCodeLife))) {
        return fail(ErrorKind::NotFound, "no unit " + unit);
    }
    return code;
}

Result<TokenSeal> KeyStore::tokenSeal()
{
    return TokenSeal::fromKey(fromHex(TRY(setting("token-key"))).value_or(std::string()));
}

/// The token is a function of the store's key, so that the same enrolment has the same answer again
/// although no token is stored.
Result<std::string> KeyStore::tokenOf(const TokenClaim& claim)
{
    return TRY(tokenSeal())
    .seal(claim);
}

/// The wanted slot when it is free or the counter's own; without a wish its own, else the lowest free
/// one, 0 last. Nothing when there is none.
Result<std::optional<int>> KeyStore::chooseSlot(const EnrolRequest& request, const std::string& unit)
{
    const SlotOwners owners = TRY(slotOwners(unit));
    const auto isUsable = [&owners, &request](std::size_t slot) {
        return owners[slot].empty() || owners[slot] == request.install;
    };
    if (request.slot) {
        return isUsable(static_cast<std::size_t>(*request.slot))
                   ? std::optional(static_cast<int>(*request.slot))
                   : std::optional<int>();
    }
    const auto own = std::find(owners.begin(), owners.end(), request.install);
    if (own != owners.end()) {
        return std::optional(static_cast<int>(own - owners.begin()));
    }
    for (const std::size_t slot : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 0U}) {
        if (isUsable(slot)) {
            return std::optional(static_cast<int>(slot));
        }
    }
    return std::optional<int>();
}

Result<Enrolment> KeyStore::enrolmentOf(const std::string& install)
{
    const auto device = TRY(findDevice(install));
    if (!device) {
        return fail(ErrorKind::Damaged, "an enrolled device is missing");
    }
    Enrolment enrolment;
    enrolment.unit = device->unit.code;
    enrolment.unitName = device->unit.name;
    enrolment.slot = device->slot;
    enrolment.token = TRY(tokenOf({device->unit.code, install, device->generation}));
    enrolment.portalEpoch = TRY(epoch());
    enrolment.keys = TRY(keys());
    return enrolment;
}

Result<Enrolment> KeyStore::admit(const EnrolRequest& request, const std::string& unit, int slot,
                                  const std::string& codeHash)
{
    const auto raced = fail(ErrorKind::Duplicate, "another counter was enrolled at this moment");
    const Instant now = m_clock.now();
    const auto before = TRY(findDevice(request.install));
    DeviceRow device{request.install, unit, request.name, request.app, slot, 1, {}, now};
    device.generation = before ? before->generation + kGenerationsToNextEnrolment : 1;
    device.tokenHash = hashOfToken(TRY(tokenOf({unit, request.install, device.generation})));
    TRY(putDevice(device));
    if (!TRY(takeSlot(unit, slot, request.install)) || !TRY(useCode(codeHash, request.install, now))) {
        return raced;
    }
    return enrolmentOf(request.install);
}

Result<tl::expected<Enrolment, ProblemDetails>> KeyStore::enrol(const EnrolRequest& request)
{
    auto answer = tryEnrol(request);
    for (int i = 0; i < kRacesMax && !answer && answer.error().kind == ErrorKind::Duplicate; ++i) {
        answer = tryEnrol(request);
    }
    return answer;
}

Result<KeyStore::Admission> KeyStore::tryEnrol(const EnrolRequest& request)
{
    const auto refuse = [](ProblemType type, const char* detail) {
        return Admission(tl::unexpected(problemOf(type, detail)));
    };
    auto work = TRY(begin());
    const std::string hash = hashOfCode(request.enrolmentCode);
    const auto code = TRY(findCode(hash));
    if (!code) {
        return refuse(ProblemType::UnknownCode, "Hãy kiểm tra lại mã do quản trị viên cấp.");
    }
    if (code->usedAt) {
        const bool repeated = code->install == request.install && m_clock.now() < *code->usedAt + kRepeatLife;
        return repeated ? Admission(TRY(enrolmentOf(request.install)))
                        : refuse(ProblemType::CodeUsed, "Mỗi mã chỉ dùng cho một quầy.");
    }
    if (m_clock.now() >= code->expiresAt) {
        return refuse(ProblemType::ExpiredCode, "Hãy xin quản trị viên cấp mã mới.");
    }
    const auto device = TRY(findDevice(request.install));
    if (device && device->unit.code != code->unit) {
        return refuse(ProblemType::CodeUsed, "Quầy này đã thuộc một đơn vị khác.");
    }
    const auto slot = TRY(chooseSlot(request, code->unit));
    if (!slot) {
        return refuse(ProblemType::SlotUsed, "Hãy chọn dải số khác.");
    }
    Enrolment enrolment = TRY(admit(request, code->unit, *slot, hash));
    TRY(work.commit());
    return Admission(std::move(enrolment));
}

Result<std::optional<Device>> KeyStore::deviceOfToken(std::string_view token)
{
    const std::string hash = hashOfToken(token);
    auto known = TRY(findToken(hash));
    if (!known) {
        return std::optional<Device>();
    }
    if (known->isNext) {
        TRY(promoteToken(known->device.install, hash));
    } else if (known->hasNext) {
        known->device.nextToken =
            TRY(tokenOf({known->device.unit, known->device.install, known->generation + 1}));
    }
    return std::optional(std::move(known->device));
}

Result<void> KeyStore::rotateToken(const std::string& install)
{
    auto work = TRY(begin());
    const auto device = TRY(findDevice(install));
    if (!device) {
        return fail(ErrorKind::NotFound, "no device " + install);
    }
    TRY(setNextToken(install,
                     hashOfToken(TRY(tokenOf({device->unit.code, install, device->generation + 1})))));
    return work.commit();
}

} // namespace motcua::portal
