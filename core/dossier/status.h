// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace motcua {

/// Where a dossier stands. The numbers are the national status codes (portal contract, Status; the list
/// of the national public-service portal), so they are stored and reported as they are.
enum class Status
{
    Registered = 1,
    Received = 2,
    Refused = 3,
    Processing = 4,
    Supplementing = 5,
    Paying = 6,
    Withdrawn = 7,
    Stopped = 8,
    Finished = 9,
    Returned = 10,
};

inline constexpr std::array kStatuses{
    Status::Registered, Status::Received,  Status::Refused, Status::Processing, Status::Supplementing,
    Status::Paying,     Status::Withdrawn, Status::Stopped, Status::Finished,   Status::Returned,
};

/// One legal move.
struct Step
{
    Status from;
    Status to;
};

/// The life of a dossier as a table (portal contract, Status). What is not here is an illegal move.
inline constexpr std::array kSteps{
    Step{Status::Registered, Status::Received},      Step{Status::Registered, Status::Refused},
    Step{Status::Registered, Status::Withdrawn},     Step{Status::Received, Status::Processing},
    Step{Status::Received, Status::Supplementing},   Step{Status::Received, Status::Paying},
    Step{Status::Received, Status::Finished},        Step{Status::Received, Status::Stopped},
    Step{Status::Received, Status::Withdrawn},       Step{Status::Processing, Status::Supplementing},
    Step{Status::Processing, Status::Paying},        Step{Status::Processing, Status::Finished},
    Step{Status::Processing, Status::Stopped},       Step{Status::Processing, Status::Withdrawn},
    Step{Status::Supplementing, Status::Processing}, Step{Status::Supplementing, Status::Stopped},
    Step{Status::Supplementing, Status::Withdrawn},  Step{Status::Paying, Status::Processing},
    Step{Status::Paying, Status::Finished},          Step{Status::Paying, Status::Stopped},
    Step{Status::Paying, Status::Withdrawn},         Step{Status::Finished, Status::Returned},
    Step{Status::Finished, Status::Processing}, // taken up again
    Step{Status::Stopped, Status::Returned},
};

[[nodiscard]] constexpr bool mayMove(Status from, Status to)
{
    for (const Step& step : kSteps) {
        if (step.from == from && step.to == to) {
            return true;
        }
    }
    return false;
}

/// True when nothing follows: refused, withdrawn, returned.
[[nodiscard]] constexpr bool isEnd(Status status)
{
    for (const Step& step : kSteps) {
        if (step.from == status) {
            return false;
        }
    }
    return true;
}

/// Which of two is further on the way that leads to a result, or nothing where they contradict each other:
/// being withdrawn, stopped or refused, and waiting for papers or money while the other works on, are a
/// person's to weigh. Equal ones are no question.
[[nodiscard]] std::optional<Status> furtherOf(Status a, Status b);

/// Nobody works on it any more: decided, returned or ended.
[[nodiscard]] constexpr bool isClosed(Status status)
{
    return isEnd(status) || status == Status::Stopped || status == Status::Finished;
}

/// Where a dossier can go from here, in the order of the codes.
[[nodiscard]] std::vector<Status> movesFrom(Status status);

/// The national code, 1 to 10.
[[nodiscard]] constexpr int statusCode(Status status)
{
    return static_cast<int>(status);
}
/// The name in the contract: "received".
[[nodiscard]] std::string_view statusName(Status status);
[[nodiscard]] std::optional<Status> parseStatus(std::string_view name);
[[nodiscard]] std::optional<Status> statusOfCode(int code);
/// As officials and papers say it: "Được tiếp nhận".
[[nodiscard]] std::string_view statusLabel(Status status);

static_assert(kStatuses.size() == 10);
static_assert(statusCode(kStatuses.front()) == 1 && statusCode(kStatuses.back()) == 10);
static_assert(isEnd(Status::Refused) && isEnd(Status::Withdrawn) && isEnd(Status::Returned));
static_assert(!isEnd(Status::Stopped) && !isEnd(Status::Finished));
static_assert(mayMove(Status::Finished, Status::Processing));
static_assert(!mayMove(Status::Returned, Status::Processing));
static_assert(!mayMove(Status::Received, Status::Received));
static_assert(!mayMove(Status::Finished, Status::Withdrawn));
static_assert(!mayMove(Status::Supplementing, Status::Finished));

} // namespace motcua
