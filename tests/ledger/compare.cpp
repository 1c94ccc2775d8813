// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/compare.h"

#include "core/base/file.h"
#include "core/base/random.h"

#include <fstream>
#include <set>

namespace motcua::ledger {

namespace {

constexpr std::int64_t kPage = 5000;

void makeRegister(const std::filesystem::path& folder, Figures& figures)
{
    std::ofstream(folder / "lan.pw") << "mật khẩu thử\n";
    const CtlRun made = runCtl(folder, {"init", "--unit", "H26.131", "--unit-name", "UBND xã Phúc Thọ",
                                        "--slot", "1", "--admin", "lan", "--practice", "--quick-keys"});
    figures.trouble = made.exit == 0 ? "" : "no register: " + dumpJson(made.answer);
}

/// Kills an import again and again, until it is done.
void killUntilDone(const std::filesystem::path& folder, const std::vector<std::string>& call,
                   std::uint64_t share, const Plan& plan, Figures& figures)
{
    SeededRandom random(plan.seed);
    for (int i = 0; i < plan.kills; ++i) {
        const auto after = static_cast<long>(share + random.below(share + 1) + 1);
        if (!runCtl(folder, call, after).killed) {
            return; // little was left
        }
        ++figures.kills;
    }
}

/// Kills imports at moments of their own processor time: from about where the sheet was looked at, before the
/// end. Measured by a check, which does all that an import does but write. A busy machine measures badly: an
/// import that was done before its moment begins anew, and its moment comes earlier.
void killImports(const std::filesystem::path& folder, const std::vector<std::string>& call, const Plan& plan,
                 Figures& figures)
{
    std::vector<std::string> check = call;
    check.emplace_back("--check");
    auto share = static_cast<std::uint64_t>(runCtl(folder, check).processor.count()) * 2 / 5;
    killUntilDone(folder, call, share, plan, figures);
    while (figures.kills == 0 && share > 0 && figures.trouble.empty()) {
        share /= 2;
        std::filesystem::remove_all(folder / "register");
        makeRegister(folder, figures);
        killUntilDone(folder, call, share, plan, figures);
    }
    if (figures.kills == 0 && figures.trouble.empty()) {
        figures.trouble = "no import was killed";
    }
}

/// Imports, killed as often as planned; afterwards the same file must be refused.
std::int64_t takeIn(const std::filesystem::path& folder, const std::string& file, const Plan& plan,
                    Figures& figures)
{
    const std::vector<std::string> call{"import", file, "--map", (folder / "map.json").string()};
    if (plan.kills > 0) {
        killImports(folder, call, plan, figures);
    }
    const CtlRun run = runCtl(folder, call);
    figures.seconds = run.seconds;
    figures.megabytes = run.megabytes;
    if (run.exit != 0 && plan.kills == 0) {
        figures.trouble = "the import failed: " + dumpJson(run.answer).substr(0, 400);
        return 0;
    }
    const CtlRun again = runCtl(folder, call);
    if (again.exit != 1 || dumpJson(again.answer).find("already-imported") == std::string::npos) {
        figures.trouble = "the same file came in twice";
    }
    const CtlRun list = runCtl(folder, {"import", "list"});
    const Json& ledgers = at(list.answer, "ledgers");
    if (ledgers.size() != 1 ||
        ledgers[0]["imported"].get<std::int64_t>() + ledgers[0]["skipped"].get<std::int64_t>() != plan.rows) {
        figures.trouble = "rows do not add up: " + dumpJson(ledgers);
        return 0;
    }
    return ledgers[0]["ledger"].get<std::int64_t>();
}

std::string rawOf(const Json& cell)
{
    return cell.is_string() ? cell.get<std::string>() : stringAt(cell, "v");
}

void compareRow(const Row& expected, const Json& row, Figures& figures)
{
    const Json& cells = at(row, "cells");
    const Json& texts = at(row, "texts");
    std::set<std::string> named;
    for (const Json& problem : at(row, "problems")) {
        if (stringAt(problem, "rule").starts_with("letters")) {
            named.insert(stringAt(problem, "column"));
        }
    }
    for (std::size_t i = 0; i < expected.cells.size(); ++i) {
        ++figures.cells;
        const bool isThere = i < cells.size();
        // Empty cells at the end of a row are not in a workbook.
        if (!isThere) {
            figures.lost += expected.cells[i].empty() ? 0 : 1;
            continue;
        }
        const std::string text = texts[i].is_null() ? rawOf(cells[i]) : texts[i].get<std::string>();
        figures.changed += rawOf(cells[i]) != expected.cells[i] || text != expected.meant[i] ? 1 : 0;
        const bool isNamed = named.contains(std::string(1, static_cast<char>('A' + i)));
        figures.planted += expected.odd[i] ? 1 : 0;
        figures.listed += expected.odd[i] && isNamed ? 1 : 0;
        figures.tooMany += !expected.odd[i] && isNamed ? 1 : 0;
    }
}

void compareAll(const std::filesystem::path& folder, std::int64_t ledger, const Writing& writing,
                const Plan& plan, Figures& figures)
{
    const LedgerRows rows(writing, plan.seed);
    std::int64_t next = 0;
    for (std::int64_t after = 0; next < plan.rows;) {
        const CtlRun page = runCtl(folder, {"import", "rows", std::to_string(ledger), "--after",
                                            std::to_string(after), "--limit", std::to_string(kPage)});
        if (page.exit != 0 || at(page.answer, "rows").empty()) {
            break;
        }
        for (const Json& row : page.answer["rows"]) {
            after = row["row"].get<std::int64_t>();
            const std::int64_t index = after - 2; // the header is row 1
            figures.lost += index - next;
            next = index + 1;
            ++figures.rows;
            compareRow(rows.row(index), row, figures);
        }
    }
    figures.lost += plan.rows - next;
}

} // namespace

Figures tryWriting(const std::filesystem::path& folder, const Writing& writing, const Plan& plan)
{
    Figures figures;
    const std::filesystem::path own =
        folder / (writing.name + (writing.container == Container::Xlsx ? "-xlsx" : "-csv"));
    std::filesystem::create_directories(own);
    const std::string file =
        (own / (writing.container == Container::Xlsx ? "ledger.xlsx" : "ledger.csv")).string();
    writeLedger(file, writing, plan.seed, plan.rows);
    std::ofstream(own / "map.json") << ledgerMap();
    makeRegister(own, figures);
    const std::int64_t ledger = figures.trouble.empty() ? takeIn(own, file, plan, figures) : 0;
    if (figures.trouble.empty()) {
        compareAll(own, ledger, writing, plan, figures);
    }
    const CtlRun verified = runCtl(own, {"verify", "--full"});
    if (figures.trouble.empty() && (verified.exit != 0 || verified.answer["ok"] != true)) {
        figures.trouble = "the register does not verify: " + dumpJson(verified.answer).substr(0, 400);
    }
    std::error_code ignored;
    std::filesystem::remove_all(own, ignored);
    return figures;
}

} // namespace motcua::ledger
