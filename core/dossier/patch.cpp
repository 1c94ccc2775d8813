// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/patch.h"

#include "core/dossier/status.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

using Tokens = std::vector<std::string>;

/// Set by receipt, by moves or by the portal, never by a patch (portal contract, Patch).
constexpr std::array<std::string_view, 8> kFixedMembers{
    "code", "officialCode", "status", "procedure", "channel", "receivedAt", "finishedAt", "returnedAt"};

Problem problemAt(std::string pointer, const char* rule, std::string message)
{
    return {.pointer = std::move(pointer), .rule = rule, .message = std::move(message), .source = {}};
}

struct Target
{
    std::string pointer;
    Tokens tokens;
};

bool isFixed(const Tokens& tokens)
{
    return tokens.empty() ||
           std::find(kFixedMembers.begin(), kFixedMembers.end(), tokens[0]) != kFixedMembers.end();
}

bool isPrefix(const Tokens& shorter, const Tokens& longer)
{
    return shorter.size() < longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

/// In the order of tokens the extensions of a pointer follow it directly, so neighbours are enough.
void findPrefixes(std::vector<Target> targets, Problems& problems)
{
    const auto byTokens = [](const Target& a, const Target& b) { return a.tokens < b.tokens; };
    std::sort(targets.begin(), targets.end(), byTokens);
    for (std::size_t i = 1; i < targets.size(); ++i) {
        if (isPrefix(targets[i - 1].tokens, targets[i].tokens)) {
            problems.push_back(problemAt(targets[i].pointer, "pointer",
                                         "Trường này nằm trong một trường khác cũng được đổi cùng lúc."));
        }
    }
}

/// Null when a parent is missing or is no object: arrays are replaced whole, never reached into.
Json* parentOf(Json& root, const Tokens& tokens)
{
    Json* parent = &root;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const auto next = parent->is_object() ? parent->find(tokens[i]) : parent->end();
        if (!parent->is_object() || next == parent->end()) {
            return nullptr;
        }
        parent = &*next;
    }
    return parent->is_object() ? parent : nullptr;
}

} // namespace

std::optional<std::vector<std::string>> pointerTokens(std::string_view pointer)
{
    Tokens tokens;
    if (pointer.empty()) {
        return tokens;
    }
    if (pointer[0] != '/') {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
        } else if (pointer[i] != '~') {
            tokens.back() += pointer[i];
        } else if (i + 1 < pointer.size() && (pointer[i + 1] == '0' || pointer[i + 1] == '1')) {
            tokens.back() += pointer[++i] == '0' ? '~' : '/';
        } else {
            return std::nullopt;
        }
    }
    return tokens;
}

const Json* findAt(const Json& root, std::string_view pointer)
{
    const auto tokens = pointerTokens(pointer);
    if (!tokens) {
        return nullptr;
    }
    const Json* value = &root;
    for (const std::string& token : *tokens) {
        if (value->is_object() && value->contains(token)) {
            value = &*value->find(token);
            continue;
        }
        const bool isIndex =
            !token.empty() && token.size() < 7 && (token == "0" || token[0] != '0') &&
            std::all_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!value->is_array() || !isIndex || std::stoul(token) >= value->size()) {
            return nullptr;
        }
        value = &(*value)[std::stoul(token)];
    }
    return value;
}

Problems checkPatchPointers(const Json& set)
{
    Problems problems;
    std::vector<Target> targets;
    for (const auto& item : set.items()) {
        auto tokens = pointerTokens(item.key());
        if (!tokens) {
            problems.push_back(problemAt(item.key(), "pointer", "Đường dẫn trường không đúng."));
        } else if (isFixed(*tokens)) {
            problems.push_back(problemAt(item.key(), "fixed", "Trường này không được sửa trực tiếp."));
        } else {
            targets.push_back({item.key(), std::move(*tokens)});
        }
    }
    findPrefixes(std::move(targets), problems);
    return problems;
}

tl::expected<Json, Problems> applyPatch(const Json& dossier, const Json& set, SchemaRules rules)
{
    Problems problems = checkPatchPointers(set);
    if (!problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    Json changed = dossier;
    for (const auto& item : set.items()) {
        const auto tokens = pointerTokens(item.key());
        Json* parent = parentOf(changed, *tokens);
        if (parent == nullptr) {
            problems.push_back(problemAt(item.key(), "parent", "Không có nhóm chứa trường này."));
        } else if (item.value().is_null()) {
            parent->erase(tokens->back());
        } else {
            (*parent)[tokens->back()] = item.value();
        }
    }
    if (problems.empty()) {
        problems = validateDossier(changed, rules);
    }
    if (!problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    return changed;
}

tl::expected<Json, Problems> applyMove(const Json& dossier, const Json& move, Instant at, SchemaRules rules)
{
    const auto from = parseStatus(stringAt(dossier, "status"));
    const auto to = parseStatus(stringAt(move, "to"));
    if (!from || !to || !mayMove(*from, *to)) {
        const std::string fromLabel = from ? std::string(statusLabel(*from)) : "?";
        const std::string toLabel = to ? std::string(statusLabel(*to)) : "?";
        return tl::unexpected(Problems{problemAt(
            "/status", "illegal-move", "Không được chuyển từ “" + fromLabel + "” sang “" + toLabel + "”.")});
    }
    Json moved = dossier;
    moved["status"] = statusName(*to);
    if (*to == Status::Finished && motcua::at(dossier, "finishedAt").is_null()) {
        moved["finishedAt"] = toRfc3339(at);
    }
    if (*to == Status::Returned) {
        moved["returnedAt"] = toRfc3339(at);
    }
    const auto dueAt = move.find("dueAt");
    if (dueAt != move.end() && dueAt->is_null()) {
        moved.erase("dueAt"); // the same as null, and as a patch would leave it
    } else if (dueAt != move.end()) {
        moved["dueAt"] = *dueAt;
    }
    if (const auto results = move.find("results"); results != move.end()) {
        moved["results"] = *results;
    }
    Problems problems = validateDossier(moved, rules);
    if (!problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    return moved;
}

} // namespace motcua
