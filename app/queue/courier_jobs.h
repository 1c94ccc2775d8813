// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "sync/courier/courier_out.h"
#include "sync/courier/stick_answers.h"

#include <functional>
#include <string>

namespace motcua {

/// What the window has done about sticks, each beside the window over a connection of its own. They outlive
/// no workplace.
struct CourierJobs
{
    std::function<Result<ExportPlan>(const std::function<bool()>& goesOn)> plan;
    std::function<Result<ExportReport>(const std::string& folder, const CourierProgress&)> write;
    std::function<Result<StickAnswers>(const std::string& folder, const StickProgress&)> read;
};

[[nodiscard]] CourierJobs courierJobs(Workplace& place);

} // namespace motcua
