// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up dossiers for practice.
#include "app/cli/command.h"
#include "app/common/sample_work.h"

namespace motcua::cli {

namespace {

constexpr std::int64_t kCountMax = 2'000'000;

Reply<Outcome> runSample(Session& session, const Arguments& arguments)
{
    TRY(arguments.required("count"));
    TRY(arguments.required("seed"));
    SampleOptions options;
    options.count = TRY(arguments.integer("count", 0, kCountMax))
    .value_or(0);
    options.days = static_cast<int>(TRY(arguments.integer("days", 1, 3'660)).value_or(30));
    Workplace* place = TRY(session.workplaceFor(Act::Receive, arguments));
    options.seed = TRY(session.practice(arguments))
    .seed.value_or(0);
    if (!place->identity().practice) {
        return forbidden("practice-only",
                         "Hồ sơ bịa chỉ đưa vào sổ thực hành (init --practice). Sổ thật được giữ nguyên.");
    }
    const Millis begun = session.systemClock().monotonic();
    const SampleDone done = TRY(fillWithSamples(*place, options));
    const double seconds = static_cast<double>((session.systemClock().monotonic() - begun).count()) / 1000.0;
    Outcome outcome;
    outcome.document = {{"dossiers", done.dossiers}, {"seconds", seconds}};
    outcome.text = "Đã đưa " + std::to_string(done.dossiers) + " hồ sơ bịa vào sổ thực hành.";
    if (done.stopped) {
        const Failure why(*done.stopped);
        outcome.exit = done.dossiers > 0 ? Exit::Partly : why.exit;
        outcome.document.update(why.document);
        outcome.message = why.message;
    }
    return outcome;
}

constexpr std::array kCommands{
    Command{"sample",
            "--count N --seed S [--days D]",
            "Đưa hồ sơ bịa vào sổ thực hành.",
            0,
            0,
            {"count", "days"},
            runSample},
};

} // namespace

std::span<const Command> sampleCommands()
{
    return kCommands;
}

} // namespace motcua::cli
