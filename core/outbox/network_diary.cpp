// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/network_diary.h"

#include <algorithm>
#include <array>
#include <map>

namespace motcua {

namespace {

/// An outage that began before the asked time is followed so far back in every case; see beganAt().
constexpr Millis kLookBack{24 * 60 * 60 * 1'000};
constexpr Millis kShortest{60 * 1'000};
constexpr std::size_t kCausesMax = 50;

struct Row
{
    Sighting sighting;
    bool isLost = false; ///< a request without an answer
};

/// Puts one outage together while the rows go by.
class OpenOutage
{
public:
    explicit OpenOutage(Instant since) { m_outage.since = since; }

    void add(const Row& row)
    {
        alsoWaited(row.sighting.waiting);
        m_outage.lost += row.isLost ? 1 : 0;
        const std::string& cause = row.sighting.detail;
        if (!cause.empty() && (m_causes.size() < kCausesMax || m_causes.contains(cause))) {
            ++m_causes[cause];
        }
        m_last = row.sighting.reach;
    }
    void alsoWaited(std::int64_t waiting) { m_outage.waitingMost = std::max(m_outage.waitingMost, waiting); }
    void last(Millis span, std::optional<Reach> reach)
    {
        if (reach) {
            m_lengths[static_cast<std::size_t>(*reach)] += span;
        } else {
            m_outage.unseen += span;
        }
    }

    [[nodiscard]] Outage finished(std::optional<Instant> until, bool endUnseen) const
    {
        Outage outage = m_outage;
        outage.until = until;
        outage.endUnseen = endUnseen;
        const auto longest = std::max_element(m_lengths.begin(), m_lengths.end());
        outage.reach =
            *longest == Millis{0} ? m_last : static_cast<Reach>(std::distance(m_lengths.begin(), longest));
        const auto cause = std::max_element(m_causes.begin(), m_causes.end(),
                                            [](const auto& a, const auto& b) { return a.second < b.second; });
        outage.detail = cause == m_causes.end() ? std::string() : cause->first;
        return outage;
    }

private:
    Outage m_outage;
    Reach m_last = Reach::Offline;
    std::array<Millis, 5> m_lengths{};
    std::map<std::string, int> m_causes;
};

/// Goes through the rows by their time and keeps what they say.
class Diarist
{
public:
    Diarist(Instant from, Instant now, std::int64_t waitingNow) : m_waitingNow(waitingNow)
    {
        m_diary.from = from;
        m_diary.until = now;
    }

    void see(Row row)
    {
        if (!m_before || row.sighting.reach != m_before->sighting.reach || !isKnownUntil(row)) {
            m_diary.since = row.sighting.at;
        }
        if (m_before) {
            passTo(row);
        }
        if (row.sighting.reach != Reach::Online) {
            if (!m_open) {
                m_open.emplace(row.sighting.at);
                m_first = m_first || !m_before;
            }
            m_open->add(row);
        }
        m_before = std::move(row);
    }

    /// Whether the first outage was there already when the rows began.
    [[nodiscard]] bool beganWithOutage() const { return m_first; }

    [[nodiscard]] NetworkDiary finished()
    {
        const Instant now = m_diary.until;
        if (m_before) {
            m_diary.latest = m_before->sighting;
            const Instant last = m_before->sighting.at;
            const bool isKnown = now - last <= kReachBridge;
            const auto reach = isKnown ? std::optional(m_before->sighting.reach) : std::nullopt;
            addSpan(last, now, reach);
            if (m_open && isKnown) {
                m_open->last(now - last, reach);
                m_open->alsoWaited(m_waitingNow);
                close(std::nullopt, false);
            } else if (m_open) {
                close(last, true);
            }
        }
        std::reverse(m_diary.outages.begin(), m_diary.outages.end());
        return std::move(m_diary);
    }

private:
    /// Whether somebody looked all the time between the row before and this one.
    [[nodiscard]] bool isKnownUntil(const Row& row) const
    {
        const Sighting& before = m_before->sighting;
        return before.instance == row.sighting.instance || row.sighting.at - before.at <= kReachBridge;
    }

    void passTo(const Row& row)
    {
        const Sighting& before = m_before->sighting;
        const bool isKnown = isKnownUntil(row);
        const auto reach = isKnown ? std::optional(before.reach) : std::nullopt;
        addSpan(before.at, row.sighting.at, reach);
        if (!m_open) {
            return;
        }
        const bool isOver = row.sighting.reach == Reach::Online;
        if (isOver && !isKnown) {
            close(before.at, true); // nobody knows how much longer it lasted
            return;
        }
        m_open->last(row.sighting.at - before.at, reach);
        if (isOver) {
            m_open->alsoWaited(row.sighting.waiting); // what came after the look before
            close(row.sighting.at, false);
        }
    }

    void close(std::optional<Instant> until, bool endUnseen)
    {
        Outage outage = m_open->finished(until, endUnseen);
        m_open.reset();
        if (until && *until <= m_diary.from) {
            return;
        }
        if (until && outage.length(m_diary.until) < kShortest) {
            ++m_diary.flickers;
        } else {
            m_diary.outages.push_back(std::move(outage));
        }
    }

    void addSpan(Instant from, Instant until, std::optional<Reach> reach)
    {
        from = std::max(from, m_diary.from);
        if (until <= from) {
            return;
        }
        auto& spans = m_diary.spans;
        if (!spans.empty() && spans.back().reach == reach && spans.back().until == from) {
            spans.back().until = until;
        } else {
            spans.push_back({from, until, reach});
        }
    }

    NetworkDiary m_diary;
    std::int64_t m_waitingNow;
    std::optional<Row> m_before;
    std::optional<OpenOutage> m_open;
    bool m_first = false;
};

Result<std::int64_t> waitingNow(Connection& connection)
{
    auto query =
        TRY(connection.prepare("SELECT count(*) FROM operation INDEXED BY operation_open WHERE final = 0"));
    TRY(query.step());
    return query.integer(0);
}

/// When an outage began that was there at `at` already: the first look after the last answer.
Result<std::optional<Instant>> beganAt(Connection& connection, Instant at)
{
    auto query = TRY(connection.prepare(R"(
        SELECT min(at) FROM sighting WHERE at <= :at AND at > coalesce(
            (SELECT at FROM sighting WHERE at < :at AND reach = 'online' ORDER BY at DESC LIMIT 1), 0)
    )"));
    query.bind(":at", toMillis(at));
    TRY(query.step());
    const auto began = query.optionalInteger(0);
    return began ? std::optional(fromMillis(*began)) : std::nullopt;
}

} // namespace

Result<NetworkDiary> networkDiary(Connection& connection, Instant from, Instant now)
{
    const Instant begin = from - kLookBack;
    // A refusal of the whole request is the portal's answer; too large and an old cursor end by themselves.
    auto query = TRY(connection.prepare(R"(
        SELECT at, instance, reach, waiting, detail, 0 AS lost FROM sighting WHERE at >= :from AND at <= :now
        UNION ALL
        SELECT o.ended, a.instance,
               CASE WHEN o.class = 'answered' THEN 'online' WHEN o.class = 'later' THEN 'busy'
                    WHEN o.class = 'not-portal' THEN 'not-portal' WHEN o.class = 'lost' THEN 'offline'
                    WHEN o.http_status IN (410, 413) THEN 'online' ELSE 'held' END,
               a.count, o.detail, o.class = 'lost'
        FROM attempt a INDEXED BY attempt_started JOIN outcome o ON o.attempt = a.id
        WHERE a.started >= :from AND a.started <= :now AND o.ended <= :now
        ORDER BY 1
    )"));
    query.bind(":from", toMillis(begin)).bind(":now", toMillis(now));
    Diarist diarist(from, now, TRY(waitingNow(connection)));
    while (TRY(query.step())) {
        Row row;
        row.sighting.at = fromMillis(query.integer(0));
        row.sighting.instance = query.text(1);
        row.sighting.reach = parseReach(query.view(2)).value_or(Reach::Offline);
        row.sighting.waiting = query.integer(3);
        row.sighting.detail = row.sighting.reach == Reach::Online ? std::string() : query.text(4);
        row.isLost = query.integer(5) != 0;
        diarist.see(std::move(row));
    }
    const bool beganWithOutage = diarist.beganWithOutage();
    NetworkDiary diary = diarist.finished();
    if (beganWithOutage && !diary.outages.empty()) {
        Outage& oldest = diary.outages.back();
        const auto began = TRY(beganAt(connection, oldest.since));
        oldest.since = began.value_or(oldest.since);
    }
    return diary;
}

} // namespace motcua
