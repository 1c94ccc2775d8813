// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/report/ii06a_counts.h"
#include "tests/bench/figures.h"
#include "tests/bench/modes.h"
#include "tests/bench/records.h"

#include <array>
#include <map>

namespace motcua::bench {

namespace fs = std::filesystem;

void search(const fs::path& folder, const std::string& queries)
{
    const SystemClock clock;
    const auto opened = openRegister(folder, clock);
    auto connection = connect(opened);
    Register dossiers(connection, clock);
    std::map<std::string, std::vector<double>> micros;
    std::map<std::string, double> hits;
    std::string worst;
    double longest = 0;
    eachRecord(queries, 0, [&](const Json& query) {
        const std::string typed = stringAt(query, "q");
        const double begun = now();
        const auto found = dossiers.find(typed, 50);
        const double took = (now() - begun) * 1e6;
        require(found.has_value(), "a search answers");
        for (const std::string& kind : {stringAt(query, "k"), std::string("all")}) {
            micros[kind].push_back(took);
            hits[kind] += static_cast<double>(found->rows.size());
        }
        if (took > longest) {
            longest = took;
            worst = typed;
        }
    });
    for (const auto& [kind, values] : micros) {
        print("W2", "register.find: " + kind,
              {member("n", static_cast<double>(values.size())), member("p50_us", percentile(values, 0.5)),
               member("p95_us", percentile(values, 0.95)), member("p99_us", percentile(values, 0.99)),
               member("max_us", percentile(values, 1)), "\"worst\":" + dumpJson(kind == "all" ? worst : ""),
               member("hits", hits[kind])});
    }
}

void report(const fs::path& folder)
{
    const SystemClock clock;
    const auto opened = openRegister(folder, clock);
    auto connection = connect(opened);
    const Day from = *parseIsoDay("2026-10-01");
    const Day to = *parseIsoDay("2026-10-31");
    std::vector<double> millis;
    std::uint64_t sum = 0;
    std::size_t rows = 0;
    for (int round = 0; round < 3; ++round) {
        const double begun = now();
        const auto counted = must(ii06aCounts(connection, from, to));
        millis.push_back((now() - begun) * 1e3);
        sum = 0;
        rows = counted.size();
        for (const Ii06aRow& row : counted) {
            for (const std::int64_t value :
                 {row.online + row.direct, row.early, row.onTime, row.late, row.openInTime, row.openLate}) {
                sum = sum * 31 + static_cast<std::uint64_t>(value);
            }
        }
    }
    print("W3", "II.06a of one month",
          {member("ms", percentile(millis, 0.5)), member("rows", static_cast<double>(rows)),
           "\"sum\":" + std::to_string(sum % 1000000007)});
    const double begun = now();
    const auto months = must(monthCounts(connection));
    print("W3", "all months by field",
          {member("ms", (now() - begun) * 1e3), member("rows", static_cast<double>(months.size()))});
}

void start(const fs::path& folder, double begun)
{
    const double inMain = now();
    const SystemClock clock;
    const Catalogue catalogue = shippedCatalogue();
    const double known = now();
    const auto home = openRegister(folder, clock);
    auto connection = connect(home);
    Register dossiers(connection, clock);
    const double opened = now();
    ListFilter newest;
    newest.limit = 50;
    const auto list = must(dossiers.list(newest));
    const auto counts = must(dossiers.counts(clock.now()));
    const auto waiting = must(Queue(connection, home.identity().install).summary());
    const double listed = now();
    const auto found = must(dossiers.find("nguyen van ha", 50));
    const double end = now();
    print("W5", "catalogue, register, list, counts, queue, search; encrypted",
          {member("ready_ms", (end - begun) * 1e3), member("exec_ms", (inMain - begun) * 1e3),
           member("catalogue_ms", (known - inMain) * 1e3), member("open_ms", (opened - known) * 1e3),
           member("list_ms", (listed - opened) * 1e3), member("first_search_ms", (end - listed) * 1e3),
           member("rss_mb", residentMiB()),
           member("rows", static_cast<double>(list.size() + found.rows.size())),
           member("open", static_cast<double>(counts.open)),
           member("waiting", static_cast<double>(waiting.waiting))});
}

} // namespace motcua::bench
