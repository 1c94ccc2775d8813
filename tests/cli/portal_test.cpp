// SPDX-License-Identifier: GPL-3.0-or-later
// motcuactl and a real motcua-portal beside it.
#include "core/base/hash.h"
#include "tests/cli/city.h"
#include "tests/support/sample_files.h"
#include "tests/support/tls_samples.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <memory>

using namespace motcua;
using namespace motcua::testing;

namespace {

Run untilEmptyWithin(const Counter& counter, const std::string& seconds)
{
    return counter({"sync", "--until-empty", "--timeout", seconds, "--backoff-base", "10"});
}

Run untilEmpty(const Counter& counter)
{
    return untilEmptyWithin(counter, "60");
}

std::string bytesOfFile(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

TEST_CASE("without a portal a sync says what to do and loses nothing", "[portal]")
{
    const Counter counter;
    static_cast<void>(counter.accept(copyDraft()));

    const Run run = counter({"sync", "--once"});

    CHECK(run.exit == 1);
    CHECK(hasRule(run.json(), "not-enrolled"));
    CHECK(run.json().at("waiting") == 1);
    CHECK(counter({"enrol", "--portal", "http://example.vn", "--code", "X"}).exit !=
          0); // plain HTTP beyond loopback
    CHECK(counter({"enrol", "--portal", "http://127.0.0.1:9", "--code", "X"}).exit == 4); // nobody listens
}

TEST_CASE("an enrolment code that is wrong or used says so", "[portal]")
{
    const Counter first("1");
    const Counter second("2");
    const City city;
    const std::string code = city.enrolmentCode();
    const auto enrolWith = [&](const Counter& counter, const std::string& word) {
        return counter({"enrol", "--portal", city.url, "--code", word});
    };

    const Run unknown = enrolWith(first, "AAAA-BBBB-CCCC");
    REQUIRE(enrolWith(first, code).exit == 0);
    const Run used = enrolWith(second, code);

    CHECK(unknown.exit == 1);
    CHECK(hasRule(unknown.json(), "unknown-code"));
    CHECK(used.exit == 1);
    CHECK(hasRule(used.json(), "code-used"));
}

TEST_CASE("a CA file that is not there or holds no certificate enrols nothing", "[portal]")
{
    const Counter counter;
    const City city;
    const TemporaryFolder folder;
    const std::string code = city.enrolmentCode();
    std::ofstream(folder.name("key.pem")) << tls::kKey;
    for (const std::string& file : {folder.name("nowhere.pem"), folder.name("key.pem"), folder.name("")}) {
        const Run run = counter({"enrol", "--portal", city.url, "--code", code, "--ca", file});
        CHECK(run.exit == 1);
        CHECK(hasRule(run.json(), "ca-unusable"));
    }
    CHECK(hasRule(counter({"sync", "--once"}).json(), "not-enrolled"));
    CHECK(counter({"enrol", "--portal", city.url, "--code", code}).exit == 0); // the code is not used up
}

TEST_CASE("what was received goes up, is acknowledged by receipts, and leaves the queue", "[portal]")
{
    const Counter counter;
    const City city;
    enrol(counter, city);
    const std::string code = stringAt(counter.accept(birthDraft()), "code");
    REQUIRE(counter({"move", code, "--to", "processing"}).exit == 0);

    const Run run = untilEmpty(counter);

    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
    CHECK(run.json().at("acknowledged") == 2);
    CHECK(run.json().at("waiting") == 0);
    CHECK(run.json().at("oldestWaiting").is_null());
    CHECK(counter({"queue"}).json().at("operations").empty());
    const Json all = counter({"queue", "--all"}).json().at("operations");
    REQUIRE(all.size() == 2);
    CHECK_FALSE(all.at(0).at("receipt").is_null());
    CHECK_FALSE(counter({"attempts", stringAt(all.at(0), "op")}).json().at("attempts").empty());
    const Json there = city.dossiers();
    REQUIRE(there.size() == 1);
    CHECK(there.at(0).at("code") == code);
    CHECK(there.at(0).at("status") == "processing");
    const Json shown = counter({"show", code}).json();
    CHECK(shown.at("rev") == there.at(0).at("rev"));
    CHECK(shown.at("base").at("status") == "processing");
    CHECK(untilEmpty(counter).json().at("acknowledged") == 0);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("a portal that is away ends a sync with 4, and everything goes up when it is back", "[portal]")
{
    const Counter counter;
    City city;
    enrol(counter, city);
    static_cast<void>(counter.accept(copyDraft()));
    city.goAway();

    const Run away = counter({"sync", "--once", "--backoff-base", "10"});
    city.comeBack();
    const Run back = untilEmpty(counter);

    CHECK(away.exit == 4);
    CHECK(away.json().at("waiting") == 1);
    CHECK_FALSE(away.json().at("reason").is_null());
    CHECK(back.exit == 0);
    CHECK(city.dossiers().size() == 1);
    const Json diary = counter({"network"}).json();
    CHECK(diary.at("flickers").get<int>() + static_cast<int>(diary.at("outages").size()) == 1);
    CHECK(counter({"day"}).json().at("network").at("reach") == "online");
}

TEST_CASE("a city that spreads those who come back holds up nobody who asks for one run", "[portal]")
{
    const Counter counter;
    const City city;
    REQUIRE(city.admin({"setting", "spread", "900"}).exit == 0);
    enrol(counter, city);
    static_cast<void>(counter.accept(copyDraft())); // its moment was long ago

    const Run run = counter({"sync", "--once"});

    CHECK(run.exit == 0);
    CHECK(run.json().at("waiting") == 0);
}

TEST_CASE("what the city changed comes down", "[portal]")
{
    const Counter counter;
    const City city;
    enrol(counter, city);
    const Json received = counter.accept(copyDraft());
    REQUIRE(untilEmpty(counter).exit == 0);

    REQUIRE(city.admin({"dossier", "set", stringAt(received, "uid"), "/note=Đã thu phí."}).exit == 0);
    const Run run = untilEmpty(counter);

    CHECK(run.exit == 0);
    CHECK(run.json().at("pulled").get<int>() >= 1);
    CHECK(counter({"show", stringAt(received, "code")}).json().at("note") == "Đã thu phí.");
}

TEST_CASE("two sides changed one field: a person decides, and the decision goes up", "[portal]")
{
    const Counter counter;
    const City city;
    enrol(counter, city);
    const Json received = counter.accept(copyDraft());
    const std::string code = stringAt(received, "code");
    REQUIRE(untilEmpty(counter).exit == 0);
    REQUIRE(
        city.admin({"dossier", "set", stringAt(received, "uid"), "/applicant/phone=\"0988888888\""}).exit ==
        0);
    REQUIRE(counter({"change", code, "--set", "/applicant/phone=0977777777", "--reason", "Đổi số."}).exit ==
            0);

    const Run stuck = untilEmpty(counter);
    CHECK(stuck.exit == 5);
    const Json conflicts = counter({"conflicts"}).json().at("conflicts");
    REQUIRE(conflicts.size() == 1);
    REQUIRE(conflicts.at(0).at("fields").size() == 1);
    const Json field = conflicts.at(0).at("fields").at(0);
    CHECK(field.at("pointer") == "/applicant/phone");
    CHECK(field.at("base") == "0912345678");
    CHECK(field.at("ours") == "0977777777");
    CHECK(field.at("theirs") == "0988888888");

    const Run resolved =
        counter({"resolve", code, "--take", "/applicant/phone=ours", "--reason", "Dân vừa đọc số."});
    INFO(resolved.err);
    REQUIRE(resolved.exit == 0);
    CHECK(untilEmpty(counter).exit == 0);
    CHECK(city.dossiers().at(0).at("dossier").at("applicant").at("phone") == "0977777777");
    CHECK(counter({"conflicts"}).json().at("conflicts").empty());
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE(
    "scans go up behind their dossier, go on after the portal was away, and are asked about after a restore",
    "[portal][files]")
{
    const Counter counter;
    City city;
    enrol(counter, city);
    const std::string small = samplePdf(30'000, 1);
    const std::string large = samplePdf(2'500'000, 2);
    Json draft = copyDraft();
    draft["components"][0]["files"] = Json::array(
        {{{"path", counter.folder.write("a.pdf", large)}}, {{"path", counter.folder.write("b.pdf", small)}}});
    REQUIRE(counter.accept(draft).contains("code"));

    city.goAway();
    CHECK(untilEmptyWithin(counter, "2").exit == 4);
    city.comeBack();
    const Run sent = untilEmpty(counter);

    INFO(sent.out << sent.err);
    CHECK(sent.exit == 0);
    CHECK(sent.json().at("acknowledged") == 1);
    CHECK(sent.json().at("filesSent") == 2);
    const Json listed = counter({"files"}).json();
    for (const Json& file : listed.at("files")) {
        CHECK(file.at("complete") == true);
        CHECK(file.at("sent") == file.at("size"));
    }
    CHECK(bytesOfFile(city.blob(large)) == large);
    CHECK(bytesOfFile(city.blob(small)) == small);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);

    // The portal comes back from a backup that has lost one of them, and says so by a new epoch.
    std::filesystem::remove(city.blob(large));
    REQUIRE(city.admin({"epoch"}).exit == 0);
    const Run again = untilEmpty(counter);
    INFO(again.out << again.err);
    CHECK(again.exit == 0);
    CHECK(again.json().at("filesSent") == 1);
    CHECK(bytesOfFile(city.blob(large)) == large);
}
