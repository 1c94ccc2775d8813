// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/checks.h"

#include "tests/architecture/layers.h"
#include "tests/architecture/paths.h"
#include "tests/architecture/source_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <sstream>

namespace motcua::architecture {

namespace fs = std::filesystem;

namespace {

constexpr std::array kFolders{"app", "core", "packaging", "resources", "sync", "tests"};
constexpr std::array kRootFiles{"CHANGELOG.md", "CMakeLists.txt", "CMakePresets.json", "LICENSE",
                                "README.md"};
/// What tools and people make at the root and version control ignores.
constexpr std::array kRootIgnored{"build", "compile_commands.json", "CMakeUserPresets.json"};
constexpr std::size_t kLinesMax = 500;

std::string readFile(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The path from the root that an include means: as written, or beside the including file.
std::string resolve(const std::string& from, const Include& include)
{
    const std::string top = include.name.substr(0, include.name.find('/'));
    if (include.name.find('/') != std::string::npos && contains(kFolders, top))
        return include.name;
    return (fs::path(from).parent_path() / include.name).lexically_normal().generic_string();
}

Finding layerFinding(const std::string& path, int line, const std::string& from, const std::string& to)
{
    const std::string why =
        isKnownModule(to) ? from + " may not use " + to : to + " is no module of the architecture";
    return {path, line, "layers", why};
}

void checkIncludes(const SourceFile& file, Findings& findings)
{
    const std::string from = moduleOf(file.path);
    for (const Include& include : readSource(file.text).includes) {
        const std::string to = moduleOf(resolve(file.path, include));
        if (!to.empty() && !mayUse(from, to))
            findings.push_back(layerFinding(file.path, include.line, from, to));
    }
}

/// The module that a library of ours belongs to: "core/db" of "motcua_core_db"; empty for other words.
std::string moduleOfTarget(const std::string& target)
{
    constexpr std::string_view prefix = "motcua_";
    if (!target.starts_with(prefix))
        return {};
    const std::string name = target.substr(prefix.size());
    for (const std::string_view top : {"core", "sync"}) {
        if (name.starts_with(std::string(top) + "_"))
            return std::string(top) + "/" + name.substr(top.size() + 1);
    }
    return name == "app" || name.starts_with("app_") ? "app" : "";
}

void checkLinks(const SourceFile& file, Findings& findings)
{
    const std::string from = moduleOf(file.path);
    if (!isKnownModule(from)) // core/CMakeLists.txt and the like only gather the modules
        return;
    for (const Piece& word : readSource(file.text).words) {
        const std::string to = moduleOfTarget(word.text);
        if (!to.empty() && isKnownModule(to) && !mayUse(from, to))
            findings.push_back(layerFinding(file.path, word.line, from, to));
    }
}

std::string upper(std::string_view text)
{
    std::string result;
    for (const char c : text)
        result += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

/// Whether a literal is a statement of SQL, or the beginning of one. Upper case counts anywhere, lower case
/// only where the whole literal reads like one: "select" and "update" are English words too.
bool looksLikeSql(const std::string& literal)
{
    constexpr std::array kAnywhere{"SELECT ",       "INSERT INTO ", "INSERT OR ",  "DELETE FROM ",
                                   "CREATE TABLE ", "ALTER TABLE ", "DROP TABLE ", "BEGIN IMMEDIATE",
                                   "PRAGMA ",       "CREATE INDEX "};
    const auto holds = [](const std::string& text, std::string_view what) {
        return text.find(what) != std::string::npos;
    };
    if (std::any_of(kAnywhere.begin(), kAnywhere.end(),
                    [&](const char* begin) { return holds(literal, begin); }))
        return true;
    const std::size_t first = literal.find_first_not_of(" \t\r\n");
    const std::string text =
        first == std::string::npos ? std::string() : upper(std::string_view(literal).substr(first));
    return (text.starts_with("SELECT ") && holds(text, " FROM ")) ||
           (text.starts_with("UPDATE ") && holds(text, " SET ")) ||
           (text.starts_with("INSERT ") && holds(text, " VALUES")) || text.starts_with("DELETE FROM ") ||
           text.starts_with("PRAGMA ");
}

bool mayHoldSql(std::string_view path)
{
    constexpr std::array kPure{"core/base", "core/dossier", "core/papers"};
    if (std::any_of(kPure.begin(), kPure.end(), [&](const char* pure) { return isUnder(path, pure); }))
        return false;
    return isUnder(path, "core") || isUnder(path, "sync/reference_portal");
}

bool needsLicence(const SourceFile& file)
{
    const std::string& path = file.path;
    return isCpp(path) || path.ends_with(".cmake") || path.ends_with("CMakeLists.txt") ||
           path.ends_with(".sql") || path.ends_with(".sh") || file.text.starts_with("#!");
}

std::string firstLines(const std::string& text, int count)
{
    std::size_t end = 0;
    for (int i = 0; i < count && end != std::string::npos; ++i)
        end = text.find('\n', end == 0 ? 0 : end + 1);
    return text.substr(0, end);
}

} // namespace

std::string describe(const Findings& findings)
{
    std::ostringstream out;
    for (const Finding& f : findings) {
        out << f.file;
        if (f.line > 0)
            out << ':' << f.line;
        out << ": " << f.rule << ": " << f.detail << '\n';
    }
    return out.str();
}

std::vector<SourceFile> readTree(const fs::path& root)
{
    std::vector<SourceFile> files;
    const auto add = [&](const fs::path& path) {
        files.push_back({path.lexically_relative(root).generic_string(), readFile(path)});
    };
    for (const char* folder : kFolders) {
        if (!fs::is_directory(root / folder))
            continue;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file())
                add(entry.path());
        }
    }
    for (const char* name : kRootFiles) {
        if (fs::is_regular_file(root / name))
            add(root / name);
    }
    if (fs::is_regular_file(root / ".ci/run"))
        add(root / ".ci/run");
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

std::set<std::string> widgetHeaders(const fs::path& folder)
{
    // The dialogs of Qt's print support are widgets too.
    std::set<std::string> names{"QtWidgets",    "QAbstractPrintDialog", "QPageSetupDialog",
                                "QPrintDialog", "QPrintPreviewDialog",  "QPrintPreviewWidget"};
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.is_regular_file())
            names.insert(entry.path().filename().string());
    }
    return names;
}

Findings checkLayers(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        if (moduleOf(file.path).empty())
            continue;
        if (isCpp(file.path)) {
            checkIncludes(file, findings);
        } else if (file.path.ends_with("CMakeLists.txt")) {
            checkLinks(file, findings);
        }
    }
    return findings;
}

Findings checkHeaders(const std::vector<SourceFile>& files, const std::set<std::string>& widgets)
{
    Findings findings;
    for (const SourceFile& file : files) {
        if (!isProduct(file.path) || !isCpp(file.path))
            continue;
        const bool mayUseSqlite = isUnder(file.path, "core/db") && file.path.ends_with(".cpp");
        for (const Include& include : readSource(file.text).includes) {
            const std::string name = include.name.substr(include.name.rfind('/') + 1);
            if (name.starts_with("sqlite3") && !mayUseSqlite) {
                findings.push_back(
                    {file.path, include.line, "sqlite", "only core/db/*.cpp speaks to SQLite itself"});
            }
            if (name.starts_with("QSql") || include.name.starts_with("QtSql"))
                findings.push_back({file.path, include.line, "qtsql", "Qt SQL would bring a second SQLite"});
            const bool isWidget = widgets.contains(name) || include.name.starts_with("QtWidgets/");
            if (isWidget && !include.quoted && !isUnder(file.path, "app"))
                findings.push_back({file.path, include.line, "widgets", include.name + " outside app"});
        }
    }
    return findings;
}

Findings checkSql(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        if (!isProduct(file.path) || !isCpp(file.path) || mayHoldSql(file.path))
            continue;
        for (const Piece& literal : readSource(file.text).literals) {
            if (looksLikeSql(literal.text))
                findings.push_back({file.path, literal.line, "sql", literal.text.substr(0, 60)});
        }
    }
    return findings;
}

Findings checkLicences(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        if (needsLicence(file) &&
            firstLines(file.text, 3).find("SPDX-License-Identifier: GPL-3.0-or-later") == std::string::npos)
            findings.push_back({file.path, 1, "licence", "no SPDX-License-Identifier: GPL-3.0-or-later"});
    }
    return findings;
}

Findings checkReadmes(const std::vector<SourceFile>& files)
{
    std::set<std::string> wanted{"app", "core", "resources", "sync", "tests"};
    std::set<std::string> present;
    for (const SourceFile& file : files) {
        const fs::path folder = fs::path(file.path).parent_path();
        if (isProduct(file.path) && folder.has_parent_path())
            wanted.insert((*folder.begin() / *std::next(folder.begin())).generic_string());
        if (file.path.ends_with("/README.md"))
            present.insert(folder.generic_string());
    }
    Findings findings;
    for (const std::string& folder : wanted) {
        if (!present.contains(folder))
            findings.push_back({folder, 0, "readme", "no README.md says who may call what"});
    }
    return findings;
}

Findings checkSizes(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        const auto lines = static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
        if (isProduct(file.path) && isCpp(file.path) && lines > kLinesMax) {
            findings.push_back(
                {file.path, 0, "size", std::to_string(lines) + " lines: it hides a second class"});
        }
    }
    return findings;
}

Findings checkRoot(const fs::path& root)
{
    Findings findings;
    std::set<std::string> present;
    for (const fs::directory_entry& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        present.insert(name);
        const bool known = entry.is_directory() ? contains(kFolders, name) : contains(kRootFiles, name);
        if (!known && !name.starts_with('.') && !contains(kRootIgnored, name))
            findings.push_back({name, 0, "root", "the architecture names no such place"});
    }
    for (const char* name : kFolders) {
        if (!present.contains(name))
            findings.push_back({name, 0, "root", "missing"});
    }
    for (const char* name : kRootFiles) {
        if (!present.contains(name))
            findings.push_back({name, 0, "root", "missing"});
    }
    return findings;
}

} // namespace motcua::architecture
