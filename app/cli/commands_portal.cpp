// SPDX-License-Identifier: GPL-3.0-or-later
// The way to the portal: enrolling, and bringing the queue up.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "app/common/city_catalogue.h"
#include "app/common/portal_place.h"
#include "sync/engine/sync_run.h"
#include "sync/transport/enrol_device.h"
#include "sync/transport/http_transport.h"
#include "sync/transport/portal_ca.h"

#include <thread>

namespace motcua::cli {

namespace {

constexpr std::int64_t kTimeoutMax = std::int64_t{7} * 86'400;
/// Without --timeout: long enough for a day's queue over a poor line, and never for ever.
constexpr std::int64_t kTimeoutSeconds = 600;

/// By the real clock whatever --at says: a made-up day must not shorten a wait that the portal asked for.
PortalDesk deskOf(Workplace& place)
{
    return portalDeskOf(place, place.connection(), place.systemClock());
}

/// What the portal says no with, as the administrator who typed the code can act on it.
struct EnrolRefusal
{
    std::string_view name;
    const char* sentence;
};
constexpr std::array kEnrolRefusals{
    EnrolRefusal{"unknown-code", "Cổng không biết mã đăng ký này. Kiểm tra lại từng ký tự, hoặc xin mã mới."},
    EnrolRefusal{"expired-code", "Mã đăng ký đã hết hạn. Xin mã mới của quản trị thành phố."},
    EnrolRefusal{"code-used", "Mã đăng ký đã được máy khác dùng. Xin mã mới của quản trị thành phố."},
    EnrolRefusal{"slot-used",
                 "Số quầy của sổ này đã có máy khác giữ. Báo quản trị thành phố, hoặc lập sổ với số khác."},
    EnrolRefusal{"wrong-unit", "Mã đăng ký này là của đơn vị khác. Xin mã của đúng đơn vị."},
    EnrolRefusal{"wrong-slot", "Cổng cho số quầy khác với sổ này. Báo quản trị thành phố."},
};

Failure enrolFailure(const Error& error)
{
    for (const EnrolRefusal& refusal : kEnrolRefusals) {
        if (error.kind == ErrorKind::Refused && error.detail.starts_with(refusal.name)) {
            return forbidden(std::string(refusal.name),
                             std::string(refusal.sentence) + " Sổ được giữ nguyên.")
                .value();
        }
    }
    return error;
}

/// The certificates themselves: the file may lie on a stick, and be gone when there is something to send.
Reply<std::string> caOf(const Arguments& arguments)
{
    const auto file = arguments.value("ca");
    if (!file) {
        return std::string();
    }
    const auto certificates = certificatesIn(*file);
    if (!certificates) {
        return forbidden("ca-unusable", "Không đọc được tệp " + *file +
                                            ", hoặc trong tệp không có chứng thư dạng PEM (" +
                                            certificates.error().detail +
                                            "). Xin lại tệp của quản trị thành phố. Sổ được giữ nguyên.");
    }
    return *certificates;
}

Reply<Outcome> runEnrol(Session& session, const Arguments& arguments)
{
    const std::string url = TRY(arguments.required("portal"));
    const std::string code = TRY(arguments.required("code"));
    Workplace* place = TRY(session.workplaceFor(Act::Connect, arguments));
    session.needQt();
    const std::string ca = TRY(caOf(arguments));
    const RegisterIdentity& identity = place->identity();
    const auto enrolled =
        enrolDevice(url, ca, code, identity, "Quầy " + std::to_string(identity.slot), place->systemClock());
    if (!enrolled) {
        return tl::unexpected(enrolFailure(enrolled.error()));
    }
    PortalDesk desk = deskOf(*place);
    TRY(desk.bind(enrolled->binding));
    Outcome outcome;
    outcome.document = {{"unit", enrolled->enrolment.unit},
                        {"slot", enrolled->enrolment.slot},
                        {"portalEpoch", enrolled->binding.portalEpoch}};
    outcome.text = "Sổ đã nối với cổng " + url + " cho " + enrolled->enrolment.unitName + ".";
    return outcome;
}

/// What stands in the way, as a word for programs; null when nothing does.
Json reasonOf(const RunReport& report)
{
    if (report.end == RunEnd::NotEnrolled) {
        return "not-enrolled";
    }
    return report.portal.trouble == Trouble::None ? Json() : Json(troubleName(report.portal.trouble));
}

Json reportToJson(const RunReport& report)
{
    return {{"acknowledged", report.counters.acknowledged},
            {"waiting", report.queue.waiting},
            {"blocked", report.queue.blocked},
            {"conflicts", report.queue.conflicts},
            {"needsYou", report.queue.needsYou},
            {"pulled", report.counters.pulled},
            {"filesSent", report.counters.filesSent},
            {"filesWaiting", report.files.count},
            {"oldestWaiting", instantOrNull(report.queue.oldestWaiting)},
            {"portalEpoch", report.portal.portalEpoch.empty() ? Json() : Json(report.portal.portalEpoch)},
            {"reason", reasonOf(report)}};
}

std::string reportText(const RunReport& report)
{
    std::string text = "Cổng đã nhận " + std::to_string(report.counters.acknowledged) + " việc, tải về " +
                       std::to_string(report.counters.pulled) + " thay đổi.";
    addLine(text, "Còn chờ " + std::to_string(report.queue.waiting) + ", trong đó " +
                      std::to_string(report.queue.conflicts + report.queue.needsYou) + " cần bạn.");
    if (report.counters.filesSent > 0 || report.files.count > 0) {
        addLine(text, "Tệp: lên cổng đủ " + std::to_string(report.counters.filesSent) + ", còn chờ " +
                          std::to_string(report.files.count) + ".");
    }
    if (report.queue.oldestWaiting) {
        addLine(text, "Chờ lâu nhất từ " + toDisplayTime(*report.queue.oldestWaiting) + ".");
    }
    return text;
}

Outcome syncOutcome(const RunReport& report)
{
    Outcome outcome;
    outcome.document = reportToJson(report);
    outcome.text = reportText(report);
    switch (report.end) {
    case RunEnd::Done:
        break;
    case RunEnd::Remains:
        outcome.exit = Exit::Partly;
        outcome.message = "Còn việc chưa lên cổng. Hồ sơ còn nguyên trong sổ; xem lệnh queue và conflicts.";
        break;
    case RunEnd::Unreachable:
        outcome.exit = Exit::Portal;
        outcome.message = "Không tới được cổng dịch vụ công, hoặc nơi trả lời không phải cổng (" +
                          report.portal.detail +
                          "). Hồ sơ còn nguyên trong sổ và hàng đợi. Kiểm tra mạng rồi chạy lại.";
        break;
    case RunEnd::NotEnrolled:
        outcome.exit = Exit::Refused;
        outcome.message = "Sổ chưa nối với cổng nào. Hồ sơ còn nguyên trong sổ. Nối bằng lệnh enrol.";
        outcome.document["problems"] =
            toJson(Problems{{"", "not-enrolled", outcome.message, Severity::Hard, {}}});
        break;
    }
    return outcome;
}

/// What the register holds of the city's catalogue after the run.
Result<void> addCatalogue(Outcome& outcome, CatalogueDesk& catalogues)
{
    const auto held = TRY(catalogues.held());
    const auto refused = TRY(catalogues.refused());
    Json json;
    if (held) {
        json = {{"version", held->version}, {"since", toRfc3339(held->takenAt)}};
        addLine(outcome.text, "Danh mục của thành phố: bản " + held->version + ", nhận lúc " +
                                  toDisplayTime(held->takenAt) + ".");
    }
    if (refused) {
        json["refused"] = {{"reason", refused->reason}, {"version", refused->version}};
        addLine(outcome.text, refusedWords(*refused).sentence());
    }
    outcome.document["catalogue"] = std::move(json);
    return {};
}

Reply<EngineOptions> engineOptions(const Arguments& arguments)
{
    EngineOptions options;
    options.app = "motcuactl " MOTCUA_VERSION;
    options.awayLeast = Millis::max(); // whoever calls waits for the end
    if (const auto base = TRY(arguments.integer("backoff-base", 1, 86'400'000))) {
        options.retry.base = Millis(*base);
    }
    return options;
}

/// The engine in this thread, by the real clock whatever --at says: a made-up day must not shorten a wait
/// that the portal asked for.
Reply<Outcome> runEngine(Workplace& place, const PortalBinding& binding, const Arguments& arguments)
{
    const RunMode mode = arguments.has("until-empty") ? RunMode::UntilEmpty : RunMode::Once;
    const auto seconds = TRY(arguments.integer("timeout", 0, kTimeoutMax))
    .value_or(kTimeoutSeconds);
    const EngineOptions options = TRY(engineOptions(arguments));
    const Clock& clock = place.systemClock();
    PortalDesk desk = deskOf(place);
    const auto transport = TRY(HttpTransport::create(binding.url, binding.ca));
    CatalogueDesk catalogues = catalogueDesk(place.connection(), place.identity(), clock);
    SyncEngine engine(desk, place.desk().queue(), *transport, clock, place.random(), options, &place.files(),
                      &catalogues);
    Outcome outcome =
        syncOutcome(TRY(runSync(engine, place.desk().queue(), clock, mode, Millis(seconds * 1000),
                                [](Millis wait) { std::this_thread::sleep_for(wait); })));
    TRY(addCatalogue(outcome, catalogues));
    return outcome;
}

Reply<Outcome> runSyncCommand(Session& session, const Arguments& arguments)
{
    if (arguments.has("once") && arguments.has("until-empty")) {
        return misuse("Chọn một trong hai: --once hoặc --until-empty.");
    }
    TRY(arguments.integer("timeout", 0, kTimeoutMax));
    Workplace* place = TRY(session.workplaceFor(Act::Connect, arguments));
    PortalDesk desk = deskOf(*place);
    const auto binding = TRY(desk.binding());
    if (!binding) {
        RunReport report;
        report.end = RunEnd::NotEnrolled;
        report.queue = TRY(place->desk().queue().summary());
        report.files = TRY(place->desk().queue().filesWaiting());
        return syncOutcome(report);
    }
    session.needQt();
    return runEngine(*place, *binding, arguments);
}

constexpr std::array kCommands{
    Command{"enrol",
            "--portal URL --code MÃ [--ca TỆP]",
            "Nối sổ với cổng dịch vụ công.",
            0,
            0,
            {"portal", "code", "ca"},
            runEnrol},
    Command{"sync",
            "[--once | --until-empty] [--timeout GIÂY]",
            "Gửi hàng đợi lên cổng và tải thay đổi về.",
            0,
            0,
            {"once", "until-empty", "timeout"},
            runSyncCommand},
};

} // namespace

std::span<const Command> portalCommands()
{
    return kCommands;
}

} // namespace motcua::cli
