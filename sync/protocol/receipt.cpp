// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/receipt.h"

#include "sync/protocol/object_reader.h"

namespace motcua {

namespace {

constexpr std::size_t kReceiptBytesMax = 16384;

template<class T> Json textOrNull(const std::optional<T>& id)
{
    return id ? Json(id->text()) : Json(nullptr);
}

} // namespace

Json toJson(const Receipt& receipt)
{
    Json json{
        {"op", receipt.op.text()},
        {"digest", receipt.digest},
        {"result", outcomeName(receipt.result)},
        {"uid", textOrNull(receipt.uid)},
        {"rev", textOrNull(receipt.rev)},
        {"seq", receipt.seq ? Json(*receipt.seq) : Json(nullptr)},
        {"officialCode", receipt.officialCode ? Json(*receipt.officialCode) : Json(nullptr)},
        {"at", toRfc3339(receipt.at)},
        {"epoch", receipt.epoch},
    };
    if (receipt.problem) {
        json["problem"] = problemUrn(*receipt.problem);
    }
    return json;
}

Result<Receipt> receiptFromJson(const Json& json)
{
    ObjectReader reader(json);
    Receipt receipt;
    receipt.op = reader.opId("op");
    receipt.digest = reader.hash("digest");
    const auto result = parseOutcome(reader.text("result", 20));
    if (!result || provenOutcome(*result) != result) {
        reader.fault("result");
    }
    receipt.result = result.value_or(Outcome::Unknown);
    if (const auto problem = reader.optionalText("problem", 200)) {
        receipt.problem = parseProblemType(*problem);
    }
    receipt.uid = reader.optionalUid("uid");
    receipt.rev = reader.optionalRev("rev");
    receipt.seq = reader.optionalInteger("seq", 1);
    receipt.officialCode = reader.optionalText("officialCode", 240);
    receipt.at = reader.instant("at");
    receipt.epoch = reader.text("epoch", 200);
    for (const char* member : {"uid", "rev", "seq"}) {
        if (json.is_object() && !json.contains(member)) {
            reader.fault(member);
        }
    }
    if (!reader.isGood()) {
        return fail(ErrorKind::Network, "not a receipt: " + reader.firstFault());
    }
    return receipt;
}

Result<Receipt> verifyReceipt(std::string_view jws, std::span<const PortalKey> keys,
                              const ReceiptExpectation& expected)
{
    if (jws.size() > kReceiptBytesMax) {
        return fail(ErrorKind::Network, "the receipt is too large");
    }
    const VerifiedJws verified = TRY(verifyJws(jws, keys));
    const Json json = TRY(parseJson(verified.payload));
    Receipt receipt = TRY(receiptFromJson(json));
    if (verified.key.notAfter && receipt.at > *verified.key.notAfter) {
        return fail(ErrorKind::Network, "the receipt is younger than its key");
    }
    if (receipt.op != expected.op) {
        return fail(ErrorKind::Network, "the receipt is another operation's");
    }
    if (receipt.digest != expected.digest) {
        return fail(ErrorKind::Duplicate, "the portal has other bytes under this operation's name");
    }
    if (provenOutcome(expected.answered) != receipt.result) {
        return fail(ErrorKind::Network, "the receipt does not prove the answer's result");
    }
    if (receipt.epoch != expected.portalEpoch) {
        return fail(ErrorKind::Network, "the receipt is of another portal epoch");
    }
    return receipt;
}

} // namespace motcua
