// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/http_message.h"

#include <algorithm>
#include <cctype>

namespace motcua::portal {

namespace {

constexpr std::size_t kGzipFrom = 1024;

/// One element of Accept-Encoding without its spaces, which mean nothing there, and in lower case.
std::string plainForm(std::string_view element)
{
    std::string plain;
    for (const char c : element) {
        if (c != ' ' && c != '\t') {
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return plain;
}

/// Gzip by its own name; a weight of zero means that it is not wanted (RFC 9110, 12.4.2).
bool takesGzip(std::string_view acceptEncoding)
{
    while (!acceptEncoding.empty()) {
        const std::size_t comma = std::min(acceptEncoding.find(','), acceptEncoding.size());
        const std::string element = plainForm(acceptEncoding.substr(0, comma));
        acceptEncoding.remove_prefix(std::min(comma + 1, acceptEncoding.size()));
        if (element == "gzip") {
            return true;
        }
        if (element.starts_with("gzip;q=")) {
            return element.find_first_not_of("0.", 7) != std::string::npos;
        }
    }
    return false;
}

} // namespace

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

bool goesPacked(const HttpAnswer& answer, std::string_view acceptEncoding)
{
    const bool isFile = answer.status == 206 || answer.contentType == "application/octet-stream";
    return !isFile && answer.body.size() >= kGzipFrom && takesGzip(acceptEncoding);
}

} // namespace motcua::portal
