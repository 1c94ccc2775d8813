// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/ledger_jobs.h"

#include "app/common/ledger_words.h"
#include "app/common/places.h"
#include "core/import/place_hints.h"
#include "core/people/place_reader.h"
#include "core/report/report_output.h"

namespace motcua {

namespace {

Result<PlaceHints> hintsOfMergers()
{
    const auto resources = TRY(resourcesPlace());
    PlaceReader reader = TRY(PlaceReader::load((resources / "catalogue").string()));
    return placeHints(std::make_shared<const PlaceReader>(std::move(reader)));
}

} // namespace

LedgerWatch LedgerRun::watch()
{
    return [this](TableProgress progress) {
        done = progress.done;
        all = progress.all;
        return !stop;
    };
}

Result<LedgerSurvey> surveyBeside(const std::filesystem::path& file, const SurveyOptions& options,
                                  LedgerRun& run)
{
    const TableFile table = TRY(inspectTable(file));
    return surveyLedger(table, options, run.watch());
}

Result<LedgerTally> checkBeside(Workplace& place, const LedgerSurvey& survey, const ReadyMap& map,
                                LedgerRun& run)
{
    Connection connection = TRY(place.folder().connect());
    LedgerStore store(connection);
    const PlaceHints hints = TRY(hintsOfMergers());
    return checkLedger(
        survey, map, &store, hints, [&run](const LedgerRow&) { ++run.rows; }, run.watch());
}

Result<LedgerOutcome> importBeside(Workplace& place, const Actor& actor, const LedgerSurvey& survey,
                                   const ReadyMap& map, LedgerRun& run)
{
    Connection connection = TRY(place.folder().connect());
    PlaceHints hints = TRY(hintsOfMergers());
    auto import = TRY(LedgerImport::begin({connection, place.identity(), actor, place.clock()}, survey, map,
                                          std::move(hints)));
    LedgerOutcome outcome;
    outcome.ledger = import.id();
    for (bool more = true; more && !run.stop;) {
        more = TRY(import.step());
        const TableProgress progress = import.progress();
        run.done = progress.done;
        run.all = progress.all;
        run.rows = import.tally().rows();
        outcome.isDone = !more;
    }
    outcome.tally = import.tally();
    return outcome;
}

Result<std::int64_t> saveOddRows(Workplace& place, std::int64_t ledger, const std::filesystem::path& file)
{
    LedgerStore store(place.connection());
    const LedgerRecord record = TRY(store.find(ledger));
    const ReportTable table = TRY(oddRowsTable(store, record, place.clock().now()));
    const auto format = file.extension() == ".csv" ? ReportFormat::Csv : ReportFormat::Xlsx;
    TRY(place.desk().recordView("ledger.exported", {{"ledger", ledger}, {"rows", table.rows.size()}}));
    TRY(writeReport(table, format, file));
    return static_cast<std::int64_t>(table.rows.size());
}

} // namespace motcua
