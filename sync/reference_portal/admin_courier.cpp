// SPDX-License-Identifier: GPL-3.0-or-later
// Sticks that come in at the city.
#include "sync/bundle/folder_stick.h"
#include "sync/reference_portal/admin_session.h"
#include "sync/reference_portal/courier_station.h"

namespace motcua::portal {

namespace {

namespace fs = std::filesystem;

/// What the command was given: files of one folder, or a folder and then all bundles in it.
struct Given
{
    fs::path folder;
    std::vector<std::string> files;
};

Result<Given> given(const Session& session)
{
    Given found;
    std::error_code none;
    if (session.arguments.words.size() == 3 && fs::is_directory(session.word(2), none)) {
        found.folder = session.word(2);
        FolderStick stick(found.folder);
        for (const Stick::File& file : TRY(stick.bundles())) {
            found.files.push_back(file.name);
        }
        return found;
    }
    for (std::size_t i = 2; i < session.arguments.words.size(); ++i) {
        const fs::path path = session.word(i);
        const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
        if (i > 2 && folder != found.folder) {
            return fail(ErrorKind::Refused, "give the files of one stick at a time");
        }
        found.folder = folder;
        found.files.push_back(path.filename().string());
    }
    return found;
}

Json toJson(const VolumeReport& volume)
{
    Json json{{"file", volume.file}, {"volume", volume.volume}, {"judged", volume.isJudged}};
    if (volume.refusal) {
        json["reason"] = volume.refusal->detail;
    }
    return json;
}

Json toJson(const StationReport& report)
{
    Json volumes = Json::array();
    for (const VolumeReport& volume : report.volumes) {
        volumes.push_back(toJson(volume));
    }
    return {{"set", report.set},     {"unit", report.unit},       {"install", report.install},
            {"volumes", volumes},    {"missing", report.missing}, {"results", report.results},
            {"files", report.files}, {"pages", report.pages},     {"answers", report.answers}};
}

std::string fileList(const std::vector<VolumeReport>& refused)
{
    std::string text;
    for (const VolumeReport& volume : refused) {
        text += (text.empty() ? "" : "; ") + volume.file + ": " + volume.refusal->detail;
    }
    return text;
}

} // namespace

Outcome importCourier(Session& session)
{
    const std::string* answerFolder = session.arguments.option("--answer");
    if (answerFolder == nullptr) {
        return fail(ErrorKind::Refused, "say where the answer goes: --answer DIR");
    }
    const Given files = TRY(given(session));
    if (files.files.empty()) {
        return fail(ErrorKind::NotFound, "no bundle in " + files.folder.string());
    }
    const std::string* data = session.arguments.option("--data");
    const std::string folder = data == nullptr ? fs::temp_directory_path().string() : *data;
    FolderStick stick(files.folder);
    FolderStick answers(*answerFolder);
    CourierStation station(session.portal, session.clock, folder);
    const auto reports = TRY(station.take(stick, files.files, answers));
    Json sets = Json::array();
    Json refused = Json::array();
    std::vector<VolumeReport> refusals;
    for (const StationReport& report : reports) {
        if (report.set.empty()) {
            refusals = report.volumes;
        } else {
            sets.push_back(toJson(report));
        }
        for (const VolumeReport& volume : report.volumes) {
            if (volume.refusal) {
                refused.push_back({{"file", volume.file}, {"reason", volume.refusal->detail}});
            }
        }
    }
    if (sets.empty()) {
        return fail(ErrorKind::Refused, fileList(refusals));
    }
    return Outcome(Json{{"sets", std::move(sets)}, {"refused", std::move(refused)}});
}

} // namespace motcua::portal
