// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/answers.h"

#include "sync/protocol/object_reader.h"
#include "sync/protocol/op_id.h"

namespace motcua {

namespace {

constexpr std::size_t kReceiptBytesMax = 16384;
constexpr std::size_t kEpochBytesMax = 200;

tl::unexpected<Error> unreadable(const char* what, const ObjectReader& reader)
{
    return fail(ErrorKind::Invalid, std::string("not ") + what + " of the contract: " + reader.firstFault());
}

Result<Change> changeFromJson(Json& json)
{
    ObjectReader reader(json);
    Change change;
    change.seq = reader.integer("seq", 1);
    change.uid = reader.uid("uid");
    change.rev = reader.rev("rev");
    change.by = reader.optionalText("by", 2000);
    change.op = reader.optionalOpId("op");
    change.gone = reader.optionalFlag("gone");
    static_cast<void>(reader.object("dossier"));
    if (!reader.isGood()) {
        return unreadable("a change", reader);
    }
    change.dossier = std::move(json["dossier"]);
    return change;
}

} // namespace

Json toJson(const OpResult& result)
{
    Json json{{"op", result.op.text()}, {"result", outcomeName(result.result)}};
    if (!result.receipt.empty()) {
        json["receipt"] = result.receipt;
    }
    if (result.dossier) {
        json["dossier"] = *result.dossier;
    }
    if (result.retryAfterSeconds) {
        json["retryAfter"] = *result.retryAfterSeconds;
    }
    if (result.problem) {
        json["problem"] = toJson(*result.problem);
    }
    return json;
}

Json toJson(const Results& results)
{
    Json list = Json::array();
    for (const OpResult& result : results.results) {
        list.push_back(toJson(result));
    }
    return {{"results", std::move(list)}, {"portalEpoch", results.portalEpoch}};
}

Json toJson(const OpStatus& status)
{
    return {{"result", toJson(status.result)}, {"portalEpoch", status.portalEpoch}};
}

Result<OpResult> opResultFromJson(const Json& json)
{
    ObjectReader reader(json);
    OpResult result;
    result.op = reader.opId("op");
    const auto outcome = parseOutcome(reader.text("result", 20));
    if (!outcome) {
        reader.fault("result");
    }
    result.result = outcome.value_or(Outcome::Unknown);
    result.receipt = reader.optionalText("receipt", kReceiptBytesMax).value_or(std::string());
    if (!at(json, "dossier").is_null()) {
        result.dossier = reader.object("dossier");
    }
    result.retryAfterSeconds = reader.optionalInteger("retryAfter", 0);
    if (!reader.isGood()) {
        return unreadable("a result", reader);
    }
    if (!at(json, "problem").is_null()) {
        result.problem = TRY(problemFromJson(at(json, "problem")));
    }
    return result;
}

Result<Results> resultsFromJson(const Json& json)
{
    ObjectReader reader(json);
    Results results;
    results.portalEpoch = reader.text("portalEpoch", kEpochBytesMax);
    const Json& list = reader.array("results", kStatusOpsMax);
    if (!reader.isGood()) {
        return unreadable("results", reader);
    }
    for (const Json& item : list) {
        results.results.push_back(TRY(opResultFromJson(item)));
    }
    return results;
}

Result<OpStatus> opStatusFromJson(const Json& json)
{
    ObjectReader reader(json);
    OpStatus status;
    status.portalEpoch = reader.text("portalEpoch", kEpochBytesMax);
    if (!reader.isGood()) {
        return unreadable("a status", reader);
    }
    status.result = TRY(opResultFromJson(at(json, "result")));
    return status;
}

Json statusRequest(const std::vector<OpId>& ops)
{
    Json list = Json::array();
    for (const OpId& op : ops) {
        list.push_back(op.text());
    }
    return {{"ops", std::move(list)}};
}

Result<std::vector<OpId>> statusRequestFromJson(const Json& json)
{
    ObjectReader reader(json);
    const Json& list = reader.array("ops", kStatusOpsMax);
    std::vector<OpId> ops;
    for (const Json& item : list) {
        if (!item.is_string() || !splitOpId(item.get_ref<const std::string&>())) {
            reader.fault("ops");
            break;
        }
        ops.emplace_back(item.get<std::string>());
    }
    if (!reader.isGood()) {
        return unreadable("a request for status", reader);
    }
    return ops;
}

Json toJson(const Change& change)
{
    Json json{{"seq", change.seq},
              {"uid", change.uid.text()},
              {"rev", change.rev.text()},
              {"dossier", change.dossier}};
    if (change.by) {
        json["by"] = *change.by;
    }
    if (change.op) {
        json["op"] = change.op->text();
    }
    if (change.gone) {
        json["gone"] = true;
    }
    return json;
}

Json toJson(const ChangesPage& page)
{
    Json list = Json::array();
    for (const Change& change : page.changes) {
        list.push_back(toJson(change));
    }
    return {{"cursor", page.cursor},
            {"portalEpoch", page.portalEpoch},
            {"more", page.more},
            {"changes", std::move(list)}};
}

Result<ChangesPage> changesPageFromJson(Json json)
{
    ObjectReader reader(json);
    ChangesPage page;
    page.cursor = reader.text("cursor", kCursorCharsMax);
    page.portalEpoch = reader.text("portalEpoch", kEpochBytesMax);
    page.more = reader.flag("more");
    static_cast<void>(reader.array("changes", static_cast<std::size_t>(kPageChangesMax)));
    if (!reader.isGood()) {
        return unreadable("a page of changes", reader);
    }
    Json& list = json["changes"];
    page.changes.reserve(list.size());
    for (Json& item : list) {
        page.changes.push_back(TRY(changeFromJson(item)));
    }
    return page;
}

} // namespace motcua
