// SPDX-License-Identifier: GPL-3.0-or-later
// Reports, backup and restore.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace motcua;
using namespace motcua::testing;

namespace {

std::string bytesOfFile(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The same counter, at another folder.
Run inFolder(const Counter& counter, const std::string& folder, const std::vector<std::string>& words)
{
    std::vector<std::string> arguments{
        "--register",           folder,   "--user", "lan",           "--password-file",
        counter.passwordFile(), "--json", "--at",   Counter::kMoment};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return runCtl(arguments);
}

} // namespace

TEST_CASE("the month's report comes on the screen and as a file in each format", "[report]")
{
    const Counter counter;
    static_cast<void>(counter.accept(copyDraft()));
    static_cast<void>(counter.accept(birthDraft()));
    const std::vector<std::string> month{"report", "ii06a", "--from", "2026-11-01", "--to", "2026-11-30"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), month.begin(), month.end());
        return counter(more);
    };

    const Json report = with({}).json();
    CHECK(report.at("name") == "ii06a");
    CHECK(report.at("rows").size() == 2); // certification and civil status
    for (const auto& [ending, magic] : std::vector<std::pair<std::string, std::string>>{
             {"xlsx", "PK"}, {"pdf", "%PDF-"}, {"csv", "\xef\xbb\xbf"}}) {
        const std::string file = counter.folder.name("report." + ending);
        const Run run = with({"--out", file});
        INFO(ending << run.err);
        CHECK(run.exit == 0);
        CHECK(run.json().at("file") == file);
        CHECK(bytesOfFile(file).starts_with(magic));
    }
    const std::string json = counter.folder.name("report.json");
    CHECK(with({"--out", json}).exit == 0);
    CHECK(parseJson(bytesOfFile(json)).value().at("rows") == report.at("rows"));
}

TEST_CASE("a report that cannot be is refused", "[report]")
{
    const Counter counter;

    CHECK(counter({"report", "list"}).json().at("reports").at(0).at("name") == "ii06a");
    CHECK(counter({"report", "unsettled", "--from", "2026-11-01", "--to", "2026-11-30"})
              .json()
              .at("rows")
              .empty());
    CHECK(counter({"report", "fly", "--from", "2026-11-01", "--to", "2026-11-30"}).exit == 1);
    CHECK(counter({"report", "ii06a", "--from", "2026-11-30", "--to", "2026-11-01"}).exit == 1);
    CHECK(counter({"report", "ii06a", "--from", "2026-11-01"}).exit == 2);
    CHECK(counter({"report", "ii06a", "--from", "2026-11-01", "--to", "2026-11-31"}).exit == 2);
    CHECK(
        counter({"report", "ii06a", "--from", "2026-11-01", "--to", "2026-11-30", "--format", "doc"}).exit ==
        2);
    CHECK(
        counter({"report", "ii06a", "--from", "2026-11-01", "--to", "2026-11-30", "--format", "pdf"}).exit ==
        2);
    CHECK(counter({"report", "ii06a", "--from", "2026-11-01", "--to", "2026-11-30", "--out",
                   "/does/not/exist/r.pdf"})
              .exit != 0);
}

TEST_CASE("a backup restores into a new folder with every dossier, in a new epoch", "[backup]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");
    const std::string restored = counter.folder.name("restored");

    const Run backup = counter({"backup", counter.folder.name("usb")});
    REQUIRE(backup.exit == 0);
    const std::string file = stringAt(backup.json(), "file");
    CHECK(backup.json().at("proven") == true);
    CHECK(backup.json().at("head") == counter({"verify"}).json().at("head"));
    const Run restore = inFolder(counter, counter.registerFolder(), {"restore", file, "--into", restored});

    INFO(restore.err);
    REQUIRE(restore.exit == 0);
    CHECK(restore.json().at("entries") == backup.json().at("entries"));
    CHECK(inFolder(counter, restored, {"show", code}).exit == 0);
    CHECK(inFolder(counter, restored, {"verify", "--full"}).json().at("ok") == true);
    const Run next =
        runCtl({"--register", restored, "--user", "lan", "--password-file", counter.passwordFile(), "--json",
                "--at", Counter::kMoment, "accept", "--file", "-"},
               copyDraft().dump());
    REQUIRE(next.exit == 0);
    CHECK(next.json().at("code") > "H26.131-261123-1100"); // beyond what the lost hours may have printed
    CHECK_FALSE(std::filesystem::exists(restored + ".restoring"));
}

TEST_CASE("of two machines that ran from one disk one begins anew, and gives no number that the other may "
          "have given")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");

    const Run anew = counter({"begin-anew"});

    INFO(anew.err);
    REQUIRE(anew.exit == 0);
    CHECK(anew.json().at("epoch") > 1);
    CHECK(counter({"show", code}).exit == 0);
    CHECK(stringAt(counter.accept(copyDraft()), "code") > code.substr(0, code.size() - 4) + "1100");
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("a restore that cannot be leaves nothing behind and touches nothing", "[backup]")
{
    const Counter counter;
    const std::string file = stringAt(counter({"backup", counter.folder.name("usb")}).json(), "file");
    const std::string wrong = counter.folder.write("wrong.pw", "sai\n");
    const std::string bytes = bytesOfFile(file);
    const std::string cut = counter.folder.write("cut.backup", bytes.substr(0, bytes.size() / 2));
    std::string bent = bytes;
    bent[bent.size() - 100] = static_cast<char>(bent[bent.size() - 100] ^ 1);
    const std::string flipped = counter.folder.write("flipped.backup", bent);
    const std::string foreign = counter.folder.write("foreign.backup", "PK\x03\x04 no backup\n");
    const std::string into = counter.folder.name("new");
    const auto restore = [&](const std::string& from, const std::string& password) {
        return runCtl(
            {"restore", from, "--into", into, "--user", "lan", "--password-file", password, "--json"});
    };

    CHECK(restore(file, wrong).exit == 3);
    CHECK(restore(cut, counter.passwordFile()).exit == 3);
    CHECK(restore(flipped, counter.passwordFile()).exit == 3);
    CHECK(restore(foreign, counter.passwordFile()).exit == 3);
    CHECK(restore(counter.folder.name("none"), counter.passwordFile()).exit == 3);
    CHECK_FALSE(std::filesystem::exists(into));
    CHECK_FALSE(std::filesystem::exists(into + ".restoring"));

    const Run over = runCtl({"restore", file, "--into", counter.registerFolder(), "--user", "lan",
                             "--password-file", counter.passwordFile(), "--json"});
    CHECK(over.exit == 1);
    CHECK(hasRule(over.json(), "not-empty"));
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}
