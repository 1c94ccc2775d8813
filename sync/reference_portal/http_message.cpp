// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/http_message.h"

namespace motcua::portal {

HttpAnswer jsonAnswer(int status, std::string json)
{
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = "application/json";
    answer.body = std::move(json);
    return answer;
}

HttpAnswer problemAnswer(const ProblemDetails& problem)
{
    return problemAnswer(problem, httpStatusOf(problem.type));
}

HttpAnswer problemAnswer(const ProblemDetails& problem, int status)
{
    HttpAnswer answer = jsonAnswer(status, dumpJson(toJson(problem)));
    answer.contentType = "application/problem+json";
    return answer;
}

} // namespace motcua::portal
