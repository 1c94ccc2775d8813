// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_store.h"

#include "core/base/check.h"
#include "core/register/search_words.h"

namespace motcua {

namespace {

Json problemsToJson(const std::vector<CellProblem>& problems)
{
    Json list = Json::array();
    for (const CellProblem& problem : problems) {
        const bool isRow = problem.column == CellProblem::kWholeRow;
        list.push_back({isRow ? Json() : Json(problem.column), problem.rule, problem.was});
    }
    return list;
}

std::vector<CellProblem> problemsFrom(const Json& list)
{
    std::vector<CellProblem> problems;
    for (const Json& each : list) {
        if (each.is_array() && each.size() == 3 && each[1].is_string() && each[2].is_string()) {
            problems.push_back(
                {each[0].is_number_unsigned() ? each[0].get<std::size_t>() : CellProblem::kWholeRow,
                 each[1].get<std::string>(), each[2].get<std::string>()});
        }
    }
    return problems;
}

RowState stateFrom(std::string_view name)
{
    return name == "good" ? RowState::Good : name == "review" ? RowState::Review : RowState::Skipped;
}

/// What a row is found by: its people and their places, its number with the year.
std::string wordsOf(const LedgerRow& row)
{
    Json form = Json::object();
    for (const char* holder : {"person", "father", "mother", "husband", "wife", "requester"}) {
        if (const Json& person = at(row.entry, holder); person.is_object()) {
            form[holder] = person;
        }
    }
    const std::string number = row.entryNumber.empty() || !row.year
                                   ? row.entryNumber
                                   : row.entryNumber + "/" + std::to_string(*row.year);
    return searchWords({{"code", number}, {"form", std::move(form)}});
}

/// The columns that every reading of rows begins with.
Result<LedgerHit> hitFrom(const Statement& query)
{
    LedgerHit hit;
    hit.id = query.integer(0);
    hit.ledger = query.integer(1);
    hit.file = query.text(2);
    hit.sheet = query.text(3);
    hit.row.number = query.integer(4);
    hit.row.state = stateFrom(query.view(5));
    hit.row.entry = TRY(parseJson(query.view(6)));
    const Json problems = TRY(parseJson(query.view(7)));
    hit.row.problems = problemsFrom(problems);
    hit.row.book = query.text(8);
    if (const auto year = query.optionalInteger(9)) {
        hit.row.year = static_cast<int>(*year);
    }
    hit.row.volume = query.text(10);
    hit.row.entryNumber = query.text(11);
    hit.row.name = query.text(12);
    return hit;
}

Result<LedgerHit> wholeHitFrom(const Statement& query)
{
    LedgerHit hit = TRY(hitFrom(query));
    hit.row.cells = TRY(parseJson(query.view(13)));
    hit.row.texts = TRY(parseJson(query.view(14)));
    return hit;
}

} // namespace

void LedgerTally::add(RowState state, bool isBlank)
{
    good += state == RowState::Good ? 1 : 0;
    review += state == RowState::Review ? 1 : 0;
    kept += state == RowState::Skipped && !isBlank ? 1 : 0;
    blank += isBlank ? 1 : 0;
}

Result<std::vector<LedgerRecord>> LedgerStore::read(std::string_view where, std::int64_t ledger,
                                                    const std::string& sha256, const std::string& sheet)
{
    auto query = TRY(m_connection.prepare(std::string(R"(
        SELECT l.id, l.sha256, l.name, l.sheet, l.map, l.at, l.official,
               (SELECT total(good) FROM ledger_batch b WHERE b.ledger = l.id),
               (SELECT total(review) FROM ledger_batch b WHERE b.ledger = l.id),
               (SELECT total(skipped) FROM ledger_batch b WHERE b.ledger = l.id),
               (SELECT total(blank) FROM ledger_batch b WHERE b.ledger = l.id),
               (SELECT max(last) FROM ledger_batch b WHERE b.ledger = l.id),
               EXISTS(SELECT 1 FROM ledger_end e WHERE e.ledger = l.id),
               (SELECT w.reason FROM ledger_withdrawal w WHERE w.ledger = l.id)
        FROM ledger l WHERE (:ledger = 0 OR l.id = :ledger)
            AND (:sheet IS NULL OR (l.sha256 = :sha256 AND l.sheet = :sheet)) )") +
                                          std::string(where)));
    const std::string bytes = fromHex(sha256).value_or(std::string());
    query.bind(":ledger", ledger).bindBlob(":sha256", bytes);
    query.bind(":sheet", sha256.empty() ? std::nullopt : std::optional<std::string_view>(sheet));
    std::vector<LedgerRecord> records;
    while (TRY(query.step())) {
        LedgerRecord record;
        record.id = query.integer(0);
        record.sha256 = toHex(query.view(1));
        record.name = query.text(2);
        record.sheet = query.text(3);
        record.map = query.text(4);
        record.at = fromMillis(query.integer(5));
        record.official = query.text(6);
        record.tally = {query.integer(7), query.integer(8), query.integer(9), query.integer(10)};
        record.last = query.optionalInteger(11).value_or(0);
        record.isDone = query.integer(12) != 0;
        record.withdrawn = query.optionalText(13);
        records.push_back(std::move(record));
    }
    return records;
}

Result<std::optional<LedgerRecord>> LedgerStore::standing(const std::string& sha256, const std::string& sheet)
{
    const auto records = TRY(
        read("AND NOT EXISTS(SELECT 1 FROM ledger_withdrawal w WHERE w.ledger = l.id)", 0, sha256, sheet));
    return records.empty() ? std::optional<LedgerRecord>() : std::optional(records.front());
}

Result<std::vector<LedgerRecord>> LedgerStore::all()
{
    return read("ORDER BY l.id DESC", 0, {}, {});
}

Result<LedgerRecord> LedgerStore::find(std::int64_t ledger)
{
    const auto records = TRY(read("LIMIT 1", ledger, {}, {}));
    if (ledger <= 0 || records.empty()) {
        return fail(ErrorKind::NotFound, "lần nhập sổ số " + std::to_string(ledger));
    }
    return records.front();
}

Result<std::int64_t> LedgerStore::begin(const LedgerRecord& record, std::uint64_t size, Position position)
{
    require(m_connection.inTransaction(), "an import begins with its entry");
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO ledger(sha256, name, size, sheet, map, at, official, position)
        VALUES(:sha256, :name, :size, :sheet, :map, :at, :official, :position)
    )"));
    const std::string bytes = fromHex(record.sha256).value_or(std::string());
    insert.bindBlob(":sha256", bytes)
        .bind(":name", record.name)
        .bind(":size", static_cast<std::int64_t>(size));
    insert.bind(":sheet", record.sheet).bind(":map", record.map).bind(":at", toMillis(record.at));
    insert.bind(":official", record.official).bind(":position", position.value);
    TRY(insert.run());
    return m_connection.lastInsertRowid();
}

Result<void> LedgerStore::addRow(std::int64_t ledger, const LedgerRow& row)
{
    require(m_connection.inTransaction(), "rows come in with their batch");
    const std::string cells = dumpJson(row.cells);
    const std::string texts = dumpJson(row.texts);
    const std::string entry = dumpJson(row.entry);
    const std::string problems = dumpJson(problemsToJson(row.problems));
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO ledger_row(ledger, row, state, cells, texts, entry, problems, book, year, volume, number, name)
        VALUES(:ledger, :row, :state, :cells, :texts, :entry, :problems, :book, :year, :volume, :number, :name)
    )"));
    insert.bind(":ledger", ledger).bind(":row", row.number).bind(":state", rowStateName(row.state));
    insert.bind(":cells", cells).bind(":texts", texts).bind(":entry", entry).bind(":problems", problems);
    insert.bind(":book", row.book).bind(":year", row.year).bind(":volume", row.volume);
    insert.bind(":number", row.entryNumber).bind(":name", row.name);
    TRY(insert.run());
    if (row.state == RowState::Skipped) {
        return {};
    }
    const std::string words = wordsOf(row);
    const std::int64_t id = m_connection.lastInsertRowid();
    auto index = TRY(m_connection.prepare("INSERT INTO ledger_search(rowid, words) VALUES(:id, :words)"));
    index.bind(":id", id).bind(":words", words);
    return index.run();
}

Result<void> LedgerStore::addBatch(std::int64_t ledger, std::int64_t first, std::int64_t last,
                                   const LedgerTally& tally, Position position)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO ledger_batch(ledger, first, last, good, review, skipped, blank, position)
        VALUES(:ledger, :first, :last, :good, :review, :skipped, :blank, :position)
    )"));
    insert.bind(":ledger", ledger).bind(":first", first).bind(":last", last).bind(":good", tally.good);
    insert.bind(":review", tally.review).bind(":skipped", tally.kept).bind(":blank", tally.blank);
    insert.bind(":position", position.value);
    return insert.run();
}

Result<void> LedgerStore::end(std::int64_t ledger, Instant at, Position position)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO ledger_end(ledger, at, position) VALUES(:ledger, :at, :position)
    )"));
    insert.bind(":ledger", ledger).bind(":at", toMillis(at)).bind(":position", position.value);
    return insert.run();
}

Result<void> LedgerStore::withdraw(std::int64_t ledger, const std::string& official,
                                   const std::string& reason, Instant at, Position position)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO ledger_withdrawal(ledger, at, official, reason, position)
        VALUES(:ledger, :at, :official, :reason, :position)
    )"));
    insert.bind(":ledger", ledger).bind(":at", toMillis(at)).bind(":official", official);
    insert.bind(":reason", reason).bind(":position", position.value);
    return insert.run();
}

Result<std::optional<LedgerHit>> LedgerStore::numberTaken(const LedgerRow& row)
{
    if (row.entryNumber.empty() || !row.year) {
        return std::optional<LedgerHit>();
    }
    auto query = TRY(m_connection.prepare(R"(
        SELECT r.id, r.ledger, l.name, l.sheet, r.row, r.state, '{}', '[]', r.book, r.year, r.volume, r.number, r.name
        FROM ledger_row r JOIN ledger l ON l.id = r.ledger
        WHERE r.number = :number AND r.number <> '' AND r.year = :year AND r.book = :book AND r.state <> 'skipped'
            AND NOT EXISTS(SELECT 1 FROM ledger_withdrawal w WHERE w.ledger = r.ledger)
        ORDER BY r.id LIMIT 1
    )"));
    query.bind(":number", row.entryNumber).bind(":year", *row.year).bind(":book", row.book);
    const bool found = TRY(query.step());
    if (!found) {
        return std::optional<LedgerHit>();
    }
    return std::optional(TRY(hitFrom(query)));
}

Result<std::vector<LedgerHit>> LedgerStore::search(std::string_view text, std::int64_t limit)
{
    const SearchTerms terms(text);
    std::vector<LedgerHit> hits;
    if (terms.empty()) {
        return hits;
    }
    auto query = TRY(m_connection.prepare(R"(
        SELECT r.id, r.ledger, l.name, l.sheet, r.row, r.state, r.entry, r.problems, r.book, r.year, r.volume, r.number,
            r.name
        FROM ledger_search s JOIN ledger_row r ON r.id = s.rowid JOIN ledger l ON l.id = r.ledger
        WHERE ledger_search MATCH :expression
            AND NOT EXISTS(SELECT 1 FROM ledger_withdrawal w WHERE w.ledger = r.ledger)
        ORDER BY s.rowid DESC LIMIT :limit
    )"));
    const std::string expression = terms.expression();
    query.bind(":expression", expression).bind(":limit", limit);
    while (TRY(query.step())) {
        hits.push_back(TRY(hitFrom(query)));
    }
    return hits;
}

Result<LedgerHit> LedgerStore::row(std::int64_t id)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT r.id, r.ledger, l.name, l.sheet, r.row, r.state, r.entry, r.problems, r.book, r.year, r.volume, r.number,
            r.name, r.cells, r.texts
        FROM ledger_row r JOIN ledger l ON l.id = r.ledger WHERE r.id = :id
    )"));
    query.bind(":id", id);
    const bool found = TRY(query.step());
    if (!found) {
        return fail(ErrorKind::NotFound, "dòng sổ cũ số " + std::to_string(id));
    }
    return wholeHitFrom(query);
}

Result<std::vector<LedgerHit>> LedgerStore::odd(std::int64_t ledger, std::int64_t after, std::int64_t limit)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT r.id, r.ledger, l.name, l.sheet, r.row, r.state, r.entry, r.problems, r.book, r.year, r.volume, r.number,
            r.name, r.cells, r.texts
        FROM ledger_row r JOIN ledger l ON l.id = r.ledger
        WHERE r.ledger = :ledger AND r.state <> 'good' AND r.row > :after ORDER BY r.row LIMIT :limit
    )"));
    query.bind(":ledger", ledger).bind(":after", after).bind(":limit", limit);
    std::vector<LedgerHit> hits;
    while (TRY(query.step())) {
        hits.push_back(TRY(wholeHitFrom(query)));
    }
    return hits;
}

Result<std::vector<LedgerHit>> LedgerStore::rows(std::int64_t ledger, std::int64_t after, std::int64_t limit)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT r.id, r.ledger, l.name, l.sheet, r.row, r.state, r.entry, r.problems, r.book, r.year, r.volume, r.number,
            r.name, r.cells, r.texts
        FROM ledger_row r JOIN ledger l ON l.id = r.ledger
        WHERE r.ledger = :ledger AND r.row > :after ORDER BY r.row LIMIT :limit
    )"));
    query.bind(":ledger", ledger).bind(":after", after).bind(":limit", limit);
    std::vector<LedgerHit> hits;
    while (TRY(query.step())) {
        hits.push_back(TRY(wholeHitFrom(query)));
    }
    return hits;
}

Result<std::vector<Finding>> LedgerStore::verify()
{
    std::vector<Finding> findings;
    auto batches = TRY(m_connection.prepare(R"(
        SELECT b.ledger, b.first, b.last, b.position, j.entry ->> '$.body.digest',
            j.entry ->> '$.body.first', j.entry ->> '$.body.last'
        FROM ledger_batch b JOIN journal j ON j.position = b.position ORDER BY b.id
    )"));
    std::int64_t covered = 0;
    while (TRY(batches.step())) {
        LedgerDigest digest;
        std::int64_t last = batches.integer(1) - 1;
        for (bool more = true; more;) {
            const auto page = TRY(rows(batches.integer(0), last, 200));
            more = page.size() == 200;
            for (const LedgerHit& hit : page) {
                last = hit.row.number;
                if (last > batches.integer(2)) {
                    more = false;
                    break;
                }
                digest.add(hit.row);
                ++covered;
            }
        }
        if (digest.hex() != batches.view(4) || batches.integer(1) != batches.integer(5) ||
            batches.integer(2) != batches.integer(6)) {
            findings.push_back({Position{batches.integer(3)}.seq(), "ledger",
                                "imported rows are not what the journal says of them"});
        }
    }
    auto count = TRY(m_connection.prepare("SELECT count(*) FROM ledger_row"));
    TRY(count.step());
    if (count.integer(0) != covered) {
        findings.push_back({0, "ledger", "imported rows that no entry of the journal speaks of"});
    }
    return findings;
}

void LedgerDigest::add(const LedgerRow& row)
{
    const Json whole{row.number, rowStateName(row.state),
                     row.cells,  row.texts,
                     row.entry,  problemsToJson(row.problems),
                     row.book,   row.year ? Json(*row.year) : Json(),
                     row.volume, row.entryNumber,
                     row.name};
    m_hash = sha256(bytesOf(m_hash), dumpJson(whole));
}

std::string LedgerDigest::hex() const
{
    return toHex(m_hash);
}

} // namespace motcua
