// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/courier_desk.h"

#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/desk/chain.h"

#include <set>

namespace motcua {

namespace {

/// What the chain adds to an entry to make it a line: ,"chain":"…".
constexpr std::int64_t kChainBytes = 64 + 11;

constexpr std::int64_t kRowsBetweenQuestions = 256;

Result<std::int64_t> openCount(Connection& connection)
{
    auto query =
        TRY(connection.prepare("SELECT count(*) FROM operation INDEXED BY operation_open WHERE final = 0"));
    TRY(query.step());
    return query.integer(0);
}

KnownBundle bundleOf(const Statement& query)
{
    KnownBundle known;
    known.sent = {query.text(0),    fromMillis(query.integer(1)),
                  query.text(2),    query.integer(3),
                  query.integer(4), query.text(5)};
    known.answers = query.integer(6);
    known.isAnswered = known.answers > 0 && query.integer(7) == known.answers;
    return known;
}

} // namespace

CourierDesk::CourierDesk(Connection& connection, const RegisterIdentity& identity, const Clock& clock)
    : m_connection(connection), m_identity(identity), m_clock(clock)
{}

Result<CourierChoice> CourierDesk::choose(const std::function<bool()>& goesOn)
{
    // As PortalDesk::sendable(), but whatever waits for a time or an answer travels too.
    auto query = TRY(m_connection.prepare(R"(
        SELECT o.position, o.place, o.after, length(CAST(j.entry AS BLOB)), o.at
        FROM operation o INDEXED BY operation_open JOIN journal j ON j.position = o.position
        WHERE o.final = 0 AND o.state IN ('waiting', 'sending', 'unknown', 'backoff')
          AND (o.kind = 'dossier.cancelled' OR NOT EXISTS(
                  SELECT 1 FROM operation c
                  WHERE c.place = o.place AND c.place <> c.position AND c.kind = 'dossier.cancelled'
                  AND c.state NOT IN ('withdrawn', 'superseded', 'needs-you')))
        ORDER BY o.place, o.position
    )"));
    CourierChoice choice;
    std::set<std::int64_t> places;
    std::int64_t rows = 0;
    while (TRY(query.step())) {
        if (goesOn && rows++ % kRowsBetweenQuestions == 0 && !goesOn()) {
            return fail(ErrorKind::Refused, "stopped while the queue was read");
        }
        const auto after = query.optionalInteger(2);
        if (after && !TRY(isReached(m_connection, *after, places))) {
            continue;
        }
        places.insert(query.integer(1));
        choice.items.push_back({{query.integer(0)}, query.integer(3) + kChainBytes});
        choice.bytes += choice.items.back().bytes;
        const Instant at = fromMillis(query.integer(4));
        choice.oldest = std::min(choice.oldest.value_or(at), at);
    }
    const auto open = TRY(openCount(m_connection));
    choice.left = open - static_cast<std::int64_t>(choice.items.size());
    return choice;
}

Result<Outgoing> CourierDesk::outgoing(Position position)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT j.entry, j.chain, o.digest FROM operation o JOIN journal j ON j.position = o.position
        WHERE o.position = :position
    )"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    const auto chain = found ? hashFromBytes(query.view(1)) : std::nullopt;
    if (!chain) {
        return fail(ErrorKind::Damaged, "an operation without entry or chain");
    }
    Outgoing out;
    out.position = position;
    out.op = opIdOf(m_identity.install, position).text();
    out.line = operationLine(query.view(0), *chain);
    out.digest = sha256(out.line);
    if (hashFromBytes(query.view(2)) != out.digest) {
        return fail(ErrorKind::Damaged, "an operation's bytes are not those that were queued");
    }
    return out;
}

Result<void> CourierDesk::recordExport(const SentBundle& bundle, const std::vector<Position>& positions)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    auto insert = TRY(m_connection.prepare(R"(
        INSERT OR IGNORE INTO bundle(id, at, official, operations, volumes, portal_epoch)
        VALUES(:id, :at, :official, :operations, :volumes, :portal_epoch)
    )"));
    insert.bind(":id", bundle.id).bind(":at", toMillis(bundle.at)).bind(":official", bundle.official);
    insert.bind(":operations", bundle.operations).bind(":volumes", bundle.volumes);
    insert.bind(":portal_epoch", bundle.portalEpoch);
    TRY(insert.run());
    const std::string list = positionList(positions);
    auto link = TRY(m_connection.prepare(R"(
        INSERT OR IGNORE INTO exported(position, bundle) SELECT value, :bundle FROM json_each(:positions)
    )"));
    link.bind(":bundle", bundle.id).bind(":positions", list);
    TRY(link.run());
    return transaction.commit();
}

Result<std::optional<KnownBundle>> CourierDesk::find(const std::string& id)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT b.id, b.at, b.official, b.operations, b.volumes, b.portal_epoch,
               (SELECT count(*) FROM bundle_answer a WHERE a.bundle = b.id),
               coalesce((SELECT a.volume FROM bundle_answer a WHERE a.bundle = b.id AND a.is_last = 1), -1)
        FROM bundle b WHERE b.id = :id
    )"));
    query.bind(":id", id);
    const bool found = TRY(query.step());
    return found ? std::optional(bundleOf(query)) : std::nullopt;
}

Result<std::vector<KnownBundle>> CourierDesk::newest(int count)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT b.id, b.at, b.official, b.operations, b.volumes, b.portal_epoch,
               (SELECT count(*) FROM bundle_answer a WHERE a.bundle = b.id),
               coalesce((SELECT a.volume FROM bundle_answer a WHERE a.bundle = b.id AND a.is_last = 1), -1)
        FROM bundle b ORDER BY b.at DESC, b.id LIMIT :count
    )"));
    query.bind(":count", count);
    std::vector<KnownBundle> bundles;
    while (TRY(query.step())) {
        bundles.push_back(bundleOf(query));
    }
    return bundles;
}

Result<std::string> CourierDesk::epochHeard(const std::string& bound)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT value ->> 1 FROM setting WHERE key = 'courier_epoch' AND value ->> 0 = :bound
    )"));
    query.bind(":bound", bound);
    const bool found = TRY(query.step());
    return found ? query.text(0) : bound;
}

Result<void> CourierDesk::noteEpoch(const std::string& bound, const std::string& heard)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(putSetting(m_connection, "courier_epoch", dumpJson(Json::array({bound, heard}))));
    return transaction.commit();
}

Result<Secret> CourierDesk::answerSeed()
{
    const auto text = TRY(settingOf(m_connection, "courier_seed"));
    auto seed = text ? fromHex(*text) : std::nullopt;
    return seed ? Secret(std::move(*seed)) : Secret();
}

Result<void> CourierDesk::keepAnswerSeed(const Secret& seed)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    const std::string text = toHex(seed.bytes());
    auto put =
        TRY(m_connection.prepare("INSERT OR IGNORE INTO setting(key, value) VALUES('courier_seed', :value)"));
    put.bind(":value", text);
    TRY(put.run());
    return transaction.commit();
}

Result<std::vector<Outgoing>> CourierDesk::known(const std::vector<std::string>& ops)
{
    auto query = TRY(m_connection.prepare("SELECT digest FROM operation WHERE position = :position"));
    std::vector<Outgoing> found;
    for (const std::string& op : ops) {
        const auto position = positionOf(m_identity.install, op);
        if (!position) {
            continue;
        }
        query.reset();
        query.bind(":position", position->value);
        if (TRY(query.step())) {
            found.push_back({*position, op, {}, hashFromBytes(query.view(0)).value_or(Hash{}), true});
        }
    }
    return found;
}

Result<void> CourierDesk::recordAnswer(const AnswerVolume& volume)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    auto insert = TRY(m_connection.prepare(R"(
        INSERT OR IGNORE INTO bundle_answer(bundle, volume, is_last, at)
        VALUES(:bundle, :volume, :is_last, :at)
    )"));
    insert.bind(":bundle", volume.bundle).bind(":volume", volume.volume);
    insert.bind(":is_last", volume.isLast ? 1 : 0).bind(":at", toMillis(m_clock.now()));
    TRY(insert.run());
    return transaction.commit();
}

} // namespace motcua
