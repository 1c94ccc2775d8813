// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>

namespace motcua::testing {

/// A portal that serves one unit, and can be taken away and brought back.
class City
{
public:
    City()
    {
        REQUIRE(admin({"unit", "add", "H26.131", "UBND xã Phúc Thọ"}).exit == 0);
        open("127.0.0.1:0");
    }

    [[nodiscard]] Run admin(const std::vector<std::string>& words) const
    {
        std::vector<std::string> arguments{"admin", "--data", m_folder.name("portal")};
        arguments.insert(arguments.end(), words.begin(), words.end());
        return runProgram("motcua-portal", arguments);
    }
    [[nodiscard]] std::string enrolmentCode() const
    {
        std::string code = admin({"code", "H26.131"}).out;
        code.erase(code.find_last_not_of("\n\r\" ") + 1);
        return code.substr(code.find_first_not_of('"'));
    }
    [[nodiscard]] Json dossiers() const { return admin({"dossier", "list", "--json"}).json().at("dossiers"); }

    /// Where the embedded store keeps a complete file.
    [[nodiscard]] std::filesystem::path blob(const std::string& bytes) const
    {
        return std::filesystem::path(m_folder.name("portal")) / "blobs" / "H26.131" / toHex(sha256(bytes));
    }

    void goAway() { m_server.reset(); }
    void comeBack() { open(url.substr(std::string("http://").size())); }

    std::string url;

private:
    void open(const std::string& address)
    {
        m_server = std::make_unique<RunningProgram>(
            "motcua-portal",
            std::vector<std::string>{"--listen", address, "--data", m_folder.name("portal")});
        const std::string line = m_server->hear();
        constexpr std::string_view kReady = "listening on ";
        REQUIRE(line.starts_with(kReady));
        url = line.substr(kReady.size());
    }

    TemporaryFolder m_folder;
    std::unique_ptr<RunningProgram> m_server;
};

inline void enrol(const Counter& counter, const City& city)
{
    const Run run = counter({"enrol", "--portal", city.url, "--code", city.enrolmentCode()});
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
    CHECK(run.json().at("unit") == "H26.131");
    CHECK(run.json().at("slot") == 1);
    CHECK_FALSE(stringAt(run.json(), "portalEpoch").empty());
}

} // namespace motcua::testing
