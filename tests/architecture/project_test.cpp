// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/checks.h"

#include <catch2/catch.hpp>

using namespace motcua::architecture;

namespace {

const std::vector<SourceFile>& project()
{
    static const std::vector<SourceFile> kFiles = readTree(MOTCUA_SOURCE_DIR);
    return kFiles;
}

void requireNone(const Findings& findings)
{
    INFO(describe(findings));
    CHECK(findings.empty());
}

} // namespace

TEST_CASE("the tree is read at all")
{
    CHECK(project().size() > 50);
    CHECK(widgetHeaders(MOTCUA_WIDGETS_FOLDER).contains("QPushButton"));
}

TEST_CASE("app calls sync, sync calls core, and within them nothing looks up")
{
    requireNone(checkLayers(project()));
}

TEST_CASE("SQLite, Qt SQL and widgets stay where they belong")
{
    requireNone(checkHeaders(project(), widgetHeaders(MOTCUA_WIDGETS_FOLDER)));
}

TEST_CASE("SQL is written in core and in the reference portal's store only")
{
    requireNone(checkSql(project()));
}

TEST_CASE("no clock, chance, waiting or thread where the same day must play twice")
{
    requireNone(checkDeterminism(project()));
}

TEST_CASE("each source says its licence")
{
    requireNone(checkLicences(project()));
}

TEST_CASE("each module says who may call what")
{
    requireNone(checkReadmes(project()));
}

TEST_CASE("no source outgrows its reader")
{
    requireNone(checkSizes(project()));
}

TEST_CASE("at the root stands what the architecture names")
{
    requireNone(checkRoot(MOTCUA_SOURCE_DIR));
}
