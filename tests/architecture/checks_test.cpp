// SPDX-License-Identifier: GPL-3.0-or-later
// The checks find what was planted, and only that: each rule is shown both sides of its border.
#include "tests/architecture/checks.h"
#include "tests/architecture/layers.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <unistd.h>

using namespace motcua::architecture;
namespace fs = std::filesystem;

namespace {

/// A small tree in a temporary folder, gone at the end of the test.
class Tree
{
public:
    Tree() : m_root(fs::temp_directory_path() / ("motcua-architecture-" + std::to_string(::getpid())))
    {
        fs::remove_all(m_root);
        for (const char* folder : {"app", "core", "packaging", "resources", "sync", "tests"})
            fs::create_directories(m_root / folder);
        for (const char* name :
             {"CHANGELOG.md", "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md"})
            plant(name, "# SPDX-License-Identifier: GPL-3.0-or-later\n");
    }
    ~Tree() { fs::remove_all(m_root); }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    Tree& plant(const std::string& path, const std::string& text)
    {
        fs::create_directories((m_root / path).parent_path());
        std::ofstream(m_root / path, std::ios::binary) << text;
        return *this;
    }
    [[nodiscard]] const fs::path& root() const { return m_root; }
    [[nodiscard]] std::vector<SourceFile> files() const { return readTree(m_root); }

private:
    fs::path m_root;
};

/// "file:line rule" of each finding, sorted.
std::vector<std::string> places(const Findings& findings)
{
    std::vector<std::string> result;
    for (const Finding& f : findings)
        result.push_back(f.file + ":" + std::to_string(f.line) + " " + f.rule);
    std::sort(result.begin(), result.end());
    return result;
}

using Places = std::vector<std::string>;

} // namespace

TEST_CASE("a wrong direction is found, a right one is not")
{
    Tree tree;
    tree.plant("app/shell/window.cpp", "#include \"sync/engine/engine.h\"\n#include \"core/desk/desk.h\"\n");
    tree.plant("sync/engine/engine.cpp",
               "#include \"core/outbox/outbox.h\"\n#include \"app/shell/window.h\"\n");
    tree.plant("core/db/connection.cpp", "#include \"core/base/time.h\"\n#include \"core/desk/desk.h\"\n");
    tree.plant("core/desk/desk.cpp",
               "#include \"core/db/connection.h\"\n#include \"sync/protocol/values.h\"\n");
    tree.plant("tests/unit/desk/desk_test.cpp",
               "#include \"app/shell/window.h\"\n#include \"core/desk/desk.h\"\n");

    CHECK(places(checkLayers(tree.files())) == Places{"core/db/connection.cpp:2 layers",
                                                      "core/desk/desk.cpp:2 layers",
                                                      "sync/engine/engine.cpp:2 layers"});
}

TEST_CASE("a path around the corner is followed, and nobody reaches tests or an unknown module")
{
    Tree tree;
    tree.plant("core/base/a.cpp", "#include \"../db/connection.h\"\n#include \"text.h\"\n");
    tree.plant("core/db/b.cpp", "#include \"tests/support/fake_clock.h\"\n");
    tree.plant("app/c.cpp", "#include \"core/attic/old.h\"\n#include \"ui_window.h\"\n");

    const Findings findings = checkLayers(tree.files());

    CHECK(places(findings) == Places{"core/base/a.cpp:1 layers", "core/db/b.cpp:1 layers"});
    CHECK(places(checkLayers({{"core/attic/old.cpp", "#include \"core/base/time.h\"\n"}})) ==
          Places{"core/attic/old.cpp:1 layers"});
}

TEST_CASE("a library linked against the direction is found")
{
    const std::vector<SourceFile> files{
        {"core/db/CMakeLists.txt",
         "motcua_module(core_db SOURCES a.cpp LINK motcua_core_base motcua_core_desk)\n"},
        {"sync/protocol/CMakeLists.txt",
         "motcua_module(sync_protocol LINK motcua_core_desk motcua_options)\n"},
        {"core/CMakeLists.txt", "target_link_libraries(x motcua_core_desk)\n"}};

    CHECK(places(checkLayers(files)) == Places{"core/db/CMakeLists.txt:1 layers"});
}

TEST_CASE("the modules form no ring")
{
    for (const char* lower :
         {"core/base", "core/db", "core/journal", "core/desk", "sync/protocol", "sync/engine"}) {
        INFO(lower);
        CHECK(mayUse("app", lower));
        CHECK_FALSE(mayUse(lower, "app"));
        CHECK_FALSE(mayUse(lower, "tests"));
    }
    CHECK_FALSE(mayUse("core/papers", "core/desk"));
    CHECK_FALSE(mayUse("core/dossier", "core/journal"));
    CHECK_FALSE(mayUse("sync/engine", "sync/transport"));
}

TEST_CASE("SQLite, Qt SQL and widgets are found outside their homes")
{
    const std::set<std::string> widgets{"QWidget", "QtWidgets"};
    const std::vector<SourceFile> files{{"core/db/connection.cpp", "#include <sqlite3.h>\n"},
                                        {"core/db/connection.h", "#include <sqlite3.h>\n"},
                                        {"core/vault/backup.cpp", "#include \"sqlite3.h\"\n"},
                                        {"app/shell/window.h", "#include <QWidget>\n"},
                                        {"core/papers/slip.cpp", "#include <QWidget>\n"},
                                        {"sync/transport/http.h", "#include <QtWidgets/QLabel>\n"},
                                        {"app/shell/window.cpp", "#include <QSqlQuery>\n"},
                                        {"tests/ui/window_test.cpp", "#include <QWidget>\n"}};

    CHECK(places(checkHeaders(files, widgets)) ==
          Places{"app/shell/window.cpp:1 qtsql", "core/db/connection.h:1 sqlite",
                 "core/papers/slip.cpp:1 widgets", "core/vault/backup.cpp:1 sqlite",
                 "sync/transport/http.h:1 widgets"});
}

TEST_CASE("SQL is found where it does not belong, a message that begins like it is not")
{
    const std::vector<SourceFile> files{
        {"core/register/search.cpp", "f(R\"(SELECT * FROM dossier)\");\n"},
        {"sync/reference_portal/store.cpp", "f(\"INSERT INTO op VALUES(1)\");\n"},
        {"app/register/model.cpp", "f(\"SELECT * FROM dossier\");\n"},
        {"sync/engine/engine.cpp", "// SELECT 1\nf(\"update op set state=1\");\n"},
        {"core/dossier/rules.cpp", "f(\"PRAGMA user_version\");\n"},
        {"app/shell/window.cpp", "tr(\"Select a procedure\"); tr(\"Update the list\"); tr(\"Delete\");\n"}};

    CHECK(places(checkSql(files)) == Places{"app/register/model.cpp:1 sql", "core/dossier/rules.cpp:1 sql",
                                            "sync/engine/engine.cpp:2 sql"});
}

TEST_CASE("clocks, chance, waiting and threads are found outside their places")
{
    const std::vector<SourceFile> files{
        {"core/base/time.cpp", "auto t = std::chrono::system_clock::now();\n"},
        {"core/desk/desk.cpp", "// std::chrono::system_clock\nauto t = std::chrono::system_clock::now();\n"},
        {"app/shell/strip.cpp",
         "QDateTime::currentDateTime();\nQThread worker;\nQCoreApplication::processEvents();\n"},
        {"sync/engine/engine.cpp", "std::thread t;\nQRandomGenerator::global();\n"},
        {"sync/transport/service.cpp", "#include <QThread>\nthis->thread();\n"},
        {"core/register/register.cpp", "#include <QElapsedTimer>\n"},
        {"tests/unit/desk/desk_test.cpp", "std::this_thread::sleep_for(1s);\nsteady_clock::now();\n"},
        {"tests/world/day_test.cpp", "system_clock::now();\n"},
        {"core/report/xlsx.cpp", "system_clock::to_time_t(t);\nusing Now = system_clock;\n"},
        {"app/cli/wait.cpp", "std::this_thread::sleep_for(1s);\nqApp->processEvents();\n"},
        {"tests/bench/bench.cpp", "std::chrono::steady_clock::now();\n"}};

    CHECK(places(checkDeterminism(files)) ==
          Places{"app/cli/wait.cpp:2 wait", "app/shell/strip.cpp:1 clock", "app/shell/strip.cpp:3 wait",
                 "core/desk/desk.cpp:2 clock", "core/register/register.cpp:1 clock",
                 "core/report/xlsx.cpp:2 clock", "sync/engine/engine.cpp:1 thread",
                 "sync/engine/engine.cpp:2 random", "tests/unit/desk/desk_test.cpp:1 thread",
                 "tests/unit/desk/desk_test.cpp:1 wait", "tests/world/day_test.cpp:1 clock"});
}

TEST_CASE("a source without its licence is found")
{
    const std::string spdx = "SPDX-License-Identifier: GPL-3.0-or-later\n";
    const std::vector<SourceFile> files{
        {"core/a.cpp", "// " + spdx},          {"core/b.cpp", "#pragma once\n"},
        {"packaging/run", "#!/bin/sh\n"},      {"packaging/test", "#!/bin/sh\n# " + spdx},
        {"resources/sql/1.sql", "SELECT 1"},   {"resources/catalogue/a.json", "{}"},
        {"tests/late.h", "\n\n\n\n// " + spdx}};

    CHECK(places(checkLicences(files)) == Places{"core/b.cpp:1 licence", "packaging/run:1 licence",
                                                 "resources/sql/1.sql:1 licence", "tests/late.h:1 licence"});
}

TEST_CASE("a module without a README is found")
{
    const std::vector<SourceFile> files{{"core/db/a.cpp", ""},       {"core/base/a.cpp", ""},
                                        {"core/base/README.md", ""}, {"app/shell/deep/a.h", ""},
                                        {"app/README.md", ""},       {"core/README.md", ""},
                                        {"resources/README.md", ""}, {"sync/README.md", ""}};

    CHECK(places(checkReadmes(files)) == Places{"app/shell:0 readme", "core/db:0 readme", "tests:0 readme"});
}

TEST_CASE("a source that grew too long is found")
{
    const std::vector<SourceFile> files{{"core/db/long.cpp", std::string(501, '\n')},
                                        {"core/db/right.cpp", std::string(500, '\n')}};

    CHECK(places(checkSizes(files)) == Places{"core/db/long.cpp:0 size"});
}

TEST_CASE("a stranger at the root is found, and so is what is missing; a tool's leavings are not")
{
    Tree tree;
    REQUIRE(checkRoot(tree.root()).empty());

    tree.plant(".clang-format", "").plant("build/x", "").plant("notes.txt", "").plant("docs/x", "");
    fs::remove(tree.root() / "LICENSE");

    CHECK(places(checkRoot(tree.root())) == Places{"LICENSE:0 root", "docs:0 root", "notes.txt:0 root"});
}

TEST_CASE("a tree is read from its own folders only, sorted")
{
    Tree tree;
    tree.plant("core/db/a.cpp", "text").plant("build/b.cpp", "x").plant(".ci/run", "#!");

    std::vector<std::string> paths;
    for (const SourceFile& file : tree.files())
        paths.push_back(file.path);

    CHECK(paths == std::vector<std::string>{".ci/run", "CHANGELOG.md", "CMakeLists.txt", "CMakePresets.json",
                                            "LICENSE", "README.md", "core/db/a.cpp"});
}
