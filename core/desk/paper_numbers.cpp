// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/paper_numbers.h"

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/db/statement.h"

namespace motcua {

Result<std::int64_t> PaperNumbers::lastOf(std::int64_t year, const std::string& series)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT max(coalesce((SELECT max(number) FROM paper_number WHERE year = :year AND series = :series), 0),
                   coalesce((SELECT max(last) FROM paper_series WHERE year = :year AND series = :series), 0))
    )"));
    query.bind(":year", year).bind(":series", series);
    const bool row = TRY(query.step());
    return row ? query.integer(0) : 0;
}

/// After a restore the numbers of the lost days stand on papers that are out of the house, and so do those
/// that another machine gave which ran from a copy of this disk.
Result<bool> PaperNumbers::isInDoubt(std::int64_t year, const std::string& series)
{
    auto restored = TRY(m_connection.prepare(R"(
        SELECT position, at FROM journal
        WHERE kind = 'epoch.started' AND entry ->> '$.body.reason' IN ('restored', 'copied')
        ORDER BY position DESC LIMIT 1
    )"));
    if (!TRY(restored.step())) {
        return false;
    }
    const Position start{restored.integer(0)};
    const Day day = dayInVietnam(fromMillis(restored.integer(1)));
    if (static_cast<int>(day.year()) != year) {
        return false;
    }
    auto since = TRY(m_connection.prepare(R"(
        SELECT 1 FROM paper_series WHERE year = :year AND series = :series AND position > :start
        UNION ALL SELECT 1 FROM paper_number WHERE year = :year AND series = :series AND position > :start
    )"));
    since.bind(":year", year).bind(":series", series).bind(":start", start.value);
    return !TRY(since.step());
}

Result<std::int64_t> PaperNumbers::next(std::int64_t year, const std::string& series)
{
    if (TRY(isInDoubt(year, series))) {
        return fail(
            ErrorKind::Refused,
            "sổ này được phục hồi từ bản sao lưu, hoặc có máy khác chạy từ bản chép của nó: những số " +
                series +
                " đã cấp sau đó không còn trong "
                "máy. Xem giấy đã in, nhập số cuối cùng rồi in lại (motcuactl paper series --last)");
    }
    return TRY(lastOf(year, series))
    +1;
}

Result<void> PaperNumbers::give(const PaperNumber& number, Position entry, std::int64_t dossier,
                                const std::string& paper)
{
    auto put = TRY(m_connection.prepare(R"(
        INSERT INTO paper_number(year, series, number, position, dossier, paper)
        VALUES(:year, :series, :number, :position, :dossier, :paper)
    )"));
    put.bind(":year", number.year).bind(":series", number.series).bind(":number", number.number);
    put.bind(":position", entry.value).bind(":dossier", dossier).bind(":paper", paper);
    return put.run();
}

Result<void> PaperNumbers::spoil(const PaperNumber& number, Position entry)
{
    auto put = TRY(m_connection.prepare(R"(
        INSERT INTO paper_number_spoiled(year, series, number, position)
        VALUES(:year, :series, :number, :position) ON CONFLICT DO NOTHING
    )"));
    put.bind(":year", number.year).bind(":series", number.series).bind(":number", number.number);
    put.bind(":position", entry.value);
    return put.run();
}

Result<void> PaperNumbers::setLast(std::int64_t year, const std::string& series, std::int64_t last,
                                   Position entry)
{
    const std::int64_t known = TRY(lastOf(year, series));
    if (last < known) {
        return fail(ErrorKind::Refused, "số " + std::to_string(known) + '/' + series +
                                            " đã cấp rồi, nên số cuối cùng "
                                            "không thể nhỏ hơn");
    }
    auto put = TRY(m_connection.prepare(R"(
        INSERT INTO paper_series(position, year, series, last) VALUES(:position, :year, :series, :last)
    )"));
    put.bind(":position", entry.value).bind(":year", year).bind(":series", series).bind(":last", last);
    return put.run();
}

Result<std::optional<NumberedPaper>> PaperNumbers::ofPaper(std::int64_t dossier, const std::string& paper,
                                                           Position after)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT n.year, n.series, n.number, j.entry ->> '$.body.snapshot'
        FROM paper_number n JOIN journal j ON j.position = n.position
        WHERE n.dossier = :dossier AND n.paper = :paper AND n.position > :after
              AND NOT EXISTS(SELECT 1 FROM paper_number_spoiled s
                             WHERE s.year = n.year AND s.series = n.series AND s.number = n.number)
        ORDER BY n.position DESC LIMIT 1
    )"));
    query.bind(":dossier", dossier).bind(":paper", paper).bind(":after", after.value);
    if (!TRY(query.step())) {
        return std::optional<NumberedPaper>{};
    }
    NumberedPaper numbered{{query.integer(0), query.text(1), query.integer(2)}, {}};
    const auto hash = fromHex(query.text(3));
    if (!hash) {
        return fail(ErrorKind::Damaged, "a numbered paper names no snapshot");
    }
    auto bytes = TRY(m_connection.prepare("SELECT bytes FROM snapshot WHERE sha256 = :sha256"));
    bytes.bindBlob(":sha256", *hash);
    if (!TRY(bytes.step())) {
        return fail(ErrorKind::Damaged, "the snapshot of a numbered paper is not there");
    }
    numbered.snapshot = bytes.text(0);
    return std::optional(std::move(numbered));
}

Result<std::vector<PaperSeries>> PaperNumbers::all()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT year, series, max(last), sum(given), sum(spoiled) FROM (
            SELECT year, series, max(number) AS last, count(*) AS given, 0 AS spoiled FROM paper_number GROUP BY 1, 2
            UNION ALL SELECT year, series, 0, 0, count(*) FROM paper_number_spoiled GROUP BY 1, 2
            UNION ALL SELECT year, series, max(last), 0, 0 FROM paper_series GROUP BY 1, 2)
        GROUP BY year, series ORDER BY year, series
    )"));
    std::vector<PaperSeries> rows;
    while (TRY(query.step())) {
        rows.push_back(
            {query.integer(0), query.text(1), query.integer(2), query.integer(3), query.integer(4)});
    }
    return rows;
}

Result<std::vector<Finding>> PaperNumbers::verify()
{
    std::vector<Finding> findings;
    auto strange = TRY(m_connection.prepare(R"(
        SELECT n.position, n.number, n.series FROM paper_number n LEFT JOIN journal j ON j.position = n.position
        WHERE j.kind IS NOT 'paper.numbered' OR j.entry ->> '$.body.number' IS NOT n.number
              OR j.entry ->> '$.body.series' IS NOT n.series OR j.entry ->> '$.body.year' IS NOT n.year
    )"));
    while (TRY(strange.step())) {
        findings.push_back(
            {Position{strange.integer(0)}.seq(), "paper-number",
             std::to_string(strange.integer(1)) + '/' + strange.text(2) + " is not as in the journal"});
    }
    // A number follows the one before it, or one that was given by hand.
    auto gaps = TRY(m_connection.prepare(R"(
        SELECT position, number, series FROM paper_number n
        WHERE number > 1
              AND NOT EXISTS(SELECT 1 FROM paper_number b
                             WHERE b.year = n.year AND b.series = n.series AND b.number = n.number - 1)
              AND NOT EXISTS(SELECT 1 FROM paper_series s
                             WHERE s.year = n.year AND s.series = n.series AND s.last = n.number - 1)
    )"));
    while (TRY(gaps.step())) {
        findings.push_back({Position{gaps.integer(0)}.seq(), "paper-number",
                            std::to_string(gaps.integer(1)) + '/' + gaps.text(2) + " follows a gap"});
    }
    return findings;
}

} // namespace motcua
