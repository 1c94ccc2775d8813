// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/draft_files.h"

#include "core/scans/scan.h"

#include <functional>

namespace motcua {

namespace {

/// Visits each file that still has a path; whatever the draft's shape, for others say what is wrong with
/// that.
void eachPath(Json& draft, const std::function<void(Json& file, const std::string& pointer)>& visit)
{
    if (!draft.is_object() || !at(draft, "components").is_array()) {
        return;
    }
    Json& components = draft["components"];
    for (std::size_t i = 0; i < components.size(); ++i) {
        if (!at(components[i], "files").is_array()) {
            continue;
        }
        Json& files = components[i]["files"];
        for (std::size_t j = 0; j < files.size(); ++j) {
            if (!stringAt(files[j], "path").empty()) {
                visit(files[j], "/components/" + std::to_string(i) + "/files/" + std::to_string(j));
            }
        }
    }
}

Problem problemOf(const ScanRefusal& refusal, const std::string& pointer)
{
    return {pointer, refusal.rule, refusal.message, Severity::Hard, {}};
}

} // namespace

bool hasPaths(const Json& draft)
{
    bool found = false;
    Json copy = draft;
    eachPath(copy, [&](Json&, const std::string&) { found = true; });
    return found;
}

Problems pathProblems(const Json& draft)
{
    Problems problems;
    Json copy = draft;
    eachPath(copy, [&](Json& file, const std::string& pointer) {
        if (const auto facts = inspectScan(stringAt(file, "path")); !facts) {
            problems.push_back(problemOf(facts.error(), pointer));
        }
    });
    return problems;
}

Answer<Json> scanDraft(Json draft, FileStore& files)
{
    Problems problems;
    std::optional<Error> broken;
    eachPath(draft, [&](Json& file, const std::string& pointer) {
        if (broken) {
            return;
        }
        const auto scanned = scanIn(stringAt(file, "path"), stringAt(file, "name"), files);
        if (scanned) {
            file = toJson(*scanned);
        } else if (scanned.error().error) {
            broken = scanned.error().error;
        } else {
            problems.push_back(problemOf(scanned.error(), pointer));
        }
    });
    if (broken) {
        return tl::unexpected(Refusal(*broken));
    }
    if (!problems.empty()) {
        return tl::unexpected(Refusal(std::move(problems)));
    }
    return draft;
}

Json toJson(const NamedFile& file)
{
    return {{"name", file.name}, {"sha256", file.sha256}, {"size", file.size}, {"type", file.type}};
}

} // namespace motcua
