// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/calls.h"

#include "core/base/json.h"
#include "sync/protocol/answers.h"
#include "sync/protocol/content_digest.h"
#include "sync/protocol/gzip.h"

namespace motcua {

namespace {

Request authorized(std::string method, std::string path, const std::string& token)
{
    Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + token}};
    return request;
}

void putBody(Request& request, const char* type, std::string body)
{
    request.headers.emplace_back("Content-Type", type);
    request.timeouts.total = totalTimeout(body.size());
    request.body = std::move(body);
}

} // namespace

std::string percentEncode(std::string_view text)
{
    constexpr std::string_view kUnreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (kUnreserved.find(c) != std::string_view::npos) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += kDigits[byte >> 4];
        encoded += kDigits[byte & 0xf];
    }
    return encoded;
}

Request enrolCall(const EnrolRequest& body)
{
    Request request;
    request.method = "POST";
    request.path = "/v1/devices";
    request.headers = {{"Accept", "application/json"}};
    putBody(request, "application/json", dumpJson(toJson(body)));
    return request;
}

Request helloCall(const HelloRequest& body, const std::string& token)
{
    auto request = authorized("POST", "/v1/hello", token);
    putBody(request, "application/json", dumpJson(toJson(body)));
    return request;
}

Request pushCall(const std::vector<Outgoing>& batch, const std::string& token)
{
    std::size_t size = 0;
    for (const auto& outgoing : batch) {
        size += outgoing.line.size() + 1;
    }
    std::string lines;
    lines.reserve(size);
    for (const auto& outgoing : batch) {
        lines += outgoing.line;
        lines += '\n';
    }
    auto packed = gzip(lines);
    auto request = authorized("POST", "/v1/ops", token);
    request.headers.emplace_back("Content-Encoding", "gzip");
    request.headers.emplace_back("Content-Digest", contentDigest(packed));
    putBody(request, "application/x-ndjson", std::move(packed));
    return request;
}

Request statusCall(const std::vector<Outgoing>& batch, const std::string& token)
{
    std::vector<OpId> ops;
    ops.reserve(batch.size());
    for (const auto& outgoing : batch) {
        ops.emplace_back(outgoing.op);
    }
    auto request = authorized("POST", "/v1/ops/status", token);
    putBody(request, "application/json", dumpJson(statusRequest(ops)));
    return request;
}

Request offsetCall(const std::string& sha256, const std::string& token)
{
    return authorized("HEAD", "/v1/blobs/" + sha256, token);
}

Request appendCall(const std::string& sha256, std::int64_t offset, std::int64_t size, std::string piece,
                   Millis patience, const std::string& token)
{
    auto request = authorized("PATCH", "/v1/blobs/" + sha256, token);
    request.headers.emplace_back("Upload-Offset", std::to_string(offset));
    request.headers.emplace_back("Upload-Length", std::to_string(size));
    putBody(request, "application/octet-stream", std::move(piece));
    // The system takes a piece from us at once and carries it for minutes: nobody sees it progress.
    request.timeouts.noProgress = patience;
    request.timeouts.total = patience;
    return request;
}

Request catalogueCall(const std::vector<std::string>& known, const std::string& token)
{
    auto request = authorized("GET", "/v1/catalogue", token);
    request.headers.front().second = "application/jose, application/problem+json";
    std::string tags;
    for (const std::string& tag : known) {
        tags += tags.empty() ? tag : ", " + tag;
    }
    if (!tags.empty()) {
        request.headers.emplace_back("If-None-Match", std::move(tags));
    }
    request.timeouts.total = totalTimeout(kAnswerLimit);
    return request;
}

Request pullCall(const std::optional<std::string>& cursor, int limit, const std::string& token)
{
    std::string path = "/v1/changes?limit=" + std::to_string(limit);
    if (cursor) {
        path += "&cursor=" + percentEncode(*cursor);
    }
    auto request = authorized("GET", std::move(path), token);
    request.timeouts.total = totalTimeout(kAnswerLimit / 2);
    return request;
}

} // namespace motcua
