// SPDX-License-Identifier: GPL-3.0-or-later
// GET /v1/catalogue: published by the city, signed for a unit, asked for again with its ETag.
#include "core/catalogue/publication.h"
#include "sync/protocol/catalogue_letter.h"
#include "sync/reference_portal/admin.h"
#include "tests/portal/http_world.h"

#include <fstream>

using namespace motcua;
using namespace motcua::test;

namespace {

namespace fs = std::filesystem;

constexpr const char* kShipped = MOTCUA_SOURCE_DIR "/resources/catalogue";

/// A unit's own copy of the catalogue that comes with the program.
class CatalogueFolder
{
public:
    CatalogueFolder() { fs::copy(kShipped, m_folder.path(), fs::copy_options::recursive); }
    [[nodiscard]] std::string path() const { return m_folder.path(); }
    void write(const std::string& name, const Json& json) const { write(name, dumpJson(json)); }
    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(fs::path(path()) / name, std::ios::binary) << text;
    }
    /// A rate of the province, `amount` đồng.
    void setRate(int amount) const
    {
        write("fees-unit.json", Json{{"fees", Json::array({{{"procedure", "1.001193"},
                                                            {"code", "late"},
                                                            {"name", "Lệ phí của tỉnh"},
                                                            {"per", "case"},
                                                            {"amount", amount},
                                                            {"sure", "verified"},
                                                            {"source", "Nghị quyết của tỉnh"}}})}});
    }

private:
    TemporaryFolder m_folder;
};

struct Ran
{
    int exit = 0;
    std::string out;
    std::string err;
};

Ran admin(HttpWorld& world, std::vector<std::string> words)
{
    const auto place = world.store.words();
    words.insert(words.begin(), place.begin(), place.end());
    std::ostringstream out;
    std::ostringstream err;
    const int exit = portal::Admin(world.clock, world.random, out, err).run(words);
    return {exit, out.str(), err.str()};
}

httplib::Result ask(HttpWorld& world, const std::string& ifNoneMatch = {})
{
    httplib::Headers headers = world.token();
    if (!ifNoneMatch.empty()) {
        headers.emplace("If-None-Match", ifNoneMatch);
    }
    auto http = world.client();
    return http.Get("/v1/catalogue", headers);
}

CatalogueLetter letterIn(const HttpWorld& world, const httplib::Result& answer)
{
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    CHECK(answer->get_header_value("Content-Type") == "application/jose");
    const auto letter = verifyCatalogue(answer->body, world.enrolment.keys, world.enrolment.unit, {});
    REQUIRE(letter);
    return *letter;
}

/// The answer of a portal without sockets.
portal::HttpAnswer askDirectly(portal::PortalApi& api, const std::string& token,
                               const std::string& ifNoneMatch = {})
{
    portal::HttpAsk get;
    get.method = "GET";
    get.path = "/v1/catalogue";
    get.header = [&](const std::string& name) -> std::optional<std::string> {
        if (name == "Authorization") {
            return "Bearer " + token;
        }
        return name == "If-None-Match" && !ifNoneMatch.empty() ? std::optional(ifNoneMatch) : std::nullopt;
    };
    get.readBody = [](std::size_t) { return portal::BodyRead{}; };
    return api.handle(get);
}

std::string headerOf(const portal::HttpAnswer& answer, const std::string& name)
{
    for (const auto& [key, value] : answer.headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

} // namespace

TEST_CASE("what the city publishes reaches a counter signed, and only once")
{
    HttpWorld world;
    world.enrol();
    CHECK(problemIn(ask(world)) == "404 not-found");
    CHECK(admin(world, {"catalogue", "list"}).out == "{\"catalogues\":[]}\n");

    const CatalogueFolder folder;
    const Ran published = admin(world, {"catalogue", "publish", folder.path()});
    REQUIRE(published.exit == 0);
    const auto first = ask(world);
    const CatalogueLetter letter = letterIn(world, first);
    CHECK(letter.unit == "H26.131");
    CHECK(letter.version == stringAt(*parseJson(published.out), "version"));
    CHECK(letter.content == readCataloguePublication(kShipped)->content);
    CHECK(letter.content["procedures"].size() > 50);
    CHECK(letter.content["units"].size() == 34);
    CHECK(letter.content["units"][0]["communes"].size() > 100);

    const std::string etag = first->get_header_value("ETag");
    CHECK(etag.size() == 34);
    for (const std::string& known : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
        INFO(known);
        const auto again = ask(world, known);
        REQUIRE(again);
        CHECK(again->status == 304);
        CHECK(again->body.empty());
        CHECK(again->get_header_value("ETag") == etag);
    }
    CHECK(ask(world, "\"other\"")->body == first->body);
    // The same again is nothing new.
    CHECK(admin(world, {"catalogue", "publish", folder.path()}).out == published.out);
    CHECK(ask(world, etag)->status == 304);
}

TEST_CASE("a newer catalogue, another key: the old tag brings the new answer")
{
    HttpWorld world;
    world.enrol();
    const CatalogueFolder folder;
    REQUIRE(admin(world, {"catalogue", "publish", folder.path()}).exit == 0);
    const auto first = ask(world);
    const CatalogueLetter before = letterIn(world, first);
    folder.setRate(8000);
    REQUIRE(admin(world, {"catalogue", "publish", folder.path()}).exit == 0);
    const auto second = ask(world, first->get_header_value("ETag"));
    const CatalogueLetter after = letterIn(world, second);
    CHECK(after.issuedAt > before.issuedAt);
    CHECK(after.version != before.version);
    CHECK(after.content["fees"].back()["amount"] == 8000);

    REQUIRE(admin(world, {"key", "new"}).exit == 0);
    const auto third = ask(world, second->get_header_value("ETag"));
    REQUIRE(third->status == 200);
    CHECK_FALSE(verifyCatalogue(third->body, world.enrolment.keys, "H26.131", {}));
    CHECK(verifyCatalogue(third->body, *world.admin->keys().keys(), "H26.131", after.issuedAt));

    // A mistake is taken back by publishing what was before: it is newer, and counters may take it.
    fs::remove(fs::path(folder.path()) / "fees-unit.json");
    REQUIRE(admin(world, {"catalogue", "publish", folder.path()}).exit == 0);
    const auto back = verifyCatalogue(ask(world)->body, *world.admin->keys().keys(), "H26.131", {});
    REQUIRE(back);
    CHECK(back->version == before.version);
    CHECK(back->issuedAt > after.issuedAt);
}

TEST_CASE("a folder with a mistake changes nothing and is told with file and pointer")
{
    HttpWorld world;
    world.enrol();
    const CatalogueFolder folder;
    REQUIRE(admin(world, {"catalogue", "publish", folder.path()}).exit == 0);
    const std::string list = admin(world, {"catalogue", "list"}).out;
    const std::string etag = ask(world)->get_header_value("ETag");
    const auto refused = [&] {
        const Ran ran = admin(world, {"catalogue", "publish", folder.path()});
        CHECK(ran.exit == 1);
        CHECK(ran.out.empty());
        CHECK(admin(world, {"catalogue", "list"}).out == list);
        CHECK(ask(world, etag)->status == 304);
        return ran.err;
    };
    folder.write("fees-unit.json", Json{{"fees", Json::array({{{"procedure", "1.001193"}, {"cod", "x"}}})}});
    CHECK(refused().find("fees-unit.json#/fees/0") != std::string::npos);
    folder.write("fees-unit.json", std::string("{"));
    CHECK(refused().find("fees-unit.json") != std::string::npos);
    fs::remove(fs::path(folder.path()) / "fees-unit.json");
    // What a loader may take, but the contract does not.
    CHECK(world.admin->keys().publishCatalogue("", std::string(61, 'v'), "{\"a\":1}").error().kind ==
          ErrorKind::Refused);
    CHECK(world.admin->keys().publishCatalogue("", "", "{\"a\":1}").error().kind == ErrorKind::Refused);
    CHECK(world.admin->keys()
              .publishCatalogue("", "v", std::string(kCatalogueBytesMax + 1, 'x'))
              .error()
              .kind == ErrorKind::Refused);
    CHECK(admin(world, {"catalogue", "publish", folder.path() + "/nowhere"}).exit == 1);
    CHECK(admin(world, {"catalogue", "publish", folder.path(), "--unit", "H26.999"}).exit == 1);
    CHECK(admin(world, {"catalogue", "publish"}).exit == 2);
}

TEST_CASE("the largest catalogue that may be published is one that a counter takes")
{
    HttpWorld world;
    world.enrol();
    Json content{{"procedures", Json::array({Json{{"name", ""}}})}, {"holidays", Json::array()}};
    const std::size_t envelope = dumpJson(content).size();
    content["procedures"][0]["name"] = std::string(kCatalogueBytesMax - envelope, 'x');
    REQUIRE(world.admin->keys().publishCatalogue("", "large", dumpJson(content)));
    const auto answer = ask(world);
    CHECK(letterIn(world, answer).content == content);
    CHECK(answer->body.size() < (std::size_t{8} << 20));
}

TEST_CASE("a unit's own catalogue is its own; the token decides whose it is")
{
    HttpWorld world;
    world.enrol();
    REQUIRE(world.admin->keys().addUnit({"H26.132", "UBND xã Hát Môn"}));
    const CatalogueFolder folder;
    REQUIRE(admin(world, {"catalogue", "publish", folder.path()}).exit == 0);
    folder.setRate(5000);
    REQUIRE(admin(world, {"catalogue", "publish", folder.path(), "--unit", "H26.132"}).exit == 0);
    const auto ofAll = ask(world);
    const CatalogueLetter general = letterIn(world, ofAll);

    const Enrolment first = world.enrolment;
    world.enrol('b', "H26.132");
    const auto ofUnit = ask(world, ofAll->get_header_value("ETag"));
    const CatalogueLetter own = letterIn(world, ofUnit);
    CHECK(own.unit == "H26.132");
    CHECK(own.issuedAt > general.issuedAt);
    CHECK(own.content["fees"].size() == general.content["fees"].size() + 1);
    CHECK_FALSE(verifyCatalogue(ofUnit->body, first.keys, first.unit, {}));

    auto http = world.client();
    CHECK(problemIn(http.Get("/v1/catalogue")) == "401 not-enrolled");
    CHECK(problemIn(http.Get("/v1/catalogue", {{"Authorization", "Bearer " + first.token + "x"}})) ==
          "401 not-enrolled");
    CHECK(problemIn(http.Get("/v1/catalogue", {{"Authorization", "Bearer nobody"},
                                               {"If-None-Match", ofUnit->get_header_value("ETag")}})) ==
          "401 not-enrolled");
    CHECK(problemIn(http.Post("/v1/catalogue", world.token(), "{}", "application/json")) ==
          "405 unsupported");
    REQUIRE(world.admin->keys().revoke(world.install));
    CHECK(problemIn(ask(world)) == "403 revoked");
}

TEST_CASE("several portals before one store answer with the same bytes and the same tag")
{
    HttpWorld world;
    world.enrol();
    const CatalogueFolder folder;
    REQUIRE(admin(world, {"catalogue", "publish", folder.path()}).exit == 0);
    auto second = world.store.open(world.clock, world.random);
    REQUIRE(second);
    portal::PortalApi other(std::move(*second), world.clock);
    const std::string& token = world.enrolment.token;
    const auto here = askDirectly(*world.api, token);
    const auto there = askDirectly(other, token);
    CHECK(here.status == 200);
    CHECK(here.body == there.body);
    const std::string etag = headerOf(here, "ETag");
    CHECK(headerOf(there, "ETag") == etag);
    CHECK(askDirectly(other, token, etag).status == 304);
    // Published beside both, new at both at once.
    folder.setRate(9000);
    REQUIRE(admin(world, {"catalogue", "publish", folder.path()}).exit == 0);
    CHECK(askDirectly(other, token, etag).status == 200);
    CHECK(askDirectly(*world.api, token, etag).body == askDirectly(other, token, etag).body);
}

TEST_CASE("each publication is later than all before it, whatever the clock says")
{
    PortalWorld world;
    auto& keys = world.portal().keys();
    const Instant noon = world.clock.now();
    CHECK(keys.publishCatalogue("", "1", R"({"a":1})")->issuedAt == noon);
    CHECK(keys.publishCatalogue("", "1", R"({"a":1})")->issuedAt == noon);
    CHECK(keys.publishCatalogue("H26.131", "1", R"({"a":1})")->issuedAt == noon + Millis{1});
    world.clock.setWall(noon - std::chrono::hours{24});
    CHECK(keys.publishCatalogue("", "0", R"({"a":2})")->issuedAt == noon + Millis{2});
    CHECK(keys.publishCatalogue("H26.131", "2", R"({"a":2})")->issuedAt == noon + Millis{3});
    CHECK(keys.findCatalogue("H26.132").value()->version == "0");
    CHECK(keys.findCatalogue("H26.131").value()->version == "2");
    world.loseDossiers();
    CHECK(world.portal().keys().readCatalogue("H26.131").value()->content == R"({"a":2})");
    CHECK(world.portal().keys().catalogues()->size() == 2);
}
