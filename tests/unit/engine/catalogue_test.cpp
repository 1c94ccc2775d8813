// SPDX-License-Identifier: GPL-3.0-or-later
// The city's catalogue on its way here: asked for with its tag, taken as a whole or not at all.
#include "core/catalogue/publication.h"
#include "sync/protocol/catalogue_letter.h"
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

constexpr const char* kShipped = MOTCUA_SOURCE_DIR "/resources/catalogue";
const Instant kIssued = *parseRfc3339("2026-11-20T01:02:03.000Z");

const Json& shippedContent()
{
    static const Json content = readCataloguePublication(kShipped)->content;
    return content;
}

Result<void> loads(const CataloguePublication& publication)
{
    TRY(Catalogue::load(kShipped, publication));
    return {};
}

class CatalogueBench : public EngineBench
{
public:
    CatalogueBench()
    {
        proof = loads;
        restart();
        portal.always = [this](const Request& request) {
            return request.path == "/v1/catalogue" ? catalogueAnswer(request) : portal.contented()(request);
        };
    }

    [[nodiscard]] std::string letter(const std::string& version, Instant issuedAt, const Json& content,
                                     const std::string& unit = "H26.131") const
    {
        return portal.sign(cataloguePayload({version, issuedAt, unit, {}}, dumpJson(content)));
    }
    void publish(const std::string& version, Instant issuedAt, const Json& content = shippedContent())
    {
        body = letter(version, issuedAt, content);
        etag = "\"" + version + "\"";
    }
    /// The catalogue's calls since the last time, each by the tags that it named.
    std::vector<std::string> asked()
    {
        std::vector<std::string> tags;
        for (; m_seen < portal.asked.size(); ++m_seen) {
            const Request& request = portal.asked[m_seen];
            if (request.path == "/v1/catalogue") {
                tags.emplace_back(headerOf(request.headers, "If-None-Match").value_or("-"));
            }
        }
        return tags;
    }
    void anHourLater()
    {
        counter.clock.advance(61min);
        settle();
    }
    std::string version() { return held() ? held()->version : "none"; }
    std::optional<HeldCatalogue> held() { return *catalogues->held(); }
    std::string refusal()
    {
        const auto refused = *catalogues->refused();
        return refused ? refused->reason : "none";
    }
    std::vector<std::string> diary()
    {
        auto query = *counter.connection->prepare("SELECT entry ->> '$.kind', entry ->> '$.body.version' "
                                                  "FROM journal WHERE kind LIKE 'catalogue.%'");
        std::vector<std::string> lines;
        while (*query.step()) {
            lines.push_back(query.text(0) + " " + query.text(1));
        }
        return lines;
    }

    std::string body;
    std::string etag;
    std::function<Reply(const Request&)> instead; ///< of the catalogue's answer

private:
    Reply catalogueAnswer(const Request& request)
    {
        if (instead) {
            return instead(request);
        }
        if (body.empty()) {
            return ScriptedPortal::problem(404, "not-found")(request);
        }
        const std::string known(headerOf(request.headers, "If-None-Match").value_or(""));
        if (known.find(etag) != std::string::npos) {
            return {Failure::None, 304, {{"ETag", etag}}, {}, {}};
        }
        return {Failure::None, 200, {{"Content-Type", "application/jose"}, {"ETag", etag}}, body, {}};
    }

    std::size_t m_seen = 0;
};

} // namespace

TEST_CASE("a published catalogue is taken, kept as it was signed, and asked for with its tag from then on")
{
    CatalogueBench bench;
    bench.publish("v1", kIssued);

    bench.settle();

    CHECK(bench.asked() == std::vector<std::string>{"-"});
    CHECK(bench.version() == "v1");
    CHECK(bench.held()->issuedAt == kIssued);
    CHECK(*bench.catalogues->letter() == bench.body);
    CHECK(bench.diary() == std::vector<std::string>{"catalogue.taken v1"});
    CHECK(bench.engine->counters().cataloguesTaken == 1);

    bench.anHourLater();
    CHECK(bench.asked() == std::vector<std::string>{"\"v1\""});
    CHECK(bench.engine->counters().cataloguesTaken == 1);

    bench.publish("v2", kIssued + 24h);
    bench.restart();
    bench.settle();
    CHECK(bench.asked() == std::vector<std::string>{"\"v1\""});
    CHECK(bench.version() == "v2");
    CHECK(bench.diary() == std::vector<std::string>{"catalogue.taken v1", "catalogue.taken v2"});
}

TEST_CASE("the catalogue is asked for once an hour, after operations and news")
{
    CatalogueBench bench;
    bench.receive();
    bench.settle();
    const auto calls = bench.portal.calls();
    REQUIRE(calls.size() >= 3);
    CHECK(calls.front() == "POST /v1/hello");
    CHECK(calls.back() == "GET /v1/catalogue");
    CHECK(std::count(calls.begin(), calls.end(), "GET /v1/catalogue") == 1);
    CHECK(bench.states() == std::vector<OpState>{OpState::Acknowledged});

    for (int i = 0; i < 10; ++i) {
        bench.counter.clock.advance(5min);
        bench.settle();
    }
    CHECK(bench.asked().size() == 1);
    bench.anHourLater();
    CHECK(bench.asked().size() == 1);
}

TEST_CASE("a portal without a catalogue is no trouble")
{
    CatalogueBench bench;
    bench.settle();
    CHECK(bench.version() == "none");
    CHECK(bench.refusal() == "none");
    CHECK(bench.engine->state().trouble == Trouble::None);
    CHECK(bench.engine->state().online);
}

TEST_CASE("one that is not taken changes nothing, is written down once, and holds nothing back")
{
    struct Wrong
    {
        const char* name;
        std::function<void(CatalogueBench&)> publish;
        std::string reason;
        std::string tagsNext; ///< asked with, an hour later
    };
    const Json& good = shippedContent();
    Json badHolidays = good;
    badHolidays["holidays"][0]["day"] = "30/02/2027";
    const SignedWords stranger("k1", 'x');
    const std::array wrongs{
        Wrong{"wrong key",
              [&](CatalogueBench& bench) {
                  bench.publish("v2", kIssued + 24h);
                  bench.body =
                      stranger.sign(cataloguePayload({"v2", kIssued + 24h, "H26.131", {}}, dumpJson(good)));
              },
              "signature", "\"v1\""},
        Wrong{"truncated",
              [&](CatalogueBench& bench) {
                  bench.publish("v2", kIssued + 24h);
                  bench.body.resize(bench.body.size() / 2);
              },
              "signature", "\"v1\""},
        Wrong{"wrong unit",
              [&](CatalogueBench& bench) {
                  bench.publish("v2", kIssued + 24h);
                  bench.body = bench.letter("v2", kIssued + 24h, good, "H26.132");
              },
              "invalid", "\"v1\", \"v2\""},
        Wrong{"older", [&](CatalogueBench& bench) { bench.publish("v0", kIssued - 24h); }, "older",
              "\"v1\", \"v0\""},
        Wrong{"an invalid list of days off",
              [&](CatalogueBench& bench) { bench.publish("v2", kIssued + 24h, badHolidays); }, "unusable",
              "\"v1\", \"v2\""},
    };
    for (const Wrong& wrong : wrongs) {
        INFO(wrong.name);
        CatalogueBench bench;
        bench.publish("v1", kIssued);
        bench.settle();
        wrong.publish(bench);
        bench.receive();

        bench.anHourLater();

        CHECK(bench.version() == "v1");
        CHECK(bench.refusal() == wrong.reason);
        CHECK(bench.states() == std::vector<OpState>{OpState::Acknowledged});
        CHECK(bench.engine->state().online);
        CHECK(bench.engine->state().trouble == Trouble::None);
        bench.asked();
        bench.anHourLater();
        CHECK(bench.asked() == std::vector<std::string>{wrong.tagsNext});
        CHECK(bench.diary().size() == 2);
        CHECK(bench.counter.findings().empty());

        // A better one ends it.
        bench.publish("v3", kIssued + 48h);
        bench.anHourLater();
        CHECK(bench.version() == "v3");
        CHECK(bench.refusal() == "none");
    }
}

TEST_CASE("a city that goes back to the catalogue that is held has none that is refused")
{
    CatalogueBench bench;
    bench.publish("v1", kIssued);
    bench.settle();
    Json bad = shippedContent();
    bad["fees"][0]["procedure"] = "9.999999";
    bench.publish("v2", kIssued + 24h, bad);
    bench.anHourLater();
    REQUIRE(bench.refusal() == "unusable");

    bench.publish("v1", kIssued);
    bench.anHourLater();

    CHECK(bench.refusal() == "none");
    CHECK(bench.version() == "v1");
}

TEST_CASE("another program asks again for what an older one could not use")
{
    CatalogueBench bench;
    Json bad = shippedContent();
    bad["fees"][0]["procedure"] = "9.999999";
    bench.publish("v1", kIssued, bad);
    bench.settle();
    REQUIRE(bench.refusal() == "unusable");
    bench.asked();

    bench.options.app = "motcua 99";
    bench.restart();
    bench.settle();

    CHECK(bench.asked() == std::vector<std::string>{"-"});
}

TEST_CASE("one that is too large is left alone for longer, and the queue goes on")
{
    CatalogueBench bench;
    bench.instead = [](const Request&) { return Reply{Failure::TooLarge, 0, {}, {}, "too large"}; };
    bench.receive();
    bench.settle();

    CHECK(bench.refusal() == "too-large");
    CHECK(bench.states() == std::vector<OpState>{OpState::Acknowledged});
    CHECK(bench.engine->state().online);
    CHECK(bench.asked().size() == 1);
    for (int i = 0; i < 5; ++i) {
        bench.anHourLater();
    }
    CHECK(bench.asked().empty());
    bench.anHourLater();
    CHECK(bench.asked().size() == 1);
}

TEST_CASE("a key that was changed is learned by a hello before anything is refused")
{
    CatalogueBench bench;
    const SignedWords next("k2", 'n');
    bench.publish("v1", kIssued);
    bench.body = next.sign(cataloguePayload({"v1", kIssued, "H26.131", {}}, dumpJson(shippedContent())));
    Hello hello = bench.portal.hello();
    hello.keys.push_back(next.key());
    bench.portal.then(bench.portal.greeting());
    bench.portal.then(bench.portal.page());
    bench.portal.then([&](const Request& request) { return bench.portal.always(request); });
    bench.portal.then(ScriptedPortal::greeting(hello));

    bench.settle();

    CHECK(bench.version() == "v1");
    CHECK(bench.refusal() == "none");
    CHECK(bench.asked() == std::vector<std::string>{"-", "-"});
}

TEST_CASE("a 304 that was not asked for, or a page of somebody else's, is no answer")
{
    for (const Reply& strange :
         {Reply{Failure::None, 304, {{"ETag", "\"never\""}}, {}, {}}, Reply{Failure::None, 304, {}, {}, {}},
          Reply{Failure::None, 200, {{"Content-Type", "text/html"}}, "<html>", {}},
          Reply{Failure::None, 200, {{"Content-Type", "application/json"}}, "{}", {}},
          Reply{Failure::Reset, 0, {}, {}, "broken"}}) {
        CatalogueBench bench;
        bench.instead = [&](const Request&) { return strange; };
        EngineStep step;
        while ((step = bench.step()).did != Did::AskedCatalogue) {
        }
        CHECK_FALSE(step.answered);
        CHECK(bench.version() == "none");
        CHECK(bench.refusal() == "none");
        CHECK(bench.diary().empty());

        bench.instead = nullptr;
        bench.publish("v1", kIssued);
        bench.counter.clock.advance(10min);
        bench.settle();
        CHECK(bench.version() == "v1");
    }
}

TEST_CASE("a tag that is none, or would break a header, is not sent back")
{
    for (const std::string& tag : {std::string("v1"), std::string("\"a\"\r\nX: y\""), std::string("\"a b\""),
                                   '"' + std::string(300, 'a') + '"', std::string("\"\xc3\xa9\"")}) {
        CatalogueBench bench;
        bench.publish("v1", kIssued);
        bench.etag = tag;
        bench.settle();
        REQUIRE(bench.version() == "v1");
        bench.asked();
        bench.anHourLater();
        CHECK(bench.asked() == std::vector<std::string>{"-"});
    }
}

TEST_CASE("what another portal sent is not held against this one")
{
    CatalogueBench bench;
    bench.publish("v1", kIssued);
    bench.settle();
    auto binding = *bench.counter.portal->binding();
    const SignedWords other("k9", 'o');
    binding->keys = Json::array({toJson(other.key())});
    REQUIRE(bench.counter.portal->bind(*binding));
    Hello hello = bench.portal.hello();
    hello.keys = {other.key()};
    bench.portal.then(ScriptedPortal::greeting(hello));
    bench.body =
        other.sign(cataloguePayload({"old", kIssued - 48h, "H26.131", {}}, dumpJson(shippedContent())));
    bench.etag = "\"old\"";
    bench.asked();

    bench.restart();
    bench.settle();

    CHECK(bench.asked() == std::vector<std::string>{"-"});
    CHECK(bench.version() == "old");
}
