// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/files.h"

#include "core/base/file.h"

#include <algorithm>
#include <filesystem>

namespace motcua {

namespace fs = std::filesystem;

namespace {

/// Units edit these by hand; anything of this size is a mistake.
constexpr std::size_t kFileBytesMax = std::size_t{4} << 20;

constexpr std::string_view kExtension = ".json";

/// Before the names of files that were published, so that an error says whose they are.
const std::string kPublished = "city/";

fs::path pathOf(const std::string& folder, const std::string& name)
{
    return fs::u8path(folder) / fs::u8path(name);
}

std::string pathInFolder(const std::string& subFolder, const std::string& name)
{
    std::string path = subFolder;
    path += path.empty() ? "" : "/";
    path += name;
    return path;
}

} // namespace

Result<CatalogueFile> readCatalogueFile(const std::string& folder, const std::string& name)
{
    auto read = readFile(pathOf(folder, name), kFileBytesMax);
    if (!read) {
        return fail(read.error().kind, name + ": " + read.error().detail);
    }
    std::string bytes = std::move(*read);
    auto json = parseJson(bytes);
    if (!json) {
        return fail(ErrorKind::Invalid, name + ": " + json.error().detail);
    }
    return CatalogueFile{name, std::move(bytes), std::move(*json)};
}

Result<std::vector<CatalogueFile>> readCatalogueFiles(const std::string& folder, const std::string& subFolder,
                                                      std::string_view prefix)
{
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(pathOf(folder, subFolder), error), end; !error && it != end;
         it.increment(error)) {
        const std::u8string utf8 = it->path().filename().u8string();
        const std::string name(utf8.begin(), utf8.end());
        if (name.rfind(prefix, 0) == 0 && it->path().extension() == kExtension) {
            names.push_back(pathInFolder(subFolder, name));
        }
    }
    if (error) {
        return fail(ErrorKind::NotFound, "no catalogue in " + folder);
    }
    // procedures.json before procedures-unit.json, which may use what the first one defines.
    const auto stem = [](const std::string& name) { return name.substr(0, name.size() - kExtension.size()); };
    std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return stem(a) < stem(b); });
    std::vector<CatalogueFile> files;
    files.reserve(names.size());
    for (const std::string& name : names) {
        files.push_back(TRY(readCatalogueFile(folder, name)));
    }
    return files;
}

CatalogueFiles::CatalogueFiles(std::string folder, StandIns standIns)
    : m_folder(std::move(folder)), m_standIns(std::make_shared<const StandIns>(std::move(standIns)))
{}

Result<CatalogueFile> CatalogueFiles::one(const std::string& name) const
{
    const auto found = m_standIns->find(name);
    if (found != m_standIns->end()) {
        return CatalogueFile{kPublished + name, {}, found->second};
    }
    return readCatalogueFile(m_folder, name);
}

Result<std::vector<CatalogueFile>> CatalogueFiles::all(const std::string& subFolder,
                                                       std::string_view prefix) const
{
    const std::string name = std::string(prefix) + std::string(kExtension);
    if (subFolder.empty() && m_standIns->contains(name)) {
        std::vector<CatalogueFile> files;
        files.push_back(TRY(one(name)));
        return files;
    }
    return readCatalogueFiles(m_folder, subFolder, prefix);
}

} // namespace motcua
