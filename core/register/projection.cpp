// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/register/projection.h"

#include "core/base/check.h"
#include "core/dossier/status.h"
#include "core/register/search_words.h"

namespace motcua {

namespace {

std::optional<std::int64_t> millisAt(const Json& dossier, std::string_view member)
{
    const Json& value = at(dossier, member);
    if (!value.is_string()) {
        return std::nullopt;
    }
    const auto instant = parseRfc3339(value.get_ref<const std::string&>());
    return instant ? std::optional(toMillis(*instant)) : std::nullopt;
}

std::optional<std::string> textAt(const Json& object, std::string_view member)
{
    const Json& value = at(object, member);
    return value.is_string() ? std::optional(value.get_ref<const std::string&>()) : std::nullopt;
}

/// The row's own columns, held together so that what is bound outlives the statement's run.
struct Columns
{
    explicit Columns(const Standing& standing, const FieldOf& fieldOf) : Columns(standing.dossier, fieldOf)
    {
        closed = standing.closed ? std::optional(toMillis(*standing.closed)) : std::nullopt;
    }

    explicit Columns(const Json& dossier, const FieldOf& fieldOf)
        : code(stringAt(dossier, "code")), procedure(stringAt(dossier, "procedure")),
          channel(stringAt(dossier, "channel")), name(stringAt(at(dossier, "applicant"), "name")),
          personalId(textAt(at(dossier, "applicant"), "personalId")),
          phone(textAt(at(dossier, "applicant"), "phone")), officialCode(textAt(dossier, "officialCode")),
          received(millisAt(dossier, "receivedAt").value_or(0)), due(millisAt(dossier, "dueAt")),
          finished(millisAt(dossier, "finishedAt")), returned(millisAt(dossier, "returnedAt"))
    {
        const auto parsed = parseStatus(stringAt(dossier, "status"));
        require(parsed.has_value(), "a dossier in the register has a status");
        status = statusCode(*parsed);
        field = fieldOf(procedure, dayInVietnam(fromMillis(received)));
    }

    void bindTo(Statement& statement) const
    {
        statement.bind(":code", code).bind(":procedure", procedure).bind(":field", field);
        statement.bind(":channel", channel).bind(":name", name).bind(":personal_id", personalId);
        statement.bind(":phone", phone).bind(":received", received).bind(":status", status);
        statement.bind(":due", due).bind(":finished", finished).bind(":returned", returned);
        statement.bind(":official_code", officialCode).bind(":closed", closed);
    }

    std::string code, procedure, channel, name, field;
    std::optional<std::string> personalId, phone, officialCode;
    std::int64_t received;
    std::optional<std::int64_t> due, finished, returned, closed;
    int status = 0;
};

void overlayInstant(Json& dossier, const char* member, std::optional<std::int64_t> millis)
{
    if (millis) {
        dossier[member] = toRfc3339(fromMillis(*millis));
    } else if (dossier.contains(member)) {
        dossier[member] = nullptr;
    }
}

} // namespace

std::optional<Instant> closedAfter(const Standing& before, const Json& after, Instant at)
{
    if (const auto finished = millisAt(after, "finishedAt")) {
        return fromMillis(*finished);
    }
    const auto status = parseStatus(stringAt(after, "status"));
    const bool ended = status && (isEnd(*status) || *status == Status::Stopped);
    if (!ended) {
        return std::nullopt;
    }
    return before.closed ? before.closed : at;
}

Result<std::int64_t> DossierProjection::nextId()
{
    auto query = TRY(m_connection.prepare("SELECT coalesce(max(id), 0) + 1 FROM dossier"));
    TRY(query.step());
    return query.integer(0);
}

Result<void> DossierProjection::insert(std::int64_t id, const std::string& uid, const Standing& standing,
                                       BodySource source, const AgreedState& agreed,
                                       const std::optional<std::string>& clientRef)
{
    const Columns columns(standing, m_fieldOf);
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO dossier(id, uid, code, procedure, field, channel, name, personal_id, phone, received, status,
            due, finished, returned, closed, official_code, client_ref, rev, seq, epoch, gone, body_entry, body_pull)
        VALUES(:id, :uid, :code, :procedure, :field, :channel, :name, :personal_id, :phone, :received, :status,
            :due, :finished, :returned, :closed, :official_code, :client_ref, :rev, :seq, :epoch, :gone, :body_entry, :body_pull)
    )"));
    columns.bindTo(insert);
    insert.bind(":id", id).bind(":uid", uid).bind(":client_ref", clientRef);
    insert.bind(":rev", agreed.rev).bind(":seq", agreed.seq).bind(":epoch", agreed.epoch);
    insert.bind(":gone", agreed.gone ? 1 : 0);
    insert.bind(":body_entry", source.entry).bind(":body_pull", source.pull);
    TRY(insert.run());
    TRY(storeBody(id, standing.dossier, source));
    TRY(m_people.add(id, personsIn(standing.dossier)));
    const std::string words = searchWords(standing.dossier);
    // What is received here comes one by one, what is pulled or rebuilt comes many at a time.
    return source.entry ? m_search.add(id, words) : m_search.addOfMany(id, words);
}

Result<void> DossierProjection::update(std::int64_t id, const Json& before, const Standing& after,
                                       BodySource source)
{
    const Columns columns(after, m_fieldOf);
    auto change = TRY(m_connection.prepare(R"(
        UPDATE dossier SET code = :code, procedure = :procedure, field = :field, channel = :channel, name = :name,
            personal_id = :personal_id, phone = :phone, received = :received, status = :status, due = :due,
            finished = :finished, returned = :returned, closed = :closed, official_code = :official_code,
            body_entry = :body_entry, body_pull = :body_pull
        WHERE id = :id
    )"));
    columns.bindTo(change);
    change.bind(":id", id).bind(":body_entry", source.entry).bind(":body_pull", source.pull);
    TRY(change.run());
    TRY(storeBody(id, after.dossier, source));
    TRY(m_people.update(id, personsIn(after.dossier)));
    const std::string wordsBefore = searchWords(before);
    const std::string wordsAfter = searchWords(after.dossier);
    if (wordsBefore == wordsAfter) {
        return {};
    }
    TRY(m_search.remove(id, wordsBefore));
    return m_search.add(id, wordsAfter);
}

Result<void> DossierProjection::setAgreed(std::int64_t id, const AgreedState& agreed)
{
    auto change = TRY(m_connection.prepare(R"(
        UPDATE dossier SET rev = :rev, seq = :seq, epoch = :epoch, gone = :gone WHERE id = :id
    )"));
    change.bind(":rev", agreed.rev).bind(":seq", agreed.seq).bind(":epoch", agreed.epoch);
    change.bind(":gone", agreed.gone ? 1 : 0).bind(":id", id);
    return change.run();
}

Result<void> DossierProjection::storeBody(std::int64_t id, const Json& dossier, BodySource source)
{
    if (source.entry || source.pull) {
        auto remove = TRY(m_connection.prepare("DELETE FROM dossier_body WHERE id = :id"));
        remove.bind(":id", id);
        return remove.run();
    }
    const std::string body = dumpJson(dossier);
    auto store = TRY(m_connection.prepare(R"(
        INSERT INTO dossier_body(id, body) VALUES(:id, :body)
        ON CONFLICT(id) DO UPDATE SET body = excluded.body
    )"));
    store.bind(":id", id).bind(":body", body);
    return store.run();
}

Result<Json> DossierProjection::loadBody(std::int64_t id, std::optional<std::int64_t> entry,
                                         std::optional<std::int64_t> pull)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT coalesce((SELECT body FROM dossier_body WHERE id = :id),
                        (SELECT body FROM pulled WHERE id = :pull),
                        (SELECT entry FROM journal WHERE position = :entry))
    )"));
    query.bind(":id", id).bind(":entry", entry).bind(":pull", pull);
    const bool row = TRY(query.step());
    auto parsed = row ? parseJson(query.view(0)) : fail(ErrorKind::Damaged, "no body");
    if (!parsed) {
        return fail(ErrorKind::Damaged,
                    "the body of dossier " + std::to_string(id) + ": " + parsed.error().detail);
    }
    return entry ? Json(at(*parsed, "body")) : *parsed;
}

Result<Standing> DossierProjection::load(std::int64_t id)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT body_entry, body_pull, status, due, finished, returned, official_code, closed FROM dossier WHERE id = :id
    )"));
    query.bind(":id", id);
    const bool row = TRY(query.step());
    if (!row) {
        return fail(ErrorKind::NotFound, "dossier " + std::to_string(id));
    }
    Json dossier = TRY(loadBody(id, query.optionalInteger(0), query.optionalInteger(1)));
    const auto status = statusOfCode(static_cast<int>(query.integer(2)));
    if (!status || !dossier.is_object()) {
        return fail(ErrorKind::Damaged, "dossier " + std::to_string(id));
    }
    dossier["status"] = std::string(statusName(*status));
    overlayInstant(dossier, "dueAt", query.optionalInteger(3));
    overlayInstant(dossier, "finishedAt", query.optionalInteger(4));
    overlayInstant(dossier, "returnedAt", query.optionalInteger(5));
    if (const auto official = query.optionalText(6)) {
        dossier["officialCode"] = *official;
    }
    const auto closed = query.optionalInteger(7);
    return Standing{std::move(dossier), closed ? std::optional(fromMillis(*closed)) : std::nullopt};
}

namespace {

std::int64_t dayNumber(Day day)
{
    return static_cast<int>(day.year()) * 10000 + static_cast<unsigned>(day.month()) * 100 +
           static_cast<unsigned>(day.day());
}

} // namespace

Result<std::optional<int>> DossierProjection::highestNumber(Day day, int slot)
{
    // Paper mode has s900 to s999; behind s899 it goes on with s1000.
    auto query = TRY(m_connection.prepare(R"(
        SELECT max(number) FROM number
        WHERE day = :day AND slot = :slot AND number NOT BETWEEN :slot * 1000 + 900 AND :slot * 1000 + 999
    )"));
    query.bind(":day", dayNumber(day)).bind(":slot", slot);
    TRY(query.step());
    const auto highest = query.optionalInteger(0);
    return highest ? std::optional(static_cast<int>(*highest)) : std::nullopt;
}

Result<bool> DossierProjection::isBorne(const std::string& code)
{
    auto query = TRY(m_connection.prepare("SELECT 1 FROM dossier WHERE code = :code"));
    query.bind(":code", code);
    return query.step();
}

Result<void> DossierProjection::takeNumber(Day day, int slot, int number, std::int64_t id)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO number(day, slot, number, dossier) VALUES(:day, :slot, :number, :dossier)
    )"));
    insert.bind(":day", dayNumber(day)).bind(":slot", slot).bind(":number", number).bind(":dossier", id);
    return insert.run();
}

Result<void> DossierProjection::clear()
{
    TRY(m_search.clear());
    TRY(m_people.clear());
    return m_connection.execute(R"(
        DELETE FROM dossier_body;
        DELETE FROM dossier;
        DELETE FROM number;
        DELETE FROM operation;
    )");
}

Result<void> DossierProjection::fillPeople()
{
    std::vector<std::int64_t> ids;
    {
        auto query = TRY(m_connection.prepare(R"(
            SELECT id FROM dossier WHERE id > (SELECT coalesce(max(id), 0) FROM people) ORDER BY id
        )"));
        while (TRY(query.step())) {
            ids.push_back(query.integer(0));
        }
    }
    for (const std::int64_t id : ids) {
        // A damaged body is the verification's finding, and no reason to keep a register from being opened.
        const auto standing = load(id);
        TRY(m_people.add(id, standing ? personsIn(standing->dossier) : std::vector<StatedPerson>()));
    }
    return {};
}

} // namespace motcua
