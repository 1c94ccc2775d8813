// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace motcua::architecture {

/// One place where the tree departs from its own rules.
struct Finding
{
    std::string file; ///< from the root, with '/'
    int line = 0;     ///< 0: the file or folder as a whole
    std::string rule; ///< short stable name
    std::string detail;
    auto operator<=>(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

/// "core/db/a.cpp:3: layers: …", one a line.
[[nodiscard]] std::string describe(const Findings& findings);

/// A file of the tree, read once.
struct SourceFile
{
    std::string path; ///< from the root, with '/'
    std::string text;
};

/// The files under version control's folders (app core sync resources tests packaging and the root's own),
/// sorted by path. Whatever tools leave at the root (build, .git, …) is not among them.
[[nodiscard]] std::vector<SourceFile> readTree(const std::filesystem::path& root);

/// The names of the public headers of Qt Widgets, from the folder they are installed in.
[[nodiscard]] std::set<std::string> widgetHeaders(const std::filesystem::path& folder);

/// app → sync → core, and within core and sync the order of the modules' table: by includes and by what the
/// CMake files link. Nobody reaches tests. Rule "layers".
[[nodiscard]] Findings checkLayers(const std::vector<SourceFile>& files);

/// Headers with one home: <sqlite3.h> in core/db/*.cpp ("sqlite"), Qt SQL nowhere ("qtsql"), Qt Widgets in
/// app and tests only ("widgets").
[[nodiscard]] Findings checkHeaders(const std::vector<SourceFile>& files,
                                    const std::set<std::string>& widgets);

/// SQL only in core (not in its pure modules) and in the reference portal's store. Rule "sql".
[[nodiscard]] Findings checkSql(const std::vector<SourceFile>& files);

/// No wall clock ("clock"), chance ("random"), waiting ("wait") or thread ("thread") but where the
/// architecture names a place for it.
[[nodiscard]] Findings checkDeterminism(const std::vector<SourceFile>& files);

/// Each source says its licence in its first lines. Rule "licence".
[[nodiscard]] Findings checkLicences(const std::vector<SourceFile>& files);

/// Each module has a README.md. Rule "readme".
[[nodiscard]] Findings checkReadmes(const std::vector<SourceFile>& files);

/// No source of the product grows beyond what a reader holds in the head. Rule "size".
[[nodiscard]] Findings checkSizes(const std::vector<SourceFile>& files);

/// At the root stands what the architecture names, all of it and nothing else. Rule "root".
[[nodiscard]] Findings checkRoot(const std::filesystem::path& root);

} // namespace motcua::architecture
