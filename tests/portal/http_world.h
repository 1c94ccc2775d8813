// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/content_digest.h"
#include "sync/reference_portal/http_server.h"
#include "tests/portal/portal_world.h"

#include <httplib.h>
#include <thread>

namespace motcua::test {

/// A portal that really listens on loopback, with one enrolled counter and a client of its own.
class HttpWorld
{
public:
    explicit HttpWorld(const portal::ServerOptions& options = {})
    {
        auto opened = store.open(clock, random);
        REQUIRE(opened);
        REQUIRE(opened->keys().addUnit({"H26.131", "UBND xã Phúc Thọ"}));
        api = std::make_unique<portal::PortalApi>(std::move(*opened), clock);
        faults = std::make_unique<portal::Faults>(store.faultPlan());
        server = std::make_unique<portal::HttpServer>(*api, *faults);
        REQUIRE(server->bind(options));
        m_serving = std::thread([this] { server->serve(); });
        // A second portal over the same folder is the administrator's program.
        auto second = store.open(clock, random);
        REQUIRE(second);
        admin = std::make_unique<portal::Portal>(std::move(*second));
    }
    HttpWorld(const HttpWorld&) = delete;
    HttpWorld& operator=(const HttpWorld&) = delete;
    ~HttpWorld()
    {
        api->stopWaiting();
        server->stop();
        m_serving.join();
    }

    [[nodiscard]] httplib::Client client() const
    {
        httplib::Client client(server->url());
        client.set_keep_alive(true);
        client.set_read_timeout(10);
        client.enable_server_certificate_verification(false);
        return client;
    }

    /// Enrols over HTTP.
    void enrol(char letter = 'a', const std::string& unit = "H26.131")
    {
        install = std::string(32, letter);
        const auto code = admin->keys().newEnrolmentCode(unit);
        REQUIRE(code);
        const Json request = toJson(EnrolRequest{*code, install, "Quầy", {}, "test 1.0"});
        auto http = client();
        const auto answer = http.Post("/v1/devices", dumpJson(request), "application/json");
        REQUIRE(answer);
        REQUIRE(answer->status == 201);
        const auto read = enrolmentFromJson(*parseJson(answer->body));
        REQUIRE(read);
        enrolment = *read;
    }
    [[nodiscard]] httplib::Headers token() const { return {{"Authorization", "Bearer " + enrolment.token}}; }

    [[nodiscard]] std::string line(int number) const
    {
        Operation operation;
        operation.op = makeOpId({install, 1, number});
        operation.uid = aUid(number);
        operation.at = *parseRfc3339("2026-11-21T02:00:00.000Z");
        operation.official = "lan";
        operation.chain = TestCounter::toHex64(number);
        operation.body = aDossier();
        operation.body["code"] =
            "H26.131-261121-" + std::to_string(enrolment.slot) + std::to_string(1000 + number).substr(1);
        return composeLine(operation);
    }
    [[nodiscard]] httplib::Result push(const std::string& body, httplib::Headers more = {})
    {
        httplib::Headers headers = token();
        headers.emplace("Content-Digest", contentDigest(body));
        headers.merge(more);
        auto http = client();
        return http.Post("/v1/ops", headers, body, "application/x-ndjson");
    }
    /// The outcome of the only line, once its receipt has been checked; or what is wrong.
    [[nodiscard]] std::string outcome(const httplib::Result& answer, const std::string& sent) const
    {
        const auto json = answer && answer->status == 200
                              ? parseJson(answer->body)
                              : Result<Json>(fail(ErrorKind::Network, "no answer"));
        const auto results =
            json ? resultsFromJson(*json) : Result<Results>(fail(ErrorKind::Network, "unreadable"));
        if (!results || results->results.size() != 1) {
            return "unknown";
        }
        const OpResult& result = results->results.front();
        const bool isProven = provenOutcome(result.result).has_value();
        if (isProven && !verifyReceipt(result.receipt, enrolment.keys,
                                       {result.op, digestOf(sent), result.result, results->portalEpoch})) {
            return "unproven";
        }
        return std::string(outcomeName(result.result));
    }
    [[nodiscard]] std::string pushed(int number)
    {
        const std::string text = line(number);
        return outcome(push(text), text);
    }

    void plan(portal::FaultKind kind, std::optional<std::int64_t> count = {},
              std::optional<std::int64_t> seconds = {})
    {
        portal::FaultRule rule;
        rule.kind = kind;
        rule.route = "ops";
        rule.count = count;
        rule.seconds = seconds;
        rule.millis = 50;
        REQUIRE(portal::writeFaultPlan(store.faultPlan(), {1, {rule}}));
    }

    TestStore store;
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<portal::PortalApi> api;
    std::unique_ptr<portal::Faults> faults;
    std::unique_ptr<portal::HttpServer> server;
    std::unique_ptr<portal::Portal> admin;
    std::string install;
    Enrolment enrolment;

private:
    std::thread m_serving;
};

/// The type of a problem answer: "404 not-found", with the media type checked.
inline std::string problemIn(const httplib::Result& answer)
{
    if (!answer) {
        return "no answer";
    }
    const auto json = parseJson(answer->body);
    const auto problem = json ? problemFromJson(*json) : Result<ProblemDetails>(fail(ErrorKind::Invalid, ""));
    if (!problem || answer->get_header_value("Content-Type") != "application/problem+json") {
        return std::to_string(answer->status) + " no problem+json";
    }
    return std::to_string(answer->status) + " " + std::string(problemName(problem->type));
}

} // namespace motcua::test
