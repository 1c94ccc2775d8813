// SPDX-License-Identifier: GPL-3.0-or-later
// Weeks without a network: the queue goes by stick, and the portal's answer comes back.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/common/courier_text.h"
#include "app/common/portal_place.h"
#include "sync/bundle/folder_stick.h"
#include "sync/courier/stored_files.h"

namespace motcua::cli {

namespace {

namespace fs = std::filesystem;

/// The sentences of the courier; the exit status by what it means for a program.
Failure courierFailure(const Error& error, const ErrorText& text)
{
    const bool isRule = error.kind == ErrorKind::Unsupported;
    if (isRule) {
        return forbidden("not-enrolled", text.sentence()).value();
    }
    const Exit exit = error.kind == ErrorKind::Locked ? Exit::NotOpened : Exit::Refused;
    return {
        exit,
        {{"error", errorName(error.kind)},
         {"message", text.sentence()},
         {"detail", error.detail},
         {"problems",
          toJson(Problems{{"", std::string(errorName(error.kind)), text.sentence(), Severity::Hard, {}}})}},
        text.sentence()};
}

Json toJson(const ExportReport& report)
{
    Json bundles = Json::array();
    for (const ExportedVolume& volume : report.volumes) {
        bundles.push_back({{"file", volume.file},
                           {"bytes", volume.bytes},
                           {"operations", volume.operations},
                           {"epoch", volume.epoch},
                           {"from", volume.from},
                           {"to", volume.to},
                           {"proven", true}});
    }
    return {{"set", report.set},
            {"bundles", std::move(bundles)},
            {"operations", report.operations},
            {"files", report.files},
            {"filesMissing", report.filesMissing},
            {"filesLeft", report.filesLeft},
            {"left", report.left},
            {"bytes", report.bytes}};
}

/// Tests and demonstrations make small volumes; nobody makes one that a stick of the usual kind cannot hold.
Reply<CourierOptions> optionsOf(const Arguments& arguments)
{
    CourierOptions options;
    options.app = "motcuactl " MOTCUA_VERSION;
    if (const auto bytes = TRY(arguments.integer("volume-bytes", 10'000, options.volumeBytes))) {
        options.volumeBytes = *bytes;
    }
    return options;
}

Reply<Outcome> runExport(Session& session, const Arguments& arguments)
{
    const CourierOptions options = TRY(optionsOf(arguments));
    Workplace* place = TRY(session.workplaceFor(Act::Connect, arguments));
    CourierDesk courier(place->connection(), place->identity(), place->clock());
    PortalDesk portal = portalDeskOf(*place, place->connection(), place->clock());
    SystemRandom random;
    StoredFiles files(place->files(), portal);
    CourierOut out(courier, portal, place->desk().queue(), place->clock(), random, options, &files);
    FolderStick stick(arguments.words().front());
    const auto report = out.write(stick, place->folder().actor().fullName);
    if (!report) {
        return tl::unexpected(courierFailure(report.error(), explainExport(report.error())));
    }
    if (report->brokenOff) {
        return tl::unexpected(
            courierFailure(*report->brokenOff, explainExport(*report->brokenOff, report->volumes.size())));
    }
    Outcome outcome;
    outcome.document = toJson(*report);
    outcome.text = exportDone(*report);
    return outcome;
}

Json toJson(const StickAnswers& answers)
{
    Json refused = Json::array();
    for (const auto& [file, error] : answers.refused) {
        refused.push_back({{"file", file}, {"error", errorName(error.kind)}, {"detail", error.detail}});
    }
    const AnswerReport& sum = answers.sum;
    return {{"volumes", answers.volumes},
            {"repeated", answers.repeated},
            {"others", answers.others},
            {"refusedFiles", refused},
            {"acknowledged", sum.acknowledged},
            {"conflicts", sum.conflicts},
            {"refused", sum.refused},
            {"blocked", sum.blocked},
            {"unproven", sum.unproven},
            {"pulled", sum.pulled},
            {"merged", sum.merged},
            {"filesHeld", sum.filesHeld},
            {"missing", sum.missing},
            {"whole", sum.isWhole}};
}

/// One file, or all bundles of a folder.
Result<std::vector<std::string>> filesIn(FolderStick& stick, const fs::path& path)
{
    if (stick.folder() != path) {
        return std::vector<std::string>{path.filename().string()};
    }
    std::vector<std::string> names;
    for (const Stick::File& file : TRY(stick.bundles())) {
        names.push_back(file.name);
    }
    return names;
}

Reply<Outcome> runImport(Session& session, const Arguments& arguments)
{
    const fs::path path = arguments.words().front();
    std::error_code none;
    const bool isFolder = fs::is_directory(path, none);
    const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
    FolderStick stick(isFolder ? path : parent);
    Workplace* place = TRY(session.workplaceFor(Act::Connect, arguments));
    CourierDesk courier(place->connection(), place->identity(), place->clock());
    PortalDesk portal = portalDeskOf(*place, place->connection(), place->clock());
    StoredFiles stored(place->files(), portal);
    CourierIn in(courier, portal, &stored);
    auto files = filesIn(stick, path);
    if (!files) {
        return tl::unexpected(courierFailure(files.error(), explainAnswer(files.error())));
    }
    const auto answers = readAnswers(in, stick, std::move(*files), place->registerFolder().string());
    if (!answers) {
        return tl::unexpected(courierFailure(answers.error(), explainAnswer(answers.error())));
    }
    if (answers->volumes == 0 && answers->refused.empty() && isFolder) {
        return forbidden("no-answer", answersDone(*answers));
    }
    if (answers->volumes == 0) {
        const Error error = answers->refused.empty()
                                ? Error{answers->others > 0 ? ErrorKind::WrongKey : ErrorKind::NotFound, {}}
                                : answers->refused.front().error;
        return tl::unexpected(courierFailure(error, explainAnswer(error)));
    }
    Outcome outcome;
    outcome.document = toJson(*answers);
    outcome.text = answersDone(*answers);
    if (!answers->refused.empty() || !answers->sum.missing.empty() || !answers->sum.isWhole) {
        outcome.exit = Exit::Partly;
        outcome.message = answersDone(*answers);
    }
    return outcome;
}

constexpr std::array kCommands{
    Command{"courier export",
            "THƯ-MỤC [--volume-bytes N]",
            "Ghi hàng đợi ra USB, niêm phong cho cổng; đọc lại để chứng minh.",
            1,
            1,
            {"volume-bytes"},
            runExport},
    Command{"courier import", "TỆP|THƯ-MỤC", "Nhận trả lời của cổng từ USB.", 1, 1, {}, runImport},
};

} // namespace

std::span<const Command> courierCommands()
{
    return kCommands;
}

} // namespace motcua::cli
