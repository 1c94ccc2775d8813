// SPDX-License-Identifier: GPL-3.0-or-later
// The city's catalogue from a real portal to what officials and citizens are told.
#include "tests/cli/city.h"

#include <fstream>

using namespace motcua;
using namespace motcua::testing;

namespace {

namespace fs = std::filesystem;

/// The city's own copy of the catalogue.
class CityFolder
{
public:
    CityFolder() { fs::copy(MOTCUA_SOURCE_DIR "/resources/catalogue", path(), fs::copy_options::recursive); }
    [[nodiscard]] std::string path() const { return m_folder.name("catalogue"); }
    [[nodiscard]] Json read(const std::string& name) const
    {
        std::ifstream stream(fs::path(path()) / name);
        return Json::parse(stream);
    }
    void write(const std::string& name, const Json& json) const
    {
        std::ofstream(fs::path(path()) / name, std::ios::binary) << json.dump();
    }
    /// The certified copy's fee a page, as the city wants it.
    void setPageFee(int amount) const
    {
        Json fees = read("fees.json");
        for (Json& fee : fees["fees"]) {
            if (stringAt(fee, "procedure") == "2.000815" && stringAt(fee, "per") == "page") {
                fee["amount"] = amount;
            }
        }
        write("fees.json", fees);
    }

private:
    TemporaryFolder m_folder;
};

std::string publish(const City& city, const CityFolder& folder)
{
    const Run run = city.admin({"catalogue", "publish", folder.path(), "--json"});
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
    return run.json().at("version");
}

Json synchronized(const Counter& counter)
{
    const Run run = counter({"sync", "--once"});
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
    return run.json();
}

std::int64_t pageFee(const Counter& counter)
{
    const Run run = counter({"fee", "2.000815", "--pages", "1", "--copies", "1"});
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
    return run.json().at("amount");
}

} // namespace

TEST_CASE("what the city publishes is worked by from the next start on, and dossiers keep theirs", "[portal]")
{
    const Counter counter;
    const City city;
    enrol(counter, city);
    const Json before = counter({"procedure", "list"}).json();
    CHECK(before.at("catalogue").at("from") == "program");
    const Json old = counter.accept(copyDraft("Nguyễn Thị Trước"));
    CHECK(pageFee(counter) == 2000);
    CHECK(synchronized(counter).at("catalogue").is_null());

    const CityFolder folder;
    folder.setPageFee(3000);
    const std::string version = publish(city, folder);
    const Json synced = synchronized(counter);

    CHECK(synced.at("catalogue").at("version") == version);
    const Json after = counter({"procedure", "list"}).json();
    CHECK(after.at("version") == version);
    CHECK(after.at("catalogue").at("from") == "city");
    CHECK_FALSE(after.at("catalogue").at("since").is_null());
    CHECK(after.at("procedures") != before.at("procedures"));
    CHECK(pageFee(counter) == 3000);
    const Json fresh = counter.accept(copyDraft("Trần Văn Sau"));
    const auto catalogueOf = [&](const Json& received) {
        return counter({"show", received.at("code").get<std::string>()}).json().at("catalogue");
    };
    CHECK(catalogueOf(fresh) == version);
    CHECK(catalogueOf(old) == before.at("version"));
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);

    // Nothing new: nothing is taken again.
    const auto entries = counter.entries();
    synchronized(counter);
    CHECK(counter.entries() == entries);
}

TEST_CASE("a city's catalogue that this program cannot work with is said, and nothing changes", "[portal]")
{
    const Counter counter;
    const City city;
    enrol(counter, city);
    const CityFolder folder;
    folder.setPageFee(3000);
    const std::string version = publish(city, folder);
    synchronized(counter);
    // The city's own program knows a form that ours does not have.
    Json form = folder.read("forms/plain.json");
    form["id"] = "form-of-2030";
    folder.write("forms/form-of-2030.json", form);
    Json procedures = folder.read("procedures.json");
    procedures["procedures"][0]["form"] = "form-of-2030";
    folder.write("procedures.json", procedures);
    const std::string newer = publish(city, folder);
    REQUIRE(newer != version);

    const Json synced = synchronized(counter);

    CHECK(synced.at("catalogue").at("version") == version);
    CHECK(synced.at("catalogue").at("refused") == Json{{"reason", "unusable"}, {"version", newer}});
    CHECK(counter({"procedure", "list"}).json().at("version") == version);
    CHECK(pageFee(counter) == 3000);
    const Run spoken = runProgram("motcuactl", [&] {
        auto words = counter.signIn();
        words.insert(words.begin(), "sync");
        return words;
    }());
    CHECK(spoken.out.find("form-of-2030") != std::string::npos);
    CHECK(spoken.out.find("Quầy vẫn làm theo danh mục đang có.") != std::string::npos);

    publish(city, CityFolder());
    CHECK_FALSE(synchronized(counter).at("catalogue").contains("refused"));
    CHECK(pageFee(counter) == 2000);
}

TEST_CASE("without a register the program's own catalogue answers", "[portal]")
{
    const Counter counter;
    const City city;
    enrol(counter, city);
    const CityFolder folder;
    folder.setPageFee(3000);
    publish(city, folder);
    synchronized(counter);

    const Run alone = runProgram("motcuactl", {"fee", "2.000815", "--pages", "1", "--copies", "1", "--json"});
    CHECK(alone.json().at("amount") == 2000);
    // A wrong password opens nothing, and the answer says whose catalogue it is by.
    const std::string wrong = counter.folder.write("wrong.pw", "sai mật khẩu\n");
    const Run locked =
        runProgram("motcuactl", {"procedure", "list", "--json", "--register", counter.registerFolder(),
                                 "--user", "lan", "--password-file", wrong});
    CHECK(locked.exit == 0);
    CHECK(locked.json().at("catalogue").at("from") == "program");
    CHECK(locked.err.find("danh mục cài kèm") != std::string::npos);
}
