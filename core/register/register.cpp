// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/register/register.h"

#include "core/register/projection.h"
#include "core/register/search_index.h"

#include <algorithm>

namespace motcua {

namespace {

// The one list of columns that rowOf() reads. A macro-free way to keep several statements pasteable is to
// spell it out in each; they differ only behind FROM.
DossierRow rowOf(const Statement& query)
{
    DossierRow row;
    row.id = query.integer(0);
    row.uid = query.text(1);
    row.code = query.text(2);
    row.procedure = query.text(3);
    row.field = query.text(4);
    row.channel = query.text(5);
    row.name = query.text(6);
    row.personalId = query.optionalText(7);
    row.phone = query.optionalText(8);
    row.received = fromMillis(query.integer(9));
    row.status = statusOfCode(static_cast<int>(query.integer(10))).value_or(Status::Received);
    const auto instant = [&](int column) {
        const auto millis = query.optionalInteger(column);
        return millis ? std::optional(fromMillis(*millis)) : std::nullopt;
    };
    row.due = instant(11);
    row.finished = instant(12);
    row.returned = instant(13);
    row.officialCode = query.optionalText(14);
    row.clientRef = query.optionalText(15);
    row.gone = query.integer(16) != 0;
    return row;
}

Result<DossierView> viewOf(Connection& connection, Statement query)
{
    const bool found = TRY(query.step());
    if (!found) {
        return fail(ErrorKind::NotFound, "no such dossier");
    }
    DossierView view;
    view.row = rowOf(query);
    view.rev = query.optionalText(17);
    DossierProjection projection(connection, [](const std::string&, Day) { return std::string(); });
    view.dossier = TRY(projection.load(view.row.id))
    .dossier;
    return view;
}

} // namespace

Result<Hits> Register::find(std::string_view text, std::int64_t limit)
{
    const auto begun = m_clock.monotonicMicros();
    Hits hits;
    const SearchTerms terms(text);
    if (terms.empty()) {
        return hits;
    }
    // The index alone is asked first; rows are read for what is shown.
    auto ids = TRY(SearchIndex(m_connection).find(terms, limit + 1));
    hits.more = static_cast<std::int64_t>(ids.size()) > limit;
    ids.resize(std::min(ids.size(), static_cast<std::size_t>(limit)));
    auto query = TRY(m_connection.prepare(R"(
        SELECT id, uid, code, procedure, field, channel, name, personal_id, phone, received, status, due,
               finished, returned, official_code, client_ref, gone
        FROM dossier WHERE id = :id
    )"));
    for (const std::int64_t id : ids) {
        query.bind(":id", id);
        if (TRY(query.step())) {
            hits.rows.push_back(rowOf(query));
        }
        query.reset();
    }
    hits.micros = m_clock.monotonicMicros() - begun;
    return hits;
}

Result<std::vector<DossierRow>> Register::list(const ListFilter& filter)
{
    // One text for each order, so that each walks along its own index and stops at the limit.
    static constexpr std::string_view kNewest = R"(
        SELECT id, uid, code, procedure, field, channel, name, personal_id, phone, received, status, due,
               finished, returned, official_code, client_ref, gone
        FROM dossier
        WHERE (:status IS NULL OR status = :status) AND (:procedure IS NULL OR procedure = :procedure)
          AND (:due_before IS NULL OR (due < :due_before AND closed IS NULL))
        ORDER BY id DESC LIMIT :limit OFFSET :offset
    )";
    static constexpr std::string_view kDue = R"(
        SELECT id, uid, code, procedure, field, channel, name, personal_id, phone, received, status, due,
               finished, returned, official_code, client_ref, gone
        FROM dossier
        WHERE closed IS NULL AND due IS NOT NULL
          AND (:status IS NULL OR status = :status) AND (:procedure IS NULL OR procedure = :procedure)
          AND (:due_before IS NULL OR due < :due_before)
        ORDER BY due, id LIMIT :limit OFFSET :offset
    )";
    auto query = TRY(m_connection.prepare(filter.order == ListOrder::DueFirst ? kDue : kNewest));
    query.bind(":status",
               filter.status ? std::optional<std::int64_t>(statusCode(*filter.status)) : std::nullopt);
    query.bind(":procedure", filter.procedure);
    query.bind(":due_before", filter.dueBefore ? std::optional(toMillis(*filter.dueBefore)) : std::nullopt);
    query.bind(":limit", filter.limit.value_or(-1)).bind(":offset", filter.offset);
    std::vector<DossierRow> rows;
    while (TRY(query.step())) {
        rows.push_back(rowOf(query));
    }
    return rows;
}

Result<DossierView> Register::byCode(std::string_view code)
{
    // One that was withdrawn before the portal ever had it keeps its code, and stands in nobody's way.
    auto query = TRY(m_connection.prepare(R"(
        SELECT d.id FROM dossier d
        WHERE d.code = :code AND ((SELECT count(*) FROM dossier WHERE code = :code) = 1 OR d.rev IS NOT NULL
              OR EXISTS(SELECT 1 FROM journal j JOIN operation o ON o.position = j.position
                        WHERE j.dossier = d.id AND o.final = 0))
        ORDER BY d.id LIMIT 2
    )"));
    query.bind(":code", code);
    std::vector<std::int64_t> found;
    while (TRY(query.step())) {
        found.push_back(query.integer(0));
    }
    if (found.size() > 1) {
        return fail(ErrorKind::Refused,
                    "Có hai hồ sơ cùng mang mã " + std::string(code) +
                        " nên chưa ghi gì, để không nhầm hồ sơ. Hãy xem cả hai; cổng nhận xong thì một hồ sơ "
                        "được cấp số mới. Nếu vẫn trùng, báo quản trị");
    }
    return found.empty() ? newestByCode(code) : byId(found.front());
}

Result<DossierView> Register::newestByCode(std::string_view code)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT id, uid, code, procedure, field, channel, name, personal_id, phone, received, status, due,
               finished, returned, official_code, client_ref, gone, rev
        FROM dossier WHERE code = :code ORDER BY id DESC LIMIT 1
    )"));
    query.bind(":code", code);
    return viewOf(m_connection, std::move(query));
}

Result<DossierView> Register::byUid(std::string_view uid)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT id, uid, code, procedure, field, channel, name, personal_id, phone, received, status, due,
               finished, returned, official_code, client_ref, gone, rev
        FROM dossier WHERE uid = :uid
    )"));
    query.bind(":uid", uid);
    return viewOf(m_connection, std::move(query));
}

Result<DossierView> Register::byId(std::int64_t id)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT id, uid, code, procedure, field, channel, name, personal_id, phone, received, status, due,
               finished, returned, official_code, client_ref, gone, rev
        FROM dossier WHERE id = :id
    )"));
    query.bind(":id", id);
    return viewOf(m_connection, std::move(query));
}

Result<Register::Counts> Register::counts(Instant now)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT (SELECT count(*) FROM dossier INDEXED BY dossier_open WHERE closed IS NULL),
               (SELECT count(*) FROM dossier INDEXED BY dossier_open WHERE closed IS NULL AND due < :now),
               (SELECT count(*) FROM dossier WHERE received >= :midnight)
    )"));
    query.bind(":now", toMillis(now))
        .bind(":midnight", toMillis(instantInVietnam(dayInVietnam(now), Millis{0})));
    TRY(query.step());
    return Counts{query.integer(0), query.integer(1), query.integer(2)};
}

} // namespace motcua
