// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/sample_work.h"

#include "app/common/sample_drafts.h"

#include <algorithm>
#include <deque>

namespace motcua {

namespace {

constexpr Millis kOpens = std::chrono::hours(7) + std::chrono::minutes(30);
constexpr Millis kCloses = std::chrono::hours(17);
constexpr int kTriesMax = 20;

/// A day's hours in which the counter worked.
struct WorkDay
{
    Instant begins;
    Instant ends;
    std::int64_t receives = 0;
};

/// The step that a dossier takes on a later day.
struct NextStep
{
    std::string code;
    Status now;
    int daysLeft;
};

std::vector<WorkDay> workDays(const Catalogue& catalogue, Instant now, const SampleOptions& options)
{
    const Day today = dayInVietnam(now);
    std::vector<WorkDay> days;
    for (const bool onlyWorking : {true, false}) {
        for (int back = options.days - 1; back >= 0; --back) {
            const Day day(std::chrono::sys_days(today) - std::chrono::days(back));
            WorkDay work{instantInVietnam(day, kOpens), instantInVietnam(day, kCloses)};
            if (back == 0) {
                work.ends = std::min(work.ends, now);
                work.begins =
                    std::min(work.begins, std::max(instantInVietnam(day, Millis{0}), now - Millis{60'000}));
            }
            const bool plays = !onlyWorking || catalogue.calendar().isWorking(day);
            if (plays && !catalogue.procedures(day).empty()) {
                days.push_back(work);
            }
        }
        if (!days.empty()) {
            break; // a span without a working day is played all the same
        }
    }
    for (std::int64_t i = 0; i < options.count && !days.empty(); ++i) {
        ++days[static_cast<std::size_t>(i % static_cast<std::int64_t>(days.size()))].receives;
    }
    return days;
}

Status following(Status status, Random& random)
{
    const std::uint64_t dice = random.below(20);
    switch (status) {
    case Status::Received:
        return dice == 0 ? Status::Withdrawn : dice == 1 ? Status::Stopped : Status::Processing;
    case Status::Processing:
        return dice < 3 ? Status::Supplementing : Status::Finished;
    case Status::Supplementing:
        return Status::Processing;
    default:
        return Status::Returned;
    }
}

std::string noteFor(Status status)
{
    switch (status) {
    case Status::Supplementing:
        return "Bổ sung bản chính giấy tờ đã nộp bản sao.";
    case Status::Withdrawn:
        return "Người nộp xin rút hồ sơ.";
    case Status::Stopped:
        return "Không đủ điều kiện giải quyết theo quy định.";
    default:
        return {};
    }
}

class SampleCounter
{
public:
    SampleCounter(Workplace& place, std::uint64_t seed)
        : m_place(place), m_random(seed),
          m_drafts(m_random, place.catalogue(), placeName(place.identity().unitName))
    {}

    [[nodiscard]] std::int64_t received() const { return m_received; }

    [[nodiscard]] Answer<void> play(const WorkDay& day)
    {
        const auto acts = day.receives + static_cast<std::int64_t>(m_open.size()) + 1;
        m_tick = std::max(Millis{1}, (day.ends - day.begins) / acts);
        m_moment = day.begins;
        TRY(moveOn(day));
        for (std::int64_t i = 0; i < day.receives; ++i) {
            TRY(receiveOne(day));
        }
        return {};
    }

private:
    static std::string placeName(const std::string& unitName)
    {
        const std::size_t found = unitName.find(" xã ");
        return found == std::string::npos ? unitName
                                          : unitName.substr(found + std::string_view(" xã ").size());
    }

    [[nodiscard]] Answer<void> nextMoment(const WorkDay& day)
    {
        m_moment = std::min(m_moment + m_tick, day.ends);
        TRY(m_place.standAt(m_moment));
        return {};
    }

    [[nodiscard]] Answer<void> moveOn(const WorkDay& day)
    {
        std::deque<NextStep> later;
        for (NextStep& step : m_open) {
            if (--step.daysLeft > 0) {
                later.push_back(std::move(step));
                continue;
            }
            TRY(nextMoment(day));
            const Status to = following(step.now, m_random);
            TRY(m_place.desk().move(step.code, to, noteFor(to)));
            if (!isEnd(to)) {
                later.push_back({std::move(step.code), to, static_cast<int>(1 + m_random.below(4))});
            }
        }
        m_open = std::move(later);
        return {};
    }

    /// Rare combinations break a rule; then somebody else comes to the desk.
    [[nodiscard]] Answer<void> receiveOne(const WorkDay& day)
    {
        TRY(nextMoment(day));
        Problems last;
        for (int tries = 0; tries < kTriesMax; ++tries) {
            Json draft = m_drafts.make(dayInVietnam(m_moment));
            last = TRY(m_place.desk().check(draft));
            Json reasons = Json::object();
            for (const Problem& problem : last) {
                reasons[problem.pointer] = "Đã đối chiếu giấy tờ (bài thực hành).";
            }
            if (!reasons.empty()) {
                draft["reasons"] = std::move(reasons);
            }
            if (std::any_of(last.begin(), last.end(),
                            [](const Problem& p) { return p.severity == Severity::Hard; })) {
                continue;
            }
            const Received received = TRY(m_place.desk().receive(draft));
            ++m_received;
            m_open.push_back({received.code, Status::Received, static_cast<int>(1 + m_random.below(3))});
            return {};
        }
        return tl::unexpected(Refusal(std::move(last)));
    }

    Workplace& m_place;
    SeededRandom m_random;
    SampleDrafts m_drafts;
    std::deque<NextStep> m_open;
    Instant m_moment{};
    Millis m_tick{1};
    std::int64_t m_received = 0;
};

} // namespace

Answer<SampleDone> fillWithSamples(Workplace& place, const SampleOptions& options)
{
    if (!place.identity().practice) {
        return tl::unexpected(Refusal(Error{ErrorKind::Refused, "practice-only"}));
    }
    const std::optional<Instant> chosen = place.moment();
    const auto days = workDays(place.catalogue(), place.clock().now(), options);
    SampleCounter counter(place, options.seed);
    if (days.empty()) {
        return tl::unexpected(Refusal(Error{ErrorKind::Refused, "no procedure was in force on these days"}));
    }
    SampleDone done;
    for (const WorkDay& day : days) {
        if (auto played = counter.play(day); !played) {
            done.stopped = played.error();
            break;
        }
    }
    done.dossiers = counter.received();
    TRY(place.standAt(chosen));
    return done;
}

} // namespace motcua
