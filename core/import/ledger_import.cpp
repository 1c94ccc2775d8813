// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_import.h"

#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/dossier/schema.h"

namespace motcua {

namespace {

constexpr std::int64_t kWatchEvery = 200;

std::string numberKey(const LedgerRow& row)
{
    return row.book + '/' + (row.year ? std::to_string(*row.year) : "") + '/' + row.entryNumber;
}

void flagNumber(LedgerRow& row, std::string was)
{
    row.problems.push_back({CellProblem::kWholeRow, "number-again", std::move(was)});
    row.state = RowState::Review;
}

std::string placeOf(const LedgerHit& hit)
{
    return "dòng " + std::to_string(hit.row.number) + " của " + hit.file +
           (hit.sheet.empty() ? "" : " (" + hit.sheet + ")");
}

bool isBlank(const LedgerRow& row)
{
    return row.state == RowState::Skipped && row.problems.size() == 1 && row.problems.front().rule == "blank";
}

Result<void> flagTaken(LedgerStore& store, LedgerRow& row)
{
    if (row.state != RowState::Skipped) {
        if (const auto taken = TRY(store.numberTaken(row))) {
            flagNumber(row, row.entryNumber + "/" + std::to_string(*row.year) + ", " + placeOf(*taken));
        }
    }
    return {};
}

std::string nameOf(const Actor& actor)
{
    return actor.fullName.empty() ? actor.account : actor.fullName;
}

Result<Position> appendEntry(const LedgerImport::Desk& desk, std::string kind, Json body)
{
    NewEntry entry;
    entry.kind = std::move(kind);
    entry.official = nameOf(desk.actor);
    entry.at = desk.clock.now();
    entry.body = std::move(body);
    Journal journal(desk.connection, desk.identity.install, desk.identity.epoch);
    const Written written = TRY(journal.append(entry));
    return written.position;
}

} // namespace

Result<LedgerTally> checkLedger(const LedgerSurvey& survey, const ReadyMap& map, LedgerStore* store,
                                const PlaceHints& hints, const RowListener& listener,
                                const LedgerWatch& watch)
{
    const auto reader = TRY(openTable(survey.file, survey.sheet, survey.delimiter));
    LedgerTally tally;
    std::set<std::string> numbers;
    for (;;) {
        const auto read = TRY(reader->next());
        if (!read) {
            return tally;
        }
        if (read->number <= map.map.header) {
            continue;
        }
        LedgerRow row = readLedgerRow(*read, map, hints);
        if (store != nullptr) {
            TRY(flagTaken(*store, row));
        }
        if (row.state != RowState::Skipped && !row.entryNumber.empty() && row.year &&
            !numbers.insert(numberKey(row)).second) {
            flagNumber(row, row.entryNumber + "/" + std::to_string(*row.year));
        }
        tally.add(row.state, isBlank(row));
        if (listener && !isBlank(row)) {
            listener(row);
        }
        if (tally.rows() % kWatchEvery == 0 && watch && !watch(reader->progress())) {
            return fail(ErrorKind::Refused, "stopped");
        }
    }
}

Result<LedgerImport> LedgerImport::begin(Desk desk, const LedgerSurvey& survey, ReadyMap map,
                                         PlaceHints hints)
{
    if (!mayDo(desk.actor.role, Act::ImportLedger)) {
        return fail(ErrorKind::Refused,
                    "Vai trò “" + std::string(roleLabel(desk.actor.role)) + "” không được nhập sổ cũ.");
    }
    LedgerImport import(std::move(desk), std::move(map), std::move(hints));
    import.m_sha256 = survey.file.sha256;
    import.m_last = import.m_map.map.header;
    LedgerStore store(import.m_desk.connection);
    const auto standing = TRY(store.standing(survey.file.sha256, survey.sheet));
    if (standing && standing->isDone) {
        return fail(ErrorKind::Duplicate, "Trang tính này của tệp đã được nhập xong ngày " +
                                              toDisplayDay(dayInVietnam(standing->at)) + " bởi " +
                                              standing->official + " (lần nhập số " +
                                              std::to_string(standing->id) + ").");
    }
    if (standing && standing->map != dumpJson(toJson(import.m_map.map))) {
        return fail(ErrorKind::Refused,
                    "Lần nhập số " + std::to_string(standing->id) +
                        " của tệp này đang dở với bản đồ cột khác. Nhập tiếp bằng bản đồ cột cũ, "
                        "hoặc gỡ bản nhập đó rồi nhập lại từ đầu.");
    }
    import.m_resumed = standing.has_value();
    if (standing) {
        import.m_id = standing->id;
        import.m_tally = standing->tally;
        import.m_last = std::max(import.m_last, standing->last);
    } else {
        TRY(import.writeBegin(survey));
    }
    import.m_reader = TRY(openTable(survey.file, survey.sheet, survey.delimiter));
    return import;
}

Result<Position> LedgerImport::append(std::string kind, Json body)
{
    body["ledger"] = m_id;
    body["file"] = m_sha256;
    return appendEntry(m_desk, std::move(kind), std::move(body));
}

Result<void> LedgerImport::writeBegin(const LedgerSurvey& survey)
{
    auto transaction = TRY(Transaction::begin(m_desk.connection));
    LedgerStore store(m_desk.connection);
    LedgerRecord record;
    record.sha256 = m_sha256;
    record.name = tidyText(survey.file.name);
    record.sheet = survey.sheet;
    record.map = dumpJson(toJson(m_map.map));
    record.at = m_desk.clock.now();
    record.official = nameOf(m_desk.actor);
    const Position position = TRY(append("ledger.begun", {{"name", record.name},
                                                          {"sheet", record.sheet},
                                                          {"size", survey.file.size},
                                                          {"map", toJson(m_map.map)}}));
    m_id = TRY(store.begin(record, survey.file.size, position));
    return transaction.commit();
}

Result<LedgerImport::Batch> LedgerImport::readBatch()
{
    Batch batch;
    batch.first = m_last + 1;
    batch.last = m_last;
    while (batch.tally.rows() < kBatchRows) {
        const auto read = TRY(m_reader->next());
        if (!read) {
            batch.isLast = true;
            break;
        }
        if (read->number <= m_last) {
            continue; // the header, or what came in before
        }
        LedgerRow row = readLedgerRow(*read, m_map, m_hints);
        batch.last = row.number;
        batch.tally.add(row.state, isBlank(row));
        if (!isBlank(row)) {
            batch.rows.push_back(std::move(row));
        }
    }
    return batch;
}

Result<void> LedgerImport::write(Batch& batch)
{
    auto transaction = TRY(Transaction::begin(m_desk.connection));
    LedgerStore store(m_desk.connection);
    LedgerDigest digest;
    LedgerTally tally;
    tally.blank = batch.tally.blank;
    for (LedgerRow& row : batch.rows) {
        TRY(flagTaken(store, row));
        tally.add(row.state, false);
        digest.add(row);
        TRY(store.addRow(m_id, row));
    }
    const Position position = TRY(append("ledger.rows", {{"first", batch.first},
                                                         {"last", batch.last},
                                                         {"imported", tally.imported()},
                                                         {"skipped", tally.skipped()},
                                                         {"digest", digest.hex()}}));
    TRY(store.addBatch(m_id, batch.first, batch.last, tally, position));
    TRY(transaction.commit());
    m_last = batch.last;
    m_tally.good += tally.good;
    m_tally.review += tally.review;
    m_tally.kept += tally.kept;
    m_tally.blank += tally.blank;
    return {};
}

Result<void> LedgerImport::writeEnd()
{
    auto transaction = TRY(Transaction::begin(m_desk.connection));
    const Position position =
        TRY(append("ledger.ended", {{"imported", m_tally.imported()}, {"skipped", m_tally.skipped()}}));
    LedgerStore store(m_desk.connection);
    TRY(store.end(m_id, m_desk.clock.now(), position));
    return transaction.commit();
}

Result<bool> LedgerImport::step()
{
    Batch batch = TRY(readBatch());
    if (batch.tally.rows() > 0) {
        TRY(write(batch));
    }
    if (batch.isLast) {
        TRY(writeEnd());
    }
    return !batch.isLast;
}

Result<void> withdrawLedger(LedgerImport::Desk desk, std::int64_t ledger, const std::string& reason)
{
    if (!mayDo(desk.actor.role, Act::DecideIdentity)) {
        return fail(ErrorKind::Refused, "Chỉ lãnh đạo hoặc quản trị được gỡ một bản nhập sổ cũ.");
    }
    const std::string why = tidyText(reason);
    if (why.empty() || codePoints(why) > 2000) {
        return fail(ErrorKind::Invalid, "Cần lý do gỡ, tối đa 2000 ký tự.");
    }
    LedgerStore store(desk.connection);
    const LedgerRecord record = TRY(store.find(ledger));
    if (record.withdrawn) {
        return fail(ErrorKind::Refused, "Bản nhập này đã được gỡ trước đó.");
    }
    auto transaction = TRY(Transaction::begin(desk.connection));
    const Position position = TRY(appendEntry(
        desk, "ledger.withdrawn", {{"ledger", ledger}, {"file", record.sha256}, {"reason", why}}));
    TRY(store.withdraw(ledger, nameOf(desk.actor), why, desk.clock.now(), position));
    return transaction.commit();
}

} // namespace motcua
