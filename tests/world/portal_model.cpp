// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/portal_model.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace motcua {

namespace {

struct Legal
{
    std::string_view from;
    std::string_view to; ///< with a space before and after each
};

/// The contract's Status, written down once more.
constexpr std::array<Legal, 7> kLegalMoves{{
    {"registered", " received refused withdrawn "},
    {"received", " processing supplementing paying finished stopped withdrawn "},
    {"processing", " supplementing paying finished stopped withdrawn "},
    {"supplementing", " processing stopped withdrawn "},
    {"paying", " processing finished stopped withdrawn "},
    {"finished", " returned processing "},
    {"stopped", " returned "},
}};

bool isLegal(const std::string& from, const std::string& to)
{
    return std::any_of(kLegalMoves.begin(), kLegalMoves.end(), [&](const Legal& legal) {
        return legal.from == from && legal.to.find(" " + to + " ") != std::string_view::npos;
    });
}

/// What no patch may touch, by the contract's Patch.
constexpr std::array kNeverPatched{"/code",    "/officialCode", "/status",     "/procedure",
                                   "/channel", "/receivedAt",   "/finishedAt", "/returnedAt"};

/// The contract's Patch: each pointer is set, or its member goes where the value is null.
std::optional<Json> patched(Json dossier, const Json& set)
{
    for (const auto& [pointer, value] : set.items()) {
        const bool isFixed =
            std::find(kNeverPatched.begin(), kNeverPatched.end(), pointer) != kNeverPatched.end();
        if (pointer.empty() || isFixed) {
            return std::nullopt;
        }
        const Json::json_pointer path(pointer);
        if (!dossier.contains(path.parent_pointer()) || !dossier[path.parent_pointer()].is_object()) {
            return std::nullopt;
        }
        Json& parent = dossier[path.parent_pointer()];
        if (value.is_null()) {
            parent.erase(path.back());
        } else {
            parent[path.back()] = value;
        }
    }
    return dossier;
}

/// The contract's Move: the status, the instants that belong to it, and what was said beside it.
std::optional<Json> moved(Json dossier, const Json& move, const std::string& at)
{
    const std::string to = stringAt(move, "to");
    if (!isLegal(stringAt(dossier, "status"), to)) {
        return std::nullopt;
    }
    dossier["status"] = to;
    if (to == "finished" && motcua::at(dossier, "finishedAt").is_null()) { // null is as good as absent
        dossier["finishedAt"] = at;
    }
    if (to == "returned") {
        dossier["returnedAt"] = at;
    }
    if (move.contains("dueAt") && move["dueAt"].is_null()) {
        dossier.erase("dueAt");
    } else if (move.contains("dueAt")) {
        dossier["dueAt"] = move["dueAt"];
    }
    if (move.contains("results")) {
        dossier["results"] = move["results"];
    }
    return dossier;
}

Json withoutCode(Json dossier)
{
    dossier.erase("officialCode");
    return dossier;
}

} // namespace

std::optional<Json> PortalModel::follows(const Json& operation, const Dossier* before)
{
    const std::string kind = stringAt(operation, "kind");
    const Json& body = at(operation, "body");
    if (kind == "dossier.received") {
        return before == nullptr ? std::optional(body) : std::nullopt;
    }
    if (before == nullptr) {
        return std::nullopt;
    }
    if (kind == "dossier.changed") {
        return patched(before->value, at(body, "set"));
    }
    return kind == "dossier.moved" ? moved(before->value, body, stringAt(operation, "at")) : std::nullopt;
}

std::vector<std::string> PortalModel::take(const PortalRow& row)
{
    std::vector<std::string> wrongs;
    const auto found = m_dossiers.find(row.uid);
    const Dossier* const before = found == m_dossiers.end() ? nullptr : &found->second;
    const Json value = parseJson(row.dossier).value_or(Json());
    if (row.op.empty()) {
        checkCity(row, before, value, wrongs);
    } else {
        checkOperation(row, before, value, wrongs);
    }
    const Json code = before == nullptr ? Json() : at(before->value, "officialCode");
    if (!code.is_null() && code != at(value, "officialCode")) {
        wrongs.push_back("its official code is another");
    }
    m_dossiers[row.uid] = {value, row.rev};
    for (std::string& each : wrongs) {
        each = "row " + std::to_string(row.seq) + " of " + row.uid + ": " + each + " " + row.op;
    }
    return wrongs;
}

/// The city does as it likes, within the legal moves.
void PortalModel::checkCity(const PortalRow& row, const Dossier* before, const Json& value, Wrongs& wrongs)
{
    if (row.isOnlyOfficialCode && (before == nullptr || withoutCode(before->value) != withoutCode(value))) {
        wrongs.push_back("it says that it gives the official code, and changes more");
    }
    const std::string from = before == nullptr ? std::string() : stringAt(before->value, "status");
    const std::string to = stringAt(value, "status");
    if (before != nullptr && from != to && !isLegal(from, to)) {
        wrongs.push_back("the city moves from " + from + " to " + to);
    }
}

void PortalModel::checkOperation(const PortalRow& row, const Dossier* before, const Json& value,
                                 Wrongs& wrongs)
{
    const Json operation = parseJson(row.bytes).value_or(Json());
    if (stringAt(operation, "op") != row.op || stringAt(operation, "uid") != row.uid) {
        wrongs.push_back("it is of another operation than it says");
        return;
    }
    const auto expected = follows(operation, before);
    if (!expected) {
        wrongs.push_back("its operation had no right to any effect");
    } else if (withoutCode(*expected) != withoutCode(value)) {
        wrongs.push_back("it is not what its operation makes of what stood there: " +
                         dumpJson(Json::diff(*expected, value)));
    }
    const std::string digest = toHex(sha256(row.bytes));
    const std::string previous = before == nullptr ? std::string() : before->rev;
    if (digest != row.digest || toHex(sha256(previous + "|" + digest)).substr(0, 32) != row.rev) {
        wrongs.push_back("its revision does not follow");
    }
    if (!m_places.insert(stringAt(operation, "supersedes", row.op)).second) {
        wrongs.push_back("a second operation was applied in its place");
    }
}

} // namespace motcua
