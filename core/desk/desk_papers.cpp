// SPDX-License-Identifier: GPL-3.0-or-later
// Papers that come out: prints with their outcome, and the numbers that papers bear.
#include "core/db/transaction.h"
#include "core/desk/desk.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::array<std::string_view, 5> kOutcomes{"good", "jammed", "spoiled", "file", "unknown"};
constexpr std::size_t kSeriesMax = 60;

Refusal problem(std::string rule, std::string message)
{
    return Refusal(Problems{{"", std::move(rule), std::move(message), Severity::Hard, {}}});
}

} // namespace

Result<std::string> Desk::keepSnapshot(const std::string& bytes)
{
    const Hash hash = sha256(bytes);
    auto keep = TRY(m_connection.prepare(R"(
        INSERT INTO snapshot(sha256, bytes) VALUES(:sha256, :bytes) ON CONFLICT(sha256) DO NOTHING
    )"));
    keep.bindBlob(":sha256", bytesOf(hash)).bindBlob(":bytes", bytes);
    TRY(keep.run());
    return toHex(hash);
}

Answer<void> Desk::recordPrint(const std::string& code, const PrintEvent& event)
{
    TRY(mustBeAllowed(Act::Print));
    if (std::ranges::find(kOutcomes, event.outcome) == kOutcomes.end()) {
        return tl::unexpected(problem("print-outcome", "Kết quả in không hợp lệ."));
    }
    const DossierView view = TRY(m_register.byCode(code));
    auto transaction = TRY(Transaction::begin(m_connection));
    Json body{{"paper", event.paper},     {"printer", event.printer}, {"copies", event.copies},
              {"outcome", event.outcome}, {"sha256", event.sha256},   {"reprint", event.reprint}};
    if (event.number) {
        body["number"] = event.number->number;
        body["series"] = event.number->series;
        body["year"] = event.number->year;
    }
    if (!event.snapshot.empty()) {
        body["snapshot"] = TRY(keepSnapshot(event.snapshot));
    }
    TRY(appendOwn("paper.printed", std::move(body), view.row.id, Uid(view.row.uid)));
    if (event.number && event.outcome == "spoiled" && event.reprint == 0) {
        const Position entry = TRY(m_journal.head())
        .position;
        TRY(PaperNumbers(m_connection).spoil(*event.number, entry));
    }
    TRY(transaction.commit());
    return {};
}

Result<Desk::Printed> Desk::printed(const std::string& code, const std::string& paper, Position since)
{
    const DossierView view = TRY(m_register.byCode(code));
    auto query = TRY(m_connection.prepare(R"(
        SELECT entry ->> '$.body.outcome', entry ->> '$.body.snapshot'
        FROM journal WHERE dossier = :dossier AND kind = 'paper.printed' AND entry ->> '$.body.paper' = :paper
                       AND position > :after
        ORDER BY position
    )"));
    const auto renumbering = TRY(lastRenumbering(m_connection, view.row.id));
    const Position after = std::max(renumbering ? renumbering->position : Position{}, since);
    query.bind(":dossier", view.row.id).bind(":paper", paper).bind(":after", after.value);
    Printed printed;
    std::optional<std::string> snapshot;
    while (TRY(query.step())) {
        const auto outcome = query.view(0);
        printed.times += outcome == "good" || outcome == "file" || outcome == "unknown" ? 1 : 0;
        if (!query.isNull(1)) {
            snapshot = query.text(1);
        }
    }
    if (const auto hash = snapshot ? fromHex(*snapshot) : std::nullopt) {
        auto bytes = TRY(m_connection.prepare("SELECT bytes FROM snapshot WHERE sha256 = :sha256"));
        bytes.bindBlob(":sha256", *hash);
        const bool found = TRY(bytes.step());
        printed.snapshot = found ? std::optional(bytes.text(0)) : std::nullopt;
    }
    printed.numbered = TRY(PaperNumbers(m_connection).ofPaper(view.row.id, paper, after));
    return printed;
}

Answer<NumberedPaper> Desk::numberPaper(const std::string& code, const std::string& paper,
                                        const std::string& series, const Compose& compose, Position since)
{
    TRY(mustBeAllowed(Act::Print));
    const DossierView view = TRY(m_register.byCode(code));
    auto transaction = TRY(Transaction::begin(m_connection));
    PaperNumbers numbers(m_connection);
    // Asked again after a crash, or pressed twice: it has its number.
    const auto renumbering = TRY(lastRenumbering(m_connection, view.row.id));
    const Position after = std::max(renumbering ? renumbering->position : Position{}, since);
    if (auto there = TRY(numbers.ofPaper(view.row.id, paper, after))) {
        return std::move(*there);
    }
    NumberedPaper numbered;
    numbered.number.year = static_cast<int>(dayInVietnam(m_clock.now()).year());
    numbered.number.series = series;
    numbered.number.number = TRY(numbers.next(numbered.number.year, series));
    numbered.snapshot = TRY(compose(numbered.number));
    const std::string kept = TRY(keepSnapshot(numbered.snapshot));
    TRY(appendOwn("paper.numbered",
                  {{"paper", paper},
                   {"series", series},
                   {"year", numbered.number.year},
                   {"number", numbered.number.number},
                   {"snapshot", kept}},
                  view.row.id, Uid(view.row.uid)));
    const Position entry = TRY(m_journal.head())
    .position;
    TRY(numbers.give(numbered.number, entry, view.row.id, paper));
    TRY(transaction.commit());
    return numbered;
}

Answer<void> Desk::setLastPaperNumber(std::int64_t year, const std::string& series, std::int64_t last,
                                      const std::string& reason)
{
    TRY(mustBeAllowed(Act::DecideIdentity));
    if (series.empty() || series.size() > kSeriesMax || year < 2025 || year > 2100 || last < 0 ||
        last > 1'000'000) {
        return tl::unexpected(problem("paper-series", "Ký hiệu, năm hoặc số không hợp lệ."));
    }
    if (reason.empty()) {
        return tl::unexpected(problem("reason", "Ghi lý do: ví dụ “chuyển từ sổ giấy”."));
    }
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(appendOwn("paper.series", {{"year", year}, {"series", series}, {"last", last}, {"reason", reason}}));
    const Position entry = TRY(m_journal.head())
    .position;
    TRY(PaperNumbers(m_connection).setLast(year, series, last, entry));
    TRY(transaction.commit());
    return {};
}

Result<std::vector<PaperSeries>> Desk::paperSeries()
{
    return PaperNumbers(m_connection).all();
}

} // namespace motcua
