// SPDX-License-Identifier: GPL-3.0-or-later
// Files as dossiers name them: that they are here before anything promises them, and how far they are.
#include "core/desk/desk.h"
#include "core/dossier/draft.h"

#include <map>
#include <numeric>

namespace motcua {

namespace {

/// A list of files in a dossier, and the paper that it belongs to.
struct FileList
{
    std::string pointer;
    std::optional<std::size_t> component;
    const Json* files;
};

std::vector<FileList> fileListsOf(const Json& dossier)
{
    std::vector<FileList> lists;
    const Json& components = at(dossier, "components");
    for (std::size_t i = 0; components.is_array() && i < components.size(); ++i) {
        lists.push_back({"/components/" + std::to_string(i) + "/files", i, &at(components[i], "files")});
    }
    lists.push_back({"/results", std::nullopt, &at(dossier, "results")});
    return lists;
}

std::int64_t bytesOf(const std::vector<NamedFile>& files)
{
    return std::accumulate(files.begin(), files.end(), std::int64_t{0},
                           [](std::int64_t sum, const NamedFile& file) { return sum + file.size; });
}

Result<std::optional<FileRecord>> recordOf(FileRows& rows, const std::string& sha256)
{
    const auto raw = fromHex(sha256);
    const auto hash = raw ? hashFromBytes(*raw) : std::nullopt;
    return hash ? rows.find(*hash) : Result<std::optional<FileRecord>>(std::nullopt);
}

} // namespace

/// An operation that names a file which is not here would promise the portal what can never be sent. What
/// `before` named already may be the portal's own.
Result<Problems> Desk::missingFiles(const Json& dossier, const Json& before)
{
    std::map<std::string, NamedFile> known;
    for (NamedFile& file : filesNamedIn(before)) {
        known.emplace(file.sha256, std::move(file));
    }
    Problems problems;
    for (const FileList& list : fileListsOf(dossier)) {
        for (std::size_t i = 0; list.files->is_array() && i < list.files->size(); ++i) {
            const Json& file = (*list.files)[i];
            const std::string sha256 = stringAt(file, "sha256");
            const auto was = known.find(sha256);
            const bool wasSame = was != known.end() && at(file, "size") == was->second.size &&
                                 at(file, "type") == was->second.type;
            if (!file.is_object() || wasSame) {
                continue; // the schema says so; or it was there before
            }
            const auto record = TRY(recordOf(m_projector.files(), sha256));
            const std::string pointer = list.pointer + "/" + std::to_string(i);
            if (!record && was == known.end()) {
                problems.push_back(
                    {pointer,
                     "file-unknown",
                     "Tệp này không có trong kho của sổ; hãy đính kèm lại từ tệp hoặc máy quét.",
                     Severity::Hard,
                     {}});
            } else if (!record || at(file, "size") != record->size ||
                       at(file, "type") != mediaType(record->kind)) {
                problems.push_back({pointer,
                                    "file-differs",
                                    "Cỡ hoặc loại của tệp khác với tệp trong kho; hãy đính kèm lại.",
                                    Severity::Hard,
                                    {}});
            }
        }
    }
    return problems;
}

/// A change may not bring more than a dossier can have; one that adds nothing is not held up by what the
/// portal allowed.
Result<Problems> Desk::changedFileProblems(const Json& dossier, const Json& before)
{
    Problems problems = TRY(missingFiles(dossier, before));
    const auto now = filesNamedIn(dossier);
    const auto then = filesNamedIn(before);
    if (now.size() > then.size() || bytesOf(now) > bytesOf(then)) {
        for (Problem& limit : fileLimitProblems(dossier)) {
            problems.push_back(std::move(limit));
        }
    }
    return problems;
}

Answer<void> Desk::mustHaveFiles(const CheckedDraft& checked)
{
    Problems problems = TRY(missingFiles(checked.dossier, {}));
    for (const DraftScan& scan : checked.scans) {
        problems.push_back(
            {scan.pointer, "file-not-scanned", "Tệp này chưa được đưa vào kho của sổ.", Severity::Hard, {}});
    }
    return problems.empty() ? Answer<void>() : tl::unexpected(Refusal(std::move(problems)));
}

Result<std::set<std::string>> Desk::filesOfDrafts()
{
    std::set<std::string> digests;
    auto query = TRY(m_connection.prepare("SELECT body FROM draft"));
    while (TRY(query.step())) {
        const Json body = TRY(parseJson(query.view(0)));
        for (const NamedFile& file : filesNamedIn(body)) {
            digests.insert(file.sha256);
        }
    }
    return digests;
}

Result<std::vector<Desk::DossierFile>> Desk::filesOf(const Json& dossier)
{
    std::vector<DossierFile> files;
    for (const FileList& list : fileListsOf(dossier)) {
        for (const NamedFile& named : filesNamedIn(*list.files)) {
            auto record = TRY(recordOf(m_projector.files(), named.sha256));
            DossierFile file{named, list.component, std::move(record), true, named.size, {}};
            if (file.record) {
                const UploadState state = TRY(m_projector.files().uploadOf(file.record->id));
                file.isComplete = state.isComplete;
                file.sent = state.isComplete ? named.size : state.sent;
                file.trouble = state.trouble;
            }
            files.push_back(std::move(file));
        }
    }
    return files;
}

} // namespace motcua
