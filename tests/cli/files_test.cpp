// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of this computer in drafts: taken in, verified, backed up and brought back.
#include "core/base/hash.h"
#include "tests/cli/counter.h"
#include "tests/support/sample_files.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sys/stat.h>

using namespace motcua;
using namespace motcua::testing;

namespace fs = std::filesystem;

namespace {

Json withFile(const std::string& path, const std::string& name = {})
{
    Json draft = copyDraft();
    Json file{{"path", path}};
    if (!name.empty()) {
        file["name"] = name;
    }
    draft["components"][0]["files"] = Json::array({file});
    return draft;
}

std::vector<fs::path> filesBelow(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& file : fs::recursive_directory_iterator(folder, ignored)) {
        if (file.is_regular_file()) {
            files.push_back(file.path());
        }
    }
    return files;
}

std::string bytesOfFile(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

TEST_CASE("a draft's path is scanned in: the dossier names the file, the disk tells nothing", "[files]")
{
    const Counter counter;
    const std::string pdf = samplePdf(150000) + "CANARY-5512";
    const std::string path = counter.folder.write("Bản chính.pdf", pdf + "\n%%EOF\n");

    REQUIRE(counter({"accept", "--file", "-", "--check"}, withFile(path).dump()).exit == 0);
    CHECK(filesBelow(counter.registerFolder() + "/files").empty());
    const std::string code = stringAt(counter.accept(withFile(path, "../trang 1")), "code");

    const Json file = counter({"show", code}).json()["components"][0]["files"][0];
    CHECK(file.at("name") == "trang 1.pdf");
    CHECK(file.at("type") == "application/pdf");
    CHECK(file.at("sha256") == toHex(sha256(pdf + "\n%%EOF\n")));
    CHECK(file.at("size") == pdf.size() + 7);
    CHECK_FALSE(file.contains("path"));
    const Json listed = counter({"files"}).json().at("files");
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].at("sha256") == file.at("sha256"));
    CHECK(listed[0].at("size") == file.at("size"));
    CHECK(listed[0].at("sent") == 0);
    CHECK(listed[0].at("complete") == false);
    for (const fs::path& kept : filesBelow(counter.registerFolder())) {
        CHECK(bytesOfFile(kept).find("CANARY") == std::string::npos);
        CHECK(kept.string().find(stringAt(file, "sha256")) == std::string::npos);
    }
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("all that is wrong with files is said at once, and nothing is written", "[files]")
{
    const Counter counter;
    const std::int64_t before = counter.entries();
    REQUIRE(::mkfifo(counter.folder.name("pipe.pdf").c_str(), 0600) == 0);
    const std::vector<std::pair<std::string, std::string>> bad{
        {counter.folder.name("nothing.pdf"), "file-missing"},
        {counter.folder.write("empty.pdf", ""), "file-empty"},
        {counter.folder.write("big.pdf", samplePdf(20971521)), "file-too-large"},
        {counter.folder.write("note.pdf", "PK\3\4"), "file-type"},
        {counter.folder.write("half.pdf", "%PDF-1.4 "), "file-broken"},
        {counter.folder.write("bomb.png", pngBomb(12000, 12000)), "image-too-large"},
        {counter.folder.name("pipe.pdf"), "file-not-ordinary"},
        {"/dev/zero", "file-not-ordinary"},
        {"/etc/passwd", "file-type"},
        {"..", "file-not-ordinary"}};
    Json draft = copyDraft();
    for (const auto& [path, rule] : bad) {
        draft["components"][0]["files"].push_back({{"path", path}});
    }
    draft["applicant"]["name"] = "";

    const Run run = counter({"accept", "--file", "-"}, draft.dump());

    CHECK(run.exit == 1);
    for (std::size_t i = 0; i < bad.size(); ++i) {
        const std::string pointer = "/components/0/files/" + std::to_string(i);
        INFO(pointer << run.out);
        CHECK(hasProblem(run.json(), pointer));
        CHECK(hasRule(run.json(), bad[i].second));
    }
    CHECK(hasProblem(run.json(), "/applicant/name"));
    CHECK(counter.entries() == before);
    CHECK(filesBelow(counter.registerFolder() + "/files").empty());
    CHECK(counter({"list"}).json().at("dossiers").empty());
}

TEST_CASE("a dossier takes at most twenty files and sixty megabytes", "[files]")
{
    const Counter counter;
    Json many = copyDraft();
    for (int i = 0; i < 21; ++i) {
        const std::string name = "f" + std::to_string(i) + ".pdf";
        const std::string path = counter.folder.write(name, samplePdf(1000 + static_cast<std::size_t>(i)));
        many["components"][static_cast<std::size_t>(i % 2)]["files"].push_back({{"path", path}});
    }
    const Run tooMany = counter({"accept", "--file", "-"}, many.dump());
    CHECK(tooMany.exit == 1);
    CHECK(hasRule(tooMany.json(), "too-many-files"));
    many["components"][0]["files"].erase(0);
    CHECK(counter({"accept", "--file", "-"}, many.dump()).exit == 0);

    Json large = copyDraft();
    for (int i = 0; i < 4; ++i) {
        const std::string path =
            counter.folder.write("l" + std::to_string(i) + ".pdf", samplePdf(16000000, i + 2));
        large["components"][0]["files"].push_back({{"path", path}});
    }
    const Run tooLarge = counter({"accept", "--file", "-"}, large.dump());
    CHECK(tooLarge.exit == 1);
    CHECK(hasRule(tooLarge.json(), "files-too-large"));
}

TEST_CASE("a file named by its digest must be in the store", "[files]")
{
    const Counter counter;
    Json draft = copyDraft();
    draft["components"][0]["files"] = Json::array(
        {{{"name", "a.pdf"}, {"sha256", std::string(64, 'a')}, {"size", 5}, {"type", "application/pdf"}}});
    const Run unknown = counter({"accept", "--file", "-"}, draft.dump());
    CHECK(unknown.exit == 1);
    CHECK(hasRule(unknown.json(), "file-unknown"));

    const std::string code =
        stringAt(counter.accept(withFile(counter.folder.write("a.pdf", samplePdf(500)))), "code");
    Json known = counter({"show", code}).json()["components"][0]["files"][0];
    draft["components"][0]["files"][0] = known;
    CHECK(counter({"accept", "--file", "-"}, draft.dump()).exit == 0); // the same page for another dossier
    known["size"] = 501;
    draft["components"][0]["files"][0] = known;
    CHECK(hasRule(counter({"accept", "--file", "-"}, draft.dump()).json(), "file-differs"));
    CHECK(counter({"files"}).json().at("files").size() == 1);
    CHECK(counter({"change", code, "--set", "/components/0/files=" + Json::array({known}).dump(), "--reason",
                   "x"})
              .exit == 1);
}

TEST_CASE("verify finds a file that is lost, cut or changed, and names its entry", "[files]")
{
    const Counter counter;
    REQUIRE(counter.accept(withFile(counter.folder.write("a.pdf", samplePdf(100000)))).contains("code"));
    const auto kept = filesBelow(counter.registerFolder() + "/files");
    REQUIRE(kept.size() == 1);
    const std::string good = bytesOfFile(kept[0]);
    const auto findings = [&](bool isFull) {
        const Run run = counter(isFull ? std::vector<std::string>{"verify", "--full"}
                                       : std::vector<std::string>{"verify"});
        CHECK(run.exit == (run.json().at("ok") == true ? 0 : 1));
        return run.json().at("findings");
    };

    std::ofstream(kept[0], std::ios::binary | std::ios::trunc) << good.substr(0, good.size() - 1);
    CHECK(findings(false).empty()); // it is there
    REQUIRE(findings(true).size() == 1);
    CHECK(findings(true)[0].at("kind") == "file");
    CHECK(findings(true)[0].at("seq") == 2);
    fs::remove(kept[0]);
    CHECK(findings(false).size() == 1);
    std::ofstream(kept[0], std::ios::binary) << good;
    CHECK(findings(true).empty());
}

TEST_CASE("a backup takes the files along, and a restore brings them back", "[files]")
{
    const Counter counter;
    const std::string path = counter.folder.write("a.pdf", samplePdf(100000));
    const std::string other = counter.folder.write("b.pdf", samplePdf(70000));
    REQUIRE(counter.accept(withFile(path)).contains("code"));
    REQUIRE(counter.accept(withFile(other)).contains("code"));

    const Json backup = counter({"backup", counter.folder.name("stick")}).json();

    CHECK(backup.at("files") == 2);
    CHECK(backup.at("filesBad") == 0);
    const Run restored = runCtl({"restore", stringAt(backup, "file"), "--into", counter.folder.name("anew"),
                                 "--user", "lan", "--password-file", counter.passwordFile(), "--json"});
    INFO(restored.err);
    REQUIRE(restored.exit == 0);
    CHECK(filesBelow(counter.folder.name("anew") + "/files").size() == 2);
    CHECK(restored.json().at("files") == 2);

    // What the register lost before does not keep the rest from being saved, or from coming back.
    fs::remove(filesBelow(counter.registerFolder() + "/files")[0]);
    const Json second =
        counter.at("2026-11-23T02:00:00.000Z", {"backup", counter.folder.name("stick")}).json();
    CHECK(second.at("files") == 1);
    CHECK(second.at("filesBad") == 1);
}
