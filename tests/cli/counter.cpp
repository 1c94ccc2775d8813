// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/counter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <unistd.h>

namespace motcua::testing {

namespace {

std::vector<std::string> joined(std::vector<std::string> first, const std::vector<std::string>& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

Json component(const char* code, const char* name, const char* evidence)
{
    return {{"code", code},
            {"name", name},
            {"evidence", evidence},
            {"originals", std::string_view(evidence) == "handed-in" ? 1 : 0},
            {"copies", 0}};
}

Json applicant(const std::string& name)
{
    return {{"name", name},
            {"personalId", "001090012345"},
            {"birth", {{"text", "15/03/1990"}, {"precision", "day"}}},
            {"gender", "male"},
            {"address", "thôn Đông, xã Phúc Thọ, thành phố Hà Nội"},
            {"phone", "0912345678"}};
}

} // namespace

TemporaryFolder::TemporaryFolder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "motcua-cli-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    m_path = pattern;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::string TemporaryFolder::write(const std::string& file, const std::string& text) const
{
    std::ofstream stream(m_path / file, std::ios::binary);
    stream << text;
    stream.close();
    REQUIRE(stream.good());
    return name(file);
}

Counter::Counter(const std::string& slot)
{
    static_cast<void>(folder.write("lan.pw", "mật khẩu của Lan\n"));
    const Run made =
        runCtl({"init",    "--register",  registerFolder(),   "--password-file", passwordFile(), "--unit",
                "H26.131", "--unit-name", "UBND xã Phúc Thọ", "--slot",          slot,           "--admin",
                "lan",     "--full-name", "Nguyễn Thị Lan",   "--practice",      "--quick-keys", "--at",
                kMoment,   "--json"});
    INFO(made.err);
    REQUIRE(made.exit == 0);
}

std::vector<std::string> Counter::signIn(const std::string& user) const
{
    return {"--register", registerFolder(), "--user", user, "--password-file", passwordFile(user)};
}

Run Counter::operator()(std::vector<std::string> arguments, const std::string& input) const
{
    return at(kMoment, std::move(arguments), input);
}

Run Counter::at(const std::string& moment, std::vector<std::string> arguments, const std::string& input) const
{
    arguments.push_back("--json");
    arguments.push_back("--at");
    arguments.push_back(moment);
    return runCtl(joined(signIn(), arguments), input);
}

Run Counter::as(const std::string& user, std::vector<std::string> arguments) const
{
    arguments.push_back("--json");
    return runCtl(joined(signIn(user), arguments));
}

Json Counter::accept(const Json& draft) const
{
    const Run run = (*this)({"accept", "--file", "-"}, draft.dump());
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
    return run.json();
}

std::int64_t Counter::entries() const
{
    return (*this)({"verify"}).json().at("entries").get<std::int64_t>();
}

void Counter::addUser(const std::string& name, const std::string& role) const
{
    const std::string file = folder.write(name + ".pw", "mật khẩu của " + name + '\n');
    const Run added = (*this)({"user", "add", name, "--role", role, "--new-password-file", file});
    INFO(added.err);
    REQUIRE(added.exit == 0);
}

Json copyDraft(const std::string& name)
{
    return {
        {"procedure", "2.000815"},
        {"channel", "counter"},
        {"applicant", applicant(name)},
        {"form", {{"documentName", "Bằng tốt nghiệp"}, {"pages", 2}, {"copies", 3}}},
        {"components", Json::array({component("original", "Bản chính", "shown"),
                                    component("copies-to-certify", "Bản sao cần chứng thực", "handed-in")})}};
}

Json birthDraft(const std::string& child)
{
    const Json born{{"text", "01/11/2026"}, {"precision", "day"}};
    const Json mother{{"name", "Lê Thị Hoa"}, {"birth", {{"text", "1995"}, {"precision", "year"}}}};
    return {{"procedure", "1.001193"},
            {"channel", "counter"},
            {"applicant", applicant("Trần Văn Bình")},
            {"form",
             {{"requesterRelation", "cha"},
              {"child", {{"name", child}, {"birth", born}, {"gender", "female"}}},
              {"childEthnicGroup", "Kinh"},
              {"childNationality", "Việt Nam"},
              {"childBirthPlace", "xã Phúc Thọ, thành phố Hà Nội"},
              {"childHomeTown", "xã Phúc Thọ, thành phố Hà Nội"},
              {"mother", mother}}},
            {"components", Json::array({component("declaration", "Tờ khai", "handed-in"),
                                        component("proof-of-birth", "Giấy chứng sinh", "handed-in"),
                                        component("identity", "Căn cước", "shown")})}};
}

bool hasProblem(const Json& answer, const std::string& pointer)
{
    const Json& problems = at(answer, "problems");
    return problems.is_array() && std::any_of(problems.begin(), problems.end(), [&](const Json& problem) {
               return stringAt(problem, "pointer") == pointer;
           });
}

bool hasRule(const Json& answer, const std::string& rule)
{
    const Json& problems = at(answer, "problems");
    return problems.is_array() && std::any_of(problems.begin(), problems.end(), [&](const Json& problem) {
               return stringAt(problem, "rule") == rule;
           });
}

} // namespace motcua::testing
