// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/status.h"

#include <algorithm>

namespace motcua {

namespace {

struct Names
{
    Status status;
    std::string_view name;
    std::string_view label;
};

constexpr std::array kNames{
    Names{Status::Registered, "registered", "Mới đăng ký"},
    Names{Status::Received, "received", "Được tiếp nhận"},
    Names{Status::Refused, "refused", "Không được tiếp nhận"},
    Names{Status::Processing, "processing", "Đang xử lý"},
    Names{Status::Supplementing, "supplementing", "Yêu cầu bổ sung giấy tờ"},
    Names{Status::Paying, "paying", "Yêu cầu thực hiện nghĩa vụ tài chính"},
    Names{Status::Withdrawn, "withdrawn", "Công dân rút hồ sơ"},
    Names{Status::Stopped, "stopped", "Dừng xử lý"},
    Names{Status::Finished, "finished", "Đã xử lý xong"},
    Names{Status::Returned, "returned", "Đã trả kết quả"},
};

constexpr bool inOrderOfCodes()
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i].status != kStatuses[i]) {
            return false;
        }
    }
    return kNames.size() == kStatuses.size();
}
static_assert(inOrderOfCodes());

const Names& namesOf(Status status)
{
    return kNames[static_cast<std::size_t>(statusCode(status) - 1)];
}

} // namespace

std::vector<Status> movesFrom(Status status)
{
    std::vector<Status> targets;
    for (const Status to : kStatuses) {
        if (mayMove(status, to)) {
            targets.push_back(to);
        }
    }
    return targets;
}

std::string_view statusName(Status status)
{
    return namesOf(status).name;
}

std::optional<Status> parseStatus(std::string_view name)
{
    for (const Names& names : kNames) {
        if (names.name == name) {
            return names.status;
        }
    }
    return std::nullopt;
}

std::optional<Status> statusOfCode(int code)
{
    if (code < statusCode(kStatuses.front()) || code > statusCode(kStatuses.back())) {
        return std::nullopt;
    }
    return kStatuses[static_cast<std::size_t>(code - 1)];
}

std::string_view statusLabel(Status status)
{
    return namesOf(status).label;
}

std::optional<Status> furtherOf(Status a, Status b)
{
    constexpr std::array kWay{Status::Registered, Status::Received, Status::Processing, Status::Finished,
                              Status::Returned};
    const auto place = [&](Status status) { return std::find(kWay.begin(), kWay.end(), status); };
    const bool bothOnTheWay = place(a) != kWay.end() && place(b) != kWay.end();
    if (bothOnTheWay && a != b) {
        return place(a) < place(b) ? b : a;
    }
    // From waiting for papers or money nothing leads straight to what was before it.
    const auto waits = [](Status status) {
        return status == Status::Supplementing || status == Status::Paying;
    };
    const auto isBefore = [](Status status) {
        return status == Status::Registered || status == Status::Received;
    };
    if (waits(a) && isBefore(b)) {
        return a;
    }
    if (waits(b) && isBefore(a)) {
        return b;
    }
    return std::nullopt;
}

} // namespace motcua
